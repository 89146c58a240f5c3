"""Facts about terms and times: licence, price, release."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.engines.extractive.facts.reading import FOREIGN, Reading, Stated, entries, labelled, said, value_of

__all__ = ["license_of", "pricing", "released"]

_LICENCE = (
    r"(?:Apache(?: Licen[sc]e)?,?(?: Version)?[ -]2(?:\.0)?|MIT|BSD(?:[ -]\d-Clause)?|(?:A|L)?GPL(?:[ -]?v?\d(?:\.\d)?)?|MPL[ -]2\.0|"
    r"CC[ -]BY(?:[ -](?:NC|SA|ND))*(?:[ -]\d\.\d)?|ODC[ -]BY(?:[ -]v?\d\.\d)?|CC0(?:-\d\.\d)?|OpenRAIL(?:-\w+)?|"
    r"Creative Commons [\w -]{2,40}?|Gemma [Tt]erms(?: of [Uu]se)?|Llama \d? ?Community License|custom commercial license)"
)
_LICENSED = re.compile(
    rf"\b(?:licen[sc]ed?|released|available|published|distributed|open-?sourced|under|with)\b(?:[^.]|"
    rf"\.\d){{0,90}}?(?<!\w)(?P<v>{_LICENCE})(?!\w)"
    rf"|(?<!\w)(?P<w>{_LICENCE})[- ][Ll]icen[sc]ed?\b"
)
_PARTS = re.compile(r"(?P<part>code|(?:model )?weights|metadata|annotations|dataset|data|images|documentation)\b", re.I)


def license_of(reading: Reading) -> Iterator[Stated]:
    yield from entries(reading, "license", "license_name")
    for line, told in labelled(reading, r"licen[sc]e|licensing(?: information)?"):
        for match in re.finditer(rf"(?<!\w){_LICENCE}(?!\w)", told):
            part = _part(told[: match.start()])
            yield said(line, f"{match.group()} ({part})" if part else match.group(), 2.8)
    for line, match, rating in reading.matches(_LICENSED, headed=r"^\W*licen[sc]"):
        part = _part(line.text[: match.start()])
        yield said(line, f"{value_of(match)} ({part})" if part else value_of(match), rating)
    for line in reading.setup.lines:
        bare = re.match(rf"^\W*(?P<v>{_LICENCE})\b", line.text)
        if bare and not FOREIGN.search(line.text) and re.search(r"^\W*licen[sc]", line.heading, re.I):
            yield said(line, bare["v"], 1.8)


def _part(before: str) -> str:
    """The part of the artifact a licence is for: the subject of its clause."""
    clause = re.split(r"[,;:]|\band\b", before)[-1]
    found = _PARTS.search(clause)
    return found["part"].lower() if found else ""


_FREE = re.compile(
    r"\bis (?:\w+ ){0,3}?(?P<v>free(?: of charge| to use| and open[- ]source)?)(?=[\s.,;]|$)(?! (?:of|from|up)\b(?! charge))", re.I
)
_RELEASED = re.compile(
    r"\b(?:was |first |initially |originally )*released (?:in|on) (?P<v>(?:(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)[ ,]*)?(?:\d{1,2},? )?20\d\d)\b"
)


def pricing(reading: Reading) -> Iterator[Stated]:
    for line, told in labelled(reading, r"pricing|price|cost"):
        yield said(line, told, 2.0)
    for line, match, rating in reading.matches(_FREE):
        if reading.setting.names_itself(line.text[: match.start() + 1]):
            yield said(line, value_of(match), rating)


def released(reading: Reading) -> Iterator[Stated]:
    for line, told in labelled(reading, r"release(?:d)?(?: date)?"):
        if re.search(r"20\d\d", told) and len(told) < 40:
            yield said(line, told, 2.0)
    for line, match, rating in reading.matches(_RELEASED):
        if reading.setting.names_itself(line.text[: match.start() + 1]):
            yield said(line, value_of(match), rating)
