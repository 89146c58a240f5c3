"""The engine's version, by itself: a rerun needs it to know that nothing has changed, and nothing else of the engine."""

VERSION = "5"  # rises whenever the same documents may give another proposal
