"""The `agent` command: finds the command's module, runs it, and turns every outcome into one line and an exit code.

Nothing heavy is imported here; a command's module is imported when that command is named.
"""

from __future__ import annotations

import errno
import os
import shlex
import sys
from collections.abc import Sequence

import click

from agent.cli import exits
from agent.cli.groups import LazyGroup
from agent.cli.options import common_options
from agent.cli.session import Session
from agent.errors import AgentError, InputError

COMMANDS = {
    "decompose": ("agent.cli.decompose", "Show what artifacts can do, every claim with its quote."),
    "compare": ("agent.cli.compare", "Compare two artifacts and say when to choose which."),
    "draft": ("agent.cli.draft", "Write a page about one artifact, or about two side by side."),
    "score": ("agent.cli.score", "Show an artifact's score and what it was made from."),
    "verify": ("agent.cli.verify", "Check claims by an artifact's own documents."),
    "ingest": ("agent.cli.ingest", "Read an artifact's documents into the workspace."),
    "index": ("agent.cli.index", "Look after the search index over all passages, and search it."),
    "artifacts": ("agent.cli.artifacts", "List, show and remove artifacts."),
    "documents": ("agent.cli.documents", "List an artifact's documents and show their text."),
    "config": ("agent.cli.config", "Show the settings and where each came from."),
    "keys": ("agent.cli.keys", "Keep the keys of language models' providers."),
    "runs": ("agent.cli.runs", "Show what a language model was asked, and what it answered."),
    "init": ("agent.cli.init", "Make a folder a project with a workspace of its own."),
    "backup": ("agent.cli.backup", "Write the workspace into one file."),
    "restore": ("agent.cli.restore", "Put a backup in the place of the workspace."),
    "doctor": ("agent.cli.doctor", "Check the installation and the workspace."),
    "completion": ("agent.cli.completion", "Print the script that completes commands in a shell."),
    "version": ("agent.cli.version", "Show the program's version."),
}
# What the machine refuses, whoever asks: a full or failing disk, one that may not be written, too many open files.
_OF_THE_MACHINE = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE}


@click.group(cls=LazyGroup, commands_table=COMMANDS, invoke_without_command=True)
@click.option("--version", is_flag=True, help="Show the program's version and exit.")
@common_options
@click.pass_context
def cli(context: click.Context, version: bool) -> int:
    """Capabilities of AI artifacts, out of their own documentation, every claim with its quote.

    An artifact is named by its slug (paligemma). An argument with a separator, a leading dot or an extension is a path.
    """
    if version:
        return int(context.invoke(cli.command_at(context, "version")) or 0)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return exits.DONE


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    session = Session()
    _speak_any_alphabet()
    try:
        if "_AGENT_COMPLETE" in os.environ:
            return _complete(os.environ["_AGENT_COMPLETE"], session)
        return _run(list(sys.argv[1:] if argv is None else argv), session)
    except BrokenPipeError:
        hush()
        return exits.DONE
    except (KeyboardInterrupt, click.Abort):
        session.end_progress()
        session.complain("interrupted; what was finished is kept.")
        return exits.INTERRUPTED
    except click.ClickException as error:
        session.complain(_usage_line(error))
        return exits.INPUT
    except AgentError as error:
        session.end_progress()
        session.complain(str(error))
        session.trace_if_debugging()
        return error.exit_code
    except Exception as error:
        session.end_progress()
        return _unexpected(error, session)


def _unexpected(error: Exception, session: Session) -> int:
    """What nobody raised on purpose: the machine's refusal, a damaged workspace, or else a bug."""
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        if error.filename is None:
            hush()
        place = "standard output" if error.filename is None else repr(str(error.filename))
        session.complain(f"{place} cannot be written: {error.strerror}. Free space or choose another place; what was finished is kept.")
    elif isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        session.complain(f"{str(error.filename)[:200]!r}: the name is longer than a file's may be here. Give a shorter one.")
        return exits.INPUT
    elif isinstance(error, MemoryError):
        session.complain("there is not enough memory. Close other programs or give less at once; what was finished is kept.")
    elif session.is_damaged():
        session.complain(f"workspace {str(session.settings.workspace)!r} is damaged. `agent doctor` says what, and what to do.")
        session.trace_if_debugging()
    else:
        session.report_bug(error)
        return exits.BUG
    return exits.INCOMPLETE


def hush() -> None:
    """Let what is left of standard output go nowhere: its reader (`| head`) or its disk is gone, and Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str], session: Session) -> int:
    for argument in arguments:
        if not argument.isprintable() and argument.encode("utf-8", "replace").decode() != argument:
            raise InputError(f"the argument {argument!r} is not text in UTF-8.", hint="Type it again, or rename the file it names.")
    try:
        session.command = shlex.join(["agent", *arguments])
        with cli.make_context("agent", arguments, obj=session) as context:
            code = cli.invoke(context)
        sys.stdout.flush()
        code = exits.worst([code if isinstance(code, int) else exits.DONE, session.finish()])
    except click.exceptions.Exit as done:
        return done.exit_code
    finally:
        session.close()
    return code


def _complete(asked: str, session: Session) -> int:
    """Answer the shell's question, by click's own protocol: what could stand at this place of the line."""
    from click.shell_completion import shell_complete

    return shell_complete(cli, {"obj": session}, "agent", "_AGENT_COMPLETE", asked)


def _usage_line(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "agent"
    end = "" if message.endswith((".", "?")) else "."
    return f"{message}{end} See: {where} --help."


def _speak_any_alphabet() -> None:
    """Let nothing a document says be unprintable: a pipe gets UTF-8, a terminal of another encoding gets question marks.

    A stream that the caller closed (`>&-`) is None here; what goes there is lost, as it was meant to be.
    """
    if sys.stdout is None or sys.stderr is None:
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(**({"errors": "replace"} if stream.isatty() else {"encoding": "utf-8", "errors": "replace"}))


if __name__ == "__main__":
    sys.exit(main())
