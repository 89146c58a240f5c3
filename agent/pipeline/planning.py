"""What a run would ask, before anything is spent: questions are counted instead of sent.

The first stage's questions are known as they would be asked. What follows depends on its answers, so it is estimated from how much the
first stage reads; where its answers are there already, from an earlier run, the next stage is known as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from agent.llm.base import Answer, Question, Value

if TYPE_CHECKING:
    from agent.llm.base import CallLog
    from agent.llm.choose import Chosen

STAGES = ("propose", "consolidate", "differentiate", "verify")
# What replies come to, by experience with real documents: tokens written for each token read of a pack of passages, candidates of a pack,
# claims of a capability that come before the judge, and tokens of one candidate, capability and claim, read and written.
_WRITTEN, _CANDIDATES, _CLAIMS = 0.35, 8, 5
_CANDIDATE, _CAPABILITY, _CLAIM = (45, 15), (130, 110), (90, 22)
_PROMPT, _PASSAGES = 900, 3_200  # tokens of a later stage's own words; of alternatives' passages that differentiate shows
_CAPABILITIES_A_CALL, _CLAIMS_A_CALL = 16, 24


@dataclass(frozen=True)
class Planned:
    """Calls of one stage that would be made; `answered` questions need none. `cost_usd` None: the price is unknown.

    Where `exact`, calls and input tokens are those that would be sent, tokens as this program counts them; output is always an estimate.
    """

    stage: str
    calls: int = 0
    answered: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    exact: bool = True

    def plus(self, other: Planned) -> Planned:
        cost = None if self.cost_usd is None or other.cost_usd is None else self.cost_usd + other.cost_usd
        return Planned(
            self.stage,
            self.calls + other.calls,
            self.answered + other.answered,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            cost,
            self.exact and other.exact,
        )


class Planner:
    """Adds up what the askers it gives out are asked. `capabilities` is how many an artifact may have at most."""

    def __init__(self, chosen: Chosen, log: CallLog, capabilities: int) -> None:
        self.chosen, self.log, self._most = chosen, log, capabilities
        self._stages: dict[str, Planned] = {}
        self._askers: dict[str, PlanningAsker] = {}

    def asker(self, artifact: str) -> PlanningAsker:
        """An asker that only counts; what was answered before it answers."""
        return self._askers.setdefault(artifact, PlanningAsker(self))

    @property
    def stages(self) -> list[Planned]:
        """The stages in their order; those nothing would be asked in are left out."""
        known = [self._stages[name] for name in STAGES if name in self._stages]
        return known + [one for name, one in self._stages.items() if name not in STAGES]

    def add(self, stage: str, read: int, written: int, *, calls: int = 1, exact: bool = False) -> None:
        """Add calls that would read and write so many tokens together."""
        price = self.chosen.price
        self._add(Planned(stage, calls, 0, read, written, price.cost(read, written) if price else None, exact))

    def answered(self, stage: str) -> None:
        """Add a question that has its answer."""
        self._add(Planned(stage, answered=1))

    def follow(self, artifact: str, *, neighbours: bool) -> None:
        """Add what would follow for an artifact whose first stages were asked."""
        asker = self.asker(artifact)
        packs = asker.asked["propose"]
        candidates = packs * _CANDIDATES
        capabilities = min(candidates, self._most)
        claims = capabilities * _CLAIMS
        if not packs:
            return
        if "propose" in asker.skipped:
            if packs > 1:
                self.add("consolidate", _PROMPT + candidates * _CANDIDATE[0], candidates * _CANDIDATE[1])
            calls = ceil(capabilities / _CAPABILITIES_A_CALL)
            read = calls * (_PROMPT + (_PASSAGES if neighbours else 0)) + capabilities * _CAPABILITY[0]
            self.add("differentiate", read, capabilities * _CAPABILITY[1], calls=calls)
        calls = ceil(claims / _CLAIMS_A_CALL)
        self.add("verify", calls * _PROMPT + claims * _CLAIM[0], claims * _CLAIM[1], calls=calls)

    def _add(self, planned: Planned) -> None:
        before = self._stages.get(planned.stage)
        self._stages[planned.stage] = before.plus(planned) if before else planned


class PlanningAsker:
    """An `Asker` that sends nothing. `asked` counts questions by stage; `skipped` are the stages with one that has no answer yet."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self.asked, self.skipped = Counter[str](), set[str]()

    def ask(self, questions: Sequence[Question[Value]]) -> list[Answer[Value]]:
        """Stored answers where there are any; "skipped" for the rest."""
        return [self._answer(question) for question in questions]

    def _answer(self, question: Question[Value]) -> Answer[Value]:
        from agent.llm.asking import request_of
        from agent.llm.replies import read_reply
        from agent.llm.tokens import estimate_input

        stage, nothing = question.stage, Answer[Value]("skipped", None, "a dry run asks nothing")
        if "propose" in self.skipped and stage != "propose":
            return nothing  # made of a part of the answers: not what would be asked
        self.asked[stage] += 1
        request = request_of(question, self._planner.chosen.name)
        kept = self._planner.log.answered(request.key)
        reading = read_reply(kept, question.answer, question.check) if kept is not None else None
        if reading is not None and reading.status == "ok":
            self._planner.answered(stage)
            return Answer("ok", reading.value)
        read = estimate_input(request)
        exact = not self.skipped - {stage}
        self._planner.add(stage, read, min(question.max_output_tokens, ceil(read * _WRITTEN)), exact=exact)
        self.skipped.add(stage)
        return nothing
