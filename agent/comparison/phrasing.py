"""How claims are put into sentences of the comparison."""

from __future__ import annotations

import re

from agent.domain.artifact import Manifest
from agent.domain.capability import Capability, Claim
from agent.domain.comparison import Side
from agent.text.words import tag, word_set

_KINDS = r"(?:dataset|data set|corpus|models?|library|framework|server|benchmark|toolkit|package|project)"
_LETS = re.compile(r"(?:lets (?:you|users|one)|(?:allows|enables) (?:you|users|one) to|can be used to) ")
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
    return _need_it_to(rest) or f"this counts: {sentence}"


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


def _want_to(rest: str) -> str | None:
    """ "you want to pick a pitch." of "pick a pitch."; None where no verb comes first or the sentence goes on about something else."""
    words = tag(f"You can {rest}")
    plain_verb = len(words) > 2 and words[2].tag in {"VVI", "VVB", "VBI", "VHI", "VDI"}
    return f"you want to {rest}" if plain_verb and not _own_voice(rest) else None


def _need_it_to(rest: str) -> str | None:
    """ "you need it to batch requests." of "batches requests."; None where a second verb would have to change with the first."""
    words = tag(f"It {rest}")
    if len(words) < 3 or words[1].tag != "VVZ" or words[1].lemma in _EMPTY_VERBS or _own_voice(rest):
        return None
    # A second verb after "and" keeps its -s; so does many a noun, but then the sentence as it is does no harm.
    if any(word.tag in _FINITE for word in words[2:]) or re.search(r"(?:,|\b(?:and|or|but|then))\s+(?:\w+ly\s+)?\w*[^\Ws]s\b", rest):
        return None
    return f"you need it to {words[1].lemma}{rest[words[1].end - len('It ') :]}"


def _own_voice(rest: str) -> bool:
    """Whether a sentence speaks of the artifact a second time, which "you need it to" would turn round."""
    return bool(re.search(r"\b(?:it|its|they|their|them|this|these)\b|[:;]", rest))
