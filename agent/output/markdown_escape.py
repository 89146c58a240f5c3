"""Document text inside a Markdown page: what would be markup is escaped, and nothing more, so that the source stays readable."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.output.capability_view import CapabilityView, Sentence
from agent.output.citations import Source
from agent.output.clean import one_line, pieces, printable, web_address


class Markdown(str):
    """Text that is Markdown already; everything else is escaped by the template."""

    __slots__ = ()


# `_` opens emphasis only beside a word's edge, `&` begins an entity only before a name and a semicolon, a bare address
# becomes a link in GitHub's dialect by its colon or its "www.".
_ANYWHERE = re.compile(
    r"[\\`*\[\]$]|<(?=[A-Za-z/!?])|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<=http):(?=//)|(?<=https):(?=//)|(?<=www)\.", re.I
)
_BARE_ADDRESS = re.compile(r"((?:https?://|www\.)[^\s<>`|]*[^\s<>`|.,;:!?)\]'\"*_])", re.I)
_AT_START = re.compile(r"\A(?:[-+](?=\s|\Z)|#{1,6}(?=\s|\Z)|>|-{2,}(?=\s*\Z)|={1,}(?=\s*\Z))")
_NUMBERED = re.compile(r"\A(\d{1,9})([.)])(?=\s|\Z)")


def escape(value: object) -> str:
    """The value as Markdown text on one line; `Markdown` passes unchanged."""
    return value if isinstance(value, Markdown) else _line_start(_escaped(one_line(str(value))))


def spoken(text: str) -> Markdown:
    """A sentence, its back-ticked runs as code, and its bare addresses too: escaped, they would be hard to read."""
    return Markdown(_line_start("".join(code(piece) if kind == "code" else _with_addresses(piece) for kind, piece in pieces(text))))


def code(text: str) -> str:
    """A code span that no back-tick inside can end."""
    line = one_line(text)
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def quoted(text: str) -> Markdown:
    """A quote as the lines of a block quote."""
    lines = [" ".join(line.split()) for line in printable(text).strip().split("\n")]
    return Markdown("\n".join(f"> {spoken(line)}" if line else ">" for line in lines))


def link(title: str, address: str | None) -> Markdown:
    """A link where there is an address fit for one, else the title."""
    good = web_address(address)
    return Markdown(f"[{escape(title)}](<{good}>)") if good else Markdown(escape(title))


def run(text: str, address: str | None) -> Markdown:
    """A run of text inside a line, its spaces kept, linked where there is an address."""
    return link(text, address) if web_address(address) else Markdown(_escaped(text))


def cell(value: str) -> Markdown:
    """A table cell; a bar would end it, even inside code."""
    text = value if isinstance(value, Markdown) else spoken(value)
    return Markdown(re.sub(r"(?<!\\)\|", r"\\|", text)) if text.strip() else Markdown(" ")


def refs(numbers: tuple[int, ...]) -> Markdown:
    """Citation numbers as reference links, whose targets are defined below the sources: `[[1], [2]]` reads [1, 2]."""
    return Markdown(" [" + ", ".join(f"[{n}]" for n in numbers) + "]" if numbers else "")


def cited(sentence: Sentence) -> Markdown:
    """A sentence with its citations."""
    return Markdown(spoken(sentence.text) + refs(sentence.citations))


def running(sentences: Iterable[Sentence]) -> Markdown:
    """Sentences one after another."""
    return Markdown(" ".join(cited(s) for s in sentences))


def heading_anchor(capability: CapabilityView) -> Markdown:
    """The anchor that Markdown viewers give a capability's heading: small letters, white space as hyphens, other marks gone."""
    title = f"{capability.number}. {one_line(capability.name)}".casefold()
    return Markdown(re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title)))


def documents(sources: Iterable[Source]) -> list[str]:
    """The addresses of the sources' documents, each once, in order: their numbers name them in references."""
    return list(dict.fromkeys(source.link for source in sources if source.link))


def place(source: Source, addresses: list[str]) -> Markdown:
    """Whose words a quote is, linked to the document where it has an address."""
    label = escape(source.label)
    return Markdown(f"[{label}][document {addresses.index(source.link) + 1}]" if source.link else label)


def _with_addresses(text: str) -> str:
    """Text in which each bare address is a code span; the rest is escaped."""
    parts = _BARE_ADDRESS.split(text)
    return "".join(code(part) if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(lambda m: "\\" + m.group(), text)


def _line_start(text: str) -> str:
    text = _AT_START.sub(lambda m: "\\" + m.group(), text)
    return _NUMBERED.sub(r"\1\\\2", text)
