"""Passages of the alternatives' documents that a capability may be held against: exact search, a few each, within a token budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from agent.domain.proposal import Subject
from agent.engines.llm.consolidate import Capability
from agent.engines.llm.packs import Part

Embed = Callable[[Sequence[str]], Any]
"""Texts to unit vectors, shape (len(texts), dimensions)."""

MOST = 4_500  # tokens of all passages together
_EACH = 2  # passages of one alternative for one capability
_LONGEST = 320  # tokens of one passage


def retrieved(capabilities: Sequence[Capability], neighbours: Sequence[Subject], embed: Embed, most: int = MOST) -> list[Part]:
    """The passages nearest to the capabilities, each once, the best of every alternative before the second best of any.

    Returned in the order of alternatives and their documents, so that equal choices read alike.
    """
    from agent_vectorstore.exact import nearest

    parts = {part.passage.id: part for one in neighbours for part in _parts(one)}
    if not parts or not capabilities:
        return []
    import numpy as np

    vectors = embed([f"{one.names[0]}\n{one.summary[0].text}" for one in capabilities])
    rated: dict[str, tuple[int, float]] = {}
    for neighbour in neighbours:
        ids = [part.passage.id for part in _parts(neighbour)]
        if not ids:
            continue
        rows = np.stack([neighbour.vectors[one] for one in ids])
        for query in vectors:
            for place, (one, score) in enumerate(nearest(query, ids, rows, _EACH)):
                rated[one] = min(rated.get(one, (place, -score)), (place, -score))
    chosen, tokens = set(), 0
    for one, _ in sorted(rated.items(), key=lambda pair: (*pair[1], pair[0])):
        if tokens + parts[one].tokens <= most:
            chosen.add(one)
            tokens += parts[one].tokens
    return [part for key, part in parts.items() if key in chosen]


def _parts(neighbour: Subject) -> list[Part]:
    documents = {document.id: document for document in neighbour.documents}
    found = [Part(documents[p.document_id], p) for p in neighbour.passages if p.id in neighbour.vectors]
    return [part for part in found if part.tokens <= _LONGEST]
