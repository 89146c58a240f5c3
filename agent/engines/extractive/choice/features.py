"""What a reader could check about a statement that speaks for or against a capability: its form, its place, its words.

Values lie between about -1 and 3, so that a weight reads as "how much this speaks for it".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from agent.domain.artifact import Manifest
from agent.engines.extractive.choice.subjects import of_whom
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.roles import role_of_heading
from agent.engines.extractive.statements.standalone import Names
from agent.text.words import word_set

_ENABLING = word_set(
    "support provide offer allow enable let include feature implement integrate handle perform generate produce run deploy serve train "
    "finetune "
    "fine-tune evaluate measure export import load save convert detect segment classify caption answer describe transcribe translate "
    "summarize search "
    "retrieve store query filter stream cache batch scale automate execute call connect extend customize configure define build create "
    "combine "
    "process parse extract split track monitor visualize compare interact control navigate fill click upload download manage"
)
_EVALUATIVE = re.compile(
    r"\b(?:state[- ]of[- ]the[- ]art|outperform\w*|accuracy|score[sd]?|achiev\w+|benchmarks?|results?|table|metrics?|baseline)\b", re.I
)
_PURPOSE = re.compile(
    r"\b(?:for|to) \w+ing\b|\bdesigned (?:to|for)\b|\bused (?:to|for|as)\b|\bhelps?\b|\bcan be\b|\bintended\b|\bso that\b|\bin order to\b",
    re.I,
)
_DEFINITION = re.compile(r"^[^,.;:]{1,60}\b(?:is|are) (?:an?|the)\b", re.I)
_CHANGE = re.compile(r"^(?:added|fixed|updated|removed|deprecated|renamed|released?|announc\w+|bump\w*)\b", re.I)
_CAUTION = re.compile(
    r"\b(?:not|n't|cannot|never|without|unless|only if|warning|must|should|need to|require[sd]?|error|fail\w*|issue|bug)\b|n[’']t\b", re.I
)
_PEOPLE = re.compile(
    r"\b(?:team|authors?|university|google|meta|microsoft|openai|facebook|researchers?|annotators?|workers?|company|companies)\b", re.I
)
_DEFAULTS = re.compile(r"\b(?:default|optional|parameter|argument|flag|option|set to|value|variable|boolean|string|integer|env)\b", re.I)
_OBJECTS = re.compile(
    r"\b(?:images?|videos?|audio|text|code|documents?|files?|models?|datasets?|prompts?|agents?|tools?|tasks?|users?|queries|languages?)\b",
    re.I,
)
_QUALITY = re.compile(
    r"\b(?:fast(?:er)?|eas(?:y|ily|ier)|simpl[ey]|lightweight|powerful|seamless(?:ly)?|robust|flexible|production[- ]ready|"
    r"performan(?:ce|t)|scalab\w+|"
    r"effortless\w*|intuitive|cutting[- ]edge|battle[- ]tested|reliable|modern|comprehensive|efficient(?:ly)?|high[- ]quality|best|"
    r"mature|popular|great|ideal|perfect)\b",
    re.I,
)
_META = re.compile(
    r"\b(?:stands for|named after|communit\w+|partner\w*|certified|sponsor\w*|telemetry|contribut\w+|maintain(?:ed|ers)|paper|published|"
    r"license[ds]?|"
    r"documentation|tutorials?|guide|blog|website|courses?|support team|open[- ]source[ds]?|github|discord|repository|feedback|"
    r"copyright|terms)\b",
    re.I,
)
_BACKGROUND = re.compile(
    r"\b(?:existing|previous(?:ly)?|traditional(?:ly)?|most (?:of|existing|current)|typically|often|usually|historically|recent(?:ly)?|"
    r"prior work|in general|some people|many (?:people|users))\b",
    re.I,
)
_PROBLEM = re.compile(
    r"\b(?:lead to|misinformation|hallucinat\w+|bias(?:es|ed)?|problem|costly|expensive|difficult|challeng\w+|lack\w*|weeks|suffer\w*|"
    r"struggle\w*|deprecat\w+|no longer)\b",
    re.I,
)
_ACTION = re.compile(r"\b\w{3,}(?:tion|sion|ment|ing|ysis)s?\b", re.I)
_ROLES = (
    "overview", "features", "usage", "evaluation", "training", "data", "models", "architecture", "integration", "deployment",
    "configuration", "limitations", "notes", "comparison", "reference", "faq", "navigation", "changelog", "roadmap", "other",
)  # fmt: skip
_MATTERS = ("model", "dataset", "benchmark")


@dataclass(frozen=True)
class Surroundings:
    """What a statement's features need to know of the whole artifact."""

    manifest: Manifest
    statements: tuple[Statement, ...]

    @cached_property
    def names(self) -> Names:
        return Names.of(self.manifest)

    @cached_property
    def sections_with(self) -> Counter[str]:
        """In how many sections each content lemma occurs."""
        seen = {(lemma, s.section) for s in self.statements for lemma in s.content}
        return Counter(lemma for lemma, _ in seen)

    @cached_property
    def sections(self) -> int:
        return max(1, len({s.section for s in self.statements}))

    @cached_property
    def block_sizes(self) -> Counter[tuple[int, str]]:
        """How many statements of a kind each section has."""
        return Counter((s.section, s.kind) for s in self.statements)

    @cached_property
    def leads(self) -> Counter[int]:
        return Counter(s.section for s in self.statements if s.lead and s.kind == "item")

    @cached_property
    def documents(self) -> dict[str, int]:
        return {document: number for number, document in enumerate(dict.fromkeys(s.document_id for s in self.statements))}

    @cached_property
    def coded(self) -> frozenset[int]:
        """Sections with code."""
        return frozenset(s.section for s in self.statements if s.before_code or s.kind == "comment")

    @cached_property
    def section_starts(self) -> dict[int, int]:
        """The order of each section's first statement."""
        found: dict[int, int] = {}
        for s in self.statements:
            found.setdefault(s.section, s.order)
        return found

    @cached_property
    def _index(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for s in self.statements:
            for lemma in s.content:
                found.setdefault(lemma, []).append(s)
        return found

    def echo(self, statement: Statement) -> float:
        """How much of a statement's content another section repeats, at best: 0-1."""
        shared: Counter[int] = Counter()
        sizes: dict[int, int] = {}
        for lemma in statement.content:
            near = self._index[lemma]
            if len(near) > 60:
                continue
            for other in near:
                if other.section != statement.section:
                    shared[other.order] += 1
                    sizes[other.order] = len(other.content)
        own = len(statement.content)
        return max((n / max(3, min(own, sizes[order])) for order, n in shared.items()), default=0.0)

    @cached_property
    def section_numbers(self) -> dict[int, int]:
        """Each section's number within its document."""
        found: dict[int, int] = {}
        counts: Counter[str] = Counter()
        for s in self.statements:
            if s.section not in found:
                found[s.section] = counts[s.document_id]
                counts[s.document_id] += 1
        return found


def features(statement: Statement, around: Surroundings) -> dict[str, float]:
    """Named features of a statement; absent names are 0."""
    return {
        name: value
        for group in (_form(statement, around), _standing(statement, around), _wording(statement, around), _whose(statement, around))
        for name, value in group
        if value
    }


def _whose(s: Statement, around: Surroundings) -> Iterable[tuple[str, float]]:
    return of_whom(s.text, s.printed or s.text, s.heading_path, around.names)


def _form(s: Statement, around: Surroundings) -> list[tuple[str, float]]:
    count = len(s.text.split())
    siblings = around.block_sizes[(s.section, s.kind)]
    return [
        ("kind item", s.kind == "item"),
        ("kind row", s.kind == "row"),
        ("kind heading", s.kind == "heading"),
        ("kind comment", s.kind == "comment"),
        ("item with lead", s.kind == "item" and s.lead is not None),
        ("item without lead", s.kind == "item" and s.lead is None),
        ("sentence with lead", s.kind == "sentence" and s.lead is not None),
        ("nested item", s.kind == "item" and s.level > 1),
        ("fragment", not s.sentence),
        ("composed", s.composed),
        ("words", math.log1p(count) - 2.5),
        ("very short", count <= 4),
        ("long", count > 30),
        ("siblings", math.log1p(siblings) - 1.5),
        ("many rows", s.kind == "row" and siblings > 12),
        ("list of leads", min(1.0, around.leads[s.section] / 6)),
        ("introduces code", s.before_code),
        ("colon", s.text.endswith(":")),
        ("code inside", s.quote.count("`") >= 2),
        ("link inside", "](" in s.quote),
        ("parenthesis", "(" in s.text),
        ("marked opening", s.kind == "item" and s.quote[:1] in "*[_`" and s.lead is None),
        ("ends a sentence", s.text.endswith((".", "!", "?"))),
    ]  # fmt: skip


def _standing(s: Statement, around: Surroundings) -> list[tuple[str, float]]:
    depth = len(s.heading_path)
    head_words = {w.casefold() for w in re.findall(r"\w{4,}", s.heading)}
    heading_match = sum(1 for lemma in s.content if any(w.startswith(lemma[:5]) for w in head_words)) if head_words else 0
    generic = role_of_heading(s.heading) != "other" if s.heading else True
    spread = [around.sections_with[lemma] for lemma in s.content]
    matter = around.manifest.type in _MATTERS
    above = {role_of_heading(title) for title in s.heading_path[1:-1]}
    found: list[tuple[str, float]] = [
        ("section has code", s.section in around.coded),
        ("deep in section", math.log1p(s.order - around.section_starts[s.section]) / 2),
        ("echoed", around.echo(s)),
        ("below features", "features" in above),
        ("below usage", "usage" in above),
        ("below faq", "faq" in above),
        ("depth", (depth - 2) / 2),
        ("place", s.place),
        ("first document", around.documents[s.document_id] == 0),
        ("first section", around.section_numbers[s.section] <= 1),
        ("early section", around.section_numbers[s.section] <= 4),
        ("first of section", s.first_of_section),
        ("first of block", s.first_of_block),
        ("topic sentence", s.first_of_section and not generic),
        ("task heading", not generic and depth > 1),
        ("heading match", min(2, heading_match)),
        ("spread", (sum(math.log1p(n) for n in spread) / len(spread) - 1.2) if spread else 0.0),
        ("rare words", (sum(n == 1 for n in spread) / len(spread)) if spread else 0.0),
    ]
    for role in _ROLES:
        found.append((f"role {role}", s.role == role))
    if matter:
        found += [(f"matter {role}", s.role == role) for role in ("data", "evaluation", "training", "usage", "overview", "models")]
    return found


def _wording(s: Statement, around: Surroundings) -> list[tuple[str, float]]:
    text = s.printed or s.text
    words = s.words
    name = around.names.opens(text) is not None
    verbs = [w for w in words if w.verb]
    lemmas = {w.lemma for w in verbs}
    first = words[0] if words else None
    content = [w for w in words if w.content]
    capitals = sum(w.text[:1].isupper() and w.start > 0 for w in content) / max(1, len(content))
    starts_named = first is not None and first.tag == "NP0" and not name and s.lead is None
    return [
        ("other subject", starts_named),
        ("generic subject", first is not None and first.tag in {"NN2", "AJ0", "DT0"} and s.sentence and not name),
        ("opens with clause", first is not None and first.tag in {"PRP", "CJS", "TO0", "AVQ"}),
        ("part subject", first is not None and first.tag == "AT0"),
        ("quality words", min(3, len(_QUALITY.findall(text))) / 2),
        ("meta", bool(_META.search(text))),
        ("problem", bool(_PROBLEM.search(text))),
        ("background", bool(_BACKGROUND.search(text))),
        ("action nouns", min(3, len(_ACTION.findall(text))) / 2),
        ("lead of action", bool(s.lead and _ACTION.search(s.lead))),
        ("lead of code", bool(s.lead and re.search(r"[_(){}=/.-]", s.lead))),
        ("answer", bool(re.match(r"(?:a:|yes\b)", text, re.I))),
        ("named subject", name and s.sentence),
        ("name inside", around.names.mentioned(s.text)),
        ("lets you", " lets you " in text),
        ("makers", "makers of" in text[:40]),
        ("imperative", first is not None and first.tag in {"VVB", "VVI"}),
        ("gerund first", first is not None and first.tag == "VVG"),
        ("enabling verb", min(2, len(lemmas & _ENABLING))),
        ("modal can", any(w.tag == "VM0" and w.lemma in {"can", "could"} for w in words)),
        ("past", any(w.tag in {"VVD", "VBD"} for w in words)),
        ("definition", bool(_DEFINITION.match(text))),
        ("purpose", bool(_PURPOSE.search(text))),
        ("evaluative", bool(_EVALUATIVE.search(text))),
        ("change", bool(_CHANGE.match(s.body))),
        ("caution", bool(_CAUTION.search(text))),
        ("people", bool(_PEOPLE.search(text))),
        ("settings", bool(_DEFAULTS.search(text))),
        ("objects", min(3, len({m.lower().rstrip("s") for m in _OBJECTS.findall(text)})) / 2),
        ("numbers", min(3, sum(any(c.isdigit() for c in w.text) for w in words)) / 2),
        ("capitals", capitals),
        ("you", bool(re.search(r"\b(?:you|your)\b", s.text, re.I))),
        ("third person", bool(re.search(r"\b(?:it|its|they|their|them)\b", s.text, re.I))),
        ("exclaimed", s.text.endswith("!")),
    ]
