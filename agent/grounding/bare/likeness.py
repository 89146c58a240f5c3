"""How like two words are: forms of one word, synonyms of documentation, near in an embedding; opposites never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from agent.text.forms import akin, base

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Embed = Callable[[Sequence[str]], NDArray[np.float32]]
else:
    Embed = Callable

AKIN, SYNONYM, NEAR = 0.95, 0.85, 0.7
_NEAREST = 0.38  # cosine of two words' vectors from which they count as near
_SURE = 0.7  # cosine from which nearness has its full weight
_HEAD = 3  # letters that forms of one word share


class Lexicon:
    """The words of some documents, numbered, and for any word those like it with their weights from 0 to 1."""

    def __init__(self, vocabulary: Iterable[str], embed: Embed | None) -> None:
        self.words = tuple(dict.fromkeys(vocabulary))
        self._numbers = {word: at for at, word in enumerate(self.words)}
        self._embed = embed
        self._heads: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            self._heads[word[:_HEAD]].append(at)
        self._known: dict[str, dict[int, float]] = {}
        self._vectors = embed(self.words) if embed and self.words else None

    def number(self, word: str) -> int | None:
        return self._numbers.get(word)

    def learn(self, words: Iterable[str]) -> None:
        """Find what is like each of some words, all in one go: a vector for each, one product for all."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        for word in new:
            self._known[word] = dict(self._formal(word))
        if self._vectors is None or self._embed is None or not new:
            return
        near = self._embed(new) @ self._vectors.T
        for row, word in enumerate(new):
            if not word.isalpha() or len(word) < _HEAD:
                continue
            known, against = self._known[word], opposites(word)
            for at in (near[row] >= _NEAREST).nonzero()[0]:
                other = self.words[at]
                if int(at) not in known and other not in against and other.isalpha():
                    known[int(at)] = round(min(float(near[row, at]) / _SURE, 1.0) * NEAR, 3)

    def like(self, word: str) -> dict[int, float]:
        """Numbers of the words like this one, with their weights."""
        if word not in self._known:
            self.learn([word])
        return self._known[word]

    def _formal(self, word: str) -> Iterator[tuple[int, float]]:
        against = opposites(word)
        for other in synonyms(word):
            at = self._numbers.get(other)
            if at is not None and other not in against:
                yield at, SYNONYM
        for at in self._heads.get(word[:_HEAD], ()):
            if akin(word, self.words[at]):
                yield at, AKIN
        at = self._numbers.get(word)
        if at is not None:
            yield at, 1.0


def synonyms(word: str) -> frozenset[str]:
    """Words that documentation uses for this one; forms of it ("employing") have the synonyms of its stem."""
    return _of(word, _tables()[0])


def opposites(word: str) -> frozenset[str]:
    """Words that exclude this one."""
    return _of(word, _tables()[1])


def likened(one: str, other: str) -> bool:
    """Whether two words are forms of one word or synonyms, without asking an embedding."""
    return akin(one, other) or base(other) in synonyms(one) or base(one) in synonyms(other)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """The entry of the tables that a word is a form of, else its base form."""
    form = base(word)
    entries = _entries()
    if form in entries.get(form[:_HEAD], ()):
        return form
    return next((entry for entry in entries.get(form[:_HEAD], ()) if akin(form, entry)), form)


def _of(word: str, table: dict[str, frozenset[str]]) -> frozenset[str]:
    return table.get(base(word)) or table.get(_stem(word)) or frozenset()


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    return _table("synonyms.txt"), _table("opposites.txt")


@lru_cache(maxsize=1)
def _entries() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for table in _tables():
        for word in table:
            found[word[:_HEAD]].append(word)
    return found


def _table(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = {base(word) for word in line.split()}
            for word in group:
                found[word] |= group - {word}
    return {word: frozenset(others) for word, others in found.items()}
