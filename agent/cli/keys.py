"""`agent keys`: the keys of language models' providers, in a file of the user's own."""

from __future__ import annotations

from pathlib import Path

import click

from agent.cli.groups import Group
from agent.cli.options import PLAIN, common_options, format_options
from agent.cli.session import Session


@click.group("keys", cls=Group)
@common_options
def command() -> None:
    """Keep the keys of language models' providers.

    A key in the environment wins over the file. A key alone never makes a run use a model: --model or the setting does.
    """


@command.command("set")
@click.argument("name")
@click.argument("more", nargs=-1, metavar="")
@common_options
@click.pass_obj
def set_key(session: Session, name: str, more: tuple[str, ...]) -> None:
    """Keep a provider's key in the file that only you may read.

    NAME is the provider (anthropic) or the environment variable (ANTHROPIC_API_KEY). The key is read from standard input, without being
    shown.
    """
    import os

    from agent.errors import InputError
    from agent.llm.keys import Keyring

    if more:
        raise InputError("a key is not taken from the command line, where others can read it.", hint=f"Run: agent keys set {name}.")
    variable, keyring = _variable(name), Keyring()
    keyring.set(variable, _read(variable))
    session.note(f"{variable} is kept in {keyring.file}.")
    if os.environ.get(variable, "").strip():
        session.note(f"{variable} is set in the environment too, and that one wins.")


@command.command("list")
@format_options(PLAIN)
@common_options
@click.pass_obj
def list_all(session: Session, chosen: str | None, output: Path | None) -> None:
    """List the keys there are and where each came from; a key is never shown whole."""
    from agent.cli import emit, listings
    from agent.llm.keys import Keyring, masked
    from agent.llm.providers import KEY_NAMES
    from agent.output.listing import Listing, ListingPage

    place = emit.target(chosen, output, PLAIN)
    keyring = Keyring()
    names = sorted({*KEY_NAMES, *keyring.stored()})
    found = [(name, masked(key[0]), key[1]) for name in names if (key := keyring.find(name))]

    def page() -> ListingPage:
        lead = "" if found else "There are none. agent keys set NAME keeps one; the extractive engine needs none."
        return ListingPage("", lead, (Listing(("Key", "Ends with", "From"), tuple(found)),) if found else ())

    listings.write(session, place, [{"name": name, "ends_with": end, "from": source} for name, end, source in found], page)


@command.command("path")
@common_options
def path() -> None:
    """Print where the file of keys is, or would be."""
    from agent.llm.keys import Keyring

    click.echo(str(Keyring().file))


def _variable(name: str) -> str:
    """The environment variable of a provider, or one that is known. Raises InputError."""
    import difflib

    from agent.errors import InputError
    from agent.llm.providers import KEY_NAMES, PROVIDERS

    by_provider = {word: provider.key for provider in PROVIDERS.values() if provider.key for word in (provider.name, *provider.also)}
    known = {**by_provider, **{variable: variable for variable in KEY_NAMES}}
    if (variable := known.get(name) or known.get(name.upper())) is not None:
        return variable
    if name in PROVIDERS:
        raise InputError(f"{name!r} needs no key here.", hint="Name its model: --model " + name + ":NAME.")
    near = difflib.get_close_matches(name, list(known), n=1)
    shown = repr(name) if len(name) <= 24 and "-" not in name else "what was given"  # somebody may have typed the key itself
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(KEY_NAMES)}."
    raise InputError(f"{shown} is no provider and no name of a key.", hint=hint)


def _read(variable: str) -> str:
    """The key from a pipe, or typed without being shown. Raises InputError where there is none."""
    import getpass
    import sys

    from agent.errors import InputError

    if sys.stdin is not None and sys.stdin.isatty():
        value = getpass.getpass(f"{variable}: ")
    else:
        value = sys.stdin.readline() if sys.stdin is not None else ""
    if not value.strip():
        raise InputError(f"no key was given for {variable}.", hint=f"Type it, or pipe it in: agent keys set {variable} < FILE.")
    return value
