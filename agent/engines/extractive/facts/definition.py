"""The document's own sentence that says what the artifact is: what a page opens with.

Candidates are sentences of the documents themselves, read block by block: "NAME is a ...", "This repository contains ..." with the name put
in, "We introduce NAME, a ...", and a noun phrase that stands right below a title. Each is rated by its form, by whether its noun is one
for the artifact's type, and by how early it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from agent.domain.artifact import ArtifactType, Manifest
from agent.domain.document import Block, Document
from agent.domain.proposal import FactProposal, QuoteRef, Subject
from agent.engines.extractive.statements.plain import plain
from agent.text.sentences import sentence_spans

__all__ = ["definition"]

# What an artifact of a type is called when one says what it is.
_SOFTWARE = (
    r"frameworks?|librar(?:y|ies)|toolkits?|platforms?|packages?|sdks?|tools?|engines?|systems?|suites?|projects?|implementations?|"
    r"orchestration|software|interfaces?|pipelines?"
)
_KINDS: dict[ArtifactType, str] = {
    "model": r"(?:[\w-]*models?|famil(?:y|ies)|networks?|series|transformers?|checkpoints?|architectures?|assistants?|strateg(?:y|ies)|"
    r"approach(?:es)?|methods?|detectors?|vlms?|m?llms?|encoders?|decoders?|implementations?)",
    "dataset": r"(?:data ?sets?|corpus|corpora|collections?|databases?|benchmarks?|ontolog(?:y|ies)|replications?|data|resources?)",
    "benchmark": r"(?:benchmarks?|tests?|suites?|evaluations?|data ?sets?|leaderboards?|challenges?|workshops?|frameworks?|harness|tasks?)",
    "agent": rf"(?:agents?|assistants?|{_SOFTWARE}|applications?|apps?)",
    "mcp-server": rf"(?:servers?|{_SOFTWARE}|integrations?)",
    "library": rf"(?:{_SOFTWARE}|servers?|modules?)",
    "framework": rf"(?:{_SOFTWARE}|ways?)",
    "product": rf"(?:{_SOFTWARE}|products?|databases?|services?|assistants?|applications?|apps?|stores?|servers?|apis?)",
}
_THIS = (
    r"(?:project|package|library|framework|tool|toolkit|server|mcp server|repo|repository|model|dataset|data set|corpus|benchmark|"
    r"collection|codebase|database|suite|system|work)"
)
_OFFERS = (
    r"(?:provides?|offers?|enables?|lets?|gives?|contains?|brings|connects|allows|helps|makes|consists of|gathers|hosts|holds|collects)"
)
_BEING = r"(?:is|are|acts as|serves as)"
_EARLY = 14  # blocks of prose into a document after which a sentence seldom says what the whole thing is
_OPENING = 2  # blocks of prose below a title or a summary's heading that may be a mere noun phrase
_SUMMARY = re.compile(
    r"^(?:\W*)(?:(?:data ?set |model |project )?(?:summary|description|overview|introduction|abstract|about)\b|what(?: is|'s)\b|"
    r"\d+\. overview)",
    re.I,
)
_DOCUMENTS = 6
_LONGEST, _SHORTEST = 360, 5
_FLOOR = 2.5
_AGAINST = re.compile(
    r"\b(?:news|changelog|updates?|citations?|acknowledge?\w*|licen[sc]e|limitations?|contribut\w*|install\w*|evaluation|related|"
    r"telemetry|security|community|troubleshooting|release|known issues|training|usage|examples?|ecosystem)\b",
    re.I,
)
_NOT_THE_WHOLE = re.compile(
    r"^(?:an? )?(?:great|good|registered|trademark|part|fork|subset|member|example|subsidiary|popular choice|work in progress|"
    r"result|lot|bit|number|step|drop-in|must|new technology)\b|^(?:not|now|also|still|currently|available|released|licensed|"
    r"trained|under|based|built|"
    r"maintained|the (?:same|best|first step|name|result|default|following|original|only way))\b",
    re.I,
)
_WEAK = re.compile(r"\b(?:latest version|most popular|million|stars|used by|best|v\d+\.\d+|20[12]\d|easiest)\b", re.I)
_LEANS = re.compile(
    r"\b(?:this|these|those|above|below|the following|here|see|click|please|we|our|us|I|my)\b|https?://|www\.|[|{}]|\$\$|```|\?$|:$|->|=>",
    re.I,
)
_LABEL = re.compile(r"^(?:(?:[QA]\d*|Answer|Summary|TL;DR|Abstract|Description|Overview|About)\s*[:.]\s+|[>*\-•–—\s]+)", re.I)
_CARD = re.compile(r"^(?:dataset|model) card (?:for|of)\s+|\s+(?:dataset|model) card$", re.I)
_WE = (
    r"(?:in this (?:paper|work|repository|report), )?we (?:are (?:pleased|excited|proud) to )?"
    r"(?:introduce|present|propose|release|describe)d? "
)
_PAGE = re.compile(r"\b(?:what|how|why|guide|tutorial|overview|documentation|usage|notes|readme|facts)\b", re.I)
_BADGE = re.compile(r"^(?:news|note|warning|tip|important|documentation|docs|paper|demo|website|blog)\b|^\W*$", re.I)


@dataclass(frozen=True)
class _Called:
    """The artifact's names as patterns, whatever stands between their parts: "Code Llama", "code-llama", "CodeLlama"."""

    manifest: Manifest
    short: str = ""  # what a document's title calls it: "Prose" of "Dataset Card for Prose", where the name is "Prose-1k"

    def titled(self, document: Document, blocks: list[Block]) -> _Called:
        """With the name that a document's title uses, where it is the beginning of the artifact's."""
        heading = next((b for b in blocks if b.kind == "heading" and b.level == 1), None)
        if heading is None:
            return self
        title = _CARD.sub("", plain(document.text[heading.start : heading.end]).lstrip("# ")).strip("\"' ")
        shorter = len(title) >= 4 and any(re.match(rf"{re.escape(title)}[-_ ]", name, re.I) for name in self.manifest.names())
        return _Called(self.manifest, title) if shorter else self

    @cached_property
    def one(self) -> str:
        """A pattern for any name, the longest first."""
        names = {re.sub(r"\s*\([^()]*\)", "", name) for name in self.manifest.names()} | {*self.manifest.names(), self.short}
        return "|".join(_loose(name) for name in sorted(names, key=lambda n: (-len(n), n)) if len(name) > 1)

    @cached_property
    def kind(self) -> str:
        return _KINDS[self.manifest.type]

    @cached_property
    def subject(self) -> re.Pattern[str]:
        """The artifact as the subject of a sentence: "The NAME library", "Maker NAME (abbreviation)"."""
        more = rf"(?:[- ]?v?\d[\w.]*)?(?: \([^()]{{1,60}}\))?(?: (?:{self.kind}|{_THIS}))?(?: \([^()]{{1,60}}\))?"
        return re.compile(rf"(?:(?:the|our) )?(?P<maker>[A-Z][\w.]+(?:'s)? )?(?:{self.one})(?![\w-]){more}(?:, [^,]{{3,80}},)?\s+", re.I)

    @cached_property
    def apposed(self) -> re.Pattern[str]:
        """Another subject that is said to be called by the name: "ILSVRC 2012, commonly known as ImageNet,"."""
        return re.compile(
            rf"(?:[\w.-]+ ){{0,4}}[\w.-]+,? (?:\(|(?:\w+ )?(?:known|referred to|abbreviated) as )['\"“‘]?(?:{self.one})['\"”’)]*,?\s+", re.I
        )


@dataclass(frozen=True)
class _Candidate:
    rating: float
    text: str
    value: str
    quote: QuoteRef


def definition(subject: Subject) -> FactProposal | None:
    """What the artifact is, in one sentence of its documents; None where none of them says it.

    `text` is the sentence, its subject replaced by the name where the source says "this library"; `value` is what follows "is", or the
    sentence.
    """
    called = _Called(subject.manifest)
    found: list[_Candidate] = []
    for number, document in enumerate(subject.documents[:_DOCUMENTS]):
        found += _candidates(document, subject.blocks.get(document.id, []), number, called)
    best = max(found, key=lambda c: c.rating, default=None)
    if best is None or best.rating < _FLOOR:
        return None
    return FactProposal(field="definition", value=best.value, text=best.text, quotes=[best.quote])


def _candidates(document: Document, blocks: list[Block], number: int, called: _Called) -> Iterator[_Candidate]:
    called = called.titled(document, blocks)
    prose = since = 0  # blocks of prose read, and those since the title or the heading of a summary
    for block in blocks:
        if block.kind == "heading":
            title = plain(document.text[block.start : block.end]).lstrip("# ")
            since = 0 if _SUMMARY.match(title) else since
            if number == 0 and block.level == 1 and prose == 0 and (made := _subtitled(title, called)):
                yield _Candidate(made[0], *made[1:], _quote(document, block.start, block.end))
        if block.skip is not None or block.kind not in {"paragraph", "quote", "list_item", "html"}:
            continue
        against = sum(bool(_AGAINST.search(title)) for title in block.heading_path[1:])
        for at, (start, end) in enumerate(sentence_spans(document.text, block.start, block.end)):
            text = _LABEL.sub("", _LABEL.sub("", plain(document.text[start:end])))
            if len(text.split()) < _SHORTEST or len(text) > _LONGEST or _BADGE.match(text):
                continue
            opening = since < _OPENING and at == 0 and block.kind != "list_item" and number < 2
            if made := _defined(text, called, opening=opening, early=min(since, prose) < 6):
                rating, sentence, value = made
                rating -= 1.4 * min(1.0, min(prose, since + 3) / _EARLY) + min(2.4, 0.8 * number) + 1.5 * against
                rating -= (1.0 if block.kind == "list_item" else 0.0) + (1.2 if _WEAK.search(sentence) else 0.0)
                yield _Candidate(rating, sentence, value, _quote(document, start, end))
        counts = len(plain(document.text[block.start : block.end]).split()) >= _SHORTEST
        prose, since = prose + counts, since + counts


def _quote(document: Document, start: int, end: int) -> QuoteRef:
    return QuoteRef(document_id=document.id, quote=document.text[start:end], start=start, end=end)


def _subtitled(title: str, called: _Called) -> tuple[float, str, str] | None:
    """What a title says after the name: "NAME: Tiny Language Assistant"; the last resort."""
    match = re.match(rf"(?:{called.one})\s*(?::|[–—-](?=\s))\s*(?P<what>\S.*)$", title, re.I)
    if match is None or len(match["what"].split()) < 3 or _LEANS.search(match["what"]) or _PAGE.search(match["what"]):
        return None
    return 2.7, f"{called.manifest.name}: {match['what']}.", match["what"]


def _defined(text: str, called: _Called, *, opening: bool, early: bool) -> tuple[float, str, str] | None:
    """(rating, sentence with the name as its subject, what is said of it) of a sentence that may define, else None."""
    name = called.manifest.name
    whole = _whole(text)
    if whole is None:
        return None
    text = whole
    subject = called.subject.match(text) or called.apposed.match(text)
    if subject:
        rest = text[subject.end() :]
        shift = -0.6 if subject.groupdict().get("maker") else 0.0
        if told := _told(rest, text, called, shift):
            return told
    own = re.match(rf"(?:this|the|our) (?:[\w-]+ ){{0,2}}?(?P<noun>{_THIS})\s+(?={_BEING}\b|{_OFFERS}\b)", text, re.I)
    if own and early:
        rest = text[own.end() :]
        itself = re.search(rf"(?<![\w-])(?:{called.one})(?![\w-])", rest, re.I)  # code or a page about the artifact
        return _told(rest, f"The {own['noun']} {rest}" if itself else f"{name} {rest}", called, -1.0 if itself else -0.6)
    own = re.match(r"(?:this|here) is (?=(?:an?|the)\b)", text, re.I)
    if own and opening:
        return _told(f"is {text[own.end() :]}", f"{name} is {text[own.end() :]}", called, -0.8)
    made = re.match(rf"(?:the|its) [^.,]{{5,80}}? makes? (?:{called.one}) (?=an? )", text, re.I)
    if made:
        return _told(f"is {text[made.end() :]}", text, called, -0.6)
    said = re.match(rf"{_WE}(?P<name>{called.one})(?:\s*\([^()]*\))?\s*[,:–—-]+\s*(?=(?:an?|the|our)\b)", text, re.I)
    if said:
        rest = re.sub(r"^our\b", "a", text[said.end() :])
        return _told(f"is {rest}", f"{name} is {rest}", called, -0.4)
    goal = re.match(
        rf"the (?:goal|aim|purpose) of (?:the |this )?(?:[\w+-]+ ){{0,5}}?(?:{called.one}|{called.kind}|{_THIS}) is to ", text, re.I
    )
    if goal and early and not re.match(r"the \w+ of this", text, re.I) and not _LEANS.search(text):
        return 4.0, text[:1].upper() + text[1:], text.rstrip(".")
    bare = re.match(rf"(?:{called.one})\s*(?:\([^()]*\))?(?:\s*[,:–—-]+)?\s+(?=an?\b|the\b)", text, re.I)
    if bare and _noun(text[bare.end() :], called) and not _finite(text):
        rest = text[bare.end() :]
        return _told(f"is {rest}", f"{name} is {rest}", called, -0.8)
    return _tagline(text, called) if opening else None


def _tagline(text: str, called: _Called) -> tuple[float, str, str] | None:
    """A noun phrase below the title says what the title names."""
    if _LEANS.search(text) or _finite(text) or text.endswith("!"):
        return None
    name = called.manifest.name
    if _noun(text, called) and re.match(r"an? ", text, re.I):
        small = text[:1].lower() + text[1:]
        return 5.4, f"{name} is {small}", small.rstrip(".")
    if re.match(r"[A-Z]\w+ (?:implementation|code|models?|checkpoints?|weights)\b", text) and re.search(called.one, text, re.I):
        return 3.4, text, text.rstrip(".")
    if re.match(r"[A-Z][a-z]+ing [a-z]", text) and not re.match(r"Looking|Using", text):
        small = text[:1].lower() + text[1:]
        return 3.0, f"{name}: {small}", text.rstrip(".")
    return None


def _told(rest: str, sentence: str, called: _Called, shift: float) -> tuple[float, str, str] | None:
    """Rates what is said of the artifact."""
    if _LEANS.search(sentence):
        return None
    if re.match(rf"(?:{called.one})\b", sentence, re.I) is None:
        sentence = sentence[:1].upper() + sentence[1:]
    being = re.match(rf"{_BEING} (?P<what>.+)$", rest)
    if being:
        what = being["what"]
        if _NOT_THE_WHOLE.match(what):
            return None
        phrase = re.match(r"(?:an?|the|one of the)\s+|[A-Z][\w&.-]*['’]s ", what)
        if not phrase:
            return None
        rating = 6.0 if _noun(what, called) else 3.4
        rating += 0.6 if re.search(r"\b(?:that|which|for|to|of|designed|built)\b", what) else 0.0
        rating += 0.0 if len(what.split()) >= 6 else -1.0
        return rating + shift, sentence, what.rstrip(".")
    if re.match(rf"{_OFFERS}\b", rest, re.I):
        return 4.2 + shift, sentence, sentence.rstrip(".")
    return None


def _noun(what: str, called: _Called) -> bool:
    """Whether the head of a noun phrase is a word for the artifact's type: the last one before what qualifies it."""
    what = re.sub(r"\s*\([^()]*\)", "", what)
    head = re.split(
        r",? (?:that|which|for|to|of|with|designed|built|from|in|on|where|using|and an?|consisting|containing|developed)\b|"
        r"[:;—–]|, (?!\w+,|and )",
        what,
    )[0]
    return bool(re.search(rf"(?:\b|-){called.kind}$|(?:\b|-){called.kind}\b", head, re.I))


def _finite(text: str) -> bool:
    """Whether a noun phrase is in truth a sentence: a verb before any "that"."""
    head = re.split(r"\b(?:that|which|where|who)\b", text)[0]
    return bool(re.search(r"\b(?:is|are|was|were|can|will|has|have|must|should)\b", head))


def _whole(text: str) -> str | None:
    """A sentence that ends and whose brackets close."""
    text = text.strip(" *_~")
    if text.endswith((":", "?", ",", ";")) or text.count("(") != text.count(")") or text.count('"') % 2:
        return None
    return text if text.endswith((".", "!")) else f"{text}."


def _loose(name: str) -> str:
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\w\s-]", name)
    return r"[\s_-]*".join(re.escape(part) for part in parts)
