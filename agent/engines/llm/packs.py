"""Passages to packs: what one call reads. Every passage is in exactly one pack; a change in one section leaves other packs as they are.

Too long a run of passages is cut at the one place, away from its ends, that comes first in an order made of content alone: the start of a
document, of a section, of a passage, and among equals the smallest hash of the heading that follows. So places keep their rank whatever
changes elsewhere (as in content-defined chunking and in treaps), and most packs of a changed document are those of the document before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.domain.base import sha256
from agent.domain.document import Document, Passage
from agent.domain.proposal import Subject
from agent.llm.tokens import estimate_tokens

MOST = 7_000  # tokens of one pack
LEAST = 1_400  # tokens on either side of a cut
_MARK = 12  # tokens of a passage's mark and the blank line after it


@dataclass(frozen=True)
class Part:
    """A passage with its document: `text` is `document.text[passage.start:passage.end]`, `number` its place in its section from 0."""

    document: Document
    passage: Passage
    number: int = 0

    @property
    def text(self) -> str:
        return self.document.text[self.passage.start : self.passage.end]

    @property
    def tokens(self) -> int:
        """About how many tokens it takes in a prompt."""
        return estimate_tokens(self.text) + _MARK


@dataclass(frozen=True)
class Pack:
    """Neighbouring passages that one call reads, numbered from 1."""

    parts: tuple[Part, ...]

    @property
    def tokens(self) -> int:
        return sum(part.tokens for part in self.parts)

    @cached_property
    def fence(self) -> str:
        """Twelve characters that mark where documents begin and end. No document can hold them: they are the hash of what it says."""
        return fence_of(*(f"{part.document.uri}\n{part.passage.sha256}\n{part.text}" for part in self.parts))

    @property
    def titles(self) -> str:
        """The documents it is of, for messages: "README.md, guide.md"."""
        return ", ".join(dict.fromkeys(part.document.title or part.document.uri for part in self.parts))

    def halves(self) -> tuple[Pack, Pack] | None:
        """The pack in two of about equal length, or None for a single passage."""
        if len(self.parts) < 2:
            return None
        half, at, so_far = self.tokens / 2, 0, 0
        while at < len(self.parts) - 1 and (at == 0 or so_far + self.parts[at].tokens / 2 <= half):
            so_far += self.parts[at].tokens
            at += 1
        return Pack(self.parts[:at]), Pack(self.parts[at:])


def packs_of(subject: Subject, most: int = MOST, least: int = LEAST) -> list[Pack]:
    """All passages of a subject in packs of at most `most` tokens (a single longer passage is a pack), in the documents' order."""
    documents = {document.id: document for document in subject.documents}
    parts: list[Part] = []
    for passage in subject.passages:
        last = parts[-1] if parts else None
        goes_on = last and last.passage.document_id == passage.document_id and last.passage.heading_path == passage.heading_path
        parts.append(Part(documents[passage.document_id], passage, last.number + 1 if last and goes_on else 0))
    return [Pack(tuple(run)) for run in _cut(parts, most, least)]


def fence_of(*texts: str) -> str:
    """A mark that none of these texts can hold: made of their own hash."""
    return sha256("\x00".join(texts))[:12]


def _cut(parts: Sequence[Part], most: int, least: int) -> list[Sequence[Part]]:
    waiting, done = [parts] if parts else [], []
    while waiting:
        run = waiting.pop()
        sizes = [part.tokens for part in run]
        total, before = sum(sizes), 0
        places = []
        for at in range(1, len(run)):
            before += sizes[at - 1]
            near_an_end = before < least or total - before < least
            places.append((near_an_end, *_rank(run[at - 1], run[at]), at))
        if total <= most or not places:
            done.append(run)
            continue
        at = min(places)[-1]
        waiting += [run[at:], run[:at]]  # the first half is taken first
    return done


def _rank(last: Part, following: Part) -> tuple[int, str]:
    """How good a place to cut is, smaller being better."""
    one, two = last.passage, following.passage
    if one.document_id != two.document_id:
        return 0, sha256(following.document.uri)
    if one.heading_path == two.heading_path:
        level = 9
    else:
        shared = (at for at, pair in enumerate(zip(one.heading_path, two.heading_path, strict=False)) if pair[0] != pair[1])
        level = 1 + min(next(shared, 7), 7)
    return level, sha256("\x00".join((following.document.uri, *two.heading_path, str(following.number))))
