"""Small questions of grammar: has a phrase a verb, does a noun phrase need an article."""

from __future__ import annotations

from agent.engines.extractive.statements.verbs import VERBS
from agent.text.words import Word, tag, word_set

_COUNT_HEADS = word_set(
    "server api interface tool library engine model dataset framework pipeline system client agent ui cli dashboard viewer editor "
    "parser tokenizer "
    "benchmark toolkit sdk plugin extension module store database index script notebook function method mode option way set collection "
    "list class "
    "corpus language format version command platform service layer encoder decoder network loader wrapper playground leaderboard app "
    "application suite filter script proxy client viewer frontend backend implementation replication harness"
)


def has_verb(text: str) -> bool:
    """Whether a plain text has a finite verb of its own, so that it can be a sentence.

    The tagger takes verbs of unknown subjects for plural nouns ("Lumen caches calls"): common verbs between a noun and an object count too.
    """
    words = tag(text)
    if len(words) > 1 and (words[0].tag in {"VVB", "VVI", "VDB", "VHB", "VBB"} or _imperative(words[0], words[1])):
        return True
    if any(word.tag in {"VVZ", "VVB", "VVD", "VBZ", "VBB", "VBD", "VHZ", "VHB", "VHD", "VDZ", "VDB", "VM0"} for word in words):
        return True
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if (
            word.tag == "NN2"
            and word.lemma in VERBS
            and (before.noun or before.tag == "AV0")
            and after.tag[:2] in {"NN", "NP", "AT", "AJ", "DT", "DP", "VV", "CR"}
        ):
            return True
    return False


def may_have_verb(text: str) -> bool:
    """Whether any word is a form of a common verb, whatever the tagger makes of it."""
    return any(word.lemma in VERBS or word.text.casefold() in VERBS for word in tag(text))


def begins_with_verb(text: str) -> bool:
    """Whether the first word is the base form of a common verb ("Save a scene", also "Batch inference")."""
    words = text.split()
    return bool(words) and words[0].casefold().strip(",") in VERBS


def _imperative(first: Word, second: Word) -> bool:
    """ "Train models", "Cache calls": a base form that the tagger took for a noun, before a noun phrase."""
    base = first.text.casefold() == first.lemma and first.lemma in VERBS
    return (
        base
        and first.text[:1].isupper()
        and second.tag[:2] in {"NN", "NP", "AT", "AJ", "DT", "DP", "CR"}
        and second.text[:1].islower()
        and (second.tag in {"NN2", "AT0", "DPS", "CRD", "DT0"} or first.tag in {"VVB", "VVI"})
    )


def article_for(text: str) -> str:
    """ "a " or "an " where a noun phrase with a singular countable head has no determiner, else ""."""
    words = tag(text)
    if not words or words[0].tag in {"AT0", "DT0", "DPS", "CRD", "DTQ", "PNP", "PNI"} or text[:1].isdigit():
        return ""
    head = None
    for word in words:
        if word.tag in {"PRP", "PRF", "CJS", "CJT", "TO0", "PUN", "CJC"} and head is not None:
            break
        if word.noun:
            head = word
        elif head is not None and word.tag not in {"AJ0", "VVN", "VVG", "CRD"}:
            break
    if head is None or head.tag == "NN2" or head.lemma not in _COUNT_HEADS or head.text.casefold() != head.lemma:
        return ""
    spelled = words[0].text
    vowel = spelled[0].casefold() in "aeio" or (spelled.isupper() and spelled[0] in "AEFHILMNORSX" and len(spelled) > 1)
    return "an " if vowel else "a "
