"""Embedders, and exact search over vectors kept in the store."""
