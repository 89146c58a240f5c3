"""From rated statements to groups, one per capability: what leads, what adds to it, and where to stop."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.engines.extractive.choice.inventory import free_places, others_of
from agent.engines.extractive.choice.rank import Rating
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.roles import SILENT

MOST = 30  # groups; a page holds fewer, because some get no good name
SHOWN = 14  # capabilities that a page shows at first
FEWEST = 5  # as many as this are kept where the documents say anything
# How likely the next one must be a capability that can be read by itself, once there are so many.
_SURE = ((FEWEST, 0.0), (9, 0.2), (MOST, 0.45))
_NOTES = 0.5  # notes of this project are written to say what an artifact does: less is asked of their sentences
SECOND = 0.6  # how likely the next sentence must be readable by itself to join the summary
ALIKE = 0.75  # token Jaccard from which two sentences of a page say the same
# What a statement loses, in the logarithm of its likelihoods, for what the page has already: chosen with whole artifacts left out.
_SAME_WORDS, _FREE, _FREE_COMPONENT = 1.2, 0.2, 0.7  # by the share of common words above what is free; tools share their one subject
_SAME_SECTION, _SAME_LIST, _SAME_TOOLS, _SAME_BLOCK = 0.3, 0.1, 0.3, 0.3
_EACH_TOOL = 0.05  # so that the subsections of a reference list take turns
_SAME_NOTES = 2.0  # this project's notes give each capability a section
_LISTED = 3  # so many items of one list are free; of components, see inventory.py


@dataclass(frozen=True)
class Group:
    """Statements of one job: the leading one first, then what adds to it."""

    statements: tuple[Statement, ...]
    rating: Rating

    @property
    def lead(self) -> Statement:
        return self.statements[0]


_MOST_ABLE = 1_500  # more than any ordinary artifact has; choosing takes time by their number, again and again


def groups_of(statements: Sequence[Statement], ratings: Mapping[int, Rating]) -> list[Group]:
    """Groups in the order they were chosen, best first; every statement is in at most one."""
    able = _without_told_headings([s for s in statements if s.order in ratings and s.printed and speaks(s) and may_lead(s)], ratings)
    able = sorted(able, key=lambda s: (-ratings[s.order].worth, s.order))[:_MOST_ABLE]
    chooser = _Chooser(ratings, rarity_of(statements), free_places(statements))
    leaders: list[Statement] = []
    while able and len(leaders) < MOST:
        best = max(able, key=lambda s: (chooser.worth(s), -s.order))
        able.remove(best)
        least = next(least for count, least in _SURE if len(leaders) < count)
        if ratings[best.order].sure < least * (_NOTES if best.origin == "project-notes" else 1.0):
            continue
        if any(same_words(best.printed or "", other.printed or "") >= ALIKE for other in leaders):
            continue
        leaders.append(best)
        chooser.choose(best, able)
    return _filled(leaders, statements, ratings)


def _without_told_headings(able: Sequence[Statement], ratings: Mapping[int, Rating]) -> list[Statement]:
    """Statements without the headings of sections in which a sentence speaks better than they do."""
    best: dict[int, float] = {}
    for s in able:
        if s.kind != "heading":
            best[s.section] = max(best.get(s.section, -math.inf), ratings[s.order].worth)
    return [s for s in able if s.kind != "heading" or best.get(s.section, -math.inf) < ratings[s.order].worth]


@dataclass
class _Chooser:
    """Rates what is left by what was chosen: maximal marginal relevance (Carbonell and Goldstein, 1998) over words, sections and lists."""

    ratings: Mapping[int, Rating]
    rarity: Mapping[str, float]
    components: int  # of a subsection that are free
    closest: dict[int, float] = field(default_factory=dict)  # by order: the greatest overlap with a chosen statement
    prose: Counter[int] = field(default_factory=Counter)  # chosen statements by section
    listed: Counter[int] = field(default_factory=Counter)
    blocks: set[int] = field(default_factory=set)

    def choose(self, s: Statement, left: Sequence[Statement]) -> None:
        (self.listed if _listed(s) else self.prose)[s.section] += 1
        self.blocks.add(s.block)
        for other in left:
            self.closest[other.order] = max(self.closest.get(other.order, 0.0), self._overlap(s, other))

    def worth(self, s: Statement) -> float:
        value = self.ratings[s.order].worth
        value -= _SAME_WORDS * max(0.0, self.closest.get(s.order, 0.0) - (_FREE_COMPONENT if s.component else _FREE))
        if _listed(s):
            if s.component:
                listed = self.listed[s.section]
                value -= _SAME_TOOLS * max(0, listed - self.components + 1) + _EACH_TOOL * listed
            else:
                value -= _SAME_LIST * max(0, self.listed[s.section] - _LISTED)
        else:
            value -= (_SAME_NOTES if s.origin == "project-notes" else _SAME_SECTION) * min(self.prose[s.section], 3)
        return value - _SAME_BLOCK * (s.block in self.blocks)

    def _overlap(self, a: Statement, b: Statement) -> float:
        shared = sum(self.rarity.get(lemma, 1.0) for lemma in a.content & b.content)
        least = min(sum(self.rarity.get(x, 1.0) for x in a.content), sum(self.rarity.get(x, 1.0) for x in b.content))
        return shared / least if least else 0.0


def speaks(s: Statement) -> bool:
    """Whether a statement stands where capabilities are told: not in a silent section, but for link lists that describe what they list."""
    if s.role == "navigation":
        return bool(s.lead and s.kind == "item" and len(s.body.split()) >= 4)
    return s.role not in SILENT


# Sentences about the project's life, or about the troubles others have, lead no capability.
_NO_LEAD = re.compile(
    r"\b(?:deprecated|replaced by|no longer|stands for|officially supported|(?:is|are|was|were|been) (?:officially |now |"
    r"just )?(?:released|accepted|published|"
    r"renamed)(?: now)?\b(?! (?:with|as|under|in)\b)|acknowledges?|trademarks?|telemetry|breaking changes?|get started|quickstart|"
    r"release notes|sales team|"
    r"join (?:us|our|the)|community (?:is|of|and)|certified developers|sponsor)\b|\b(?:offers|supports|has) no\b"
    r"|^(?:makers of [^.]{2,40} )?(?:hope|thank|welcome)\b|^(?:a |an )?(?:youtube )?video about",
    re.I,
)
_TROUBLE = re.compile(
    r"\b(?:lead to|misinformation|hallucinat\w+|bias into|token limitations|take weeks|suffers? from|struggles?|insufficient|"
    r"performs? poorly|expensive operation|"
    r"may not (?:yield|work)|can be (?:an? )?(?:costly|expensive|slow)|consume a lot)\b",
    re.I,
)
_ELSEWHERE = re.compile(
    r"^(?:recent(?:ly)?|existing|previous(?:ly)?|prior|traditional(?:ly)?|most|today['’]s|current|many|hence|ever since|typically|"
    r"historically|"
    r"[\w-]+ (?:techniques|methods|models|approaches|systems) have)\b|\bhave (?:achieved|shown|demonstrated|made) (?:remarkable|great|"
    r"significant|impressive|the effectiveness)\b",
    re.I,
)
_CURE = re.compile(
    r"\b(?:avoid\w*|prevent\w*|reduc\w+|without|solv\w+|overcom\w+|mitigat\w+|detect\w*|handl\w+|address\w*|instead|unlike|measur\w+|"
    r"test\w*)\b",
    re.I,
)


def own_name_in(s: Statement) -> bool:
    """Whether resolution put the artifact's name into a statement, or a capitalised name opens it: then it is not about others at large."""
    return bool(re.match(r"[A-Z][\w.-]*[A-Z0-9]", s.printed or ""))


def may_lead(s: Statement) -> bool:
    """Whether a statement's own words let it lead a capability: it tells no news, no troubles and no formalities."""
    text = s.printed or ""
    if _ELSEWHERE.search(text) and not own_name_in(s):
        return False
    return not _NO_LEAD.search(text) and not (_TROUBLE.search(text) and not _CURE.search(text)) and len(text.split()) >= 3


def _listed(s: Statement) -> bool:
    return s.kind in {"item", "row"}


def _filled(leaders: Sequence[Statement], statements: Sequence[Statement], ratings: Mapping[int, Rating]) -> list[Group]:
    """Each leader with the sentence after it, where that goes on in the same paragraph and can be read by itself."""
    at = {s.order: s for s in statements}
    taken = {s.order for s in leaders}
    spoken = [s.printed or "" for s in leaders]
    leading = {s.order for s in leaders[:SHOWN]}
    listing: set[int] = set()  # sections whose other components are named
    groups = []
    for leader in leaders:
        members = [leader]
        after = at.get(leader.order + 1)
        if (
            after
            and after.order not in taken
            and _adds(after, leader, ratings)
            and not any(same_words(after.printed or "", said) >= ALIKE for said in spoken)
        ):
            members.append(after)
            taken.add(after.order)
            spoken.append(after.printed or "")
        if leader.component and leader.section not in listing:
            listing.add(leader.section)
            if others := others_of(leader, statements, leading):
                members.append(others)
        groups.append(Group(tuple(members), ratings[leader.order]))
    return groups


def _adds(s: Statement, leader: Statement, ratings: Mapping[int, Rating]) -> bool:
    """Whether a sentence goes on with its paragraph's subject; steps of a recipe add nothing."""
    return (
        s.block == leader.block
        and s.kind in {"sentence", "item"}
        and s.sentence
        and s.order in ratings
        and ratings[s.order].alone >= SECOND
        and ratings[s.order].capability >= SECOND
        and not s.before_code
        and not re.match(r"(?:run|use|add|set|pass|specify|replace|edit|call|create|make|import|then|now)\b", s.text, re.I)
    )


def rarity_of(statements: Sequence[Statement]) -> dict[str, float]:
    """How much a shared lemma says: the logarithm of the share of statements without it, 0.2 to 1."""
    counts = Counter(lemma for s in statements for lemma in s.content)
    total = max(2, len(statements))
    return {lemma: max(0.2, min(1.0, math.log(total / n) / math.log(total))) for lemma, n in counts.items()}


def same_words(a: str, b: str) -> float:
    """Token Jaccard of two sentences, 0-1."""
    first, second = set(re.findall(r"\w+", a.casefold())), set(re.findall(r"\w+", b.casefold()))
    return len(first & second) / len(first | second) if first and second else 0.0
