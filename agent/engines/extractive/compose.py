"""The sentence that may be printed for a piece of text: the piece itself, or composed with its lead, its introduction or the name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.domain.document import Block
from agent.engines.extractive.grammar import article_for, begins_with_verb, has_verb, may_have_verb
from agent.engines.extractive.roles import role_of
from agent.engines.extractive.standalone import METADATA_LEAD, Leaning, Names, finished, stand_alone
from agent.text.words import tag

_GLUE = re.compile(
    r"\b(?:with|by|for|including|includes?|supports?|provides?|offers?|via|through|like|as|to|are|is|of|on|in|into|from|using|features?|"
    r"allows)$",
    re.I,
)
_INTRO_TAIL = re.compile(
    r"(?:,?\s*(?:including|such as|like|for example|e\.g\.|namely))?\s*(?:the )?(?:following|below)(?:\s+[\w-]+){0,3}$", re.I
)
_FEATURE_INTRO = re.compile(r"\b(?:features?|supports?|capabilit|offers?|provides?|includes?|highlights?|functionalit|benefits?|"
                            r"advantages?|"
                            r"can be used|use cases?|tools?|tasks?|what)\b", re.I)  # fmt: skip
_PARAMETERS = re.compile(
    r"^(?:(?:input |output |optional |required )?(?:parameters?|arguments?|args|options|returns?|inputs?|raises|fields|properties)\b)", re.I
)


@dataclass(frozen=True)
class Piece:
    """A sentence or list item in plain words: its lead and the words after it, its block, and the sentence that introduces its list."""

    text: str
    lead: str | None
    body: str
    block: Block
    intro: str | None = None


def printed_form(piece: Piece, leaning: Leaning) -> tuple[str | None, bool, bool]:
    """(printed sentence or None, composed with its introduction, the source's own sentence)."""
    text, lead, body, intro = piece.text, piece.lead, piece.body, piece.intro
    if intro and _PARAMETERS.match(intro):
        return None, False, False
    if lead and METADATA_LEAD.match(lead) and body:
        return None, False, False
    if lead and body:
        return with_lead(lead, body, leaning), False, has_verb(body)
    count = len(text.split())
    ended = text.endswith((".", "!"))
    prose = ended and (count >= 4 if piece.block.kind != "list_item" else count >= 7 and may_have_verb(text))
    purpose = bool(re.match(r"(?:in order to|to|if you)\s", text, re.I)) and text.endswith(":")
    if (prose or purpose or has_verb(text)) and len(text.split()) >= 3 and not lead:
        if tag(text)[0].tag == "VVZ":
            return stand_alone(with_subject(text, leaning.names), leaning), False, True
        return stand_alone(text, leaning), False, True
    printed, composed = _fragment(lead or text, piece, leaning)
    return printed, composed, False


def with_lead(lead: str, body: str, leaning: Leaning) -> str | None:
    """ "Lead: body." where the body alone would hang in the air; the body alone where it names the artifact."""
    if re.fullmatch(r"[\d.,]+ ?[A-Za-z%]{0,4}", body) and len(lead.split()) >= 3:
        return finished(f"{lead}: {body}")
    first = tag(body)[0].tag if body else ""
    alone = stand_alone(with_subject(body, leaning.names) if first == "VVZ" else body, leaning)
    if alone is None:
        return None
    if first == "VVZ" and not re.search(r"[_().`-]", lead):
        return alone
    if leaning.names.opens(alone) or leaning.names.opens(lead):
        return alone
    return finished(f"{lead}: {alone}")


def _fragment(text: str, piece: Piece, leaning: Leaning) -> tuple[str | None, bool]:
    """A noun phrase as a sentence: with its introducing sentence where that ends openly, else as what the artifact offers."""
    intro = piece.intro
    if len(text.split()) < 2 or len(text) > 240:
        return None, False
    phrase = text.rstrip(" .;,")
    tagged = tag(phrase)
    if begins_with_verb(text) and (len(text.split()) >= 4 or tagged[1].tag in {"NN2", "AT0"}):
        return stand_alone(text, leaning), False
    if not any(word.noun and word.text.islower() for word in tagged):  # a list of names says nothing
        return None, False
    small = phrase[:1].lower() + phrase[1:] if plain_word(phrase) else phrase
    opening = _INTRO_TAIL.sub("", intro.rstrip(" :")).strip() if intro else ""
    if _GLUE.search(opening) and len(opening.split()) >= 2:
        whole = stand_alone(f"{opening} {article_for(small)}{small}", leaning)
        if whole:
            return whole, True
    role = role_of(piece.block.heading_path)
    described = role in {"other", "architecture"} and len(text.split()) >= 4 and not text[:1].isdigit()
    offers = described or role in {"features", "overview", "integration", "models", "usage", "deployment"}
    introduced = bool(intro and _FEATURE_INTRO.search(intro))
    if not (offers or introduced) or piece.block.kind != "list_item":
        return None, False
    name = leaning.names.name
    alone = stand_alone(f"{name} offers {article_for(small)}{small}", leaning)
    return alone, introduced


def with_subject(text: str, names: Names) -> str:
    """ "Returns all messages" -> "NAME returns all messages"."""
    return f"{names.name} {text[:1].lower()}{text[1:]}"


def plain_word(text: str) -> bool:
    """Whether a text's first word may be written small: one capital, then small letters, and no name or code."""
    first = re.split(r"[\s,]", text, maxsplit=1)[0]
    if not re.fullmatch(r"[A-Z][a-z]+(?:-[a-z]+)*", first):
        return len(first) == 1 and first in "A"
    tagged = tag(first.lower())
    return bool(tagged) and tagged[0].tag not in {"NP0"}
