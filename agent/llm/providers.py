"""The providers a model can be named of, what each needs installed, and where its key is found."""

from __future__ import annotations

from dataclasses import dataclass

OPENAI = "openai"
OPENAI_URL = "https://api.openai.com/v1"
DISTRIBUTION = "capability-ledger"


@dataclass(frozen=True)
class Provider:
    """`module` is the LangChain package that speaks to it; `key` the environment variable of its key, None where it needs none or several.

    `key_too` is another name of the same key; `extra` is ours that installs the package, "" where there is none; `also` are other names
    users have for the provider.
    """

    name: str
    module: str
    key: str | None
    extra: str = ""
    also: tuple[str, ...] = ()
    key_too: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The environment variables that may hold its key."""
        return tuple(name for name in (self.key, self.key_too) if name)

    @property
    def install(self) -> str:
        """What to type to be able to use it."""
        package = f"'{DISTRIBUTION}[{self.extra}]'" if self.extra else self.module.split(".")[0].replace("_", "-")
        return f"pip install {package}"


# OpenAI and what answers like it is spoken to with its own SDK; the rest is what LangChain's init_chat_model knows.
PROVIDERS: dict[str, Provider] = {
    provider.name: provider
    for provider in (
        Provider(OPENAI, "openai", "OPENAI_API_KEY", also=("gpt", "chatgpt", "vllm", "llama.cpp", "llamacpp", "lmstudio")),
        Provider("anthropic", "langchain_anthropic", "ANTHROPIC_API_KEY", "anthropic", ("claude",)),
        Provider("azure_openai", "langchain_openai", "AZURE_OPENAI_API_KEY", "azure-openai", ("azure",)),
        Provider("google_genai", "langchain_google_genai", "GOOGLE_API_KEY", "google-genai", ("google", "gemini"), "GEMINI_API_KEY"),
        Provider("groq", "langchain_groq", "GROQ_API_KEY", "groq"),
        Provider("mistralai", "langchain_mistralai", "MISTRAL_API_KEY", "mistralai", ("mistral",)),
        Provider("ollama", "langchain_ollama", None, "ollama"),
        Provider("anthropic_bedrock", "langchain_aws", None),
        Provider("azure_ai", "langchain_azure_ai", None),
        Provider("bedrock", "langchain_aws", None, also=("aws",)),
        Provider("bedrock_converse", "langchain_aws", None),
        Provider("cohere", "langchain_cohere", "COHERE_API_KEY"),
        Provider("deepseek", "langchain_deepseek", "DEEPSEEK_API_KEY"),
        Provider("fireworks", "langchain_fireworks", "FIREWORKS_API_KEY"),
        Provider("google_vertexai", "langchain_google_vertexai", None, also=("vertex", "vertexai")),
        Provider("huggingface", "langchain_huggingface", "HUGGINGFACEHUB_API_TOKEN", also=("hf",)),
        Provider("ibm", "langchain_ibm", "WATSONX_APIKEY", also=("watsonx",)),
        Provider("litellm", "langchain_litellm", None),
        Provider("nvidia", "langchain_nvidia_ai_endpoints", "NVIDIA_API_KEY"),
        Provider("openrouter", "langchain_openrouter", "OPENROUTER_API_KEY"),
        Provider("perplexity", "langchain_perplexity", "PPLX_API_KEY"),
        Provider("together", "langchain_together", "TOGETHER_API_KEY"),
        Provider("upstage", "langchain_upstage", "UPSTAGE_API_KEY"),
        Provider("xai", "langchain_xai", "XAI_API_KEY", also=("grok",)),
    )
}
KEY_NAMES = tuple(sorted({key for provider in PROVIDERS.values() for key in provider.keys}))


def parse_model(value: str) -> tuple[Provider, str]:
    """The provider and the model's name of "PROVIDER:NAME". Raises ValueError with what was expected, in a clause."""
    word, colon, name = value.partition(":")
    if not colon or not name.strip() or not word.strip() or value != value.strip():
        raise ValueError(f"input should be PROVIDER:NAME, such as '{OPENAI}:NAME'{_nearest(word) if colon else ''}")
    if word not in PROVIDERS:
        raise ValueError(f"there is no provider {word!r}{_nearest(word)}")
    return PROVIDERS[word], name


def _nearest(word: str) -> str:
    """ "; did you mean 'x'?" or, where nothing is near, the providers with a package of ours."""
    import difflib

    known = {name: provider.name for provider in PROVIDERS.values() for name in (provider.name, *provider.also)}
    near = difflib.get_close_matches(word.casefold().replace("-", "_"), list(known), n=1, cutoff=0.75)
    if near:
        return f"; did you mean '{known[near[0]]}:NAME'?"
    return f"; among them are {', '.join(provider.name for provider in PROVIDERS.values() if provider.extra or provider.name == OPENAI)}"
