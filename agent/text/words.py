"""Words with lemmas and parts of speech (CLAWS C5 tags), from HanTa's English model, which ships with the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(
    r"https?://[^\s<>()]*[^\s<>().,;:!?]"
    r"|\d+(?:[.,]\d+)+(?![\w])"  # "1,024", "12.1"
    r"|[^\W_]+(?:[.'’&+/_-][^\W_]+)*(?:\+\+|#)?"  # words with inner marks: "GPT-3.5", "don't", "read/write", "C++"
    r"|\S"
)
_CLITIC = re.compile(r"(?i)^(.+?)(n['’]t|['’](?:s|re|ve|ll|d|m))$")
_PUNCTUATION = re.compile(r"^\W+$")


def word_set(text: str) -> frozenset[str]:
    """The blank-separated words of a text as a set: word lists are data and read best as plain lines."""
    return frozenset(text.split())


# Closed-class words, and verbs so general that they carry no content of their own.
STOP_WORDS = word_set(
    "a an the and or but nor so yet of in on at to for from by with without into onto over under about between among through during "
    "before after as than that this these those it its they them their theirs he him his she her hers we us our ours you your yours i "
    "me my mine who whom whose which what when where why how be is are was were been being am do does did doing done have has had "
    "having can could may might must shall should will would not no n't if then else while because since until unless although though "
    "also too very more most much many some any each every both either neither all such same other another own only just even still "
    "already there here now up down out off again further once 's 're 've 'll 'd 'm n't etc e.g i.e via per vs s t ll re ve d m"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A token at [start, end) of the sentence it was read from; `lemma` is lower case, `tag` a CLAWS C5 tag ("NN1", "VVZ", "PUN")."""

    text: str
    lemma: str
    tag: str
    start: int
    end: int

    @property
    def noun(self) -> bool:
        return self.tag[:2] in {"NN", "NP"}

    @property
    def verb(self) -> bool:
        return self.tag[0] == "V"

    @property
    def content(self) -> bool:
        """Whether the word carries content: not punctuation, not a closed-class word."""
        return self.tag != "PUN" and self.lemma not in STOP_WORDS and self.text.casefold() not in STOP_WORDS


@lru_cache(maxsize=1)
def _tagger() -> Any:
    from HanTa import HanoverTagger  # 0.4 s: loaded only when words are asked for

    tagger = HanoverTagger.HanoverTagger("morphmodel_en.pgz")
    # What it computes for a word depends on the word alone, and documents repeat their words: kept, this halves the time of tagging.
    for part in ("_tag_word", "_analyze"):
        if hasattr(tagger, part):
            setattr(tagger, part, lru_cache(maxsize=32768)(getattr(tagger, part)))
    return tagger


def tokens(sentence: str) -> list[tuple[int, int]]:
    """Spans of a sentence's tokens: words, numbers, addresses and single marks; clitics ("n't", "'s") stand apart."""
    found: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(sentence):
        start, end = match.span()
        clitic = _CLITIC.match(match.group())
        if clitic:
            found += [(start, start + clitic.end(1)), (start + clitic.start(2), end)]
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=8192)
def _tagged(sentence: str) -> tuple[Word, ...]:
    spans = tokens(sentence)
    if not spans:
        return ()
    texts = [sentence[start:end] for start, end in spans]
    analysed = _tagger().tag_sent(texts, taglevel=1)
    words = []
    for text, (start, end), (_, lemma, tag) in zip(texts, spans, analysed, strict=True):
        plain = "PUN" if _PUNCTUATION.match(text) else tag
        words.append(Word(text=text, lemma=text if plain == "PUN" else _lemma(text, lemma, tag), tag=plain, start=start, end=end))
    return tuple(words)


def _lemma(text: str, lemma: str, tag: str) -> str:
    """Lower case; names and rare words keep their own form, because the model guesses endings for them."""
    return text.casefold() if tag == "NP0" or not lemma else lemma.casefold()


def tag(sentence: str) -> list[Word]:
    """The words of one sentence in order, with offsets into it. About 1 ms for twenty words; deterministic."""
    return list(_tagged(sentence))


def content_words(text: str) -> list[str]:
    """Lemmas of the words that carry content, lower case, in order of occurrence; no marks, no stop words."""
    return [word.lemma for word in tag(text) if word.content]
