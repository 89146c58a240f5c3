"""Words two texts share, whatever form they stand in."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from agent.domain.artifact import Manifest
from agent.text.words import tag, word_set

# Longest first. Derivation matters here, not grammar: "segments", "segmenting" and "segmentation" are one job.
_SUFFIXES = sorted(
    word_set(
        "isations izations isation ization ise ize ates ate ations ation ments ment ings ing ions ion "
        "ers er ors or ies ied ed es ly al s e y"
    ),
    key=lambda suffix: (-len(suffix), suffix),
)
_SHORTEST = 4
_LONGEST = 7
# Words that say nothing of a job, in texts about software, models and data.
_EMPTY = word_set("use used user model dataset data library tool support provide allow enable include make give offer work")


def stem(lemma: str) -> str:
    """A crude derivational stem: suffixes taken off while four letters stay, cut to seven letters."""
    while True:
        suffix = next((s for s in _SUFFIXES if lemma.endswith(s) and len(lemma) - len(s) >= _SHORTEST), None)
        if suffix is None:
            return lemma[:_LONGEST]
        lemma = lemma[: -len(suffix)]


def stems(text: str) -> dict[str, str]:
    """Stems of the content words with the first word each came from, in order; numbers and words without a job are left out."""
    found: dict[str, str] = {}
    for word in tag(text):
        if not word.content or word.lemma in _EMPTY:
            continue
        for part in word.lemma.split("-"):
            if part not in _EMPTY and re.search(r"[a-z]", part):
                found.setdefault(stem(part), word.text.lower())
    return found


def head(name: str) -> str | None:
    """The stem of the word a name is about: "captioning" of "Image captioning with prompts", "detecting" of "Detecting objects".

    That is the gerund the name begins with, else the last content word before the first preposition, comma or colon.
    """
    words = [w for w in tag(name) if w.content or w.tag in {"PRP", "PRF", "PUN", "TO0"}]
    found: str | None = None
    for word in words:
        if word.tag in {"PRP", "PRF", "PUN", "TO0"} or not word.content:
            if found:
                return found
            continue
        part = word.lemma.split("-")[-1]
        if found is None and re.search(r"[a-z]{2,}ing$", word.text):
            return stem(part)
        if re.search(r"[a-z]", part):
            found = stem(part)
    return found


def without_names(text: str, manifest: Manifest) -> str:
    """A text without the artifact's own names, which would make all its capabilities alike."""
    for name in sorted((*manifest.names(), *manifest.variants, manifest.slug), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", " ", text, flags=re.I)
    return " ".join(text.split())


def rarity(texts: Sequence[Iterable[str]]) -> dict[str, float]:
    """How telling a stem is among these texts: the logarithm of their number over how many have it."""
    counts = Counter(word for words in texts for word in set(words))
    return {word: math.log((len(texts) + 1) / (count + 0.5)) for word, count in counts.items()}


def overlap(left: Iterable[str], right: Iterable[str], weights: Mapping[str, float]) -> float:
    """Dice's coefficient of two sets of stems, weighted: 0 nothing shared, 1 the same."""
    a, b = set(left), set(right)
    total = math.fsum(weights.get(w, 0.0) for w in sorted(a)) + math.fsum(weights.get(w, 0.0) for w in sorted(b))
    return 2 * math.fsum(weights.get(w, 0.0) for w in sorted(a & b)) / total if total else 0.0
