"""The printed form of a statement that draws a distinction, a comparison or a limit.

Such sentences are often told in the first person ("We use ...", "Our pipeline ...") or as headline fragments ("NAME, the first ...").
Where the general rules refuse one, the speaker is named: the artifact's makers, or the artifact.
"""

from __future__ import annotations

import re

from agent.engines.extractive.claims.facets import facets
from agent.engines.extractive.statements.reader import Statement
from agent.engines.extractive.statements.standalone import Leaning, Names, finished, stand_alone

__all__ = ["clauses", "voiced"]

_ADVERB = r"(?:(?:also|now|currently|further|therefore|thus|only|deliberately|explicitly|then|do|did)\s+)?"
_WE = re.compile(
    rf"^(?:(?:here|in this (?:paper|work|report)|in addition|additionally|specifically|overall),?\s+)?we\s+(?={_ADVERB}"
    r"(?:use|used|train|trained|collect|collected|propose|introduce|present|release|released|open-?sourced?|find|found|show|observe|"
    r"report|design|designed|built|build|"
    r"select|selected|apply|applied|filter|curate|annotate|develop|developed|choose|chose|created?|construct|extend|combine|adopt|"
    r"restrict|limit|exclude|omit|"
    r"expect|believe|recommend|advise|aim|want|strive|prioriti[sz]e|evaluate|evaluated|do not|did not|discourage|caution|focus|explore|"
    r"provide|offer|support|host|plan|require|minimi[sz]e|demonstrate)\b)",
    re.I,
)  # fmt: skip
_OUR = re.compile(
    r"^our (?!(?:documentation|docs|blog|website|discord|community|team|guide|paper|github|mission|partners?|sponsors?|tutorials?|"
    r"example|page|sales|customers?|users?)\b)(?=\w)",
    re.I,
)
# A concession before what is said: "While others do P, NAME does Q."
_CONCESSION = re.compile(r"^(?:while|whereas|although|though)\s+(?P<other>[^,;:]{10,110}),\s+(?P<own>[^;:]+)$", re.I)
_HEADLINE = re.compile(
    r"^(?:the|an?)\s+(?:(?:very|most|first|only|fast|open|simple|new|novel|unified|single|lightweight|modern|small|"
    r"large)\b|[\w-]+\s+){1,6}",
    re.I,
)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|has|have|does|do|can|cannot|outperforms?|surpass(?:es)?|exceeds?|beats?|requires?|"
    r"needs?|supports?|works?|lacks?|fails?|struggles?)\b",
    re.I,
)
_UNFINISHED = re.compile(
    r"(?:\b(?:with|by|for|including|includes?|supports?|provides?|offers?|via|as|to|are|is|of|on|in|from|using|"
    r"features?|the|following|like|capabilities)|steps?|ways?|options?|needs)\s*[:.]?$",
    re.I,
)
_OPENING = re.compile(r"^(?:(?:A|Q|Answer|Yes|No|Note|NB|Tip|Warning|Important|Disclaimer)\s*[:.,!]\s+|(?:please )?note that\s+|"
                      r"\[?\d{1,2}/\d{1,2}(?:/\d+)?\]?\s+|"
                      r"(?:in particular|in contrast|as a result|overall|for this reason)\s*,\s+)+", re.I)  # fmt: skip
# Words that point at the page around the sentence.
_LEANS = re.compile(
    r"^(?:\S+ ?){1,3}, (?:in contrast|by contrast|however|though|too|on the other hand),|"
    r"^(?:below|above|with above|under above|another|one of these|none of|no,|yes,|\w+\):|the (?:latter|former|above|following)\b)|"
    r"\?\s|\[[ xX!]|"
    r"\b(?:do(?:es|ing)? (?:this|that|so)|by that|that (?:measure|way|case|point)|stands? on it|is compared with\.$|the following|"
    r"above settings|as above|such an? \w+|both others|the equal|the other two)\b|"
    r"^\S+(?: \S+){0,2} (?:then|itself) |^\S+ [a-z]+s (?:it|them)\b|"  # a pronoun that cannot be the subject again
    r"``|\bthe same (?:feature|kind|way|selective way|two|approach|newsletter|source)\b|\bthere[.,]?$|\bthere, also\b|\b(?:click|sign "
    r"up)\b|!\s*$(?<=soon!)",
    re.I,
)
# A sentence that broke off.
_CUT_SHORT = re.compile(r"\b(?:you|the|an?|or|and|of|to|with|for|by|is|are|almost|e\.g|i\.e|(?<!['’])[b-z])\.$")
_ANAPHOR = re.compile(
    r"^(?:the (?:first|second|third|other|others|earlier|same|rest|two|three|result|results)|(?:first|second|third|two|three|both|"
    r"several|some|all|any other|everything|only|each))\s+"
    r"(?:of (?:them|these)|[a-z]+s?\b)|^(?:\w+\s+){0,6}also\b|\b(?:it|they|them) (?:is|are) (?:compared|listed)\b|^working\b|^by "
    r"(?:that|this)\b|^asked\b|^on (?:that|this|one)\b|\btheir figure\b",
    re.I,
)  # fmt: skip


def voiced(statement: Statement, names: Names) -> str | None:
    """A sentence that stands alone and says what the statement says, or None."""
    text = _spoken(statement, names) or _part(statement, names)
    if text is None or _LEANS.search(text) or _CUT_SHORT.search(text) or (_ANAPHOR.search(text) and names.opens(text) is None):
        return None
    return text


def _part(statement: Statement, names: Names) -> str | None:
    """The longest sentence that a long or entangled one says by itself and that stands alone."""
    if statement.kind not in {"sentence", "item"} or statement.printed:
        return None
    return next((text for part in facets(statement.text, names) if (text := stand_alone(part, Leaning(names))) == part), None)


def _spoken(statement: Statement, names: Names) -> str | None:
    if statement.printed and not statement.composed and not _is_headline(statement.text, names):
        return _clean(statement.printed, names)
    if statement.kind in {"heading", "comment", "row"}:
        return statement.printed
    text = statement.text.strip()
    if statement.lead and statement.body and re.search(r"\w{3}", statement.body) and _WE.match(statement.body):
        text = statement.body
    if len(text) < 30:
        return statement.printed
    return _told(text, names) or statement.printed


def clauses(statement: Statement, names: Names) -> list[str]:
    """Clauses listed after a colon ("... beside it: A is faster; B is smaller"), each with the introduction."""
    opening, colon, rest = statement.text.partition(": ")
    parts = [part.strip(" .") for part in rest.split("; ")]
    if not colon or len(parts) < 2 or len(opening) > 120:
        return []
    made = [stand_alone(f"{opening}: {part}", Leaning(names)) for part in parts if len(part.split()) >= 4]
    return [text for text in made if text]


def _clean(text: str, names: Names) -> str | None:
    """Without an answer's or a note's opening words ("Yes.", "A:", "Note that")."""
    stripped = _OPENING.sub("", text)
    return text if stripped == text else stand_alone(stripped, Leaning(names))


def _is_headline(text: str, names: Names) -> bool:
    """Whether a text is a name and what it is, without a verb ("NAME, the first ...")."""
    called = names.opens(text)
    rest = text[len(called) :].lstrip(" ,:–—-") if called and text.startswith(called) else ""
    return bool(_HEADLINE.match(rest)) and not _PREDICATE.search(rest.split(" for ")[0])


def _told(text: str, names: Names) -> str | None:
    leaning = Leaning(names)
    conceded = _CONCESSION.match(text)
    if conceded and names.opens(conceded["own"]) and re.search(r"[A-Z]", conceded["other"]):
        return finished(text) if stand_alone(conceded["own"].rstrip(". ") + ".", leaning) else None
    possessive = names.name + ("'" if names.name.endswith("s") else "'s")
    if text.endswith(":"):
        if _UNFINISHED.search(text) or not _PREDICATE.search(text):
            return None
        text = text.rstrip(": ")
    made = _WE.sub(f"{possessive} makers ", text, count=1)
    if made != text:
        made = re.sub(r"\bwe\b", "they", re.sub(r"\bour\b", "their", re.sub(r"\bus\b", "them", made)))
    if made == text:
        made = _OUR.sub(f"{possessive} ", text, count=1)
    if made == text:
        if _is_headline(text, names):
            called = names.opens(text) or names.name
            rest = text[len(called) :].lstrip(" ,:–—-")
            made = f"{called} is {rest[:1].lower()}{rest[1:]}"
        elif not _PREDICATE.search(text):
            return None
    return stand_alone(made, leaning)
