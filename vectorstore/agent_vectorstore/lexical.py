"""Words: BM25 over all passages, in a SQLite file beside Chroma.

SQLite's FTS5 and not an index in memory, from measurement on 100,000 passages of 700 characters: FTS5 needs no memory of its own and
takes a changed passage alone; bm25s answers in 2 ms, but needs 460 MB and 14 s to be made again after every change. What FTS5 lacks
in speed the rarest-words rule below gives back. Source of the score: Robertson and Zaragoza, "The Probabilistic Relevance Framework:
BM25 and Beyond" (2009); the constants are FTS5's, k1 = 1.2 and b = 0.75.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from agent.text.words import STOP_WORDS

NAME = "lexical/fts5-porter/1"  # rises when what is stored changes
_SCHEMA = """
CREATE TABLE IF NOT EXISTS artifacts (number INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(words, 'row');
"""
_QUERY_SCHEMA = """
CREATE VIRTUAL TABLE temp.question USING fts5(text, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE temp.question_terms USING fts5vocab(temp, 'question', 'instance');
"""
# An entry's id is its artifact's number and a serial: the passages of one artifact are one range, which FTS5 searches alone.
_SERIAL_BITS = 24
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 64
_FEW = 20_000  # entries up to which every word counts
_BUDGET = 5_000  # passages a question's words may stand in, together: the rarest first. Above it a word weighs little and costs much.


class LexicalError(Exception):
    """The file cannot be read or written; it can be made again from the store."""


class LexicalIndex:
    """The words of passages by passage id, opened by `with`. SQLite keeps readers and a writer apart. Without a path it is in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._raw: sqlite3.Connection | None = None
        self._frequencies: dict[str, int] = {}
        self._seen_version = -1

    def __enter__(self) -> LexicalIndex:
        with _as_lexical_errors():
            raw = sqlite3.connect(self._path or ":memory:", timeout=10.0, isolation_level=None)
            try:
                raw.execute("PRAGMA synchronous = NORMAL")
                if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'vocabulary'").fetchone() is None:
                    raw.execute("PRAGMA journal_mode = WAL")
                    raw.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
            except BaseException:
                raw.close()
                raise
        self._raw = raw
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.close()

    def put(self, passages: Sequence[tuple[str, str, str]]) -> None:
        """Write (passage id, artifact, text), in place of those that are there; all of them, or none."""
        with _as_lexical_errors(), self._writing() as raw:
            _take_out(raw, [one for one, _, _ in passages])
            serials: dict[str, int] = {}
            for passage_id, artifact, text in passages:
                entry = serials[artifact] if artifact in serials else self._next_entry(artifact)
                serials[artifact] = entry + 1
                raw.execute("INSERT INTO entries (id, passage_id) VALUES (?, ?)", (entry, passage_id))
                raw.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (entry, text))

    def delete(self, ids: Iterable[str]) -> None:
        """Take passages out; those that are not there do not matter."""
        with _as_lexical_errors(), self._writing() as raw:
            _take_out(raw, ids)

    def best(self, question: str, k: int, artifacts: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The k passages whose words say most of a question's, with their BM25 scores, best first; equal scores by place.

        `artifacts` are the only ones to look in. A question without a word that counts finds nothing.
        """
        words = words_of(question)
        if not words or k <= 0 or artifacts == []:
            return []
        with _as_lexical_errors():
            if artifacts is None:
                return self._matches(self._rarest(words), "", (), k)
            numbers = [number for slug in artifacts for number in self._numbers(slug)]
            if len(numbers) == 1:
                first = numbers[0] << _SERIAL_BITS
                return self._matches(words, "AND words.rowid BETWEEN ? AND ?", (first, first + (1 << _SERIAL_BITS) - 1), k)
            places = ",".join("?" * len(numbers))
            return self._matches(self._rarest(words), f"AND (words.rowid >> {_SERIAL_BITS}) IN ({places})", tuple(numbers), k)

    def __len__(self) -> int:
        with _as_lexical_errors():
            return int(self._open.execute("SELECT COUNT(*) FROM entries").fetchone()[0])

    def ids(self) -> set[str]:
        """Every passage id in the index."""
        with _as_lexical_errors():
            return {row[0] for row in self._open.execute("SELECT passage_id FROM entries")}

    def try_out(self) -> None:
        """Read every page of the file. Raises LexicalError where one is damaged."""
        with _as_lexical_errors():
            said = self._open.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise LexicalError(str(said))

    @property
    def _open(self) -> sqlite3.Connection:
        assert self._raw is not None, "opened by `with`"
        return self._raw

    def _writing(self) -> _Transaction:
        return _Transaction(self._open)

    def _numbers(self, slug: str) -> list[int]:
        return [row[0] for row in self._open.execute("SELECT number FROM artifacts WHERE slug = ?", (slug,))]

    def _next_entry(self, artifact: str) -> int:
        self._open.execute("INSERT INTO artifacts (slug) VALUES (?) ON CONFLICT DO NOTHING", (artifact,))
        first = self._numbers(artifact)[0] << _SERIAL_BITS
        sql = "SELECT MAX(id) FROM entries WHERE id BETWEEN ? AND ?"
        last = self._open.execute(sql, (first, first + (1 << _SERIAL_BITS) - 1)).fetchone()[0]
        return first if last is None else int(last) + 1

    def _matches(self, words: Sequence[str], also: str, values: tuple[int, ...], k: int) -> list[tuple[str, float]]:
        sql = f"""SELECT e.passage_id, -words.rank FROM words JOIN entries e ON e.id = words.rowid
                  WHERE words MATCH ? {also} ORDER BY words.rank LIMIT ?"""
        match = " OR ".join(f'"{word}"' for word in words)
        return [(row[0], float(row[1])) for row in self._open.execute(sql, (match, *values, k))]

    def _rarest(self, words: Sequence[str]) -> list[str]:
        """The words that stand in fewest passages, as many as the budget allows, at least one."""
        if self._open.execute("SELECT COUNT(*) FROM (SELECT 1 FROM entries LIMIT ?)", (_FEW,)).fetchone()[0] < _FEW:
            return list(words)
        version = self._open.execute("PRAGMA data_version").fetchone()[0]
        if version != self._seen_version:  # another connection has written: what was counted may be wrong
            self._frequencies, self._seen_version = {}, version
        kept: list[str] = []
        spent = 0
        for frequency, word in sorted((self._frequency(word), word) for word in words):
            spent += frequency
            if kept and spent > _BUDGET:
                break
            if frequency:
                kept.append(word)
        return kept or list(words[:1])

    def _frequency(self, word: str) -> int:
        """How many passages have a word, in any of the forms its stem stands for."""
        if word not in self._frequencies:
            counts = [self._open.execute("SELECT doc FROM vocabulary WHERE term = ?", (stem,)).fetchone() for stem in self._stems(word)]
            self._frequencies[word] = sum(row[0] for row in counts if row)
        return self._frequencies[word]

    def _stems(self, word: str) -> list[str]:
        """A word as FTS5's own tokenizer stores it: it is asked, because nobody else knows."""
        if self._open.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'question_terms'").fetchone() is None:
            self._open.executescript(_QUERY_SCHEMA)
        self._open.execute("DELETE FROM temp.question")
        self._open.execute("INSERT INTO temp.question (text) VALUES (?)", (word,))
        return [row[0] for row in self._open.execute("SELECT term FROM temp.question_terms")]


def words_of(question: str) -> list[str]:
    """The words of a question that count, each once, at most 64."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(question))
    return [word for word in words if word not in STOP_WORDS][:_MOST_WORDS]


def _take_out(raw: sqlite3.Connection, ids: Iterable[str]) -> None:
    for passage_id in ids:
        found = raw.execute("SELECT id FROM entries WHERE passage_id = ?", (passage_id,)).fetchone()
        if found:
            raw.execute("DELETE FROM words WHERE rowid = ?", found)
            raw.execute("DELETE FROM entries WHERE id = ?", found)


class _Transaction:
    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def __enter__(self) -> sqlite3.Connection:
        self._raw.execute("BEGIN IMMEDIATE")
        return self._raw

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._raw.execute("COMMIT" if error is None else "ROLLBACK")


class _as_lexical_errors:  # noqa: N801  used as a statement
    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, sqlite3.Error):
            raise LexicalError(str(error)) from error
