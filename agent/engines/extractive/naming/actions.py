"""Actions a sentence tells, as names: "segments images" -> "segmenting images", "image segmentation", "segmentation of images in ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.engines.extractive.naming.forms import ACTION_NOUNS, action_noun, adjective, gerund, known_verb, singular
from agent.engines.extractive.naming.phrases import BREAKS, EMPTY, FINITE, LIGHT, PRONOUNS, Reading
from agent.engines.extractive.naming.spans import Candidate, made, place_of, right_edge, spans
from agent.engines.extractive.statements.verbs import BOTH
from agent.text.words import Word, word_set

_HOLDS = word_set("provide contain offer include support have feature")  # a component that provides something is named by the thing
_LONGEST_BEFORE = 4  # words of an object that may stand before its action noun


def actions(read: Reading) -> Iterator[Candidate]:
    """Verbs with their objects: as gerunds, as action nouns after or before the object."""
    chunks = read.chunks()
    for at in range(read.start, len(read.words)):
        word = read.words[at]
        if word.tag not in {"VVB", "VVI", "VVZ", "VVG"} or not re.fullmatch(r"[A-Za-z]+(?:-[a-z]+)*", word.text):
            continue
        base = _base(word)
        leads = at == read.start or (read.subject == "component" and at == read.after_subject)
        if base in LIGHT and word.tag != "VVI" and (not leads or base in _HOLDS):
            continue
        if not _sure(read, at, base):
            continue
        yield from _of_verb(read, chunks, at)


def _sure(read: Reading, at: int, base: str) -> bool:
    """Whether a word surely is a verb: a known one, or where grammar allows no noun; else "dataset" would become "dataseting"."""
    word, before = read.words[at], read.words[at - 1] if at else None
    if known_verb(base) or (word.tag == "VVZ" and base in BOTH) or word.text.endswith("ing") or re.search(r"(?:[ai]te|i[sz]e|ify)$", base):
        return True
    asked = before is not None and (before.tag in {"TO0", "VM0"} or before.text.casefold() in {"you", "users", "helps"})
    return asked or (word.tag == "VVZ" and at == read.after_subject)


def _base(word: Word) -> str:
    return word.lemma if word.tag != "VVB" or known_verb(word.lemma) else word.text.casefold()


def _verbs(words: Sequence[Word], at: int) -> tuple[list[str], int]:
    """The base forms of a verb and of those joined to it ("lists, creates or closes"), and where their object begins."""
    verbs, after = [_base(words[at])], at + 1
    while after + 1 < len(words) and words[after].text in {"and", "or", ","}:
        step = 2 if words[after].text == "," and words[after + 1].text in {"and", "or"} else 1
        if after + step >= len(words) or words[after + step].tag not in {words[at].tag, "VVB", "VVI"}:
            break
        verbs.append(_base(words[after + step]))
        after += step + 1
    return verbs, after


def _of_verb(read: Reading, chunks: Sequence[tuple[int, int]], at: int) -> Iterator[Candidate]:
    words = read.words
    verbs, after = _verbs(words, at)
    base = verbs[0]
    number = next((n for n, (i, _) in enumerate(chunks) if i >= after), None)
    if number is None:
        return
    head, compact = chunks[number]
    between = words[after:head]
    if any(w.tag in FINITE | PRONOUNS | {"PUN", "CJC"} or w.text.casefold() in BREAKS for w in between):
        return
    through = [w for w in between if w.tag in {"PRP", "PRF", "AVP"}]
    if through and through[0].tag == "PRF":
        return
    manner = next((found for w in words[max(0, at - 1) : at + 4] if w.tag == "AV0" and (found := adjective(w.text))), None)
    before = (made(manner, "AJ0"),) if manner else ()
    where = {**place_of(read, at, at + 1), f"verb {base}": 1.0, "light": float(base in LIGHT), "verbs": float(len(verbs))}
    first = made(words[at].text.casefold() if words[at].tag == "VVG" else gerund(base), "VVG")
    doing = (first,) if len(verbs) == 1 else (first, made("and", "CJC"), made(gerund(verbs[-1]), "VVG"))
    nouns = () if base in LIGHT or len(through) > 1 or compact - head > _LONGEST_BEFORE else _nouns(verbs)
    for start, end in spans(read, number, chunks):
        place = {**where, **right_edge(read, end)}
        said = nouns and base in ACTION_NOUNS and not through and end == compact and end - start <= 2  # "image segmentation" says it
        if not said:
            yield Candidate((*doing, *through, *_article(between, words[start:end]), *words[start:end]), "gerund", place)
        tail = words[compact:end]
        plain = not tail or (not through and tail[0].tag == "PRP" and not any(w.tag in {"CJC", "PUN"} for w in tail))
        if nouns and plain and nouns[0].text != words[compact - 1].lemma:
            kind = "nominal" if base in ACTION_NOUNS else "nominal -ing"
            yield Candidate((*before, *_compound(words[start:compact]), *nouns, *tail), f"{kind} manner" if manner else kind, place)
        if base in ACTION_NOUNS and (through or tail or end - start > 2):
            joint = through or [made("of", "PRF")]
            yield Candidate((made(ACTION_NOUNS[base]), *joint, *words[start:end]), "noun of", place)


def _nouns(verbs: Sequence[str]) -> tuple[Word, ...]:
    """The action nouns of one verb or of the first and last of several, "and" between; empty where one has none."""
    found = [noun for verb in dict.fromkeys((verbs[0], verbs[-1])) if (noun := action_noun(verb))]
    if len(found) < min(2, len(set(verbs))):
        return ()
    words = [made(noun) for noun in found]
    return (words[0],) if len(words) == 1 else (words[0], made("and", "CJC"), words[1])


def _compound(words: Sequence[Word]) -> tuple[Word, ...]:
    """A noun phrase as the first part of a compound: its head in the singular."""
    last = words[-1]
    return (*words[:-1], replace(last, text=singular(last.text) if last.tag == "NN2" else last.text, tag="NN1"))


def _article(between: Sequence[Word], phrase: Sequence[Word]) -> list[Word]:
    """The article before an object whose head is a singular noun; plurals go without."""
    article = next((w for w in between if w.tag == "AT0"), None)
    end = next((i for i, w in enumerate(phrase) if w.tag in {"PRP", "PRF", "CJC", "PUN"}), len(phrase))
    if article is None:
        article = next((w for w in between if w.text.casefold() in {"each", "every", "any"}), None)
    if article is None or not end or phrase[end - 1].tag != "NN1":
        return []
    if article.text.casefold() in {"a", "an"} and any(w.text.casefold() in EMPTY for w in between):
        return [made("an" if phrase[0].text[:1].casefold() in set("aeiou") else "a", "AT0")]
    return [article]


def passives(read: Reading) -> Iterator[Candidate]:
    """ "Images are segmented", "cookies can be listed": the action after its subject, the subject after its participle."""
    words = read.words
    chunks = read.chunks()
    for at in range(read.start + 1, len(words)):
        if words[at].tag not in {"VVN", "VVD"} or words[at].lemma in LIGHT or not re.fullmatch(r"[a-z-]+", words[at].text):
            continue
        be = at - 1
        while be > 0 and words[be].tag in {"AV0", "XX0"}:
            be -= 1
        if words[be].tag not in {"VBZ", "VBB", "VBI", "VBD", "VBN"}:
            continue
        while be > 0 and words[be].tag in {"VBI", "VM0", "AV0", "VBN", "VHB", "VHZ", "VBZ", "VBB", "VBD"}:
            be -= 1
        subject = next(((i, j) for i, j in chunks if j == be + 1 and j - i <= _LONGEST_BEFORE - 1), None)
        if (
            subject is None
            or (read.subject == "own" and subject[0] < read.after_subject)
            or words[at].lemma in {"design", "intend", "build"}
        ):
            continue
        start, end = subject
        where = {**place_of(read, start, end), f"verb {words[at].lemma}": 1.0}
        if noun := action_noun(words[at].lemma):
            yield Candidate((*_compound(words[start:end]), made(noun)), "passive", where)
        yield Candidate((made(words[at].text, "AJ0"), *words[start:end]), "participle", where)
