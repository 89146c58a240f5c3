"""The index over all passages of a workspace: Chroma for meaning, BM25 for words, one ranking out of both.

The store is the truth (`ledger`). What has to be done stands there as pending before an index is touched, and as done only afterwards, so
an index that died in between is finished by whoever opens it next, and one that is lost or broken is made again without embedding.
Inside named artifacts search is exact and never opens Chroma.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.errors import InputError
from agent_vectorstore import lexical
from agent_vectorstore.chroma import ChromaError
from agent_vectorstore.exact import nearest
from agent_vectorstore.fusion import fused
from agent_vectorstore.ledger import Passage
from agent_vectorstore.lexical import LexicalError, LexicalIndex
from agent_vectorstore.results import Hit, Mode, Ranking
from agent_vectorstore.upkeep import Upkeep

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEPTH = 50  # candidates of each ranking that are fused
_FEW = 5_000  # passages of named artifacts whose words are indexed for the search alone


@dataclass
class PassageIndex(Upkeep):
    """Search over the passages of a workspace.

    Chroma is open, and locked, inside `with index.opened()` or for the length of one call; threads take turns as processes do.
    """

    def search(self, question: str, k: int = 10, *, mode: Mode = "fused", artifacts: Sequence[str] | None = None) -> list[Hit]:
        """The k passages that answer a question best. `artifacts` (slugs) are the only ones to look in; then the search is exact.

        Raises InputError for an empty question, and what `opened` raises where it searches everything.
        """
        if artifacts is not None:
            with self.within(artifacts, words=mode != "dense") as scope:
                return scope.search(question, k, mode=mode)
        rankings = self.rankings(question, max(DEPTH, k), mode=mode)
        return self._hits(rankings, k, mode)

    def rankings(self, question: str, depth: int = DEPTH, *, mode: Mode = "fused") -> dict[str, Ranking]:
        """(passage id, score) best first over everything, by ranking: cosines of "dense", BM25 of "lexical"; mode fused gives both."""
        _refuse_empty(question)
        vector = self._vector(question) if mode != "lexical" else None
        with self.opened():
            try:
                return self._asked(question, vector, depth, mode)
            except (ChromaError, LexicalError) as error:  # damage that only shows when it is read
                self._refuse_if_not_broken(error)
                self._close(self._open)
                self._wipe()
                self._mine.open = self._brought_up_again()
            with self._as_incomplete():
                return self._asked(question, vector, depth, mode)

    def _asked(self, question: str, vector: NDArray[np.float32] | None, depth: int, mode: Mode) -> dict[str, Ranking]:
        opened = self._open
        assert opened is not None
        if self.has_work():  # something was ingested since this index was opened
            self._finish(opened)
        found: dict[str, Ranking] = {}
        if vector is not None:
            found["dense"] = opened.chroma.nearest(vector, depth)
        if mode != "dense":
            found["lexical"] = opened.lexical.best(question, depth)
        return found

    @contextmanager
    def within(self, artifacts: Sequence[str], *, words: bool = True) -> Iterator[Scope]:
        """The passages of some artifacts (slugs) as they are now, for several exact searches; never opens Chroma.

        `words` False leaves the lexical index alone: then only dense searches are possible.
        """
        slugs = sorted(set(artifacts))
        with ExitStack() as stack, self._as_incomplete():
            ids, vectors = self.ledger.within(slugs)
            few = len(ids) <= _FEW
            # Before the view of the store is held: what is pending may have to be written first.
            index = stack.enter_context(self._words_ready()) if words and not few else None
            stack.enter_context(self.ledger.together())
            known: dict[str, Passage] = {}
            if words and few:
                # BM25 looks at every passage of the index that has a word; over these alone it takes a fraction of a millisecond.
                known = self.ledger.passages(ids)
                index = stack.enter_context(LexicalIndex())
                index.put([(one, passage.artifact, passage.searched) for one, passage in known.items()])
            yield Scope(self, None if few else slugs, ids, vectors, index, known)

    def _hits(self, rankings: dict[str, Ranking], k: int, mode: Mode, known: Mapping[str, Passage] | None = None) -> list[Hit]:
        """The best k of one ranking, or of all fused. What is no longer current is dropped."""
        ids = {name: [one for one, _ in found] for name, found in rankings.items()}
        order = fused(ids) if mode == "fused" else rankings[mode]
        ranks = {name: {one: rank for rank, one in enumerate(found, 1)} for name, found in ids.items()}
        passages = known or self.ledger.passages([one for one, _ in order[:k]])
        if len(passages) < k < len(order):  # some were dropped: take the next ones
            passages = self.ledger.passages([one for one, _ in order])
        return [
            Hit(passages[one], score, {name: places[one] for name, places in ranks.items() if one in places})
            for one, score in order
            if one in passages
        ][:k]

    @contextmanager
    def _words_ready(self) -> Iterator[LexicalIndex]:
        """The lexical index with nothing pending; locked only where something is."""
        if self._open is not None and not self.ledger.has_work(lexical.NAME):
            yield self._open.lexical
            return
        if not (self.folder / "lexical.db").is_file() or self.ledger.has_work(lexical.NAME):
            with self._locked(), self._lexical() as index:
                self._write_words(index)
        with self._lexical() as index:
            yield index

    def _vector(self, question: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self.embedder.embed([question])[0]
        return found


@dataclass(frozen=True)
class Scope:
    """The passages of some artifacts, open for exact searches by one thread."""

    index: PassageIndex
    artifacts: list[str] | None
    ids: list[str]
    vectors: NDArray[np.float32]
    words: LexicalIndex | None
    known: Mapping[str, Passage]

    def search(self, question: str, k: int = 10, *, mode: Mode = "fused") -> list[Hit]:
        """The k passages that answer a question best. Raises InputError for an empty question."""
        return self.index._hits(self.rankings(question, max(DEPTH, k), mode=mode), k, mode, self.known)

    def rankings(self, question: str, depth: int = DEPTH, *, mode: Mode = "fused") -> dict[str, Ranking]:
        """(passage id, score) best first, by ranking, as PassageIndex.rankings gives them."""
        _refuse_empty(question)
        found: dict[str, Ranking] = {}
        if mode != "lexical":
            found["dense"] = nearest(self.index._vector(question), self.ids, self.vectors, depth) if self.ids else []
        if mode != "dense":
            assert self.words is not None, "opened without words"
            found["lexical"] = self.words.best(question, depth, self.artifacts)
        return found


def _refuse_empty(question: str) -> None:
    if not question.strip():
        raise InputError(f"the question is empty: {question!r}.", hint="Say what you look for.")
