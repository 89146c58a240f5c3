"""Facts in figures: parameters, the size of data, context length, training data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.domain.proposal import QuoteRef
from agent.engines.extractive.facts.lines import Line, Row
from agent.engines.extractive.facts.reading import AMOUNT, FOREIGN, SCALE, Reading, Stated, entries, labelled, listed, said, value_of

__all__ = ["context", "data_size", "parameters", "size_table", "training"]

_COUNTED = (
    r"(?:images?(?:[-–]text pairs)?|(?:image|text)[-–](?:text|image) pairs|pairs|(?:web )?documents|tokens|hours|questions|subjects|tasks|"
    r"instances|problems|samples|examples|(?:web ?)?pages|files|categories|classes|people|keypoints|subreddits|"
    r"captions(?: per image)?|books)(?! per (?!image))"
)
_SIZE = r"\d+(?:\.\d+)?\s?(?:B|M|billion|million|trillion)"
_SIZES = re.compile(
    rf"(?P<v>(?:{_SIZE}(?:, |,? and |,? or | to )){{1,7}}{_SIZE})(?:[ -](?:models?|param(?:eter)?s?|variants|sizes|versions))?\b"
)
_SIZED = re.compile(r"\b(?:param|sizes?\b|variants\b|models?\b|versions\b)", re.I)
_OFFERED = re.compile(r"\b(?:sizes of|different sizes|model sizes|available in|in sizes)\b", re.I)
_ONE_SIZE = re.compile(rf"(?P<v>{_SIZE})[ -]param(?:eter)?s?\b", re.I)


def parameters(reading: Reading) -> Iterator[Stated]:
    """Enumerated sizes first, the longest; then sizes in the names of its checkpoints; then a single figure."""
    for line, _, rating in reading.matches(_SIZES):
        yield from _enumerated(line, rating + 1, _SIZED)
    for line in reading.setup.lines:
        if not FOREIGN.search(line.text):
            yield from _enumerated(line, 3.0 - 0.6 * line.document, _OFFERED)
    yield from _checkpoints(reading)
    for line, match, rating in reading.matches(_ONE_SIZE):
        yield said(line, value_of(match), rating)


def _enumerated(line: Line, rating: float, about: re.Pattern[str]) -> Iterator[Stated]:
    """The enumerations of sizes in a line that speaks of sizes; the one called parameters before one that a part of it may have."""
    for match in _SIZES.finditer(line.text) if about.search(line.text) else ():
        named = (
            2.0 if re.search(r"param|models? of $", match.group() + line.text[max(0, match.start() - 10) : match.start()], re.I) else 0.0
        )
        yield said(line, match["v"], rating + named + len(re.findall(_SIZE, match["v"])))


def _checkpoints(reading: Reading) -> Iterator[Stated]:
    """Sizes that the names of the artifact's checkpoints end with: "Lumen-2B", "lumen-7b-chat"."""
    names = "|".join(re.escape(n) for n in sorted({*reading.manifest.names()}, key=len, reverse=True) if len(n) > 2)
    pattern = re.compile(rf"(?<![\w-])(?:{names})-(?:v?\d[\w.]*-|[A-Za-z]+-)?(?P<size>\d+(?:\.\d+)?[BM])(?![\w.])", re.I)
    found: dict[str, tuple[str, QuoteRef]] = {}
    rows = ((" ".join(row.cells), row.quotes[0]) for row in reading.setup.rows)
    for text, quote in (*((line.text, line.quote) for line in reading.setup.lines), *rows):
        for match in pattern.finditer(text):
            found.setdefault(match["size"].upper(), (match.group(), quote))
    if len(found) >= 2:
        sizes = sorted(found, key=lambda size: float(size[:-1]) * (1000 if size[-1] == "B" else 1))[:6]
        names = listed([found[size][0] for size in sizes])
        yield Stated(names, f"{names}.", tuple(dict.fromkeys(found[size][1] for size in sizes)), 2.4)


_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s?([BM]?)(?=$|\s)")


def size_table(reading: Reading) -> Iterator[Stated]:
    """A table's column of parameters: from the smallest variant's to the largest one's."""
    tables: dict[tuple[int, int], list[Row]] = {}
    for row in reading.setup.rows:
        tables.setdefault((row.document, row.table), []).append(row)
    for rows in tables.values():
        column = next(
            (n for n, title in enumerate(rows[0].header) if re.match(r"^(?:#\s?)?(?:model )?param(?:eter)?s?\b", title, re.I)), None
        )
        if column is None:
            continue
        named = re.compile("|".join(re.escape(name) for name in reading.manifest.names()), re.I)
        cells = [
            (float(figure[1]), f"{figure[1]}{figure[2]} ({row.cells[0].split(' ')[0]})", row)
            for row in rows
            if len(row.cells) > column and named.match(row.cells[0]) and (figure := _FIGURE.match(row.cells[column]))
        ]
        if len(cells) >= 2:
            first, last = min(cells, key=lambda c: c[0]), max(cells, key=lambda c: c[0])
            title = re.sub(r"(?<=\w)\(", " (", rows[0].header[column])
            value = f"{title}: {first[1]} to {last[1]}"
            yield Stated(value, f"{value}.", (first[2].quotes[0], last[2].quotes[0], first[2].quotes[1]), 2.0)
            return


_BYTES = re.compile(rf"\b(?P<v>{AMOUNT}\s?(?:GiB|TiB|GB|TB|PB)(?: of (?:\w+ ){{0,3}}(?:text|data|code))?)\b")
_FEW = r"(?!0|\d\s(?![kmbt]))"  # counts of what a dataset holds are no single digits
_COUNTS = re.compile(rf"(?<![\w.$-])(?P<v>{_FEW}{AMOUNT}{SCALE}\s+(?:(?!of\b|and\b|for\b|in\b)[\w-]+\s+){{0,2}}{_COUNTED})\b", re.I)


_SUBJECT = 40  # characters in which a sentence names what it is about
_SPACE = re.compile(r"\b(?:disk|memory|RAM|storage|free|downloads? (?:about|of)|against|than)\b", re.I)
_TOTALS = r"(?:total )?(?:data ?set )?size(?: of the (?:generated )?data ?set)?|(?:number|#) of (?:images|examples|instances|rows)"


def data_size(reading: Reading) -> Iterator[Stated]:
    found = [*_totals(reading), *_listed_counts(reading)]
    yield from found or entries(reading, "size_categories")


def _totals(reading: Reading) -> Iterator[Stated]:
    for line, told in labelled(reading, _TOTALS):
        if re.match(rf"{AMOUNT}", told):
            label = line.text[: line.text.index(":")].strip().lower() if ":" in line.text else ""
            yield said(line, f"{told} ({label})" if " " in label else told, 2.6)
    headed = r"^\W*(?:data ?set )?(?:summary|description|overview|introduction)"
    for line, _, rating in reading.matches(_COUNTS, headed=headed):
        counts = [value_of(m) for m in _COUNTS.finditer(line.text)][:4]
        yield said(line, ", ".join(counts), rating + (1.5 if line.text in reading.definition else 0.2 * len(counts)))
    for line, match, rating in reading.matches(_BYTES, headed=headed):
        if reading.setting.names_itself(line.text[:_SUBJECT]) and not _SPACE.search(line.text):
            yield said(line, value_of(match), rating)


def _listed_counts(reading: Reading) -> Iterator[Stated]:
    """A list of counts near the top: "330 maps"."""
    for line in reading.setup.lines:
        if _COUNTS.match(line.text) and line.item and line.document == 0 and line.order < 60 and len(line.text.split()) <= 8:
            yield said(line, line.text.strip(" ."), 2.2 - line.order / 500)


_CONTEXT = re.compile(
    rf"\b(?:context (?:length|window|size)|sequence lengths?|context)s?\s+(?:of|up to|is)\s+(?:up to\s+)?(?P<v>{AMOUNT}\s?[kKM]?\s+tokens)"
    rf"|\b(?:inputs?|support\w*) (?:with |of )?up to (?P<w>{AMOUNT}\s?[kKM]? tokens)|\b(?P<x>{AMOUNT}\s?[kKM]?[ -]tokens?) context\b",
    re.I,
)


def context(reading: Reading) -> Iterator[Stated]:
    for line, match, rating in reading.matches(_CONTEXT):
        yield said(line, value_of(match), rating)


_TRAINED = re.compile(
    rf"\btrain\w*\b[^.]{{0,80}}?\b(?P<v>{AMOUNT}{SCALE}\s+(?:(?!GPU|of\b)[\w-]+\s+){{0,3}}"
    r"(?:hours|tokens|images|pairs|documents|tracks)(?: of (?!GPU|comput)[a-z]+(?: [a-z]+)?)?)"
)


def training(reading: Reading) -> Iterator[Stated]:
    for line, match, rating in reading.matches(_TRAINED):
        if "GPU" not in line.text and not re.search(r"\bepochs?\b|fine-?tun", line.text):
            yield said(line, value_of(match), rating)
