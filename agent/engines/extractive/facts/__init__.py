"""Typed facts that documents state in so many words, the definition among them."""
