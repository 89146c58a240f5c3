"""What stands, put into words: frames filled, subjects varied, short neighbours joined. Nothing is said here that was not grounded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.domain.capability import Check, ClaimStatus, DocumentHead, claim_id
from agent.domain.draft import DraftBlock, DraftSection, DraftSentence
from agent.text.words import Word, tag
from agent.writing.base import Party, Planned, PlannedBlock, PlannedSection, Said
from agent.writing.grounded import Verdict
from agent.writing.styles import Wording

# Verb forms after which a name can be "it" and nothing else changes; past forms may be participles ("X fine-tuned on ..., scores").
_FINITE = frozenset({"VVZ", "VBZ", "VHZ", "VDZ", "VM0"})
_VERBS = _FINITE | {"VVB", "VBB", "VHB", "VDB", "VVD", "VBD", "VHD"}
_JOINED = 95  # characters of a sentence that can be half of a longer one
_APART = (";", ":", ", and it ", "?", "!")


@dataclass(frozen=True)
class Words:
    """What realising needs of the page: the parties by slug, the verdicts, the style's wording, the documents' hashes."""

    parties: Mapping[str, Party]
    verdicts: Mapping[Said, Verdict]
    wording: Wording
    hashes: Mapping[str, str]
    alike: bool = True


@dataclass(frozen=True)
class _Line:
    """A sentence in the making: its text and the things said in it."""

    text: str
    said: tuple[Said, ...]


def words_for(parties: Sequence[Party], documents: Sequence[DocumentHead], verdicts: Mapping[Said, Verdict], wording: Wording) -> Words:
    """What realising needs, out of a plan and its verdicts."""
    kinds = {_kind(party.head.type) for party in parties}
    hashes = {document.id: document.sha256 for document in documents}
    return Words({party.slug: party for party in parties}, verdicts, wording, hashes, len(kinds) == 1)


def realised(section: PlannedSection, words: Words) -> DraftSection:
    """A section in words."""
    names = [party.name for party in words.parties.values()]
    name = words.parties[section.artifact].name if section.artifact else names[0]
    blocks = [_block(block, words) for block in section.blocks]
    return DraftSection(
        key=section.key,
        title=words.wording("heading", section.key, name, len(names) > 1, words.alike),
        artifact=section.artifact,
        blocks=blocks,
        rows=list(section.rows),
        note=_note(section, words, bool(blocks)),
    )


def _note(section: PlannedSection, words: Words, told: bool) -> str:
    """What the program says of a section: what was not found, and by whom of the two; the caption of a table."""
    if section.rows:
        return words.wording("by_score", section.note, words.alike) if section.note else ""
    if not section.note:
        name = words.parties[section.artifact].name if section.artifact else ""
        return "" if told else words.wording("nothing", section.key, name)
    named = [party.name for slug, party in words.parties.items() if slug in section.note.split(",")]
    return words.wording("note", section.key, named)


def _block(block: PlannedBlock, words: Words) -> DraftBlock:
    lines: list[_Line] = []
    for number, one in enumerate(block.sentences):
        line: _Line | None = _framed(one, words) if one.frame not in ("", "as_is") else _Line(one.pieces[0].text, one.pieces)
        if line is not None and not one.frame and number:
            previous = block.sentences[number - 1]
            if previous.frame or previous.artifact != one.artifact:
                line = _across(line, words) if block.label else line
            else:
                line = _onward(lines, line, words)
        if line is not None:
            lines.append(line)
    return DraftBlock(form=block.form, label=block.label, artifact=block.artifact, sentences=[_sentence(line, words) for line in lines])


def _framed(one: Planned, words: Words) -> _Line:
    wording, pieces = words.wording, one.pieces
    names = [words.parties[said.artifact].name for said in pieces]
    if one.frame in ("alike", "unlike"):
        text = wording(one.frame, names, [said.text for said in pieces])
    elif one.frame == "both":
        text = wording("both", names, pieces[0].text)
    elif one.frame == "pick":
        text = wording("pick", names[0], [said.text for said in pieces])
    else:
        text = wording("need", pieces[0].text)
    return _Line(text, pieces)


def _across(line: _Line, words: Words) -> _Line:
    """The second of two sides: its name stays, an opening may stand before it."""
    party = words.parties[line.said[0].artifact]
    name, rest = _name_of(line.text, party), _after_name(line.text, party)
    opening = words.wording.opening("across") if name and rest else ""
    return _Line(f"{opening}{_inside(name, party)} {rest}", line.said) if opening and name else line


def _onward(lines: list[_Line], line: _Line, words: Words) -> _Line | None:
    """A sentence after another of the same artifact: joined to it (None), with a pronoun, with an opening, or as it is."""
    party, previous = words.parties[line.said[0].artifact], lines[-1]
    rest = _after_name(line.text, party)
    subject = _subject(previous.text, party)
    if rest is not None and subject == "name" and _whole(line, previous, words) and words.wording.chance(line.text, 2):
        lines[-1] = _Line(f"{previous.text.rstrip('.')}, and it {rest}", previous.said + line.said)
        return None
    if rest is not None and subject == "name":
        return _Line(f"It {rest}", line.said)
    owned = _after_possessive(line.text, party)
    if owned is not None and subject in ("name", "it"):
        return _Line(f"Its {owned}", line.said)
    if rest is not None and subject == "it" and len(lines) > 1:
        return _Line(words.wording.opening("onward") + f"{_inside(_name_of(line.text, party) or party.name, party)} {rest}", line.said)
    return line


def _whole(line: _Line, previous: _Line, words: Words) -> bool:
    """Whether two sentences are short and plain enough to be one."""
    supported = all(words.verdicts[said].status == "supported" for said in (*line.said, *previous.said))
    short = all(len(one.text) <= _JOINED and not any(mark in one.text for mark in _APART) for one in (line, previous))
    return supported and short and len(previous.said) == 1 and " and " not in previous.text and previous.text.endswith(".")


def _name_of(text: str, party: Party) -> str | None:
    """The name a sentence begins with, as it stands there: "The" before it and a capital first letter included."""
    for name in sorted(party.names, key=len, reverse=True):
        match = re.match(rf"(?:The )?{re.escape(name)}(?= )", text, re.I)
        if match:
            return match[0]
    return None


def _after_name(text: str, party: Party) -> str | None:
    """What follows the name where a finite verb does, so that the name can be "it"."""
    name = _name_of(text, party)
    if name is None:
        return None
    rest = text[len(name) + 1 :]
    return rest if _begins_with_a_verb(tag(f"It {rest}")[1:5]) else None


def _begins_with_a_verb(words: Sequence[Word]) -> bool:
    """Whether a predicate begins here, after at most one adverb; the tagger takes many a verb in -s for a plural ("loads many models")."""
    tags = [word.tag for word in words]
    if tags[:1] == ["AV0"]:
        tags = tags[1:]
    if tags[:1] == ["NN2"]:
        return tags[1:2] in (["AT0"], ["DT0"], ["AV0"], ["DPS"], ["CRD"]) and not any(one in _VERBS for one in tags[1:])
    return tags[:1] != [] and tags[0] in _FINITE


def _inside(name: str, party: Party) -> str:
    """The name as it stands inside a sentence: its own spelling, "the" before it small where it is not part of it."""
    own = next((n for n in party.names if n.casefold() == name.casefold()), None)
    return own or f"the {next(n for n in party.names if name.casefold() == f'the {n}'.casefold())}"


def _after_possessive(text: str, party: Party) -> str | None:
    for name in sorted(party.names, key=len, reverse=True):
        for mark in ("'s ", "’s "):
            if text.startswith(name + mark):
                return text[len(name + mark) :]
    return None


def _subject(text: str, party: Party) -> str:
    """What a sentence has as its subject: the artifact by name, the artifact as "it", or something else."""
    for opening in ("In addition, ", "Beyond that, ", "Besides, "):
        text = text.removeprefix(opening)
    if text.startswith("It "):
        return "it"
    return "name" if _after_name(text, party) is not None else ""


def _sentence(line: _Line, words: Words) -> DraftSentence:
    evidence = list(dict.fromkeys(e for said in line.said for e in said.evidence))
    first = line.said[0]
    status: ClaimStatus = "one_sided" if any(words.verdicts[said].status == "one_sided" for said in line.said) else "supported"
    checks: dict[Check, None] = dict.fromkeys(check for said in line.said for check in words.verdicts[said].checks)
    return DraftSentence(
        id=claim_id(first.kind, line.text, [(words.hashes.get(e.document_id, e.document_id), e.start, e.end) for e in evidence]),
        kind=first.kind,
        text=line.text,
        status=status,
        alternatives=list(first.alternatives),
        evidence=evidence,
        checks=list(checks),
        artifact=first.artifact,
        said=[said.text for said in line.said],
        claims=list(dict.fromkeys(claim for said in line.said for claim in said.claims)),
    )


def _kind(name: str) -> str:
    """Library and framework count as one kind."""
    return "library" if name == "framework" else name
