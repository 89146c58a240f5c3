"""Facts about use: languages, what goes in and comes out, what it needs to run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.engines.extractive.facts.lines import Line
from agent.engines.extractive.facts.reading import Reading, Rule, Stated, entries, labelled, listed, said, value_of

__all__ = ["hardware", "languages", "modalities", "programming", "requirements"]

_LANGUAGE_NAMES = (
    "English|French|German|Spanish|Italian|Portuguese|Dutch|Chinese|Japanese|Korean|Arabic|Russian|Hindi|Vietnamese|Turkish|Polish|"
    "Czech|Swedish|Danish|Norwegian|Finnish|Greek|Hebrew|Thai|Indonesian|Ukrainian|Romanian|Hungarian|Bengali|Persian|Catalan|Basque|"
    "Urdu|Tamil|Swahili|Malay"
)
_CODE_NAMES = (
    r"(?:Python|JavaScript/TypeScript|JavaScript|TypeScript|JS/TS|Java|Go|Golang|Rust|C\+\+|C#(?:/\.NET)?|"
    r"\.NET|Ruby|PHP|Kotlin|Swift|Scala|Elixir|Julia|R)"
)


_IN_LANGUAGES = re.compile(
    r"\b(?P<v>(?:(?:over|more than|about|approximately|up to)\s+)?\d[\d,]*\+?\s+(?:(?:natural|human|different|spoken)\s+)?languages)\b",
    re.I,
)
_NAMED_LANGUAGES = re.compile(rf"(?<!\w)(?P<v>(?:{_LANGUAGE_NAMES})(?:(?:, |,? and |,? or |/)(?:{_LANGUAGE_NAMES}))*)(?!\w)")
_EACH_LANGUAGE = re.compile(rf"(?<!\w)(?:most European languages|{_LANGUAGE_NAMES})(?!\w)")
_MULTILINGUAL = re.compile(r"\b(?P<v>multilingual|languages?)\b", re.I)
_CODED = re.compile(r"\b(?:programming|code|Python|Java|files|client|SDK)\b")


def languages(reading: Reading) -> Iterator[Stated]:
    yield from entries(reading, "language", "languages")
    for line, told in labelled(reading, r"languages?(?: \(nlp\))?"):
        if listed_there := _NAMED_LANGUAGES.search(told):
            yield said(line, value_of(listed_there), 2.8)
    for line in reading.setup.lines:
        named = _NAMED_LANGUAGES.search(line.text)
        if named and re.match(r"^\W*languages?$", line.heading, re.I):
            yield said(line, named["v"], 3.2)
    for line, _, rating in reading.matches(_MULTILINGUAL):
        names = list(dict.fromkeys(m.group() for m in _EACH_LANGUAGE.finditer(line.text)))
        if len(names) >= 3:
            yield said(line, ", ".join(names), rating)
    for line, match, rating in reading.matches(_IN_LANGUAGES):
        if not _CODED.search(line.text):
            yield said(line, value_of(match), rating)
    supports = re.compile(
        rf"\b(?:supports?|understand\w*|trained on|written|speaks?|"
        rf"captions? in)\b[^.]{{0,60}}?(?P<v>(?:{_LANGUAGE_NAMES})(?:(?:, |,? and )(?:{_LANGUAGE_NAMES}))+)"
    )
    for line, match, rating in reading.matches(supports):
        yield said(line, match["v"], rating)


_WRITTEN_FOR = re.compile(
    rf"\b(?P<v>{_CODE_NAMES})(?:,| and)? (?:AI |deep learning |client )?(?:library|framework|package|SDK|toolkit|AI SDK)\b"
)
_CLIENTS = re.compile(
    r"\b(?:client(?: librar\w+)?s?|SDKs?|librar(?:y|ies)|bindings)\b[^.]{0,60}\b(?:for|in)\b[^.]{0,40}(?:languages)?", re.I
)


def programming(reading: Reading) -> Iterator[Stated]:
    """The languages of its clients, listed; else the one its definition names."""
    clients: dict[str, list[Line]] = {}
    for line in reading.setup.lines:
        if line.item and re.fullmatch(_CODE_NAMES, line.text.strip(" .")) and _CLIENTS.search(line.intro):
            clients.setdefault(line.intro, []).append(line)
    for lines in clients.values():
        names = [line.text.strip(" .") for line in lines]
        if len(names) >= 2:
            yield Stated(listed(names), f"{listed(names)}.", tuple(line.quote for line in lines), 3.0)
    many = re.compile(
        rf"\b(?:clients?|SDKs?|librar\w+|available|bindings|support\w*)\b[^.]{{0,40}}?(?<!\w)(?P<v>{_CODE_NAMES}(?:(?:, |,? and |"
        rf",? or ){_CODE_NAMES})+)(?!\w)"
    )
    for line, match, rating in reading.matches(many):
        yield said(line, match["v"], rating)
    for line, match, rating in reading.matches(_WRITTEN_FOR):
        if line.text.rstrip(".") in reading.definition or line.document == 0:
            yield said(line, match["v"], rating)


_VERSIONED = r"(?:Python|Node(?:\.js)?|PyTorch|CUDA|Java|Go|Rust|TensorFlow)"
_NUMBER = (
    r"(?:(?:>=|≥|==|<=|>|~=|v)?\s?\d+(?:\.\d+)*\+?(?:\s?(?:-|–|to)\s?\d+(?:\.\d+)+)?"
    r"(?:,?\s?<=?\s?\d+(?:\.\d+)*)?(?: or (?:newer|later|higher|above|greater))?)"
)
_NEEDS = re.compile(rf"(?<!\w)(?P<v>{_VERSIONED}\s?(?:version )?{_NUMBER})(?!\w)")
_HARDWARE = re.compile(
    r"\b(?P<v>(?:a |an )?(?:NVIDIA )?GPUs? with (?:at least |as few as |more than )?\d+\s?GB(?: of)?(?: V?RAM| memory)?)\b", re.I
)
_ASKS = re.compile(
    r"\b(?:requires?|needs?|works with|ensure|make sure|install|environment|prerequisites?|supports?|tested|must have)\b", re.I
)


def requirements(reading: Reading) -> Iterator[Stated]:
    for line in reading.setup.lines:
        headed = re.search(
            r"\b(?:requirements?|prerequisites?|installation|install|quickstart|get(?:ting)? started|quick start)\b", line.heading, re.I
        )
        found = [m["v"].strip() for m in _NEEDS.finditer(line.text)]
        short = len(line.text.split()) <= 6
        if (
            not found
            or line.document > 2
            or not (_ASKS.search(line.text) or (headed and short))
            or re.search(r"\bnot\b|\bexample\b", line.text)
        ):
            continue
        if headed or reading.own(line):
            yield said(
                line,
                found[0] if len(found) > 1 and f"{found[0]}, {found[1]}" not in line.text else ", ".join(found[:2]),
                3 - line.document - line.order / 900 + (0.5 if found[0].startswith(("Python", "Node")) else 0),
            )


def hardware(reading: Reading) -> Iterator[Stated]:
    for line in reading.setup.lines:
        match = _HARDWARE.search(line.text)
        if match and _ASKS.search(line.text) and not re.search(r"\b(?:if|less)\b", line.text):
            yield said(line, match["v"], 2 - line.document - line.order / 900)


def modalities(direction: str) -> Rule:
    """ "Input: models input text only", "Model input: an image" under a label."""
    pattern = re.compile(
        rf"^\W*(?:model )?{direction}s?(?: modalit(?:y|ies))?\s*(?:[:\-–—]\s*|"
        rf"(?=models? {direction}))(?:models? {direction}s?\s+)?(?P<v>[^.;]{{3,80}})",
        re.I,
    )

    def rule(reading: Reading) -> Iterator[Stated]:
        for line in reading.setup.lines:
            match = pattern.match(line.text)
            if (
                match
                and re.search(r"\b(?:text|images?|audio|video|speech|music|code)\b", match["v"], re.I)
                and line.document < 3
                and not re.search(r"\d{3}|`|\bdefault\b", match["v"])
            ):
                yield said(line, match["v"].strip(), 2 - line.document)

    return rule
