"""PDF: read in a process of its own, with memory, time and page limits; a hostile file can end that process, and nothing else.

PDFium (through pypdfium2) finds the characters; it runs no script and follows no action. Order, paragraphs and headings are made
from their places by pdf_layout and pdf_text, in the same limited process.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

from agent.errors import DocumentError, IncompleteError
from agent.text.fold import LIGATURES
from agent_sources.readers.limits import allowed

MOST_PAGES = 2_000
MOST_SECONDS = 60
MOST_MEMORY = 700_000_000  # bytes of address space (Linux), of resident memory elsewhere
_TIME_IS_OVER = int(getattr(signal, "SIGXCPU", 0)) or 256  # the signal; 256 is no signal's number
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_LIGATURES = str.maketrans(LIGATURES)

_SPLIT = "Split it, or give the part that documents the artifact."
_REFUSALS = {
    "encrypted": ("is encrypted", "Save it without a password, for example: qpdf --decrypt."),
    "broken": ("is not a PDF, or damaged or cut off", "Download or export it again."),
    "empty": ("has no text, only images or drawings", "Recognise its text first, for example: ocrmypdf."),
    "pages": ("has {pages:,} pages; a PDF has at most {limit:,}", _SPLIT),
    "length": ("has more than {limit:,} characters", _SPLIT),
    "memory": ("needs more than {limit:,} MB to read, or is damaged", "Export it again, or give its text."),
    "time": ("takes more than {limit} s to read", _SPLIT),
}  # fmt: skip


def pdf_to_markdown(data: bytes, name: str) -> str:
    """The text of a PDF in reading order: columns one after the other, words rejoined at line ends, running headers left out.

    Raises DocumentError: encrypted, broken, without text, or over a limit.
    """
    answer = _ask(data)
    if "text" not in answer:
        said, remedy = _REFUSALS[str(answer["refused"])]
        raise DocumentError(f"{name!r} {said.format(**answer)}.", hint=remedy)
    return str(answer["text"]).translate(_LIGATURES)


def _ask(data: bytes) -> dict[str, Any]:
    """What the reading process says of a PDF: {"text": ...}, or {"refused": reason, and its figures}."""
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-m", "agent_sources.readers.pdf_worker"]
    limits = [str(limit) for limit in (MOST_PAGES, MOST_SECONDS, MOST_MEMORY)]
    environment = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}  # no key of the user's reaches it
    try:
        done = subprocess.run([*command, *limits], input=data, capture_output=True, timeout=MOST_SECONDS, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return {"refused": "time", "limit": MOST_SECONDS}
    except OSError as error:
        hint = "Close other programs and try again."
        raise IncompleteError(f"the process that reads PDFs cannot be started: {error.strerror}.", hint=hint) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and ("text" in answer or answer.get("refused") in _REFUSALS):
        return answer
    if done.returncode == 1 and b"ModuleNotFoundError" in done.stderr:
        raise RuntimeError(f"the PDF reader's process does not start: {done.stderr.decode(errors='replace').strip()[-200:]}")
    if done.returncode == -_TIME_IS_OVER:
        return {"refused": "time", "limit": allowed("RLIMIT_CPU", MOST_SECONDS)}
    return {"refused": "memory", "limit": allowed("RLIMIT_AS", MOST_MEMORY) // 1_000_000}
