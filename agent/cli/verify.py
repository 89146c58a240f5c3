"""`agent verify`: claims against an artifact's documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agent.cli import exits
from agent.cli.completing import slugs
from agent.cli.options import common_options, format_options
from agent.cli.session import Session

if TYPE_CHECKING:
    from agent.domain.verification import Verification
    from agent.pipeline.written import Form, WrittenClaims

FORMATS = ("table", "markdown", "json")


@click.command("verify")
@click.argument("artifact", shell_complete=slugs)
@click.option("--claims", required=True, metavar="FILE", help="The claims; - reads standard input.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["lines", "jsonl", "markdown"]),
    help='What FILE is: a claim a line, {"text": ...} a line, or a page (default: by its name, else by its look).',
)
@click.option("--strict", is_flag=True, help="Exit with 1 for undecided claims too.")
@format_options(FORMATS)
@common_options
@click.pass_obj
def command(session: Session, artifact: str, claims: str, form: Form | None, strict: bool, chosen: str | None, output: Path | None) -> int:
    """Check claims by an artifact's own documents.

    Each claim gets a verdict (supported, contradicted, not_found, undecided), the best evidence with its place, and for a refusal the word
    or number that the documents do not license. Of a Markdown page, every sentence that claims something is checked.

    Exits 1 when a claim is contradicted or not found.
    """
    from agent.cli.emit import render, target
    from agent.output.verification_view import VerificationPage

    place = target(chosen, output, FORMATS)
    written = _written(claims, form)
    made = session.pipeline.verify(artifact, written)
    page = VerificationPage(made, full_quotes=session.verbose)

    def table() -> str:
        return page.terminal(place.page_options(session))

    place.write(render(place, made, {"table": table, "markdown": page.markdown}), session)
    return exits.FAILED if _failed(made, strict) else exits.DONE


def _failed(made: Verification, strict: bool) -> bool:
    return bool(made.count("contradicted") or made.count("not_found") or (strict and made.count("undecided")))


def _written(name: str, form: Form | None) -> WrittenClaims:
    """The claims of a file or of standard input. Raises InputError for one that cannot be read or holds none."""
    from agent.errors import InputError
    from agent.pipeline.written import claims_in, form_of

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"--claims {name!r} cannot be read: {error.strerror}.", hint="Name a file of claims, or - for input.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"--claims {name!r} is not text in UTF-8.", hint="Save it as UTF-8.") from None
    written = claims_in(text, form or form_of(name, text), name)
    if not written.claims:
        raise InputError(
            f"--claims {name!r} has no claim in it.", hint="Give one claim a line, or a page with sentences that state something."
        )
    return written
