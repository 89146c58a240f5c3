"""Lists of named components (tools, commands, functions): the item is a name, what it does stands beside or below it.

Reference documentation of servers, command lines and libraries says what they do in such lists and nowhere else. A description in the
imperative becomes a sentence with the component as its subject: "read_file", "Read a file as text" -> "read_file reads a file as text."
"""

from __future__ import annotations

import re

from agent.engines.extractive.statements.verbs import IMPERATIVES, VERBS, third_person
from agent.text.words import Word, tag

# An identifier as code writes it: joined by underscores, dots or hyphens, in camel case, a flag, or with parentheses.
_COMPONENT = re.compile(
    r"(?:[%/]?[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+|[a-z]+[a-z0-9]*[A-Z]\w*|--?[a-z][a-z0-9-]*|[%/][a-z_]+|[\w.]+\(\)|[a-z]+(?:-[a-z]+)+(?=\Z))(?:\(\))?"
)
__all__ = ["component_of", "described", "third_person"]

_LABEL = re.compile(r"^(?:description|purpose|summary|what it does|usage)\s*[:-]\s*", re.I)
_NO_DESCRIPTION = re.compile(
    r"^(?:title|name|parameters?|arguments?|args|inputs?|outputs?|options?|returns?|type|default|read-only|required|example|notes?|see)\b"
    r"[\s:*]|:\s*$",
    re.I,
)
_BASE = {"VVB", "VVI", "VBB", "VBI", "VDB", "VDI", "VHB", "VHI"}
_SHORTEST = 2  # words after the verb that make it a description


def component_of(text: str) -> str | None:
    """The component's name where an item is nothing but one, else None."""
    bare = text.strip().rstrip(":").strip()
    return bare if _COMPONENT.fullmatch(bare) else None


def described(component: str, text: str) -> str | None:
    """What a component does as one sentence with it as the subject, or None where `text` does not say that in the imperative."""
    body = _LABEL.sub("", text.strip())
    if _NO_DESCRIPTION.match(body) or len(body.split()) <= _SHORTEST or len(body) > 240:
        return None
    body = re.split(r"(?<=[a-z)])[.;]\s", body)[0].rstrip(" .;,:")
    words = tag(body[:1].lower() + body[1:])
    verbs = _finite(words)
    if not verbs:
        return None
    inflected = body[:1].lower() + body[1:]
    for number in sorted(verbs, reverse=True):
        word = words[number]
        form = word.text if word.tag == "VVZ" or _inflected(word.text) else third_person(word.text)
        inflected = inflected[: word.start] + form + inflected[word.end :]
    return f"{component} {inflected}."


def _finite(words: list[Word]) -> set[int]:
    """The first word, if it is a verb, and the verbs joined to it by a comma, "and" or "or"."""
    opening = 1 if words and words[0].text.endswith("ly") else 0
    if len(words) < opening + 2 or not _verb(words[opening], words[opening + 1]):
        return set()
    found = {opening}
    in_list = True  # "list, create, or close a tab": nothing but verbs so far, so that the next is one too
    for number in range(opening + 1, len(words) - 1):
        joined = words[number - 1].text.lower() in {"and", "or", ","}
        verb = words[number].tag in _BASE or (in_list and words[number].text in IMPERATIVES)
        if verb and joined and not _after_to(words, number):
            found.add(number)
        in_list = in_list and (number in found or words[number].text.lower() in {"and", "or", ","})
    return found


def _verb(first: Word, second: Word) -> bool:
    if first.tag in _BASE and first.text not in IMPERATIVES | VERBS and second.noun:
        return False  # "git workflow": a noun the tagger does not know
    if first.tag in _BASE or first.tag == "VVZ" or first.text in IMPERATIVES:
        return second.tag not in {"VBZ", "VM0", "PRF"}
    if first.text.endswith("s") and first.text[:-1] in IMPERATIVES:
        return True
    # A bare imperative before an article, a plural or a number is a verb whatever the tagger says.
    return first.tag in {"NN1", "NN0", "AJ0", "UNC"} and second.tag in {"AT0", "DPS", "DT0", "CRD"} and first.text.isalpha()


def _inflected(verb: str) -> bool:
    return verb not in IMPERATIVES and verb.endswith("s") and (verb[:-1] in IMPERATIVES or verb[:-2] in IMPERATIVES)


def _after_to(words: list[Word], number: int) -> bool:
    return any(word.tag == "TO0" for word in words[max(0, number - 6) : number])
