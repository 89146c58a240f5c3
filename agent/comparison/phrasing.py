"""How claims are put into sentences of the comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from agent.domain.artifact import Manifest
from agent.domain.capability import Capability, Claim
from agent.domain.comparison import Side
from agent.text.words import Word, tag, word_set

_KINDS = r"(?:dataset|data set|corpus|models?|library|framework|server|benchmark|toolkit|package|project)"
_LETS = re.compile(r"(?:lets (?:you|users|one)|(?:allows|enables) (?:you|users|one) to|can be used to) ")
_ABLE = re.compile(r"(?:can|is able to|is (?:designed|built|made) to) (?!be\b)")
_OFFERS = re.compile(
    r"(?:also )?(?:supports|offers|provides|includes|features|has|contains|holds|comes with|"
    r"comprises) (?:support for |the ability to )?(?=[\w(`>])"
)
_FINITE = {"VVZ", "VBZ", "VBD", "VBB", "VHZ", "VHB", "VHD", "VDZ", "VDD", "VVD", "VM0"}
_EMPTY_VERBS = word_set("come contain work rely belong stand depend aim support offer provide include")  # the sentence says it better


def plain(text: str) -> str:
    """A claim's sentence with its full stop."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def need(claim: Claim, side: Side) -> str:
    """What a reader needs when a claim is for them, as a clause after "when".

    "you need a dataset of prose." of what the artifact is, "you want to pick a pitch." of what it lets users do, "you need it to batch
    requests." of what it does, where one finite verb is all there is to change; else the claim's own sentence: "this counts: ...".
    """
    sentence = plain(claim.text)
    defined = definition(sentence, side.manifest)
    if defined:
        return f"you need {defined}"
    told = re.match(rf"Use (?:{'|'.join(map(re.escape, called(side.manifest)))}) (?:when|if) (?=you\b)", sentence)
    if told:
        return sentence[told.end() :]
    rest = _after_name(sentence, side.manifest)
    if rest is None:
        return f"this counts: {sentence}"
    allowed = _LETS.match(rest)
    if allowed and (wanted := _want_to(rest[allowed.end() :])):
        return wanted
    able = _ABLE.match(rest)
    if able and (wanted := _want_to(rest[able.end() :])):
        return f"you need it to {wanted.removeprefix('you want to ')}"
    return _need_of(rest) or _need_it_to(rest) or f"this counts: {sentence}"


def offered(sentence: str, manifest: Manifest) -> str | None:
    """What the artifact has for its users, of a sentence that says no more: "typed graphs." of "Marsh offers typed graphs."."""
    rest = _after_name(plain(sentence), manifest)
    found = _need_of(rest) if rest is not None else None
    return found.removeprefix("you need ") if found else None


def leads_with_its_name(claim: Claim, capability: Capability) -> bool:
    """Whether a claim is a list item that begins with the capability's name as its label: "Roof surveys: ..."."""
    return claim.text.casefold().startswith(f"{capability.name.casefold()}: ")


def called(manifest: Manifest) -> tuple[str, ...]:
    """What documents call the artifact, the longest first: names, and the name without what stands behind it in brackets."""
    plain_name = re.sub(r"\s*\([^()]*\)$", "", manifest.name)
    return tuple(sorted(dict.fromkeys((*manifest.names(), plain_name)), key=lambda name: (-len(name), name)))


def definition(sentence: str, manifest: Manifest) -> str | None:
    """What the artifact is, of a sentence that says so: "a dataset of prose." of "Marsh is a dataset of prose."."""
    names = "|".join(map(re.escape, called(manifest)))
    match = re.match(rf"(?:The )?(?:{names})(?:[- ]?v?\d[\w.]*)?(?: {_KINDS})?(?: \([^)]*\))? is (an? .+)", sentence, re.I)
    return match[1] if match else None


def _after_name(sentence: str, manifest: Manifest) -> str | None:
    """What follows the artifact's name at the start of a sentence."""
    name = next((n for n in called(manifest) if sentence.casefold().startswith(f"{n} ".casefold())), None)
    return None if name is None else sentence[len(name) + 1 :]


def _need_of(rest: str) -> str | None:
    """ "you need typed graphs." of "offers typed graphs."; None where a verb follows or the sentence goes on."""
    offers = _OFFERS.match(rest)
    if offers is None or _own_voice(rest) or re.search(r",\s(?:and|which|but|so)\s\w+s\b", rest):
        return None
    words = tag(f"It {rest}")
    start = offers.end() + len("It ")
    had = [word for word in words if word.start >= start]
    if not had or (
        re.match(r"\w+ing\b", had[0].text) and len(had) > 1 and (had[1].tag[:2] in {"AT", "DP", "NP", "PN"} or had[1].text[:1].isupper())
    ):
        return None
    for before, word in pairwise(had):
        if (
            word.tag in _FINITE
            and before.tag[:2] not in {"AT", "AJ", "DP", "PR", "CR", "TO", "DT"}
            and before.text.lower() not in {"that", "which", "to"}
        ):
            return None
    return f"you need {rest[offers.end() :]}"


def _does(words: Sequence[Word]) -> bool:
    """Whether words begin with a gerund that is a deed ("marrying one with another", "diving deeper") and no thing ("streaming output")."""
    if not re.match(r"\w+ing$", words[0].text) or len(words) == 1 or words[1].tag == "PUN":
        return False
    return words[1].tag[:2] != "NN" or words[1].text[:1].isupper()


def _after_noun_mark(before: Word) -> bool:
    """Whether the word after this one is no second verb of the sentence: it is a noun, or the verb of a relative clause."""
    return before.tag[:2] in {"AT", "AJ", "DP", "PR", "CR", "TO", "DT"} or before.text.lower() in {"that", "which", "to"}


def _want_to(rest: str) -> str | None:
    """ "you want to pick a pitch." of "pick a pitch."; None where no verb comes first or the sentence goes on about something else."""
    words = tag(f"You can {rest}")
    plain_verb = len(words) > 2 and words[2].tag in {"VVI", "VVB", "VBI", "VHI", "VDI"}
    return f"you want to {rest}" if plain_verb and not _own_voice(rest) else None


def _need_it_to(rest: str) -> str | None:
    """ "you need it to batch requests." of "batches requests."; None where a second verb would have to change with the first."""
    words = tag(f"It {rest}")
    if len(words) < 3 or not _a_verb(words[1], words[2]) or words[1].lemma in _EMPTY_VERBS or _own_voice(rest):
        return None
    # A second verb after "and" keeps its -s; so does many a noun, but then the sentence as it is does no harm.
    second = any(word.tag in _FINITE and not _a_noun(before, word) for before, word in pairwise(words[1:]))
    if second or re.search(r"(?:,|\b(?:and|or|but|then))\s+(?:\w+ly\s+)?\w*[^\Ws]s\b", rest):
        return None
    return f"you need it to {words[1].lemma}{rest[words[1].end - len('It ') :]}"


def _a_verb(word: Word, after: Word) -> bool:
    """Whether the word behind a name is its verb: tagged so, or a plural that has an object ("segments a picture")."""
    return word.tag == "VVZ" or (word.tag == "NN2" and word.text.islower() and after.tag[:2] in {"AT", "NN", "AJ", "DP", "CR", "DT"})


def _a_noun(before: Word, word: Word) -> bool:
    """Whether what is tagged as a verb in -s must be a noun: it follows a preposition, an article, an adjective or the verb itself."""
    return word.text.endswith("s") and before.tag[:2] in {"PR", "AT", "AJ", "DP", "CR", "VV"}


def _own_voice(rest: str) -> bool:
    """Whether a sentence speaks of the artifact a second time, which "you need it to" would turn round."""
    return bool(re.search(r"\b(?:it|its|they|their|them|this|these)\b|[:;]", rest))
