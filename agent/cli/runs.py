"""`agent runs`: what a model was asked, and what it answered."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agent.cli.groups import Group
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.domain.run import KeptCall, KeptRun
    from agent.output.listing import Listing, ListingPage

_TEXT = 20_000  # characters of a prompt or reply shown in a table; JSON has all


@click.group("runs", cls=Group)
@common_options
def command() -> None:
    """Show what a language model was asked, and what it answered.

    Every call is kept in the workspace before it is sent, and every reply before it is read. A run that was killed is resumed by giving its
    command again: what was answered is not asked twice.
    """


@command.command("list")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Show the newest N runs.")
@format_options(PLAIN)
@common_options
@click.pass_obj
def list_all(session: Session, limit: int, chosen: str | None, output: Path | None) -> None:
    """List the runs that asked a model, newest first."""
    from agent.cli import emit, listings
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PLAIN)
    runs = session.pipeline.runs.newest(limit)

    def page() -> ListingPage:
        rows = tuple((one.id, _brief(one.command), one.model, one.status, f"{one.calls:,}", _tokens(one), _cost(one)) for one in runs)
        columns = ("Run", "Command", "Model", "Status", "Calls", "Tokens", "Cost")
        return ListingPage("", "", (Listing(columns, rows, empty="No run has asked a model yet."),))

    listings.write(session, place, [_as_json(one) for one in runs], page)


_WITH_VALUE = frozenset(
    [
        "--workspace",
        "--model",
        "--engine",
        "--recorded",
        "--record",
        "--format",
        "--output",
        "--budget",
        "--timeout",
        "--limit",
        "--type",
        "--name",
    ]
)


def _brief(command: str) -> str:
    """What a run was for, without its options: a list has no room for them, and `runs show` has the whole line."""
    words = iter(command.split())
    next(words, None)
    kept = []
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith("--"):
            kept.append(word)
    return " ".join(kept) or command


@command.command("show")
@click.argument("run")
@click.option("--calls", "calls", is_flag=True, help="List every call.")
@click.option("--call", "number", type=click.IntRange(min=1), metavar="N", help="Show the prompt and the reply of call N.")
@format_options(PLAIN)
@common_options
@click.pass_obj
def show(session: Session, run: str, calls: bool, number: int | None, chosen: str | None, output: Path | None) -> None:
    """Show a run: its stages, what they used, and what came of their calls.

    RUN is its id, the beginning of it, or "last".
    """
    from agent.cli import emit, listings
    from agent.output.listing import ListingPage

    place = emit.target(chosen, output, PLAIN)
    runs = session.pipeline.runs
    found = runs.find(run)
    if number is not None:
        call = runs.call(found, number)
        listings.write(session, place, _call_json(call), lambda: ListingPage(f"Call {call.number}", call.label, _call_parts(call)))
        return
    made = runs.calls(found)
    value = {**_as_json(found), "stages": _stages(made), "calls": [_call_json(one, short=True) for one in made] if calls else len(made)}

    def page() -> ListingPage:
        parts = [_head(found), _stage_table(made)]
        return ListingPage(f"Run {found.id}", "", (*parts, *([_call_table(made)] if calls else [])))

    listings.write(session, place, value, page)


def _tokens(run: KeptRun) -> str:
    return f"{run.input_tokens + run.output_tokens:,}"


def _cost(run: KeptRun) -> str:
    return "unknown" if run.unpriced else f"${run.cost_usd:,.4f}"


def _as_json(run: KeptRun) -> dict[str, Any]:
    value = asdict(run)
    value["statuses"] = dict(run.statuses)
    value["cost_usd"] = None if value.pop("unpriced") else run.cost_usd
    return value


def _head(run: KeptRun) -> Listing:
    from agent.output.listing import Listing

    ended = run.ended or "not: it works now, or was killed; the same command goes on with it"
    rows = (
        ("Command", run.command),
        ("Model", run.model),
        ("Artifacts", ", ".join(run.artifacts)),
        ("Started", run.started),
        ("Ended", ended),
        ("Status", run.status),
        ("Calls", f"{run.calls:,}: " + ", ".join(f"{count:,} {status}" for status, count in run.statuses)),
        ("Tokens", f"{run.input_tokens:,} read, {run.output_tokens:,} written"),
        ("Cost", _cost(run)),
    )
    return Listing(("", ""), rows)


def _stages(calls: Sequence[KeptCall]) -> list[dict[str, Any]]:
    """Sums by artifact and stage, in the order of their first calls."""
    groups: dict[tuple[str, str], list[KeptCall]] = {}
    for one in calls:
        groups.setdefault((one.artifact, one.stage), []).append(one)
    return [
        {
            "artifact": artifact,
            "stage": stage,
            "calls": len(group),
            "ok": sum(one.status == "ok" for one in group),
            "attempts": sum(one.attempts for one in group),
            "input_tokens": sum(one.input_tokens for one in group),
            "output_tokens": sum(one.output_tokens for one in group),
        }
        for (artifact, stage), group in groups.items()
    ]


def _stage_table(calls: Sequence[KeptCall]) -> Listing:
    from agent.output.listing import Listing

    columns = ("Artifact", "Stage", "Calls", "Ok", "Attempts", "Read", "Written")
    rows = tuple(tuple(f"{value:,}" if isinstance(value, int) else value for value in stage.values()) for stage in _stages(calls))
    return Listing(columns, rows, "Stages")


def _call_table(calls: Sequence[KeptCall]) -> Listing:
    from agent.output.listing import Listing

    rows = tuple(
        (str(one.number), one.artifact, one.stage, one.label, one.status, f"{one.input_tokens + one.output_tokens:,}", one.detail)
        for one in calls
    )
    return Listing(("Call", "Artifact", "Stage", "About", "Status", "Tokens", "Detail"), rows, "Calls")


def _call_json(call: KeptCall, *, short: bool = False) -> dict[str, Any]:
    """A call as JSON; `short` without what was sent and what came."""
    value = asdict(call)
    request, reply = value.pop("request"), value.pop("reply")
    return value if short else {**value, "request": json.loads(request), "reply": json.loads(reply) if reply else None}


def _call_parts(call: KeptCall) -> tuple[Listing, ...]:
    from agent.output.listing import Listing

    value = _call_json(call)
    reply = value["reply"] or {}
    head = [
        (name, str(value[name])) for name in ("artifact", "stage", "status", "detail", "attempts", "started", "ended", "key") if value[name]
    ]
    messages = [(one["role"], str(one["content"])) for one in value["request"]["messages"]]
    said = reply.get("text") or reply.get("refusal") or "no reply is kept"
    texts = [*messages, ("reply", str(said))]
    parts = [Listing(("",), tuple((line,) for line in text[:_TEXT].splitlines() or [""]), role.capitalize()) for role, text in texts]
    return (Listing(("", ""), tuple(head)), *parts)
