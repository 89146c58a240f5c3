"""What a plan may take from: an artifact's claims, each given out once, and the phrases its evidence allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from agent.domain.capability import Capability, Claim, ClaimKind, Evidence
from agent.domain.comparison import Choice
from agent.text.words import tag, word_set
from agent.writing.base import Party, Said, said_of
from agent.writing.fitness import denies, fitness, leads_with, of_its_makers, purposeful

_SHORT = 200  # characters of a sentence near the top of a page
_ENOUGH = 0.5  # fitness from which a sentence is taken without need
_SAME = 0.6  # of the smaller set of words: two sentences that share this much say one thing
_IMPORTANCE = {"core": 0.4, "major": 0.15, "minor": 0.0}
_KIND_OF = re.compile(r"\bis ((?:an?|the|[A-Z]\w+['’]s) [^,:;]+?)(?=[,:;]| that | which | from | by | with |\.$|$)")
_JOB = re.compile(r"^[A-Z]?[a-z]+ing\b(?! (?:and|or)\b)")
_OPEN_END = re.compile(
    r"(?i)\b(?:the|this|that|its|their) [\w-]+(?: [\w-]+)?$|\bversion$|,|\w(?:mit|fer|cur|pel)ing\b|\bborrowing\b"
)  # "answering in the language": in which, the name does not say
_JOB_WORDS = 9
_FEW = 2  # needs that do not make a list yet
# Gerunds that tell what documents or makers do, or what a thing is like, and no job of a user's.
_NO_JOB = word_set(
    "being having listing holding keeping supporting providing offering including containing versioning suggesting pointing "
    "reporting supplying documenting showing exposing covering powering benefiting working fitting belonging consisting "
    "coming going becoming getting requiring needing publishing announcing processing joining connecting according "
    "string thing trading registering during pretraining hugging choosing"
)
_WANTED = re.compile(r"^Choose .+? when (you (?:need|want) .+)$", re.S)
_FOR = re.compile(r"\bfor ((?:\w+ly )?\w+ing [^,:;]+?)(?=[,:;]|\.$|$)")


@dataclass(frozen=True)
class Found:
    """A claim with the place of its capability and how well it reads."""

    claim: Claim
    capability: Capability
    order: int
    worth: float

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands: sentences of one document in its own order read as one train of thought."""
        first = self.claim.evidence[0] if self.claim.evidence else None
        return (first.document_id, first.start) if first else ("", 0)


class Shelf:
    """One artifact's claims. What is taken is gone, and so is whatever says nearly the same."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self._taken: list[frozenset[str]] = []
        self._ids: set[str] = set()

    def find(self, *kinds: ClaimKind, within: Callable[[Capability], bool] | None = None) -> list[Found]:
        """The claims of these kinds that are still there, best first."""
        found: dict[str, Found] = {}
        for order, capability in enumerate(self.party.capabilities):
            if within is not None and not within(capability):
                continue
            for claim in _claims(capability, kinds):
                worth = fitness(claim, self.party.names, self.party.variants)
                if worth is not None and claim.id not in found and self.free(claim):
                    value = worth + _IMPORTANCE[capability.importance] - order / 200
                    found[claim.id] = Found(claim, capability, order, value)
        return sorted(found.values(), key=lambda one: (-one.worth, one.order))

    def free(self, claim: Claim) -> bool:
        """Whether neither this claim nor one that says nearly the same was taken."""
        words = self._words(claim.text)
        return claim.id not in self._ids and not any(
            len(words & earlier) >= _SAME * max(1, min(len(words), len(earlier))) for earlier in self._taken
        )

    def fits(self, claim: Claim) -> bool:
        """Whether a claim can stand out of its place at all."""
        return fitness(claim, self.party.names, self.party.variants) is not None

    def take(self, claim: Claim) -> Said | None:
        """The claim as something to say, once; None where it was said already."""
        if not self.free(claim):
            return None
        self._ids.add(claim.id)
        self._taken.append(self._words(claim.text))
        return said_of(self.party.slug, claim)

    def some(self, found: Iterable[Found], most: int, least: int = 0) -> list[Said]:
        """Take up to `most` of the claims that read well, in the order of their documents; fillers only up to `least`."""
        chosen: list[tuple[Found, Said]] = []
        for one in found:
            if len(chosen) >= most or (one.worth < _ENOUGH and len(chosen) >= least):
                break
            said = self.take(one.claim)
            if said is not None:
                chosen.append((one, said))
        documents = list(dict.fromkeys(one.place[0] for one, _ in chosen))
        ordered = sorted(chosen, key=lambda pair: (documents.index(pair[0].place[0]), pair[0].place[1]))
        return [said for _, said in ordered]

    def _words(self, text: str) -> frozenset[str]:
        for name in sorted((*self.party.names, *self.party.variants), key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", " ", text, flags=re.I)
        return frozenset(word.lemma for word in tag(text) if word.content)


def purposes(shelf: Shelf, most: int, *kinds: ClaimKind) -> list[Said]:
    """Sentences that say what an artifact is for: its core capabilities', and others that name a purpose."""

    def telling(capability: Capability) -> bool:
        return capability.importance == "core" or any(purposeful(claim.text) for claim in (*capability.summary, *capability.unique))

    found = shelf.find(*kinds, within=telling)
    led = [one for one in found if leads_with(one.claim.text, shelf.party.names) and len(one.claim.text) <= _SHORT]
    best = sorted(led, key=lambda one: (not purposeful(one.claim.text), -one.worth, one.order))
    return shelf.some(best[:most], most, least=1) or shelf.some(found[:1], 1, least=1)


def is_kind(said: Said) -> bool:
    """Whether a phrase names a kind of thing ("a dataset of prose") rather than a job."""
    return said.text.startswith(("a ", "an "))


def with_purpose(party: Party, wanted: list[Said]) -> list[Said]:
    """Needs with what the definition says an artifact is for before them; with what kind of thing it is where they are few.

    A kind that only one thing is ("X's model") is no need.
    """
    purpose = purpose_of(party)
    if purpose is None or not (re.match(r"\w+ing\b", purpose.text) or (is_kind(purpose) and len(wanted) < _FEW)):
        return wanted
    return distinct([purpose, *wanted])


def mentions(text: str, party: Party) -> bool:
    """Whether a text names an artifact, a version or a size of it."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) for name in (*party.names, *party.variants))


def silent(parties: Sequence[Party], field: str) -> str:
    """The slugs of the parties of which no printed claim of a capability's field is known, with commas between."""
    return ",".join(p.slug for p in parties if not any(c.printed for capability in p.capabilities for c in getattr(capability, field)))


def phrase(party: Party, text: str, evidence: Sequence[Evidence], claims: Sequence[str] = ()) -> Said:
    """A need or a kind, to stand inside a frame."""
    return Said(artifact=party.slug, text=text, evidence=tuple(evidence), claims=tuple(claims), phrase=True)


def kind_of(party: Party) -> Said | None:
    """What kind of thing an artifact is, in the words of its definition: "a dataset of English text"."""
    if party.definition is None:
        return None
    match = _KIND_OF.search(party.definition.text)
    return phrase(party, match[1], party.definition.evidence, [party.definition.id]) if match else None


def purpose_of(party: Party) -> Said | None:
    """What an artifact is for, in the words of its definition: "training large language models", else its kind."""
    if party.definition is None:
        return None
    match = _FOR.search(party.definition.text)
    return phrase(party, match[1], party.definition.evidence, [party.definition.id]) if match else kind_of(party)


def jobs_of(party: Party, within: Callable[[Capability], bool] | None = None) -> list[Said]:
    """What users do with an artifact, in the words of its capabilities' names: "serving an OpenAI-compatible API"; core ones first."""
    found = []
    for capability in sorted(party.capabilities, key=lambda c: _IMPORTANCE[c.importance], reverse=True):
        words = capability.name.split()
        fits = (
            _JOB.match(capability.name)
            and not _OPEN_END.search(capability.name)
            and 2 <= len(words) <= _JOB_WORDS
            and words[0].casefold() not in _NO_JOB
        )
        claims = [
            claim for claim in capability.summary[:1] if claim.printed and not denies(claim.text) and _is_its_own(party, words[0], claim)
        ]
        if fits and claims and (within is None or within(capability)):
            name = capability.name[:1].lower() + capability.name[1:]
            found.append(phrase(party, name, claims[0].evidence, [claims[0].id]))
    return found


def _is_its_own(party: Party, gerund: str, claim: Claim) -> bool:
    """Whether a job is the artifact's: its claim has the artifact as subject, or does not name the job (then a heading does).

    "Writing papers" of "a model can learn to write papers" is nobody's reason to choose the dataset the sentence is about.
    """
    stem = gerund.casefold().removesuffix("ing")[:4]
    if leads_with(claim.text, (*party.names, *party.variants)):
        return not of_its_makers(claim.text)
    return not any(word.verb and word.lemma.startswith(stem) for word in tag(claim.text))


def distinct(phrases: Iterable[Said]) -> list[Said]:
    """Phrases of which none repeats an earlier one: fewer than half of the content words of the shorter are kin to the other's."""
    kept: list[tuple[Said, list[str]]] = []
    for one in phrases:
        words = [word.lemma for word in tag(one.text) if word.content]
        if words and not any(_alike(words, earlier) for _, earlier in kept):
            kept.append((one, words))
    return [one for one, _ in kept]


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    short, long = sorted((a, b), key=len)
    return sum(any(word == other or _kin(word, other) for other in long) for word in short) * 2 >= len(short)


def wanted_of(choice: Choice) -> str | None:
    """What a reason to choose names as a need ("you need it to batch requests"), where it does, and every claim behind it has a quote."""
    match = _WANTED.match(choice.text)
    if match is None or ": " in match[1] or not all(claim.evidence for claim in choice.claims):
        return None
    wanted = match[1].rstrip(".")
    return wanted if wanted.startswith(("you need it to ", "you want ")) else wanted.removeprefix("you need ")


def _kin(a: str, b: str) -> bool:
    """Whether two words share a stem of five letters: "segmentation" and "segments"."""
    return len(a) >= 5 and len(b) >= 5 and a[:5] == b[:5]


def _claims(capability: Capability, kinds: Sequence[ClaimKind]) -> list[Claim]:
    fields: dict[str, list[Claim]] = {
        "summary": capability.summary,
        "unique": capability.unique,
        "vs_alternatives": capability.vs_alternatives,
        "limitation": capability.limitations,
    }
    return [claim for kind in kinds for claim in fields.get(kind, [])]
