"""Ways to falsify a sentence, one kind each: what grounding must not let through. A mutation gives None where it does not apply."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.grounding.reading import clean, name_strength, read
from agent.grounding.vocabulary import NEGATORS
from agent.text.forms import akin


@dataclass(frozen=True)
class Material:
    """What mutations draw on: the artifact's name, names and words of other documents, and the sentence that follows in the quote."""

    own: str
    names: Sequence[str]
    words: Sequence[str]
    following: str = ""


Mutation = Callable[[str, Material, random.Random], "str | None"]

_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|does|do|has|have|will|should)\b")
_VERBS = "is|are|was|were|could|does|do|has|have|should"
_NEGATED = re.compile(rf"\b(?:({_VERBS}|can|will) not|({_VERBS})n't)\b", re.I)
_QUANTIFIERS = {
    "some": "all", "most": "all", "many": "all", "several": "all", "few": "many", "often": "always", "usually": "always",
    "sometimes": "always", "generally": "always", "partly": "fully", "mostly": "entirely", "typically": "always", "various": "all",
}  # fmt: skip


def changed_number(text: str, _material: Material, draw: random.Random) -> str | None:
    numbers = list(re.finditer(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w.]*\d)", text))
    if not numbers:
        return None
    chosen = draw.choice(numbers)
    digits = chosen.group()
    at = draw.choice([i for i, c in enumerate(digits) if c.isdigit()])
    other = draw.choice([d for d in "123456789" if d != digits[at]])
    return text[: chosen.start()] + digits[:at] + other + digits[at + 1 :] + text[chosen.end() :]


def changed_unit(text: str, _material: Material, _draw: random.Random) -> str | None:
    swaps = {
        "million": "billion", "billion": "million", "GB": "TB", "TB": "GB", "MB": "GB", "GiB": "TiB", "seconds": "minutes", "hours": "days",
        "minutes": "hours", "thousand": "million", "%": " GB", "B": "M", "M": "B", "K": "M", "k": "M", "ms": "s",
    }  # fmt: skip
    found = re.search(r"(?<=\d)( ?)(million|billion|thousand|GB|TB|MB|GiB|seconds|hours|minutes|ms|%|[BMKk])(?!\w)", text)
    return text[: found.start(2)] + swaps[found.group(2)] + text[found.end(2) :] if found else None


def swapped_numbers(text: str, _material: Material, draw: random.Random) -> str | None:
    spans = [(q.start, q.end) for q in read(clean(text)).quantities]
    pairs = [(a, b) for a, b in pairwise(spans) if text[slice(*a)] != text[slice(*b)]]
    return _swapped(text, *draw.choice(pairs)) if pairs and clean(text) == text else None


def added_negation(text: str, _material: Material, _draw: random.Random) -> str | None:
    found = _AUXILIARY.search(text)
    if not found or any(piece.word in NEGATORS for piece in read(text).pieces):
        return None
    return f"{text[: found.end()]} not{text[found.end() :]}"


def dropped_negation(text: str, _material: Material, _draw: random.Random) -> str | None:
    found = _NEGATED.search(text)
    if found:
        return text[: found.start()] + (found.group(1) or found.group(2)) + text[found.end() :]
    found = re.search(r"\b(?:cannot|can't)\b", text, re.I)
    if found:
        return text[: found.start()] + "can" + text[found.end() :]
    found = re.search(r"\b(no|without|never) ", text)
    return text[: found.start()] + ("with " if found.group(1) == "without" else "") + text[found.end() :] if found else None


def replaced_name(text: str, material: Material, draw: random.Random) -> str | None:
    spans = _names(text, material)
    others = [name for name in material.names if name.casefold() not in text.casefold()]
    if not spans or not others:
        return None
    start, end = draw.choice(spans)
    return text[:start] + draw.choice(others) + text[end:]


def swapped_names(text: str, material: Material, draw: random.Random) -> str | None:
    spans = _names(text, material)
    pairs = [(a, b) for a, b in pairwise(spans) if text[slice(*a)].casefold() != text[slice(*b)].casefold()]
    return _swapped(text, *draw.choice(pairs)) if pairs else None


def invented_comparison(text: str, material: Material, draw: random.Random) -> str | None:
    stem = text.rstrip(". ")
    name = draw.choice(material.names)
    tails = [
        f" and outperforms {name}", f" better than {name}", " faster than all alternatives", f", unlike {name}",
        " more accurately than others",
    ]  # fmt: skip
    return stem + draw.choice(tails) + "."


def invented_superlative(text: str, _material: Material, draw: random.Random) -> str | None:
    found = re.search(r"\b(?:a|an|the) (?=[a-z]{4,})", text)
    added = draw.choice(["the best", "the first", "the largest", "the only", "the fastest"])
    if not found or added.split()[1] in text:
        return None
    return f"{text[: found.start()]}{added} {text[found.end() :]}"


def raised_quantifier(text: str, _material: Material, _draw: random.Random) -> str | None:
    found = re.search(rf"\b({'|'.join(_QUANTIFIERS)})\b", text, re.I)
    if not found:
        return None
    return text[: found.start()] + _QUANTIFIERS[found.group(1).casefold()] + text[found.end() :]


def added_quantifier(text: str, _material: Material, draw: random.Random) -> str | None:
    words = [t for t in read(text).tokens if t.text.islower() and t.text.isalpha() and len(t.text) > 5]
    tokens = [t for t in words if t.text.endswith("s") and t.start > 0]
    added = draw.choice(["all", "every one of the", "only"])
    if not tokens or re.search(rf"\b{added.split()[0]}\b", text, re.I):
        return None
    chosen = draw.choice(tokens)
    return f"{text[: chosen.start]}{added} {text[chosen.start :]}"


def changed_bound(text: str, _material: Material, _draw: random.Random) -> str | None:
    found = re.search(r"\b(up to|at least|more than|less than|over|at most|under) (?=\d)", text)
    other = {
        "up to": "over ", "at least": "at most ", "more than": "less than ", "less than": "more than ", "over": "under ",
        "at most": "at least ", "under": "over ",
    }  # fmt: skip
    return text[: found.start()] + other[found.group(1)] + text[found.end() :] if found else None


def replaced_word(text: str, material: Material, draw: random.Random) -> str | None:
    reading = read(clean(text))
    if reading.text != text:
        return None
    tokens = [reading.tokens[p.token] for p in reading.pieces if p.content and len(p.word) > 4 and reading.tokens[p.token].text.islower()]
    others = [word for word in material.words if not any(akin(word, p.base) for p in reading.pieces)]
    if not tokens or not others:
        return None
    chosen = draw.choice(tokens)
    return text[: chosen.start] + draw.choice(others) + text[chosen.end :]


def crossed_sentences(text: str, material: Material, _draw: random.Random) -> str | None:
    """The beginning of one sentence with the end of the next, both in the quote."""
    one, two = text.rstrip(". ").split(), material.following.split()
    if len(one) < 8 or len(two) < 8:
        return None
    return " ".join(one[: len(one) // 2] + two[len(two) // 2 :])


def turned_direction(text: str, _material: Material, _draw: random.Random) -> str | None:
    found = re.search(r"\b(\w{4,}) (?:in)?to (\w{4,})\b", text)
    return _swapped(text, found.span(1), found.span(2)) if found and found.group(1).casefold() != found.group(2).casefold() else None


MUTATIONS: dict[str, Mutation] = {
    function.__name__.replace("_", " "): function
    for function in (
        changed_number, changed_unit, swapped_numbers, changed_bound, added_negation, dropped_negation, replaced_name, swapped_names,
        invented_comparison, invented_superlative, raised_quantifier, added_quantifier, replaced_word, crossed_sentences, turned_direction,
    )
}  # fmt: skip


def _names(text: str, material: Material) -> list[tuple[int, int]]:
    reading = read(text)
    return [(t.start, t.end) for t in reading.tokens if name_strength(t, reading) and material.own.casefold() not in t.text.casefold()]


def _swapped(text: str, one: tuple[int, int], two: tuple[int, int]) -> str:
    return text[: one[0]] + text[slice(*two)] + text[one[1] : two[0]] + text[slice(*one)] + text[two[1] :]
