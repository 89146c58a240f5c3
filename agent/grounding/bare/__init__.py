"""Verifying claims that come without a quote: finding what bears on them in an artifact's documents, and judging them by it."""

from __future__ import annotations

from agent.grounding.bare.verifier import BareVerifier

__all__ = ["BareVerifier"]
