"""Documentation made of nothing: as many passages as wanted, in artifacts about different things, the same for the same seed.

Words come from the bundled notes as often as they stand there, some of them from a topic of each artifact's own, and some from a long tail
of invented names, so that both rare and common words exist, neighbours in meaning are real, and a document reads as English.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from benchmarks.program import CHECKOUT

PASSAGE = 700  # characters
_SECTIONS = 200  # passages of one document, at most
_TOPIC = 60  # words
_NAMES = 40_000


@dataclass(frozen=True)
class MadeUp:
    """A source of text with its own chance."""

    chance: random.Random
    words: list[str]
    summed: list[int]

    def passage(self, topic: list[str]) -> str:
        """About 700 characters of sentences, with words from the topic in each."""
        text = ""
        while len(text) < PASSAGE - 60:
            words = self.chance.choices(self.words, cum_weights=self.summed, k=14)
            for at in self.chance.sample(range(14), 4):
                words[at] = self.chance.choice(topic)
            if self.chance.random() < 0.5:
                words[self.chance.randrange(14)] = f"{self.chance.choice(topic)}{self.chance.randrange(_NAMES)}"
            text += " ".join(words).capitalize() + ". "
        return text.strip()

    def topic(self) -> list[str]:
        return self.chance.sample(self.words, _TOPIC)


def source(seed: int) -> MadeUp:
    """Text by the words of the bundled notes."""
    notes = " ".join(path.read_text(encoding="utf-8") for path in sorted((CHECKOUT / "sources" / "catalog").glob("*/*.md")))
    counted = Counter(re.findall(r"[a-z]{2,}", notes.lower())).most_common()
    return MadeUp(random.Random(seed), [word for word, _ in counted], list(accumulate(count for _, count in counted)))


def artifacts(folder: Path, passages: int, each: int, seed: int = 20261123) -> Iterator[Path]:
    """Write artifacts of `each` passages until there are so many passages; gives their folders."""
    made = source(seed)
    for number, first in enumerate(range(0, passages, each)):
        place = folder / f"made-up-{number:04}"
        place.mkdir(parents=True)
        topic, count = made.topic(), min(each, passages - first)
        files = [f"part-{at:03}.md" for at in range(0, count, _SECTIONS)]
        for file, at in zip(files, range(0, count, _SECTIONS), strict=True):
            sections = [f"## {made.chance.choice(topic)} {at + n}\n\n{made.passage(topic)}\n" for n in range(min(_SECTIONS, count - at))]
            (place / file).write_text(f"# Part {at} of {number}\n\n" + "\n".join(sections), encoding="utf-8")
        docs = "".join(f"- {{file: {file}}}\n" for file in files)
        (place / "artifact.yaml").write_text(f"slug: {place.name}\nname: Made Up {number}\ntype: library\ndocs:\n{docs}", encoding="utf-8")
        yield place
