"""`agent config`: the settings of a run."""

from __future__ import annotations

from pathlib import Path

import click

from agent.cli.groups import Group
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session


@click.group("config", cls=Group)
@common_options
def command() -> None:
    """Show the settings and where each came from."""


@command.command("show")
@format_options(PLAIN)
@common_options
@click.pass_obj
def show(session: Session, chosen: str | None, output: Path | None) -> None:
    """Print each setting, its value and where it came from."""
    from agent.cli import emit, listings
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PLAIN)
    unset = {
        "as_of": "the catalogue's own date",
        "embedder_url": "the provider's own server",
        "model": "none",
        "model_url": "OPENAI_BASE_URL, else the provider's own server",
        "concurrency": "as many as the provider takes",
        "requests_per_minute": "no limit",
        "tokens_per_minute": "no limit",
    }
    values, origins = session.settings.model_dump(mode="json"), session.settings.origins()

    def page() -> ListingPage:
        rows = tuple((name, unset.get(name, "") if value is None else str(value), origins[name]) for name, value in values.items())
        return ListingPage("", "", (Listing(("Setting", "Value", "From"), rows),))

    listings.write(session, place, {name: {"value": value, "from": origins[name]} for name, value in values.items()}, page)
