"""Puts every claim an engine proposes to the test: locate its quotes, guard its words, ask whether they entail it, weigh the sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property

from agent.domain.capability import Check, Claim, ClaimStatus, Evidence, FactClaim, GroundedText, claim_id
from agent.domain.document import Block, Document
from agent.domain.judgement import Judgeable, Judgement
from agent.domain.proposal import ClaimProposal, FactProposal, QuoteRef, Subject, TextProposal
from agent.grounding.entail import Checker, LexicalChecker, Verdict
from agent.grounding.guards import GUARDS
from agent.grounding.judged import JudgedChecker, judgeable, label
from agent.grounding.licence import Licence, Names, Source, context_of, declared_aliases, source_of
from agent.grounding.locate import Locator
from agent.grounding.reading import Reading, clean, read
from agent.grounding.sides import Sides, judge
from agent.text.orders import gives_orders, goes_on_ordering
from agent.text.sentences import sentence_spans

LOCATED, WORDS = "located", "words"
_UNSEEN = {"hidden", "markup", "encoded data"}
_SHOWN = 60  # characters of a quote in a check's detail


class Grounder:
    """Grounds the proposals for one subject against its documents and those of its neighbours.

    Everything is made once and kept: folded documents, the reading of each quote. `checkers` judge in order what the guards let pass; the
    first that is not undecided decides. A judge's findings (`informed`) come after them: they may lower what words alone support, settle
    what is undecided, and clear a paraphrase that is lost for its unfamiliar words only.
    """

    _judged: JudgedChecker | None = None

    def __init__(self, subject: Subject, neighbours: Sequence[Subject] = (), checkers: Sequence[Checker] = (LexicalChecker(),)) -> None:
        self._own = Names(subject.manifest)
        self._others = {neighbour.manifest.slug: Names(neighbour.manifest) for neighbour in neighbours}
        self._places = {
            document.id: _Place(document, each.manifest.slug, each.blocks.get(document.id, []))
            for each in (*neighbours, subject)
            for document in each.documents
        }
        self._checkers = tuple(checkers)

    def evidence(self, quote: QuoteRef) -> Evidence | None:
        """Where a quote stands, in the document's own words, or None. Of several places the one nearest to the claimed start."""
        place = self._places.get(quote.document_id)
        span = place.locator.locate(quote.quote, quote.start) if place else None
        if place is None or span is None or place.hides(*span):
            return None
        return Evidence(document_id=quote.document_id, start=span[0], end=span[1], quote=place.document.text[slice(*span)])

    def claim(self, proposal: ClaimProposal) -> Claim:
        """A proposal as a claim with the status its checks give it; never raises for what it says."""
        evidence, located = self._locate(proposal.quotes)
        status: ClaimStatus = "rejected"
        checks = [located]
        if evidence:
            status, more = self._judge(proposal, evidence)
            checks += more
        return Claim(
            id=claim_id(proposal.kind, proposal.text, [(self._places[e.document_id].document.sha256, e.start, e.end) for e in evidence]),
            kind=proposal.kind,
            text=proposal.text,
            status=status,
            alternatives=proposal.alternatives,
            evidence=evidence,
            checks=checks,
        )

    def fact(self, proposal: FactProposal) -> FactClaim:
        """A typed fact: its value must be licensed like a claim; the field's own words need not stand in the quote."""
        evidence, located = self._locate(proposal.quotes)
        checks = [located, *(self.text_supported(proposal.value, evidence) if evidence else []), *_orders(proposal.text)]
        return FactClaim(
            id=claim_id("fact", proposal.text, [(self._places[e.document_id].document.sha256, e.start, e.end) for e in evidence]),
            kind="fact",
            text=proposal.text,
            status="supported" if all(check.passed for check in checks) else "rejected",
            evidence=evidence,
            checks=checks,
            field=proposal.field,
            value=proposal.value,
        )

    def grounded_text(self, proposal: TextProposal) -> GroundedText | None:
        """An input or output with its evidence, or None where its quotes do not name it."""
        evidence, _ = self._locate(proposal.quotes)
        if not evidence or not all(check.passed for check in self.text_supported(proposal.text, evidence)):
            return None
        return GroundedText(text=proposal.text, evidence=evidence)

    def text_supported(self, text: str, evidence: Sequence[Evidence]) -> list[Check]:
        """The guards for a name, intent, input or output: its numbers, names and degrees, and two of three of its content words."""
        licence = self._licence(evidence)
        reading = read(clean(text))
        checks = [*(guard(reading, licence) for guard in GUARDS), *(_orders(text) or self._ordered(evidence))]
        content, missing = _unfamiliar(reading, licence)
        passed = len(missing) * 3 <= len(content)
        detail = "" if passed else f"{', '.join(map(repr, missing[:4]))} not in the quotes"
        return [*checks, Check(name=WORDS, passed=passed, detail=detail)]

    def judgeable(self, proposals: Iterable[ClaimProposal]) -> list[Judgeable]:
        """What a judge is to be asked: the claims that every guard passes and words alone do not settle against, each once."""
        asked: dict[Judgeable, None] = {}
        for proposal in proposals:
            evidence, _ = self._locate(proposal.quotes)
            if not evidence:
                continue
            licence, claim = self._licence(evidence), read(clean(proposal.text))
            checks, _ = self._guarded(proposal, evidence, claim, licence)
            if all(check.passed for check in checks) and _open(self._entailed(claim, licence)[0]):
                asked[judgeable(claim, licence)] = None
        return list(asked)

    def label(self, text: str, quotes: Sequence[QuoteRef]) -> Judgeable | None:
        """A name to ask a judge about: one that passes every guard and fails for its words alone, a third of them known."""
        evidence, _ = self._locate(quotes)
        failed = [check.name for check in self.text_supported(text, evidence) if not check.passed] if evidence else []
        if failed != [WORDS]:
            return None
        licence = self._licence(evidence)
        content, missing = _unfamiliar(read(clean(text)), licence)
        return label(clean(text), licence) if len(missing) * 3 <= len(content) * 2 else None

    def informed(self, judgements: Mapping[Judgeable, Judgement]) -> Grounder:
        """The same grounder, all it has read kept, with a judge's findings at hand."""
        other = copy(self)
        other._judged = JudgedChecker(judgements)
        return other

    def _locate(self, quotes: Sequence[QuoteRef]) -> tuple[list[Evidence], Check]:
        found = [self.evidence(quote) for quote in quotes]
        evidence = list(dict.fromkeys(e for e in found if e is not None))
        lost = [quote for quote, e in zip(quotes, found, strict=True) if e is None]
        if not quotes:
            return [], Check(name=LOCATED, passed=False, detail="no quote was given")
        detail = ""
        if lost:
            shown = lost[0].quote if len(lost[0].quote) <= _SHOWN else lost[0].quote[:_SHOWN] + "..."
            where = "in the document" if lost[0].document_id in self._places else f"because there is no document {lost[0].document_id!r}"
            detail = f"{len(lost)} of {len(quotes)} not found {where}: {shown!r}"
        return evidence, Check(name=LOCATED, passed=bool(evidence), detail=detail)

    def _judge(self, proposal: ClaimProposal, evidence: Sequence[Evidence]) -> tuple[ClaimStatus, list[Check]]:
        licence = self._licence(evidence)
        claim = read(clean(proposal.text))
        checks, sides = self._guarded(proposal, evidence, claim, licence)
        if not all(check.passed for check in checks):
            return "rejected", checks
        verdict, entailed = self._entailed(claim, licence)
        checks += entailed
        if self._judged and _open(verdict) and self._judged.answered(claim, licence):
            verdict = self._judged.check(claim, licence)
            checks.append(_checked(self._judged, verdict))
        if verdict.outcome == "supported":
            return ("one_sided" if sides and sides.one_sided else "supported"), checks
        return ("needs_review" if verdict.outcome == "undecided" else "rejected"), checks

    def _guarded(
        self, proposal: ClaimProposal, evidence: Sequence[Evidence], claim: Reading, licence: Licence
    ) -> tuple[list[Check], Sides | None]:
        checks = [*(guard(claim, licence) for guard in GUARDS), *(_orders(proposal.text) or self._ordered(evidence))]
        sides = judge(proposal.kind, claim, proposal.alternatives, licence)
        return ([*checks, sides.check] if sides else checks), sides

    def _ordered(self, evidence: Sequence[Evidence]) -> list[Check]:
        """A failed check for a quote out of orders to machine readers: what they are told to say is no statement of the document."""
        if not any(self._places[e.document_id].orders(e.start, e.end) for e in evidence):
            return []
        return [Check(name="orders", passed=False, detail="its quote stands in orders to machine readers")]

    def _entailed(self, claim: Reading, licence: Licence) -> tuple[Verdict, list[Check]]:
        checks: list[Check] = []
        verdict = Verdict("undecided", "no checker is configured")
        for checker in self._checkers:
            verdict = checker.check(claim, licence)
            checks.append(_checked(checker, verdict))
            if verdict.outcome != "undecided":
                break
        return verdict, checks

    def _licence(self, evidence: Sequence[Evidence]) -> Licence:
        places = [self._places[e.document_id] for e in evidence]
        others = [self._others[slug] for slug in dict.fromkeys(p.artifact for p in places) if slug in self._others]
        aliases = dict.fromkeys(pair for place in places for pair in place.aliases)
        sources = tuple(place.source(e.start, e.end) for place, e in zip(places, evidence, strict=True))
        texts = tuple(dict.fromkeys(place.locator.folded().text for place in places))
        return Licence(sources=sources, own=self._own, others=tuple(others), aliases=tuple(aliases), texts=texts)


class _Place:
    """A document with what grounding keeps of it."""

    def __init__(self, document: Document, artifact: str, blocks: Sequence[Block]) -> None:
        self.document = document
        self.artifact = artifact
        self._blocks = blocks
        self._sources: dict[tuple[int, int], Source] = {}

    @cached_property
    def locator(self) -> Locator:
        return Locator(self.document.text, [(block.start, block.end) for block in self._blocks if block.skip])

    @cached_property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        return declared_aliases(self.locator.folded().text)

    def source(self, start: int, end: int) -> Source:
        """The span as a licensing source; lines above it that give orders license nothing."""
        if (start, end) not in self._sources:
            text = self.document.text
            above = [line for line in context_of(text, self._blocks, start, end) if not gives_orders(line)]
            self._sources[start, end] = source_of(self.artifact, text[start:end], above)
        return self._sources[start, end]

    def hides(self, start: int, end: int) -> bool:
        """Whether a span lies in what a reader of the page does not see: hidden, markup, or in no block of the text at all."""
        skips = [block.skip for block in self._blocks if block.start < end and start < block.end]
        return any(skip in _UNSEEN for skip in skips) or (not skips and bool(self._blocks))

    def orders(self, start: int, end: int) -> bool:
        """Whether a span lies in a sentence that gives orders to machine readers, or in one after it that goes on with them."""
        text = self.document.text
        for block in self._blocks:
            if not (block.start < end and start < block.end and gives_orders(text[block.start : block.end])):
                continue
            ordered = False
            for first, last in sentence_spans(text, block.start, block.end):
                sentence = text[first:last]
                ordered = gives_orders(sentence) or (ordered and goes_on_ordering(sentence))
                if ordered and first < end and start < last:
                    return True
        return False


def _unfamiliar(reading: Reading, licence: Licence) -> tuple[list[str], list[str]]:
    """The content words of a text, its licensed names apart, and those of them that no source has."""
    named = licence.named(reading.tokens)
    content = [piece.word for piece in reading.pieces if piece.content and piece.token not in named]
    return content, [word for word in content if not licence.has(word)]


def _checked(checker: Checker, verdict: Verdict) -> Check:
    detail = f"{verdict.outcome}: {verdict.detail}" if verdict.detail else verdict.outcome
    return Check(name=checker.name, passed=verdict.outcome == "supported", detail=detail)


def _open(verdict: Verdict) -> bool:
    """Whether a judge may still find otherwise: words alone cannot tell a paraphrase from another matter."""
    return verdict.outcome in {"supported", "undecided"} or verdict.doubtful


def _orders(text: str) -> list[Check]:
    """A failed check for words that give orders to machine readers, whatever their quote; nothing for all others."""
    return [Check(name="orders", passed=False, detail="it gives orders to machine readers")] if gives_orders(text) else []
