"""Quantities in text: values with magnitude, unit, precision and bound, so that 3B, "three billion" and 3,000 million can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Bound = Literal["", "<", ">", "~"]


def _numbered(row: str, first: int, worth: int = 1) -> dict[str, int]:
    return {word: worth * number for number, word in enumerate(row.split(), first)}


_WORDS = _numbered("zero one two three four five six seven eight nine ten", 0) | _numbered(
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 11
)
_TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2, worth=10)
_ORDINALS = _numbered("third fourth fifth sixth seventh eighth ninth tenth", 3)
_MAGNITUDES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9, "t": 10**12,
    "trillion": 10**12, "hundred": 100, "dozen": 12,
}  # fmt: skip
_DECIMAL_PREFIXES = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "p": 10**15}
_PREFIX_WORDS = {"kilo": "k", "mega": "m", "giga": "g", "tera": "t", "peta": "p"}
_BINARY_WORDS = {"kibi": 1, "mebi": 2, "gibi": 3, "tebi": 4, "pebi": 5}


def _units() -> dict[str, tuple[str, Decimal]]:
    """Unit in small letters -> family and factor to the family's base unit."""
    table: dict[str, tuple[str, Decimal]] = {"byte": ("bytes", Decimal(1)), "bit": ("bits", Decimal(1))}
    for letter, factor in _DECIMAL_PREFIXES.items():
        table[f"{letter}b"] = table[f"{letter}byte"] = ("bytes", Decimal(factor))
        table[f"{letter}hz"] = ("hertz", Decimal(factor))
    for power, letter in enumerate("kmgtp", start=1):
        table[f"{letter}ib"] = ("bytes", Decimal(1024) ** power)
    for word, letter in _PREFIX_WORDS.items():
        table[f"{word}byte"] = ("bytes", Decimal(_DECIMAL_PREFIXES[letter]))
        table[f"{word}hertz"] = ("hertz", Decimal(_DECIMAL_PREFIXES[letter]))
    for word, power in _BINARY_WORDS.items():
        table[f"{word}byte"] = ("bytes", Decimal(1024) ** power)
    for family, members in {
        "seconds": {"ms": "0.001", "millisecond": "0.001", "s": "1", "sec": "1", "second": "1", "min": "60", "minute": "60", "h": "3600",
                    "hr": "3600", "hour": "3600", "day": "86400", "week": "604800"},
        "months": {"month": "1", "year": "12"},
        "percent": {"%": "1", "percent": "1", "per cent": "1", "percentage point": "1", "pp": "1"},
        "pixels": {"px": "1", "pixel": "1"},
        "hertz": {"hz": "1", "hertz": "1"},
        "times": {"x": "1", "×": "1", "time": "1", "fold": "1"},
        "ordinal": {"st": "1", "nd": "1", "rd": "1", "th": "1"},
    }.items():  # fmt: skip
        table.update({name: (family, Decimal(factor)) for name, factor in members.items()})
    return table


_UNITS = _units()
# Families whose name may be left out: a picture of 224 is one of 224 pixels.
_LIGHT = frozenset({"pixels", "bits"})
_UNIT_NAMES = sorted({*_UNITS, *(f"{name}s" for name in _UNITS if len(name) > 2 and name.isalpha())}, key=len, reverse=True)
_UNIT = "|".join(re.escape(name) for name in _UNIT_NAMES)
_MAGNITUDE = r"[\s-]?(?:thousand|million|billion|trillion|hundred|dozen|bn|mn)s?|[kmbt]"  # a lone letter must touch its number
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_UNITS_PLACE = "|".join(list(_WORDS)[1:10])
_SPELLED = "|".join([rf"(?:{'|'.join(_TENS)})(?:[- ](?:{_UNITS_PLACE}))?", *sorted(_WORDS, key=len, reverse=True), *_ORDINALS])
_QUANTITY = re.compile(
    rf"(?<![\w.])(?<![^\W\d_][-_])(?P<currency>[$€£]\s?)?"
    rf"(?:(?P<dims>\d{{1,5}}(?:\s?[x×]\s?\d{{1,5}}){{1,3}})(?![\w×])(?:[\s-]?(?P<dims_unit>px|pixels?)\b)?"
    rf"|(?:(?P<digits>{_DIGITS})(?:(?:\s?[x×]\s?10\^?|[eE](?=[-+]?\d))(?P<exponent>[-+]?\d+|[⁻⁺]?[⁰¹²³⁴-⁹]+)|\^(?P<power>\d+)"
    rf"|(?P<super>[⁻⁺]?[⁰¹²³⁴-⁹]+))?|\b(?P<spelled>{_SPELLED})\b)"
    rf"(?P<plus>\+)?(?:(?P<magnitude>{_MAGNITUDE})(?![\w]))?(?P<plus2>\+)?"
    rf"(?:[\s-]?(?P<unit>{_UNIT})(?![\w%]))?(?P<plus3>\+)?)(?!\w)(?!\.\d)",
    re.I,
)
_SUPERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_AT_MOST = (
    "up to|as few as|as little as|as low as|at most|no more than|not more than|less than|fewer than|lower than|smaller than|under|below|"
    "within|max|maximum|maximum of"
)
_AT_LEAST = (
    "over|more than|greater than|larger than|higher than|at least|above|beyond|exceed|exceeds|exceeding|as many as|as much as|"
    "no fewer than|no less than|min|minimum|minimum of"
)
_ABOUT = r"about|around|approximately|approx\.?|roughly|nearly|almost|close to|circa|some"
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("<", re.compile(rf"(?:\b(?:{_AT_MOST})|[<≤]=?) ?(?:about |around |the |a |~)?$", re.I)),
    (">", re.compile(rf"(?:\b(?:{_AT_LEAST})|[>≥]=?) ?(?:about |around |the |a |~)?$", re.I)),
    ("~", re.compile(rf"(?:\b(?:{_ABOUT})|[~≈]) ?$", re.I)),
)
_AFTER = re.compile(
    r"^ (?:[a-z]+ ){0,2}?(?:(?:or (?P<more>more|above|higher|later|newer)|or (?P<less>less|fewer|below|lower)|at (?P<most>most)|"
    r"at (?P<least>least))\b(?! \d))",
    re.I,
)
_LISTED = re.compile(r"^\s*(?:(?:,|/|-|and|or|to|&)\s*)+$", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at [start, end) of its text.

    `value` is in the family's base unit ("" for plain counts), `step` what one more in the last given digit is worth, `dims` the sides
    of "224x224" (value is then the first). `digits` counts significant digits as written.
    """

    text: str
    start: int
    end: int
    value: Decimal
    step: Decimal
    digits: int
    family: str = ""
    bound: Bound = ""
    dims: tuple[int, ...] = ()

    @property
    def written(self) -> Decimal:
        """The number as written, before its magnitude and unit."""
        return self.value / self.step * Decimal(1).scaleb(-_places(self.text))


def licenses(source: Quantity, claim: Quantity) -> bool:
    """Whether a claim may state its quantity on the strength of a source's: same value and unit, rounded no finer than stated.

    "up to" and "over" must agree; a claim may drop "over" or "about", never "up to".
    """
    if claim.dims or source.dims:
        square = len(set(source.dims)) == 1 and not claim.dims and claim.family in {"", "pixels"}
        return source.dims == claim.dims or (square and source.value == claim.value)
    if source.family != claim.family and not ({source.family, claim.family} - {""} <= _LIGHT):
        return False
    if not _bounds_agree(source.bound, claim.bound):
        return False
    if source.value == claim.value:
        return True
    if claim.digits < 2 and not claim.family and claim.step == 1:
        return False
    return (source.step < claim.step and abs(source.value - claim.value) <= claim.step / 2) or (
        source.family == "bytes" and abs(source.value - claim.value) <= claim.step / 2
    )


def _bounds_agree(source: Bound, claim: Bound) -> bool:
    if claim in ("<", ">"):
        return source == claim
    return source != "<"


@lru_cache(maxsize=16384)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a folded text, in order. Numbers inside names and versions ("GPT-4", "v1.5", "3.0.1") are not among them."""
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        quantity = _dimensions(match) if match["dims"] else _single(match, text)
        found.append(quantity)
    return _with_shared_units(text, found)


def _dimensions(match: re.Match[str]) -> Quantity:
    sides = tuple(int(side) for side in re.findall(r"\d+", match["dims"]))
    return Quantity(match.group(), *match.span(), Decimal(sides[0]), Decimal(1), len(str(sides[0])), "pixels", "", sides)


def _single(match: re.Match[str], text: str) -> Quantity:
    value, step, digits = _number(match)
    family = ""
    if match["spelled"] and match["spelled"].casefold() in _ORDINALS:
        family = "ordinal"
    if match["magnitude"]:
        factor = Decimal(_MAGNITUDES[match["magnitude"].casefold().strip(" -\n").removesuffix("s")])
        value, step = value * factor, step * factor
    if match["unit"]:
        name = match["unit"].casefold()
        family, factor = _UNITS.get(name) or _UNITS[name.removesuffix("s")]
        value, step = value * factor, step * factor
    if match["currency"]:
        family = match["currency"].strip()
    bound = _bound(text, match.start(), match.end())
    if match["plus"] or match["plus2"] or match["plus3"]:
        bound = ">"
    return Quantity(match.group().strip(), *match.span(), value, step, digits, family, bound)


def _number(match: re.Match[str]) -> tuple[Decimal, Decimal, int]:
    """Value, worth of the last digit and significant digits of the number itself."""
    if match["spelled"]:
        words = re.split(r"[- ]", match["spelled"].casefold())
        whole = sum(_WORDS.get(w, 0) + _TENS.get(w, 0) + _ORDINALS.get(w, 0) for w in words)
        return Decimal(whole), Decimal(1), len(str(whole))
    written = match["digits"].replace(",", "")
    value = Decimal(written)
    step = Decimal(1).scaleb(-len(written.partition(".")[2]))
    digits = len(written.replace(".", "").lstrip("0"))
    if match["exponent"]:
        scale = Decimal(10) ** int(match["exponent"].translate(_SUPERS))
        return value * scale, step * scale, digits
    power = match["power"] or match["super"]
    if power and abs(int(power.translate(_SUPERS))) < 100:
        return value ** int(power.translate(_SUPERS)), Decimal(1), digits
    return value, step, digits


def _bound(text: str, start: int, end: int) -> Bound:
    before = text[max(0, start - 30) : start]
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound
    after = _AFTER.match(text[end : end + 40])
    if after:
        return ">" if after["more"] or after["least"] else "<"
    return ""


def _with_shared_units(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Give the members of a list the unit of its last member: "224, 448 and 896 px" are all pixels."""
    result: list[Quantity] = []
    following: Quantity | None = None
    for quantity in reversed(found):
        if following and not quantity.family and following.family and _LISTED.match(text[quantity.end : following.start]):
            worth = following.value / following.written if following.written else Decimal(1)
            quantity = replace(quantity, value=quantity.value * worth, step=quantity.step * worth, family=following.family)
        result.append(quantity)
        following = quantity
    return tuple(reversed(result))


def _places(written: str) -> int:
    decimals = re.search(r"\.(\d+)", written)
    return len(decimals.group(1)) if decimals else 0
