"""From what a model quotes to where it stands: the words of a numbered passage as a place in its document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.domain.proposal import QuoteRef
from agent.engines.llm.packs import Part
from agent.engines.llm.schemas import Quoted
from agent.text.fold import Folded, fold, folded_text
from agent.text.sentences import sentence_spans

_LIMITS = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|\w+n['’]t|unless|except|excluding|only|if|may|might|could|planned|plans?|will|"
    r"lacks?|fails?|unable|hardly|some|most|instead|unlike|no longer)\b",
    re.I,
)
LONGEST = 400  # characters; what is longer is cut after its last whole sentence or word
SHORTEST = 8


class Quotes:
    """Finds quotes in numbered passages (from 1). What stands nowhere is passed on as it is, for grounding to refuse."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._folded: dict[int, Folded] = {}

    def refs(self, quoted: Iterable[Quoted], most: int = 3) -> list[QuoteRef]:
        """The first few quotes as references, each once."""
        return list(dict.fromkeys(self.ref(one) for one in quoted if len(one.quote.strip()) >= SHORTEST))[:most]

    def ref(self, quoted: Quoted) -> QuoteRef:
        """Where a quote stands: in the passage named, else in another of the pack."""
        words = quoted.quote.strip()
        named = quoted.passage - 1
        order = [named] if 0 <= named < len(self._parts) else []
        for at in [*order, *(at for at in range(len(self._parts)) if at != named)]:
            span = self._span(at, words)
            if span:
                text = self._parts[at].text
                return _reference(self._parts[at], _shortened(text, _with_limits(text, span)))
        document = self._parts[order[0] if order else 0].document
        return QuoteRef(document_id=document.id, quote=words)

    def _span(self, at: int, words: str) -> tuple[int, int] | None:
        """The span of a passage's text that has these words, or folds to them as a whole."""
        text = self._parts[at].text
        start = text.find(words)
        if start >= 0:
            return start, start + len(words)
        if at not in self._folded:
            self._folded[at] = fold(text)
        folded, wanted = self._folded[at], folded_text(words).strip()
        start = folded.text.find(wanted) if wanted else -1
        if start < 0 or not folded.whole(start, start + len(wanted)):
            return None
        return folded.to_source(start, start + len(wanted))


def _reference(part: Part, span: tuple[int, int]) -> QuoteRef:
    start, end = part.passage.start + span[0], part.passage.start + span[1]
    return QuoteRef(document_id=part.document.id, quote=part.document.text[start:end], start=start, end=end)


def _with_limits(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A quote up to the bounds of its sentence where what was cut off there limits it: "does not", "only if", "may".

    Without these words grounding would not see that the document says less.
    """
    start, end = span
    for first, last in sentence_spans(text, 0, len(text)):
        if "|" in text[first:last]:
            continue  # a row of a table is whole as it is
        if first < start < last and _LIMITS.search(text[first:start]):
            start = first
        if first < end < last and _LIMITS.search(text[end:last]):
            end = last
    return (start, end) if end - start <= LONGEST else span


def _shortened(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    if end - start <= LONGEST:
        return span
    kept = text[start : start + LONGEST]
    cut = max(kept.rfind(". ") + 1, kept.rfind(".\n") + 1)
    return start, start + (cut if cut > LONGEST // 4 else max(kept.rfind(" "), LONGEST // 2))
