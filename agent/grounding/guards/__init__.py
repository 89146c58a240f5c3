"""Guards: each asks of one sort of word in a claim whether its sources license it, and names the first that they do not.

A guard is a function of a claim's reading and its licence that gives one `Check`. None of them reads meaning; together they stop what
word overlap lets through: a changed number, a swapped name, a dropped "not", an invented "outperforms".
"""

from __future__ import annotations

from collections.abc import Callable

from agent.domain.capability import Check
from agent.grounding.guards import degree, names, negation, numbers, relation
from agent.grounding.licence import Licence
from agent.grounding.reading import Reading

Guard = Callable[[Reading, Licence], Check]

GUARDS: tuple[Guard, ...] = (numbers.check, names.check, negation.check, degree.check, relation.check)

__all__ = ["GUARDS", "Guard"]
