"""What commands say about a run that asks a model: the offer of one, its plan, what is missing, what it used."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from agent.cli import exits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.cli.emit import Target
    from agent.cli.session import Session
    from agent.llm.providers import Provider
    from agent.output.listing import ListingPage
    from agent.pipeline import Pipeline
    from agent.pipeline.several import Plan

_URL = "OPENAI_BASE_URL"


def offer(session: Session) -> None:
    """For a command that asks a model where one is named: a key alone spends nothing, and one line says what would use it."""
    session.asks = True
    settings = session.settings
    if settings.model is not None or settings.engine != "auto":
        return
    from agent.llm.providers import PROVIDERS

    with_key = next((one for one in PROVIDERS.values() if one.key and os.environ.get(one.key, "").strip()), None)
    if with_key is None:
        with_key = _stored()
    if with_key is not None:
        session.note(f"A key is set: add --model {with_key.name}:NAME to use it.")
    elif os.environ.get(_URL, "").strip():
        session.note(f"{_URL} is set: add --model openai:NAME to use it.")


def _stored() -> Provider | None:
    from agent.errors import AgentError
    from agent.llm.keys import Keyring
    from agent.llm.providers import PROVIDERS

    with suppress(AgentError):
        names = Keyring().stored()
        return next((one for one in PROVIDERS.values() if one.key in names), None)
    return None


def unfinished(pipeline: Pipeline, complain: Callable[[str], None]) -> int:
    """List what a model left unanswered; the exit code for it."""
    for slug, lines in pipeline.missing.items():
        count = f"{len(lines)} answer{' is' if len(lines) == 1 else 's are'} missing"
        complain(f"{slug!r} is incomplete: {count}. It is shown and not stored; the same command again asks only for what is missing.")
        for line in lines:
            complain(f"{slug}: {line}")
    if pipeline.interrupted:
        complain("interrupted; what was finished is kept.")
        return exits.INTERRUPTED
    return exits.INCOMPLETE if pipeline.missing else exits.DONE


def used(pipeline: Pipeline, seconds: float) -> str:
    """One line on what a run used; "" where no model was at hand."""
    usage = pipeline.usage
    if usage is None:
        return ""
    if not usage.calls:
        return f"No call was made{f'; {usage.cached:,} answers were there already' if usage.cached else ''}."
    cost = "cost unknown" if usage.cost_usd is None else f"${usage.cost_usd:,.4f}"
    before = f" ({usage.cached:,} more answered before)" if usage.cached else ""
    calls = f"{usage.calls:,} call{'' if usage.calls == 1 else 's'}{before}"
    return f"{calls}, {usage.input_tokens:,} tokens read, {usage.output_tokens:,} written, {cost}, {seconds:.0f} s."


def show_plan(session: Session, slugs: Sequence[str], place: Target) -> None:
    """Write what a run would ask."""
    from agent.cli import listings

    plan = session.pipeline.plan(slugs)
    value = {
        "model": plan.label,
        "artifacts": plan.artifacts,
        "stored": plan.stored,
        "stages": [asdict(stage) for stage in plan.stages],
        "calls": sum(stage.calls for stage in plan.stages),
        "input_tokens": sum(stage.input_tokens for stage in plan.stages),
        "output_tokens": sum(stage.output_tokens for stage in plan.stages),
        "cost_usd": _cost(plan),
    }
    listings.write(session, place, value, lambda: _plan_page(plan))


def _cost(plan: Plan) -> float | None:
    costs = [stage.cost_usd for stage in plan.stages]
    return None if None in costs else sum(cost for cost in costs if cost is not None)


def _plan_page(plan: Plan) -> ListingPage:
    from agent.output.listing import Listing, ListingPage

    def money(cost: float | None) -> str:
        return "unknown" if cost is None else f"${cost:,.4f}"

    rows: list[tuple[str, ...]] = [
        (
            one.stage,
            f"{one.calls:,}",
            f"{one.answered:,}",
            f"{one.input_tokens:,}",
            f"{one.output_tokens:,}",
            money(one.cost_usd),
            "exact" if one.exact else "estimated",
        )
        for one in plan.stages
    ]
    sums = [f"{sum(getattr(one, name) for one in plan.stages):,}" for name in ("calls", "answered", "input_tokens", "output_tokens")]
    rows.append(("all", *sums, money(_cost(plan)), ""))
    stored = f" Stored already, nothing to ask: {', '.join(plan.stored)}." if plan.stored else ""
    lead = (
        f"{plan.label}, for {', '.join(plan.artifacts)}. Nothing was asked. Calls and tokens to be read are exact where it says so, in "
        f"tokens as this program counts them; what depends on answers, and all that is written, is an estimate.{stored}"
    )
    columns = ("Stage", "Calls", "Answered", "Tokens read", "Written", "Cost", "")
    return ListingPage("", lead, (Listing(columns, tuple(rows)),) if plan.stages else ())
