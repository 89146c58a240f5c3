"""The sentence that may be printed for a piece of text: the piece itself, or composed with its lead, its introduction or the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.domain.document import Block
from agent.engines.extractive.statements.components import component_of, described
from agent.engines.extractive.statements.grammar import article_for, has_verb
from agent.engines.extractive.statements.leaning import Leaning
from agent.engines.extractive.statements.phrasing import does, inside, is_a, is_plural, lets_you, offers, small_first
from agent.engines.extractive.statements.roles import Role, role_of
from agent.engines.extractive.statements.shapes import shape_of
from agent.engines.extractive.statements.standalone import METADATA_LEAD, finished, stand_alone
from agent.engines.extractive.statements.verbs import BOTH, VERBS, base_form
from agent.text.words import tag

_GLUE = re.compile(
    r"\b(?:with|by|for|including|includes?|supports?|provides?|offers?|via|through|like|as|to|are|is|of|on|in|into|from|using|allows)$",
    re.I,
)
_INTRO_TAIL = re.compile(
    r"(?:,?\s*(?:including|such as|like|for example|e\.g\.|namely))?\s*(?:the )?(?:following|below)(?:\s+[\w-]+){0,3}$", re.I
)
_INTRO_LEAD = re.compile(r"^[^:.]{1,40}: (?=[A-Z])")
_CODE_FOR = re.compile(r"^([\w.-]+): (code|notebooks?|scripts?)\b", re.I)
_NO_INTRO = re.compile(
    r"^(?:(?:new|key|main|other|these|some|its|the) )*(?:updates|features|highlights|functionalit|examples?|it|this|they)\b", re.I
)
_FEATURE_INTRO = re.compile(
    r"\b(?:features?|supports?|capabilit|offers?|provides?|includes?|highlights?|functionalit|benefits?|advantages?|can be used|"
    r"use cases?|tools?|tasks?|what)\b",
    re.I,
)
_PARAMETERS = re.compile(
    r"^(?:(?:input |output |optional |required |following )?"
    r"(?:parameters?|arguments?|args|options|returns?|inputs?|raises|fields|properties)\b)"
    r"|\b(?:following (?:fields|parameters|arguments|options|keys|properties)|arguments|parameters)\s*:$",
    re.I,
)
_FIELDS = re.compile(
    r"\b(?:fields?|parameters?|arguments?|options|properties|schema|env(?:ironment)? variables?|settings|flags|instances)\b", re.I
)
_FINITE = {"VBZ", "VBB", "VBD", "VM0", "VVZ", "VVB", "VVD", "VHZ", "VHB", "VHD", "VDZ", "VDB"}
_QUALITY = re.compile(r"-(?:source|free|friendly|ready|aware|agnostic|native|efficient|safe)$", re.I)
_HOLDINGS = re.compile(r"(?:[\w-]+ )?(?:code|notebooks?|files?|scripts?|data|images?|examples?|documents?)\b", re.I)
_GLUED = re.compile(r"([A-Z][^:.!?]{2,70}): (.+)$", re.S)
_LINK_TAIL = re.compile(r"\s+[-–|]\s+\[?(?:Hub|Links?|Paper|Docs?|Demo|Code|GitHub|Blog|Website|Notebook|Colab)\]?\W*$", re.I)
_role_of = lru_cache(maxsize=1024)(role_of)
_FEATURES: frozenset[Role] = frozenset({"features", "overview", "integration", "models", "usage", "deployment"})
_DESCRIBED: frozenset[Role] = frozenset({"other", "architecture"})
_STEPS: frozenset[Role] = frozenset(
    {"installation", "contributing", "community", "changelog", "roadmap", "training", "configuration", "notes"}
)


@dataclass(frozen=True)
class Piece:
    """A sentence or list item in plain words: its lead and the words after it, its block, and the sentence that introduces its list."""

    text: str
    lead: str | None
    body: str
    block: Block
    intro: str | None = None
    numbered: bool = False

    @property
    def item(self) -> bool:
        return self.block.kind == "list_item"

    @property
    def role(self) -> Role:
        return _role_of(self.block.heading_path)


@dataclass(frozen=True)
class Printed:
    """What may be printed for a piece; `composed` with its introduction, `sentence` where it is the source's own."""

    text: str | None = None
    composed: bool = False
    sentence: bool = False


def printed_form(piece: Piece, leaning: Leaning) -> Printed:
    """The printed sentence of a piece, None in it where none can be made."""
    lead, body = piece.lead, piece.body
    if (piece.intro and _PARAMETERS.search(piece.intro)) or (lead and METADATA_LEAD.match(lead) and body):
        return Printed()
    if lead and body:
        return with_lead(lead, body, leaning, piece.intro)
    text = lead or piece.text
    count = len(text.split())
    if count < 2:
        return Printed()
    if re.match(r"(?:in order to|to|if you)\s", text, re.I) and text.endswith(":"):
        return Printed(stand_alone(text, leaning), sentence=True)
    glued = _GLUED.match(text) if lead is None else None
    if glued and shape_of(glued[1]) != "sentence" and ((piece.item and " " not in glued[1]) or shape_of(glued[2]) == "imperative"):
        return with_lead(glued[1], glued[2], leaning, piece.intro)
    shape = shape_of(text)
    if shape == "phrase" and count >= 4 and _says_of_itself(text, leaning):
        shape = "sentence"  # "NAME caches calls.": what follows the artifact's own name is a verb
    if lead and shape != "imperative":
        return _fragment(text, piece, leaning)
    if shape == "sentence" and count >= 3:
        return Printed(stand_alone(text, leaning), sentence=True)
    if shape == "third" and count >= 3:
        return Printed(does(text, leaning), sentence=True)
    if shape == "imperative":
        return _order(text, piece, leaning)
    if not piece.item:
        return _verbless(text, leaning)
    return _fragment(text, piece, leaning)


def with_lead(lead: str, body: str, leaning: Leaning, intro: str | None = None) -> Printed:
    """ "Lead: body" as one sentence, by the shape of the body: order, noun phrase, gerund, participle or a sentence of its own."""
    lead, body = re.sub(r"^(?:\d{1,2}[.)]|step \d+)\s+", "", lead, flags=re.I).rstrip(" !"), _LINK_TAIL.sub("", body)
    names = leaning.names
    if not lead or not body:
        return Printed()
    if re.fullmatch(r"[\d.,]+ ?[A-Za-z%]{0,4}", body):
        return Printed(finished(f"The {small_first(lead)} is {body}") if len(lead.split()) >= 3 else None)
    component = component_of(lead)
    if component and (said := described(component, body)):
        return Printed(said, sentence=True)
    place = leaning.path[-1] if leaning.path else ""
    shape = shape_of(re.sub(r"\s*\([^()]*\)", "", body))
    if shape == "imperative":
        return Printed(lets_you(body, leaning), sentence=True)
    if shape == "third":
        return Printed(stand_alone(f"{lead} {small_first(body)}", leaning) if _coded(lead) else does(body, leaning), sentence=True)
    if shape == "sentence":
        return Printed(_own_sentence(lead, body, leaning), sentence=True)
    if re.search(r"\bsplits?\b", place, re.I) and shape == "phrase":
        return Printed(stand_alone(f"The {lead} split has {small_first(body)}", leaning))
    if _FIELDS.search(place) or (intro and _FIELDS.search(intro)):
        return Printed()
    if shape == "gerund":
        return Printed(offers(body, leaning, "supports"))
    if shape == "participle":
        verb = "are" if is_plural(lead) else "is"
        owned = f"{names.possessive} {inside(lead, leaning)}" if not _coded(lead) and names.opens(lead) is None else lead
        if tag(lead.lower())[-1].tag in {"AJ0", "VVN", "AV0"} or _QUALITY.search(lead):  # "Open-source: built for ..."
            owned, verb = names.name, "is"
        return Printed(stand_alone(f"{owned} {verb} {small_first(body)}", leaning))
    subject = lead[:1].upper() + lead[1:] if re.fullmatch(r"[a-z]+", lead) else lead
    said = None if shape_of(lead) in {"imperative", "gerund"} else is_a(subject, body, leaning)
    if said is None and has_verb(body) and body.endswith(".") and not re.search(r"\b(?:that|which|who)\b", body):
        return Printed(_own_sentence(lead, body, leaning), sentence=True)
    if said is None and not _coded(lead) and _says_something(inside(body, leaning)):
        said = offers(body, leaning)
    if said is None and _coded(lead) and len(body.split()) > 3:
        small = inside(body, leaning)
        holds = component_of(lead) is None or _HOLDINGS.match(small)
        said = stand_alone(f"{subject} contains {small}" if holds else f"{subject} provides {article_for(small)}{small}", leaning)
    return Printed(as_written(said, lead))


def as_written(said: str | None, lead: str) -> str | None:
    """A sentence with its coded subject in the case the documents write it in."""
    if said and re.search(r"[_./-]", lead) and said.casefold().startswith(lead.casefold()):
        return lead + said[len(lead) :]
    return said


def _own_sentence(lead: str, body: str, leaning: Leaning) -> str | None:
    """A body that is a sentence: alone where it names the artifact, with its lead as the subject for "It", else behind its lead."""
    pronoun = re.match(r"(?:it|this|they|these) (?=(?:can(?! be an?\b)|has|have|does|do|will|may|\w+(?<!\bi)s)\b)", body, re.I)
    if pronoun:
        return stand_alone(f"{lead} {body[pronoun.end() :]}", leaning)
    alone = stand_alone(body, leaning)
    if alone is None:
        return None
    named = leaning.names.opens(alone) or leaning.names.opens(lead) or alone.startswith((lead, "The makers of "))
    return alone if named or (not _coded(lead) and _has_subject(alone, leaning)) else finished(f"{lead}: {alone}")


def _has_subject(text: str, leaning: Leaning) -> bool:
    """Whether a sentence names the artifact, or opens with a subject of its own before a finite verb: it needs no label."""
    words = tag(text)
    opens = words[0].tag in {"AT0", "AJ0", "DT0", "CRD", "NP0", "NN1", "NN2", "NN0"}
    return leaning.names.mentioned(text) or (opens and any(w.tag in _FINITE for w in words[1:]))


def _order(text: str, piece: Piece, leaning: Leaning) -> Printed:
    """An imperative: a capability in a list of features, else printed as it stands."""
    if piece.item and not piece.numbered and piece.role not in _STEPS:
        return Printed(lets_you(text, leaning), sentence=True)
    if re.match(r"supports?\b", text, re.I):
        return Printed(lets_you(text, leaning), sentence=True)
    return Printed(stand_alone(text, leaning) if len(text.split()) >= 3 else None, sentence=True)


def _verbless(text: str, leaning: Leaning) -> Printed:
    """A paragraph's sentence without a main verb: what the artifact is, where it says so, or a sentence the tagger misread."""
    names = leaning.names
    relative = re.search(r"\b(?:that|which|who)\b", text)
    if (
        text.endswith(".")
        and not relative
        and not re.match(r"(?:an?|python|code|scripts?|notebooks?|support)\b", text, re.I)
        and has_verb(text)
    ):
        return Printed(stand_alone(text, leaning), sentence=True)
    definite = re.match(rf"(?:an?|the) (?:[^\s,.;:]+ ){{0,9}}?(?:{names.nouns.pattern})\b", text, re.I)
    if definite and (leaning.opening or re.match(r"an? ", text, re.I)):
        path = leaning.path or ()
        top = leaning.opening or len(path) <= 1 or (len(path) == 2 and role_of(path) == "overview")
        return Printed(stand_alone(f"{names.name} is {small_first(text)}", leaning) if top else None)
    called = names.opens(text)
    if called and text.startswith(called) and re.match(r" (?:is )?(?:an?|the) ", text[len(called) :]) and text.endswith("."):
        return Printed(stand_alone(f"{called} is {text[len(called) :].strip()}", leaning))
    return Printed()


def _fragment(text: str, piece: Piece, leaning: Leaning) -> Printed:
    """A noun phrase as a sentence: with its introducing sentence where that ends openly, else as what the artifact offers."""
    intro = piece.intro
    phrase = re.sub(r"^\(?(?:\d{1,2}|[a-z])[.)]\s+|^\[[^\]]*\]\s*", "", text).rstrip(" .;,")
    if len(phrase.split()) < 2 or len(phrase) > 240 or text.rstrip().endswith(":"):
        return Printed()
    if not _says_something(phrase):
        return Printed()
    if re.match(r"(?:the|each|every|all|no|any)\b", phrase, re.I) and text.endswith(".") and _verbal(text):
        return Printed(stand_alone(text, leaning), sentence=True)
    gerund = shape_of(phrase) == "gerund"
    small = small_first(phrase)
    opening = _INTRO_TAIL.sub("", intro.rstrip(" :")).strip() if intro else ""
    opening = _CODE_FOR.sub(r"\1 contains \2", _INTRO_LEAD.sub("", opening))
    if (
        _GLUE.search(opening)
        and not opening.endswith(" are")
        and not re.match(r"(?:code|scripts?|notebooks?)\b", small)
        and len(opening.split()) >= 2
        and not _NO_INTRO.match(opening)
    ):
        whole = stand_alone(f"{opening} {'' if gerund else article_for(small)}{small}", leaning)
        if whole:
            return Printed(whole, composed=True)
    described_here = piece.role in _DESCRIBED and len(phrase.split()) >= 4 and not phrase[:1].isdigit()
    introduced = bool(intro and _FEATURE_INTRO.search(intro))
    if not (described_here or piece.role in _FEATURES or introduced) or not piece.item:
        return Printed()
    return Printed(offers(phrase, leaning, "supports" if gerund else "offers"), composed=introduced)


def _verbal(text: str) -> bool:
    """Whether a text has a finite verb that is no participle in disguise."""
    finite = {"VVZ", "VVB", "VVI", "VBZ", "VBB", "VBD", "VM0", "VHZ", "VHB"}
    return has_verb(text) and any(
        word.tag in finite or (word.tag == "NN2" and (base_form(word.text) or "") in VERBS - BOTH) for word in tag(text)
    )


def _says_something(phrase: str) -> bool:
    """Whether a phrase has an ordinary noun: a list of names says nothing."""
    phrase = re.sub(r"\s*\([^()]*\)", "", phrase)
    return any(word.noun and word.text.islower() for word in tag(phrase)) or bool(re.match(r"(?:\w+ )?support for\b", phrase, re.I))


def _says_of_itself(text: str, leaning: Leaning) -> bool:
    """Whether a verb follows the artifact's own name at a text's beginning, whatever the tagger takes it for."""
    called = leaning.names.opens(text)
    after = re.match(r"[\w-]+", text[len(called) :].lstrip()) if called and text.startswith(called) else None
    return after is not None and (base_form(after[0]) is not None or after[0] in {"is", "was", "has", "can", "will", "does"})


def _coded(lead: str) -> bool:
    """Whether a lead is written as code or a path."""
    return bool(re.search(r"[_().`/*]|^-|[a-z][A-Z]|^[a-z]+(?:-[a-z]+)*$", lead))
