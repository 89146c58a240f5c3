"""PDFs: read in the order of a person's eye, or refused in one line with what to do."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from agent.errors import DocumentError
from agent_sources.readers import pdf as reader
from agent_sources.readers.registry import PDF, media_type_of, read
from agent_sources.structure import blocks_of
from tests.sources.nasty import pdfs
from tests.sources.nasty.pdfs import Line, column


def text_of(data: bytes) -> str:
    return read(data, PDF, "paper.pdf").text


LEFT = [
    "The model reads charts in two col-",
    "umns, and it keeps the order of them",
    "as a person would. It writes multi-",
    "lingual notes in well-",
    "known forms.",
]
RIGHT = [
    "On the right the text goes on with a",
    "\ufb01nal sentence about \ufb01les. Words of the",
    "left side do not come in between them,",
    "which is what matters here.",
]


def test_two_columns_are_read_one_after_the_other_with_their_words_whole() -> None:
    page = [
        Line("A Study of Charts", 180, 780, 20, "F2"),
        *column(LEFT, 60, 700), *column(RIGHT, 320, 700),
        Line("Across both columns stands one long sentence that well-known papers print over the whole page.", 60, 620),
    ]  # fmt: skip
    assert text_of(pdfs.pdf(page)) == (
        "# A Study of Charts\n\nThe model reads charts in two columns, and it keeps the order of them as a person would. It "
        "writes multilingual notes in well-known forms.\n\nOn the right the text goes on with a final sentence about files. Words of the "
        "left side do not come in between them, which is what matters here.\n\nAcross both columns stands one long sentence that "
        "well-known papers print over the whole page.\n"
    )


def test_lines_written_in_turns_are_still_two_columns() -> None:
    turns = [line for pair in zip(column(LEFT, 60, 700), column(RIGHT, 320, 700), strict=False) for line in pair]
    assert text_of(pdfs.pdf(turns)).index("as a person would") < text_of(pdfs.pdf(turns)).index("On the right")


def test_running_headers_and_page_numbers_are_left_out() -> None:
    bodies = [["The first page tells of the harbour and of"], ["the ships in it."], ["The last page tells of the sea."]]
    pages = [
        [Line(f"Journal of Charts, vol. {n}", 60, 810), *column(body, 60, 700), Line(f"{n}", 290, 30)] for n, body in enumerate(bodies, 11)
    ]
    assert text_of(pdfs.pdf(*pages)) == "The first page tells of the harbour and of the ships in it.\n\nThe last page tells of the sea.\n"


def test_headings_lists_tables_and_code_become_structure() -> None:
    page = [
        Line("Lantern", 60, 780, 20, "F2"), Line("Uses", 60, 740, 14, "F2"),
        *column(["Lantern draws maps of the coast for people who sail at night."], 60, 710),
        Line("• It reads photographs of the sea.", 60, 690), Line("• It writes vector files.", 60, 678),
        *[Line(cell, 60 + 120 * x, 640 - 12 * y) for y, row in enumerate([["Size", "Speed"], ["small", "12 ms"], ["large", "40 ms"]])
          for x, cell in enumerate(row)],
        *column(["lantern draw coast.png", "lantern show map.svg"], 60, 580, font="F3"),
        Line("# no heading, but a remark about the number sign.", 60, 540),
    ]  # fmt: skip
    text = text_of(pdfs.pdf(page))
    assert text == (
        "# Lantern\n\n## Uses\n\nLantern draws maps of the coast for people who sail at night.\n\n- It reads photographs of the sea.\n\n"
        "- It writes vector files.\n\n| Size | Speed |\n| --- | --- |\n| small | 12 ms |\n| large | 40 ms |\n\n"
        "```\nlantern draw coast.png\nlantern show map.svg\n```\n\n\\# no heading, but a remark about the number sign.\n"
    )
    kinds = [block.kind for block in blocks_of(text, PDF)]
    assert kinds == [
        "heading",
        "heading",
        "paragraph",
        "list_item",
        "list_item",
        "table_header",
        "table_row",
        "table_row",
        "code",
        "paragraph",
    ]


def test_hidden_text_is_left_out_and_the_text_of_a_scan_is_kept() -> None:
    text = text_of(pdfs.hidden_text())
    assert "nobody sees" not in text and "Read these dark words." in text
    scan = b"0.9 g 0 0 595 842 re f\n" + pdfs.program([Line("Recognised words over a scan.", 60, 700, extra="3 Tr")])
    assert text_of(pdfs.file_of(pdfs.objects([scan]))) == "Recognised words over a scan.\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdfs.encrypted(), "'paper.pdf' is encrypted. Save it without a password, for example: qpdf --decrypt."),
        (pdfs.truncated(), "'paper.pdf' is not a PDF, or damaged or cut off. Download or export it again."),
        (b"# not a PDF at all\n", "'paper.pdf' is not a PDF, or damaged or cut off. Download or export it again."),
        (b"", "'paper.pdf' is not a PDF, or damaged or cut off. Download or export it again."),
        (pdfs.without_text(), "'paper.pdf' has no text, only images or drawings. Recognise its text first, for example: ocrmypdf."),
        (pdfs.many_pages(2001), "'paper.pdf' has 2,001 pages; a PDF has at most 2,000. " + reader._SPLIT),
    ],
    ids=["encrypted", "truncated", "text", "empty", "image", "pages"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError) as raised:
        text_of(data)
    assert str(raised.value) == said


@pytest.mark.parametrize("data", [pdfs.cyclic_pages(), pdfs.huge_lengths(), pdfs.with_actions()], ids=["cycle", "lengths", "actions"])
def test_a_damaged_or_busy_file_gives_its_page_and_nothing_else(data: bytes) -> None:
    text = text_of(data)
    assert set(text.split("\n\n")) == {
        "Lantern draws maps from sea charts and from photographs. It exports them as vector files for a printer.\n"
    }


def test_a_process_that_runs_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_SECONDS", 1)
    began = time.monotonic()
    with pytest.raises(DocumentError, match=r"takes more than 1 s to read|needs more than"):
        text_of(pdfs.many_pages(2000))
    assert time.monotonic() - began < 10


def test_a_process_that_needs_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_MEMORY", 150_000_000)
    with pytest.raises(DocumentError, match=r"needs more than 150 MB to read, or is damaged\. Export it again"):
        text_of(pdfs.nested_flate(levels=2, size=200_000_000))


PAGE = pdfs.pdf([Line("Lantern draws maps.", 60, 700)])


def read_under(limit: str, data: bytes) -> str:
    """What reading a PDF says in a process that was started under a limit of the system's, as by `ulimit`."""
    script = (
        "import resource, sys; from agent.errors import AgentError; from agent_sources.readers.pdf import pdf_to_markdown\n"
        f"resource.setrlimit(*{limit})\n"
        "try: print(pdf_to_markdown(sys.stdin.buffer.read(), 'paper.pdf').strip())\n"
        "except AgentError as error: print(error.exit_code, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True)
    assert done.stderr == b""
    return done.stdout.decode().strip()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize(
    "limit", ["(resource.RLIMIT_AS, (500_000_000, 600_000_000))", "(resource.RLIMIT_AS, (600_000_000, 600_000_000))",
              "(resource.RLIMIT_CPU, (30, 30))", "(resource.RLIMIT_CPU, (30, 900))", "(resource.RLIMIT_FSIZE, (0, 0))"]
)  # fmt: skip
def test_a_lower_limit_of_the_users_is_kept_and_lets_a_pdf_be_read(limit: str) -> None:
    assert read_under(limit, PAGE) == "Lantern draws maps."


@pytest.mark.skipif(sys.platform != "linux", reason="only there the system keeps RLIMIT_AS")
def test_what_is_refused_for_a_lower_limit_names_that_limit() -> None:
    said = "2 'paper.pdf' needs more than 300 MB to read, or is damaged. Export it again, or give its text."
    big = pdfs.nested_flate(levels=2, size=400_000_000)
    assert read_under("(resource.RLIMIT_AS, (300_000_000, 300_000_000))", big) == said


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_lower_limit_of_time_is_named() -> None:
    said = "2 'paper.pdf' takes more than 1 s to read. Split it, or give the part that documents the artifact."
    assert read_under("(resource.RLIMIT_CPU, (1, 5))", pdfs.many_pages(2000)) == said


def test_nothing_of_the_users_environment_reaches_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def run(command: list[str], **options: object) -> object:
        seen.update(options, command=command)
        return type("Done", (), {"stdout": json.dumps({"text": "x"}).encode(), "stderr": b"", "returncode": 0})()

    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setattr(reader.subprocess, "run", run)
    text_of(b"")
    assert "secret" not in str(seen["env"]) and "-I" in seen["command"]


def test_the_suffix_and_the_declared_type_choose_the_reader() -> None:
    assert media_type_of("a/Paper.PDF") == media_type_of("download", "application/pdf") == PDF
