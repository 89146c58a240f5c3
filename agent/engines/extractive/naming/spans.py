"""The phrases of a read sentence, from chunk to chunk, and the features of the place where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agent.engines.extractive.naming.phrases import BREAKS, EMPTY, FINITE, LIGHT, PRONOUNS, Reading
from agent.text.words import Word

_DENYING = {"without", "unlike", "except", "instead"}
_LINKS = {"PRP", "PRF", "CJC"}
_LONGEST = 12  # words, marks too, of a phrase before it is trimmed


@dataclass(frozen=True)
class Candidate:
    """A phrase that may name a capability: its words, where it came from and the features of its place in the sentence."""

    words: tuple[Word, ...]
    kind: str
    place: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return joined(self.words)


def joined(words: Sequence[Word]) -> str:
    """Words with the blanks they had; made words (start -1) stand apart."""
    out = ""
    before: Word | None = None
    for word in words:
        close = before is not None and before.start >= 0 and word.start == before.end
        out += word.text if before is None or close or word.text in {",", "'s", "’s"} else " " + word.text
        before = word
    return out


def made(text: str, tagged: str = "NN1") -> Word:
    return Word(text=text, lemma=text, tag=tagged, start=-1, end=-1)


def spans(read: Reading, chunk: int, chunks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The phrases that begin with one chunk: itself, and with what prepositions, commas and conjunctions join to it."""
    start, end = chunks[chunk]
    yield start, end
    for after, later in chunks[chunk + 1 :]:
        between = read.words[end:after]
        if not _links(between) or later - start > _LONGEST:
            return
        end = later
        yield start, end


def _links(between: Sequence[Word]) -> bool:
    """Whether the words between two chunks join them into one phrase."""
    small = [w for w in between if w.tag not in {"AT0", "DPS"} and w.text.casefold() not in EMPTY]
    if any(w.tag in FINITE | (PRONOUNS - {"TO0"}) or w.text.casefold() in BREAKS for w in between):
        return False
    tags = [w.tag for w in small]
    if tags in (["VVN", "PRP"], ["TO0", "VVI"], ["VVG"]):
        return small[-1].lemma not in {"be", "have", "do", "use", "include"} and small[0].lemma not in {"base", "use"}
    if [w.text for w in small[:1]] == ["by"] and len(small) > 1:
        return False
    return 0 < len(small) <= 2 and all(w.tag in _LINKS or w.text in {",", "&", "/", "-"} or w.tag == "VVG" for w in small)


def place_of(read: Reading, start: int, end: int) -> dict[str, float]:
    """Features of where a phrase stands in its sentence."""
    words = read.words
    before = words[start - 1] if start > 0 else None
    skipped = start - 1
    while skipped >= 0 and (
        words[skipped].tag in {"AT0", "DPS", "CRD"} or words[skipped].text == "+" or words[skipped].text.casefold() in EMPTY
    ):
        skipped -= 1
    opener = words[skipped] if skipped >= 0 else None
    verb = next((i for i, w in enumerate(words) if i >= read.start and w.tag in FINITE), None)
    place = {
        f"prev {before.tag if before else 'START'}": 1.0,
        f"opened {opener.tag if opener else 'START'}": 1.0,
        "pos": start / max(1, len(words)),
        "first": float(start <= read.start or start == read.after_subject),
        "before verb": float(verb is not None and end <= verb),
        "no verb": float(verb is None),
        f"subject {read.subject}": 1.0,
        **right_edge(read, end),
    }
    if opener is not None and opener.tag != "PUN":
        place[f"after {opener.lemma}"] = 1.0
        place["after offer"] = float(opener.lemma in LIGHT)
        place["after main verb"] = float(skipped == verb)
        if opener.verb:
            place.update({f"object then {w.lemma}": 1.0 for w in words[start:end] if w.tag == "PRP"})
    if any(w.text.casefold() in _DENYING for w in words[max(0, start - 5) : start]):
        place["denied"] = 1.0
    if opener is not None and (opener.tag == "CJC" or opener.text == ","):
        place["cuts left"] = 1.0
    return place


def right_edge(read: Reading, end: int) -> dict[str, float]:
    after = read.words[end] if end < len(read.words) else None
    if after is None:
        return {"next END": 1.0}
    place = {f"next {after.tag}" if after.tag != "PUN" else f"next {after.text}": 1.0, f"before {after.lemma}": 1.0}
    if after.tag == "CJC" or (after.text == "," and any(w.tag == "CJC" for w in read.words[end : end + 8])):
        place["cuts right"] = 1.0
    return place
