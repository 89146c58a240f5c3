"""The verdict on a bare claim: is it borne out, or contradicted, by anything an artifact's documents state?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from agent.domain.capability import Check, Evidence
from agent.domain.proposal import Subject
from agent.domain.verification import ClaimVerdict, Outcome
from agent.grounding.bare.case import Case, Fault
from agent.grounding.bare.checks import CHECKS, raised
from agent.grounding.bare.features import Weights, copied, features, trained
from agent.grounding.bare.index import Match, StatementIndex
from agent.grounding.bare.likeness import Embed
from agent.grounding.bare.statements import Statement, statements_of, within
from agent.grounding.entail import LexicalChecker
from agent.grounding.guards import GUARDS
from agent.grounding.licence import Licence, Names, Source, declared_aliases
from agent.grounding.reading import Reading, clean, read
from agent.text.fold import folded_text
from agent.text.orders import gives_orders
from agent.text.sentences import sentence_spans

if TYPE_CHECKING:
    pass

_CANDIDATES = 5
_POOL = 12  # statements among which those are sought that add to the best
_LENDS = 0.35  # of a claim's words, by weight, in a statement that may add to the best
_BESIDE = 1  # statements on each side that may lend names and numbers
_MOST = 3  # statements that a claim may rest on together
_ABOUT = 0.65  # of a claim's words in one statement that says otherwise: no gathering of others makes up for it
_HARD = frozenset({"numbers", "negation", "direction"})
_GAIN = 0.08  # of a claim's words, by weight, that one more statement must add
_COPIED = 0.6  # of a claim's pairs of words in a sentence: above, it repeats the sentence and every word counts
_CLOSE = 0.12  # of retrieval score: evidence further behind the best is about something else
LONGEST = 1_500  # characters of a claim that are judged
_EMPTY = "it makes no claim that could be checked"


@dataclass(frozen=True)
class Judged:
    """A claim against one to three statements: the score, the faults, and whether it repeats them word for word."""

    chosen: tuple[int, ...]
    values: tuple[float, ...]
    score: float
    copied: float
    faults: tuple[Fault, ...]
    strict: str = ""
    strict_word: str = ""
    repeats: bool = False

    @property
    def stands(self) -> bool:
        return not self.faults and not self.strict


class BareVerifier:
    """Verifies claims about one subject, whose documents are read once.

    `embed` gives unit vectors of words and claims, None leaves them out; `kept` those of the statements of documents, which may be stored.
    """

    def __init__(self, subject: Subject, embed: Embed | None = None, kept: Embed | None = None, *, weights: Weights | None = None) -> None:
        self._subject = subject
        self._embed = embed
        self._kept = kept or embed
        self._own = Names(subject.manifest)
        self._weights = weights

    def verify(self, claims: Sequence[str]) -> list[ClaimVerdict]:
        """A verdict for each claim, in order; never raises for what a claim says. Linear in claims and in documents."""
        readings = [self._read(text) for text in claims]
        self.index.learn(readings)
        vectors = self._embed([reading.text for reading in readings]) if self._embed and readings else None
        return [
            self._verdict(text, reading, self.index.match(reading, None if vectors is None else vectors[at]))
            for at, (text, reading) in enumerate(zip(claims, readings, strict=True))
        ]

    def verify_quoted(self, text: str, evidence: Evidence) -> ClaimVerdict:
        """The verdict on a claim that is to rest on one span of a document and nothing else."""
        reading = self._read(text)
        among = within(self.index.statements, evidence.document_id, evidence.start, evidence.end)
        return self._verdict(text, reading, self.index.match(reading), among)

    def judged(self, text: str, among: Sequence[int] | None = None) -> list[Judged]:
        """Everything a verdict is chosen from, for training and for measuring."""
        reading = self._read(text)
        return self._judged(reading, self.index.match(reading), among)

    @cached_property
    def index(self) -> StatementIndex:
        """The subject's statements with their words and vectors."""
        return StatementIndex(statements_of(self._subject), self._own, self._embed, self._kept)

    @cached_property
    def _aliases(self) -> dict[str, tuple[tuple[str, str], ...]]:
        return {one.id: declared_aliases(folded_text(one.text)) for one in self._subject.documents}

    @staticmethod
    def _read(text: str) -> Reading:
        return read(clean(text[:LONGEST]))

    def _verdict(self, text: str, claim: Reading, match: Match, among: Sequence[int] | None = None) -> ClaimVerdict:
        if not claim.tokens or not (match.words or claim.quantities):
            return _bare(text, "undecided", _EMPTY)
        if gives_orders(text):
            return _bare(text, "not_found", "it gives orders to machine readers")
        judged = self._judged(claim, match, among)
        if not judged:
            return _bare(text, "not_found", "the documents say nothing like it")
        return self._decided(text, match, judged)

    def _decided(self, text: str, match: Match, judged: Sequence[Judged]) -> ClaimVerdict:
        weights = self._weights or trained()
        top = max(judged, key=lambda one: (one.repeats, one.score))
        repeated = any(one.repeats for one in judged)
        denied = any(
            len(one.chosen) == 1 and one.values[0] >= _ABOUT and any(fault.against and fault.check in _HARD for fault in one.faults)
            for one in judged
        )
        for one in sorted(judged, key=lambda one: (-one.repeats, -one.score)):
            if denied and len(one.chosen) > 1:
                continue
            if one.stands and (one.repeats or (not repeated and one.score >= weights.supported)):
                return self._made(text, "supported", "", "", one)
        best = max((one for one in judged if not one.stands), key=lambda one: (one.repeats, one.score), default=top)
        if best.faults and (best.repeats or best.score >= weights.related):
            fault = next((fault for fault in best.faults if fault.against), best.faults[0])
            outcome: Outcome = "contradicted" if fault.against else "not_found"
            return self._made(text, outcome, fault.detail, fault.word, best)
        if top.strict and top.repeats:
            return self._made(text, "undecided", top.strict, top.strict_word, top)
        missing = self._unsaid(match, top)
        if top.score < weights.related:
            detail = (
                f"{', '.join(map(repr, missing[:4]))} not in the nearest evidence"
                if missing
                else "the nearest evidence is about something else"
            )
            return self._made(text, "not_found", detail, missing[0] if missing else "", top)
        detail = f"the nearest evidence may not say {missing[0]!r}" if missing else "the nearest evidence may mean something else"
        return self._made(text, "undecided", detail, missing[0] if missing else "", top)

    def _judged(self, claim: Reading, match: Match, among: Sequence[int] | None) -> list[Judged]:
        weights = self._weights or trained()
        best = match.best(_CANDIDATES, among)
        if not best:
            return []
        floor = float(match.score[best[0]]) - _CLOSE
        found = [self._one(claim, match, (at,), weights) for at in best if float(match.score[at]) >= floor]
        if not any(one.repeats for one in found):
            found += [self._one(claim, match, chosen, weights) for chosen in self._gathered(match, best, among)]
        return found

    def _gathered(self, match: Match, best: Sequence[int], among: Sequence[int] | None) -> list[tuple[int, ...]]:
        """The best statement with the one that has most of what it lacks, and with a third: a claim may sum up a section or two."""
        import numpy as np

        weights = np.array([word.weight for word in match.words], dtype=np.float32)
        if not len(weights):
            return []
        pool = [at for at in dict.fromkeys((*self.index.section(best[0]), *match.best(_POOL, among))) if among is None or at in among]
        chosen, sets = [best[0]], []
        covered = match.own[:, best[0]]
        shares = weights @ match.own / float(weights.sum())
        pool = [at for at in pool if shares[at] >= _LENDS or abs(at - best[0]) <= _BESIDE]  # what lends a name must be about the claim
        while len(chosen) < _MOST and len(pool) > len(chosen):
            gains = weights @ np.maximum(match.own[:, pool] - covered[:, None], 0.0)
            number = int(gains.argmax())
            if float(gains[number]) < _GAIN * float(weights.sum()):
                break
            chosen.append(pool[number])
            covered = np.maximum(covered, match.own[:, pool[number]])
            sets.append(tuple(chosen))
        return sets

    def _one(self, claim: Reading, match: Match, chosen: tuple[int, ...], weights: Weights) -> Judged:
        statements = [self.index.statements[at] for at in chosen]
        main = tuple(one.reading for one in statements)
        beside = [self.index.statements[at] for one in chosen for at in self.index.section(one, _BESIDE) if at not in chosen]
        near = (*(line for one in statements for line in one.context), *(one.reading for one in beside))
        licence = self._licence(statements, beside)
        raw = " ".join(one.quote for one in statements).casefold()
        case = Case(claim, main, near, licence, raw)
        values = features(claim, match, chosen, self.index, raised(case))
        score = weights.score(values)
        share = copied(claim, main)
        if share >= _COPIED:
            return self._repeated(claim, statements, chosen, (tuple(values), score, share))
        faults = [fault for check in CHECKS if (fault := check(case)) is not None]
        return Judged(chosen, tuple(values), score, share, tuple(faults))

    def _repeated(
        self, claim: Reading, statements: Sequence[Statement], chosen: tuple[int, ...], measured: tuple[tuple[float, ...], float, float]
    ) -> Judged:
        """A claim that repeats its evidence: held to every word of it, by the guards and the checker that quotes are held to."""
        licence = self._licence(statements, ())
        values, score, share = measured
        for guard in GUARDS:
            check = guard(claim, licence)
            if not check.passed:
                word = _first_quoted(check.detail)
                return Judged(chosen, values, score, share, (Fault(check.name, word, check.detail, True),), repeats=True)
        verdict = LexicalChecker().check(claim, licence)
        strict = "" if verdict.outcome == "supported" else verdict.detail
        return Judged(chosen, values, score, share, (), strict, _first_quoted(strict), repeats=True)

    def _licence(self, statements: Sequence[Statement], beside: Sequence[Statement]) -> Licence:
        aliases = dict.fromkeys(pair for one in statements for pair in self._aliases.get(one.document.id, ()))
        around = tuple(one.reading for one in beside)
        sources = tuple(_source(one, around if at == 0 else ()) for at, one in enumerate(statements))
        return Licence(sources=sources, own=self._own, aliases=tuple(aliases))

    def _unsaid(self, match: Match, judged: Judged) -> list[str]:
        gaps = [
            ((1 - max(float(match.around[w, at]) for at in judged.chosen)) * word.weight, word.text) for w, word in enumerate(match.words)
        ]
        return [text for gap, text in sorted(gaps, key=lambda one: -one[0]) if gap > 1.0]

    def _made(self, text: str, outcome: Outcome, reason: str, word: str, judged: Judged) -> ClaimVerdict:
        statements = [self.index.statements[at] for at in judged.chosen]
        evidence = [Evidence(document_id=one.document.id, start=one.start, end=one.end, quote=one.quote) for one in statements]
        failed = {fault.check: fault.detail for fault in judged.faults}
        names = ("numbers", "names", "negation", "degree", "relation") if judged.repeats else tuple(check.__name__ for check in CHECKS)
        checks = [Check(name=name, passed=name not in failed, detail=failed.get(name, "")) for name in names]
        said = judged.strict or ("repeats its evidence" if judged.repeats else f"scores {judged.score:.2f}")
        passed = not judged.strict and (judged.repeats or outcome == "supported")
        return ClaimVerdict(
            text=text, verdict=outcome, reason=reason, unlicensed=word, evidence=evidence,
            checks=[*checks, Check(name="entailment", passed=passed, detail=said)], score=round(judged.score, 3),
        )  # fmt: skip


def _source(statement: Statement, around: tuple[Reading, ...]) -> Source:
    whole = statement.reading
    spans = sentence_spans(whole.text, 0, len(whole.text))
    sentences = (whole,) if len(spans) < 2 else tuple(read(whole.text[start:end]) for start, end in spans)
    return Source(statement.document.artifact, whole, sentences, (*statement.context, *around))


def _bare(text: str, outcome: Outcome, reason: str) -> ClaimVerdict:
    return ClaimVerdict(text=text, verdict=outcome, reason=reason)


def _first_quoted(detail: str) -> str:
    parts = detail.split("'")
    return parts[1] if len(parts) > 2 else ""
