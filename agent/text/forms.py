"""Whether two words are forms of one word: number, tense, spelling (British or American) and the usual noun-verb endings.

The endings are compared after the longest common beginning, which keeps "general" and "generate" apart where cutting endings off one by
one would not. Meaning is not judged: "support" and "unsupported" differ, "train" and "trainer" do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from agent.text.words import word_set

_IRREGULAR = {
    "ran": "run", "wrote": "write", "written": "write", "built": "build", "made": "make", "gave": "give", "given": "give", "took": "take",
    "taken": "take", "found": "find", "held": "hold", "kept": "keep", "sent": "send", "led": "lead", "got": "get", "gotten": "get",
    "chose": "choose", "chosen": "choose", "drew": "draw", "drawn": "draw", "fed": "feed", "knew": "know", "known": "know", "left": "leave",
    "met": "meet", "paid": "pay", "put": "put", "read": "read", "said": "say", "saw": "see", "seen": "see", "shown": "show", "sold": "sell",
    "spoke": "speak", "spoken": "speak", "spent": "spend", "thought": "think", "understood": "understand", "went": "go", "gone": "go",
    "won": "win", "lost": "lose", "bought": "buy", "brought": "bring", "caught": "catch", "taught": "teach", "broke": "break",
    "broken": "break", "began": "begin", "begun": "begin", "became": "become", "came": "come", "did": "do", "done": "do", "has": "have",
    "had": "have", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "meant": "mean", "hid": "hide", "hidden": "hide",
    "grew": "grow", "grown": "grow", "fell": "fall", "rose": "rise", "risen": "rise", "split": "split", "stood": "stand",
    "indices": "index", "matrices": "matrix", "vertices": "vertex", "corpora": "corpus", "criteria": "criterion", "people": "person",
    "children": "child", "men": "man", "women": "woman", "data": "data", "media": "media", "analyses": "analysis", "bases": "basis",
    "hypotheses": "hypothesis", "axes": "axis", "licence": "license", "defence": "defense", "offence": "offense", "programme": "program",
    "programmes": "program", "grey": "gray", "artefact": "artifact", "artefacts": "artifact", "cheque": "check", "judgement": "judgment",
    "ageing": "aging", "catalogue": "catalog", "dialogue": "dialog", "analogue": "analog", "maths": "math", "licences": "license",
    "froze": "freeze", "frozen": "freeze",
    "bigger": "big", "biggest": "big", "better": "good", "best": "good", "worse": "bad", "worst": "bad",
}  # fmt: skip
_SPELLINGS = (
    (re.compile(r"is(e|ed|es|ing|er|ers|ation|ations|able)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|ing|er|ers)$"), r"yz\1"),
    (re.compile(r"(?<=\w{3})our(s|ed|ing|al|able|ite|ites|ful)?$"), r"or\1"),
    (re.compile(r"(?<=\w{3})tre(s|d)?$"), r"ter\1"),
    (re.compile(r"(?<=\w{3})ogue(s)?$"), r"og\1"),
    (re.compile(r"(?<=\w{3}[aeiou])ll(ed|ing|er|ers|ation)$"), r"l\1"),
)
_ENDINGS = word_set(
    "s es e ed d ing ings er ers or ors r rs ion ions ation ations ator ators ative atives ate ates ated ating ive able ible ability "
    "ibility ment ments al als ally ly y ies ied ying ication ications ic ics ical ically ity ities ness ance ances ence ences ant ants "
    "ent ents ure ures age ages tion tions is ise ize ized izes izing ization izations izer izers ist ists ful fully th est ier iest "
    "ously ous"
) | {""}
_INFLECTIONS = word_set("s es e ed d ing ings er ers y ies ied est ly ily ier iest") | {""}
# Endings of one word that differ in more than a suffix: "describe" and "description".
_PAIRS = frozenset(
    frozenset(pair.split("/"))
    for pair in word_set(
        "be/ption be/ptions bes/ption bed/ption bing/ption se/tion ze/tion ze/sis zes/sis t/sion ts/sion d/sion ds/sion de/sion des/sion "
        "ve/ption it/ission its/ission e/is d/se ds/se nd/nse nds/nse ize/sis ne/nition in/n ded/sion ting/sion ding/sion zed/tion zes/tion"
    )
)


@lru_cache(maxsize=32768)
def base(word: str) -> str:
    """A word in small letters, American spelling and without plural or third-person ending: a key, not always a word."""
    form = word.casefold()
    form = _IRREGULAR.get(form, form)
    if len(form) > 3 and form.isalpha():
        for pattern, plain in _SPELLINGS:
            form = pattern.sub(plain, form)
        if form.endswith("ies") and len(form) > 4:
            form = form[:-3] + "y"
        elif form.endswith(("sses", "xes", "zzes", "ches", "shes")):
            form = form[:-2]
        elif form.endswith("s") and not form.endswith(("ss", "us", "is")):
            form = form[:-1]
    return _IRREGULAR.get(form, form)


@lru_cache(maxsize=65536)
def akin(one: str, other: str) -> bool:
    """Whether two words are forms of one word."""
    a, b = base(one), base(other)
    if a == b:
        return True
    if not (a.isalpha() and b.isalpha()):
        return False
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    if shared < 3:
        return False
    ends = (a[shared:], b[shared:])
    allowed = _ENDINGS if shared >= 4 else _INFLECTIONS
    if all(_without_doubled(end, a[shared - 1]) in allowed for end in ends):
        return True
    return shared >= 4 and frozenset(ends) in _PAIRS


def _without_doubled(ending: str, last: str) -> str:
    """ "runn-ing" has the ending "ing", though what "run" and "running" do not share is "ning"."""
    return ending[1:] if len(ending) > 2 and ending[0] == last else ending
