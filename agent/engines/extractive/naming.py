"""Names: from a lead-in, a task heading, or the predicate and object of a sentence; two to eight words in sentence case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.engines.extractive.casing import Casing
from agent.engines.extractive.forms import gerund
from agent.engines.extractive.grammar import may_have_verb
from agent.engines.extractive.headings import generic, names_a_job
from agent.engines.extractive.phrases import MOST_WORDS, doing, joined, noun_phrase, small
from agent.engines.extractive.roles import bare_title
from agent.engines.extractive.standalone import Names
from agent.engines.extractive.statements import Statement
from agent.text.words import Word, tag, word_set

_OFFERING = word_set(
    "support provide offer include feature contain ship have release introduce implement expose deliver add accept publish"
)
_ENABLING = word_set("allow enable let help empower assist")
_LIGHT = word_set("use make do perform carry run get take work be")
_VAGUE = word_set(
    "feature features way ways thing things example examples following number variety range set list kind type lot support case cases "
    "option options "
    "information detail details section part parts user users you it them this model models data"
)
_GENERIC_LEAD = re.compile(
    r"^(?:note|notes|tip|example|examples|default|optional|required|yes|no|new|bonus|easy|simple|fast|flexible|powerful|lightweight|"
    r"output|input|why|what|how|"
    r"when|where|who|step|stage|part|option|method|case|task|general|other|others|misc|more|general use|type|name|value|true|false|none|"
    r"a|q|api|docs?)\b[^a-z]*$",
    re.I,
)
_CODE = re.compile(r"[_(){}=/\\<>\[\]$@#|]|\w\.\w|^-|\b\w+\.\w{1,4}$|`|^[a-z]+[A-Z]")


class Namer:
    """Names the capabilities of one artifact; no name is given twice."""

    def __init__(self, names: Names, statements: Sequence[Statement]) -> None:
        self.names = names
        self.casing = Casing(statements, frozenset(w.casefold() for name in names.known for w in name.split()))
        self.heading_uses: dict[tuple[str, ...], int] = {}

    def name(self, group: Sequence[Statement], taken: Iterable[str], *, alone_in_section: bool) -> str | None:
        """The best name for a group of statements (its lead first), or None where no readable one is found."""
        used = {name.casefold() for name in taken}
        for candidate in self._candidates(group, alone_in_section):
            made = self._finished(candidate)
            if made and made.casefold() not in used and not any(_same(made, other) for other in used):
                return made
        return None

    def _candidates(self, group: Sequence[Statement], alone: bool) -> Iterable[str]:
        first = group[0]
        if first.lead and not _CODE.search(first.lead) and not _GENERIC_LEAD.match(first.lead) and first.kind != "row":
            yield first.lead
        if self._telling(first) and (alone or first.first_of_section or self._about_heading(first)):
            yield bare_title(first.heading)
        if first.kind == "heading":
            yield first.text
        yield from self._said(first)
        if self._telling(first):
            yield bare_title(first.heading)
        if first.lead and not _CODE.search(first.lead):
            yield first.lead
        for title in reversed(first.heading_path[1:]):
            if not generic(bare_title(title)):
                yield bare_title(title)

    def _about_heading(self, s: Statement) -> bool:
        """Whether a statement shares a content word with the heading above it."""
        return any(word.lemma in s.content for word in tag(s.heading) if word.content)

    def _telling(self, s: Statement) -> bool:
        """Whether the heading above a statement names a job rather than a part of a page."""
        return len(s.heading_path) > 1 and names_a_job(bare_title(s.heading))

    def _said(self, s: Statement) -> Iterable[str]:
        """Phrases of a statement's own words that may name it."""
        text = s.body if s.lead else s.text
        if not s.sentence and not s.lead:
            yield noun_phrase(tag(text.rstrip(".")), 0)
            return
        printed = s.printed or ""
        if s.lead and printed.casefold().startswith(f"{s.lead.casefold()}: "):
            printed = printed[len(s.lead) + 2 :]
        if _MAKERS.match(printed):
            words = tag(_MAKERS.sub("", printed))
            if words and (words[0].verb or words[0].lemma in _OFFERING) and words[0].tag not in {"VVN", "VBB"}:
                yield noun_phrase(words, 1) if words[0].lemma in _OFFERING else doing(words, 0)
            return
        words = tag(printed)
        if words:
            yield from self._predicate(words)

    def _predicate(self, words: list[Word]) -> Iterable[str]:
        texts = [w.text.casefold() for w in words]
        joined = " ".join(texts)
        lets = re.search(r"\blets you ", " ".join(w.text for w in words))
        if lets:
            at = texts.index("lets") + 2
            yield doing(words, at)
            return
        if words[0].tag in {"VVB", "VVI", "VBB"} or (words[0].verb and words[0].tag == "VVB"):
            yield doing(words, 0)
        elif words[0].tag == "VVG":
            yield noun_phrase(words, 0)
        purpose = re.search(r"\b(?:allow|allows|enable|enables|help|helps|empower|empowers)\b (?:\S+ ){0,4}?to (?=[a-z])", joined)
        if purpose:
            yield doing(words, joined[: purpose.end()].count(" "))
        definition = re.search(r"^(?:\S+ ){1,6}(?:is|are) (?:an?|the) (?:\S+ ){0,7}?for (?=\S)", joined)
        if definition and not purpose:
            yield noun_phrase(words, joined[: definition.end()].count(" "))
        designed = re.search(r"\b(?:designed|used|intended|built|meant|able|trained|optimized) (?:to|for) (?=\S)", joined)
        if designed:
            at = joined[: designed.end()].count(" ")
            yield doing(words, at) if texts[at - 1] == "to" else noun_phrase(words, at)
        for at, word in enumerate(words):
            if word.tag == "VM0" and word.lemma == "can" and at + 1 < len(words):
                passive = re.match(r"be (?:\S+ly )?(\S+)", " ".join(texts[at + 1 :]))
                after = at + 1
                while after < len(words) and words[after].tag == "AV0":
                    after += 1
                if not passive:
                    yield doing(words, after)
                elif at > 0:
                    verb = next((w for w in words[at + 1 :] if w.tag == "VVN"), None)
                    subject = noun_phrase(words[:at], 0)
                    if verb and subject:
                        yield f"{gerund(verb.lemma).capitalize()} {small(subject)}"
                return
        own = self._after_own_name(words)
        if (
            own
            and may_have_verb(words[own].text)
            and words[own].tag in {"NN2", "VVZ"}
            and words[own].lemma not in _OFFERING | _LIGHT | _ENABLING
        ):
            yield doing(words, own)
        for at, word in enumerate(words):
            if word.tag in {"VVZ", "VVB", "NN2"} and at > 0 and at + 1 < len(words):
                if word.lemma in _OFFERING:
                    yield noun_phrase(words, at + 1)
                    return
                if word.tag == "VVZ" and word.lemma not in _ENABLING:
                    if word.lemma in _LIGHT:
                        yield noun_phrase(words, at + 1)
                    else:
                        yield doing(words, at)
                    return
        be = re.search(r"^(?:\S+ ){1,6}(?:is|are) (?=(?:an?|the)\b)", joined)
        if be:
            yield noun_phrase(words, joined[: be.end()].count(" "))
        yield noun_phrase(words, 0)

    def _after_own_name(self, words: list[Word]) -> int:
        """Where a sentence goes on after the artifact's name, adverbs skipped; 0 where it does not begin with it."""
        text = joined(words)
        called = self.names.opens(text)
        if called is None:
            return 0
        end = text.casefold().find(called.casefold()) + len(called) + words[0].start
        at = next((i for i, w in enumerate(words) if w.start >= end), 0)
        while at and at + 1 < len(words) and words[at].tag == "AV0":
            at += 1
        return at

    def _finished(self, raw: str) -> str | None:
        text = re.sub(r"\s*\([^()]*\)", "", raw).strip(" .,:;!–—-\"'“”")
        text = re.sub(
            r"^(?:the|an?|our|your|its|this|how to|support for|supports?|new|easy|powerful|simple|convenient|great|added|various|full|"
            r"improved|amazing|robust|step \d+:?|\d+[.)]|\d+(?:\.\d+)+)\s+",
            "",
            text,
            flags=re.I,
        )
        text = re.sub(r"^[\W\d_]+(?=[A-Za-z])", "", text) if not re.match(r"\d+[A-Za-z%-]|\d+ \w", text) else text
        called = self.names.opens(text)
        if called:
            rest = re.sub(rf"^(?:the )?{re.escape(called)}(?:['’]s)?\W*", "", text, flags=re.I)
            text = rest if len(rest.split()) >= 2 and not re.match(r"(?:is|are|can|with|and|as|on|in|for|from|by|vs)\b", rest) else text
        words = text.split()
        if len(words) > MOST_WORDS:
            return None
        text = self.casing.sentence_case(text)
        if not words or _CODE.search(text) or text.casefold() in {n.casefold() for n in self.names.known}:
            return None
        lemmas = [w.lemma for w in tag(text) if w.content]
        if not lemmas or all(lemma in _VAGUE for lemma in lemmas) or (len(words) == 1 and not re.search(r"(?:tion|ing|ment)$", text)):
            return None
        if _BAD_NAME.search(text):
            return None
        return text


_BAD_NAME = re.compile(
    r"^(?:it|this|that|these|those|they|we|you|our|your|its|and|or|but|of|to|with|by|in|on|for|at|from|among|between|under|within|"
    r"during|across|after|before|into|re|ve|if|when|as|is|are|be|being|having|one|some|there|here|please|see|each|every|which|"
    r"following|same|such|above|below|not|no|also|then|so|more|most|many|various|several|way|ways|need|make sure|first|second|note)\b|"
    r"\b(?:of|to|with|by|for|in|on|at|from|and|or|the|a|an|as|is|are|that|which|your|its|our|into|than|via|per|this|these|through|about|"
    r"where|when)$|[|:;!?\"]|"
    r"\b(?:this|these|those|following|below|above)\b|\b(?:it|them|they|you|us|him|her)$|^(?:using|being|having|falling|pointing|dating|"
    r"looking|dealing|"
    r"standing|coming|differing|consisting|containing|depending|including|doing|going|featuring|existing|occurring|happening|needing|"
    r"requiring|belonging|remaining|seeing|treating|knowing|meaning|appearing|becoming|getting started)\b",
    re.I,
)


_MAKERS = re.compile(
    r"^(?:the|its) makers(?: of (?:\S+ ){1,5}?(?=(?:also |have |do |are |now )?[a-z]))?\s*(?:also |have |now |currently |further )*", re.I
)


def _same(a: str, b: str) -> bool:
    first = frozenset(re.findall(r"\w+", a.casefold()))
    second = frozenset(re.findall(r"\w+", b.casefold()))
    return bool(first) and len(first & second) / len(first | second) >= 0.8
