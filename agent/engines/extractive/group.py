"""From ranked statements to groups, one per capability: what leads, what adds to it, and where to stop."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.engines.extractive.headings import names_a_job, specific
from agent.engines.extractive.roles import SILENT, bare_title
from agent.engines.extractive.statements import Statement

MOST = 28  # capabilities kept
FEWEST = 6  # as many as this are kept where the documents say anything
FULL = 14  # from so many on, a further one must add something
FLOOR = 0.10  # likelihood below which a statement leads no capability
WORTH = 0.15  # likelihood, less for what was said already, that a further capability must reach
JOB, SUBJECT = 0.2, 0.35  # likelihood a section's opening needs under a heading that names a job, or some particular thing
SUMMARY = 3  # claims of a summary
FOLLOWING = 0.5  # a later sentence less likely than this share of its paragraph's opening is no capability of its own
OPENING_REACH = 3  # how far into its paragraph a leader may stand for the opening sentence to lead instead
OPENING_SHARE = 0.3  # and how likely, by the leader's likelihood, that sentence must be
ALIKE = 0.75  # token Jaccard from which two sentences of a page say the same


@dataclass(frozen=True)
class Group:
    """Statements of one job: the leading one first, then those that add to it; `score` is the leader's likelihood."""

    statements: tuple[Statement, ...]
    score: float

    @property
    def lead(self) -> Statement:
        return self.statements[0]


@dataclass
class _Chooser:
    """Picks leaders one by one: likely ones first, but not twice from one passage nor twice about one thing."""

    scores: Mapping[int, float]
    rarity: Mapping[str, float]
    chosen: list[Statement] = field(default_factory=list)
    closest: dict[int, float] = field(default_factory=dict)  # by order: the greatest overlap with a chosen statement
    prose: Counter[int] = field(default_factory=Counter)  # chosen statements by section
    listed: Counter[int] = field(default_factory=Counter)
    blocks: set[int] = field(default_factory=set)
    openers: frozenset[int] = frozenset()  # by order: the first statement of each section that may lead

    def choose(self, s: Statement, left: Sequence[Statement]) -> None:
        self.chosen.append(s)
        (self.listed if _listed(s) else self.prose)[s.section] += 1
        self.blocks.add(s.block)
        for other in left:
            self.closest[other.order] = max(self.closest.get(other.order, 0.0), self.overlap(s, other))

    def worth(self, s: Statement) -> float:
        value = math.log(self.scores[s.order] + 1e-9)
        # The items of an inventory share the words of its one subject ("file", "page") and yet are different jobs.
        value -= 1.5 * max(0.0, self.closest.get(s.order, 0.0) - (0.7 if s.component else 0.3))
        value -= 0.12 * max(0, self.listed[s.section] - (8 if s.component else 3)) if _listed(s) else 0.67 * min(self.prose[s.section], 3)
        return value - 0.8 * (s.block in self.blocks)

    def overlap(self, a: Statement, b: Statement) -> float:
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


def _speaks(s: Statement, scores: Mapping[int, float]) -> bool:
    return speaks(s) and may_lead(s) and (s.role != "limitations" or scores[s.order] >= 0.3)


def _listed(s: Statement) -> bool:
    return s.kind in {"item", "row"}


def groups_of(statements: Sequence[Statement], scores: Mapping[int, float]) -> list[Group]:
    """Groups ordered by worth, best first; every statement is in at most one."""
    able = [s for s in statements if s.order in scores and s.printed and _speaks(s, scores)]
    told = {s.section for s in able if s.kind != "heading"}
    able = [s for s in able if s.kind != "heading" or s.section not in told]
    first: dict[int, int] = {}
    for s in able:
        first.setdefault(s.section, s.order)
    chooser = _Chooser(scores, rarity_of(statements), openers=frozenset(first.values()))
    leaders: list[Statement] = []
    left = list(able)
    while left and len(leaders) < MOST:
        best = max(left, key=lambda s: (chooser.worth(s), -s.order))
        if len(leaders) >= FEWEST and scores[best.order] < FLOOR:
            break
        if len(leaders) >= FULL and math.exp(chooser.worth(best)) < WORTH and not _opens_a_job(best, chooser, scores):
            left = [s for s in left if _opens_a_job(s, chooser, scores)]
            continue
        left.remove(best)
        if any(same_words(best.printed or "", other.printed or "") >= ALIKE for other in leaders):
            continue
        leaders.append(best)
        chooser.choose(best, left)
    led = {s.order for s in leaders}
    return _filled(leaders, [s for s in able if s.order not in led], scores, chooser)


def _opens_a_job(s: Statement, chooser: _Chooser, scores: Mapping[int, float]) -> bool:
    """Whether a statement opens a section of its own subject that has no capability yet: such a section is one."""
    if s.order not in chooser.openers or len(s.heading_path) < 2 or chooser.prose[s.section] or chooser.listed[s.section]:
        return False
    title = bare_title(s.heading)
    return scores[s.order] >= (JOB if names_a_job(title) else SUBJECT if specific(title) else 1.0)


def _filled(leaders: list[Statement], left: list[Statement], scores: Mapping[int, float], chooser: _Chooser) -> list[Group]:
    """Give each leader what adds to it: the rest of its passage, and what says more of the same elsewhere."""
    spoken = {s.order: s.printed or "" for s in leaders}
    groups = []
    taken: set[int] = {s.order for s in leaders}
    openings = {s.block: s for s in (*left, *leaders) if s.first_of_block and s.sentence}
    led: set[int] = set()
    weak = {s.order for s in leaders if s.block in openings and _follows(s, openings[s.block], scores)}
    led_blocks: set[int] = set()
    for leader in leaders:
        if leader.order in led or (leader.order in weak and leader.block in led_blocks):
            continue
        members = [leader]
        opening = openings.get(leader.block)
        said_already = opening and any(
            same_words(opening.printed or "", said) >= ALIKE for order, said in spoken.items() if order not in {opening.order, leader.order}
        )
        if opening and not said_already and opening.order not in led and _opens(opening, leader, scores):
            members.insert(0, opening)
            if opening.order not in taken:
                taken.add(opening.order)
                spoken[opening.order] = opening.printed or ""
        led.update(member.order for member in members)
        led_blocks.add(leader.block)
        for near in _continuations(leader, [*left, *(s for s in leaders if s.order in weak)], chooser):
            if len(members) == SUMMARY:
                break
            if (
                near.order in led
                or (near.order in taken and near.order not in weak)
                or any(same_words(near.printed or "", said) >= ALIKE for order, said in spoken.items() if order != near.order)
            ):
                continue
            members.append(near)
            taken.add(near.order)
            led.add(near.order)
            spoken[near.order] = near.printed or ""
        groups.append(Group(tuple(members), scores[leader.order]))
    return groups


def _opens(opening: Statement, leader: Statement, scores: Mapping[int, float]) -> bool:
    """Whether a paragraph's first sentence should lead a group found by a later one: it says what the rest is about."""
    near = 0 < leader.order - opening.order <= OPENING_REACH
    return near and not _listed(leader) and scores[opening.order] >= OPENING_SHARE * scores[leader.order]


def _follows(s: Statement, opening: Statement, scores: Mapping[int, float]) -> bool:
    """Whether a sentence only goes on with what its paragraph's opening said, rather than being a thing of its own."""
    return s.order != opening.order and not _listed(s) and scores[s.order] < FOLLOWING * scores[opening.order]


def _continuations(leader: Statement, left: Sequence[Statement], chooser: _Chooser) -> list[Statement]:
    """Statements that add to a leader, best first: those right after it, else close ones elsewhere."""
    rated = []
    for s in left:
        if s.kind in {"heading", "row", "comment"} or not s.sentence or s.role in {"changelog", "roadmap"} or _instructs(s):
            continue
        gap = s.order - leader.order
        overlap = chooser.overlap(leader, s)
        if s.block == leader.block and 0 < gap <= 3:
            rated.append((2.0 - 0.2 * gap + overlap, s))
        elif s.section == leader.section and not _listed(leader) and not _listed(s) and 0 < gap <= 3 and overlap >= 0.15:
            rated.append((1.0 - 0.1 * gap + overlap, s))
        elif overlap >= 0.5 and len(s.content & leader.content) >= 3:
            rated.append((overlap, s))
    return [s for _, s in sorted(rated, key=lambda pair: (-pair[0], pair[1].order))]


def _instructs(s: Statement) -> bool:
    """Steps of a recipe add nothing to a summary."""
    return (
        bool(re.match(r"(?:run|use|add|set|pass|specify|replace|edit|call|create|make|import|then|now)\b", s.text, re.I)) or s.before_code
    )


def rarity_of(statements: Sequence[Statement]) -> dict[str, float]:
    """How much a shared lemma says: the logarithm of the share of statements without it, 0.2 to 1."""
    counts: dict[str, int] = {}
    for s in statements:
        for lemma in s.content:
            counts[lemma] = counts.get(lemma, 0) + 1
    total = max(2, len(statements))
    return {lemma: max(0.2, min(1.0, math.log(total / n) / math.log(total))) for lemma, n in counts.items()}


def same_words(a: str, b: str) -> float:
    """Token Jaccard of two sentences, 0-1."""
    first, second = set(re.findall(r"\w+", a.casefold())), set(re.findall(r"\w+", b.casefold()))
    return len(first & second) / len(first | second) if first and second else 0.0
