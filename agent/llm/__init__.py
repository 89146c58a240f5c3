"""Language models: the chat protocol, its adapters, and what stands between a stage and a provider."""
