"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from agent.cli.session import Session

F = TypeVar("F", bound=Callable[..., Any])

PAGES = ("table", "markdown", "html", "json")
PLAIN = ("table", "json")


def common_options(function: F) -> F:
    """--workspace, --quiet, --verbose, --debug: accepted before and after the command's name."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, callback=_keep, help="Show tracebacks."),
        click.option("--verbose", is_flag=True, expose_value=False, callback=_keep, help="Say more; show whole quotes."),
        click.option("--quiet", is_flag=True, expose_value=False, callback=_keep, help="Print results and errors only."),
        click.option(
            "--workspace",
            metavar="FOLDER",
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_keep,
            help="The workspace to use (default: AGENT_WORKSPACE, else beside the nearest agent.toml, else the user's data folder).",
        ),
    ):
        function = option(function)
    return function


def format_options(formats: Sequence[str], *, default: str = "table") -> Callable[[F], F]:
    """--format and --output; the command gets `chosen` and `output`."""

    def add(function: F) -> F:
        function = click.option(
            "--output",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write the result to this file instead of standard output; its extension decides the format where none is given.",
        )(function)
        return click.option("--format", "chosen", type=click.Choice(list(formats)), help=f"The form of the result (default: {default}).")(
            function
        )

    return add


def limit_options(function: F) -> F:
    """--limit and --all; the command gets `limit` and `everything`."""
    function = click.option("--all", "everything", is_flag=True, help="Show all capabilities.")(function)
    return click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Show at most N capabilities of a list.")(function)


def model_options(function: F) -> F:
    """--model, --engine, --timeout, --budget, --dry-run, --recorded, --record: kept in the session's settings and in how its run asks."""
    for option in (
        click.option(
            "--record",
            metavar="FOLDER",
            type=click.Path(),
            expose_value=False,
            callback=_ask,
            help="Keep each answer the model gives in this folder, too, for --recorded.",
        ),
        click.option(
            "--recorded",
            metavar="FOLDER",
            type=click.Path(),
            expose_value=False,
            callback=_ask,
            help="Take the model's answers from this folder of recorded ones, and nowhere else.",
        ),
        click.option(
            "--dry-run",
            "planned",
            is_flag=True,
            expose_value=False,
            callback=_ask,
            help="Show calls, tokens and cost of each stage, and ask nothing.",
        ),
        click.option(
            "--budget",
            metavar="USD|TOKENS",
            expose_value=False,
            callback=_ask,
            help="Spend at most this: dollars (0.50) or tokens (200k); what is finished by then is kept.",
        ),
        click.option(
            "--timeout", type=float, metavar="SECONDS", expose_value=False, callback=_set, help="Wait so long for one answer of the model."
        ),
        click.option(
            "--engine",
            type=click.Choice(("auto", "extractive", "llm")),
            expose_value=False,
            callback=_set,
            help="What proposes capabilities: auto is the language model where one is named, else the extractive engine.",
        ),
        click.option(
            "--model",
            metavar="PROVIDER:NAME",
            expose_value=False,
            callback=_set,
            help="The language model to ask. Without it, AGENT_MODEL or agent.toml none is ever asked.",
        ),
    ):
        function = option(function)
    return function


def _set(context: click.Context, option: click.Parameter, value: object) -> None:
    session = context.find_object(Session)
    if value is not None and session is not None:
        session.options[str(option.name)] = value


def _ask(context: click.Context, option: click.Parameter, value: object) -> None:
    session = context.find_object(Session)
    if isinstance(value, str) and not value.strip():  # an unset variable of a shell must not lift a limit
        raise click.BadParameter(f"{value!r} says nothing.", context, option)
    if value and session is not None:
        session.ask[str(option.name)] = value


def _keep(context: click.Context, option: click.Parameter, value: object) -> None:
    session = context.find_object(Session)
    if value and session is not None:
        setattr(session, str(option.name), value)
