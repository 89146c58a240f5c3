"""What a sentence speaks for.

Whether a comparison speaks for the artifact it is about. When in doubt it does not: a neutral sentence is no reason to choose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Words that put the subject of the sentence ahead, and words that put it behind or turn the sentence round.
_AHEAD = re.compile(
    r"\b(outperform\w*|surpass\w*|exceed\w*|beats?|faster|smaller|lighter|cheaper|better|stronger|simpler|easier|higher|fewer|"
    r"more (?:accurate|efficient|compact|flexible|robust|reliable|portable)|less memory|lower (?:latency|cost|memory)|"
    r"half the|times the (?:throughput|speed)|times (?:faster|higher|smaller))\b",
    re.I,
)
_BEHIND = re.compile(
    r"\b(not|no|never|cannot|n['’]t|slower|worse|weaker|larger|heavier|harder|behind|lags?|less (?:accurate|efficient)|trails?|fails?|"
    r"lower (?:accuracy|scores?|quality)|except|unless|but|however|although|though|while|whereas)\b",
    re.I,
)


# A limit is something the artifact cannot do, does not have or asks for, said of it without a condition. Not every "not" is one: what it
# does not ask for, keep or share is a virtue, and what the reader must not do is advice.
_LIMIT = re.compile(
    r"\b(?:cannot|can['’]t|not yet)\b|\b(?:do|does)(?: \w+)?(?: not|n['’]t)(?: \w+ly| yet)? (?:support|work|run|"
    r"handle|allow|provide|offer|recogni[sz]e|understand|"
    r"generali[sz]e|scale|perform|accept|read|return|guarantee|cover|reach|scale|speak|detect|produce)\b|"
    r"\b(?:is|are)(?: not|n['’]t)(?: \w+ly| yet)? (?:an? |the )?(?:\w+ )?(?:suit|intend|design|support|avail|meant|"
    r"fit|able|recommend|model|replacement|optimi[sz]|train)\w*\b|"
    r"\bfails? (?:to|at|on|in|when|with|for)\b|\b(?:is|are) (?:\w+ )?limited (?:to|in|by)\b|\blacks?\b|"
    r"\bonly (?:supports?|works?|runs?|accepts?|covers?|available|in)\b|\b(?:supports?|works?|runs?|available|"
    r"trained) (?:\w+ )?only\b|\bhas no\b|\bno support\b|"
    r"\bstruggles?\b|\bunable to\b|\bunsuitable\b|\bperforms? (?:poorly|worse)\b|\b(?:requires?|needs?) (?:an? |"
    r"at least |its? )?(?:\w+[ -]){0,2}"
    r"(?:GPUs?|GB|connection|account|API key|licen[cs]e|subscription|registration|approval|internet)\b|"
    r"\b(?:may|can|might) (?:\w+ )?(?:produce|generate|hallucinate|reproduce|reflect|contain|amplify)\b|\bis (?:slow|"
    r"experimental|deprecated|discontinued)\b",
    re.I,
)
_NO_LIMIT = re.compile(
    r"(?:\bnot|n['’]t|\bnever|cannot)\s(?:only|just|merely|limited|restricted|(?:\w+ )?(?:need|require|share|sell|"
    r"collect|store|send|train on|have to|use your|"
    r"depend|rely))\w*\b|\b(?:you|users) (?:must|should|may|can)\b|^(?:if|when|note|make sure|please|be|do)\b|"
    r"\bby default\b|\bunless\b|\b(?:more|less|better) than\b|"
    r"\bworry\b|\bno longer\b",
    re.I,
)


_GLUED = re.compile(r"[a-z] (?:Cannot|Can|Must|Should|Will|Does|Is|Are)\b|^[^:.]{1,40}: [A-Z]|^\d|[.!] [a-z]|\b[Ee]xamples?: ")
_AMOUNT = re.compile(r"(?<![\w.-])\d[\d,.]*[KMB+%x]?(?=\s[a-z]|\+)")
_CONTRAST = re.compile(
    r"\b(?:unlike|only (?!if|when|for)|alone|the first|without|instead of|rather than|than|bypass\w*|both|while|"
    r"whereas|independent\w*)\b",
    re.I,
)
# Instructions, the document speaking of itself, and the makers' history: true, but no need that a reader could have.
_NO_NEED = re.compile(
    r"\b(?:makers?|authors?|we|our|us|below|above|following|"
    r"this (?:section|guide|example|tutorial|page|notebook|document|repo\w*)|"
    r"examples? (?:shows?|demonstrates?)|see (?:the|our|also)|please|recommend\w*|let's|were|was|had|has been|have been|note that|"
    r"truly|shines|excels?|battle-tested|seamless\w*|attractive|so far|for now|still|great|industry leaders|"
    r"getting started|div(?:e|ing) deeper|learn(?:ing)? more|next steps|unlock\w*|true potential|revolution\w*|"
    r"effortless\w*|cutting-edge|game-chang\w*|world-class|"
    r"certified developers|URL|on the screen)\b"
    r"|^(?:To|First|Next|Then|Here|Now|When|If|While|For|After|Before|In|However|This|These|That|Such|It|They|Conversely|"
    r"Moreover|Also|Additionally|Thus|Hear|Learn|Always|Never|Ensure|Make sure|Please)\b|[?:]$",
    re.I,
)


# Running and setting up the thing itself: every artifact has such needs, so none of them is a reason to choose one.
_HOUSEKEEPING = re.compile(
    r"\b(?:(?:want|need it) to|lets? you|allows? you to) (?:let you )?(?:\w+ly )?(?:try|make changes|enable|disable|configure|set|"
    r"pass|specify|adjust|inspect|debug|launch|log|install|import|call|keep|force|clone|download|upgrade|"
    r"start|stop|restart|initiali[sz]e|define|obtain|rename|delete|print|open|reduce the (?:amount|number) of)\b"
    r"|(?<!\w)--?[a-z]\w+|\w\.(?:py|json|ya?ml|sh|cfg|toml|md|ipynb)\b|\bconfig(?:uration)? files?\b|"
    r"\b[a-z]+_[a-z_]+\b|\b(?:docs?|tutorials?|examples?|guides?|notebooks?)\b",
    re.I,
)


def decides(reason: str) -> bool:
    """Whether a reason is about what a user gets, not about setting the thing up or reading its papers."""
    return not _HOUSEKEEPING.search(reason)


def serves(sentence: str, names: Sequence[str]) -> bool:
    """Whether a sentence tells by itself what the artifact of these names is or does for a user: it is the sentence's subject."""
    told = speaks_of(sentence, names) or bool(
        re.match(r"(?:You|Users|One) can\b|With [^,]+, you can\b|Use [^,]+ (?:when|if) you\b", sentence)
    )
    return told and readable(sentence)


def readable(sentence: str) -> bool:
    """Whether a sentence could be a reason at all: no instruction, no history, no praise, nothing glued together."""
    return not _NO_NEED.search(sentence) and not _GLUED.search(sentence)


def whole(sentence: str) -> bool:
    """Whether a sentence is one: no question, nothing glued together."""
    return not _GLUED.search(sentence) and not sentence.endswith(("?", ":"))


def contrasts(sentence: str, *, in_words: bool = False) -> bool:
    """Whether a sentence says what is different: an amount, or (`in_words` alone) a word of contrast."""
    return bool(_CONTRAST.search(sentence)) or (not in_words and bool(_AMOUNT.search(sentence)))


def limits(sentence: str) -> bool:
    """Whether a sentence says what is missing, weak or asked for, and without a condition."""
    return bool(_LIMIT.search(sentence)) and not _NO_LIMIT.search(sentence) and whole(sentence)


def speaks_of(sentence: str, own: Sequence[str]) -> bool:
    """Whether a sentence has one of these names as its subject: it begins with it, after at most a short opening ("Unlike others, ...")."""
    start = (
        sentence.split(", ", 1)[1]
        if re.match(
            r"(?:Unlike|In contrast to|Compared with|While|"
            r"Where)\b[^,]{1,60}, ",
            sentence,
        )
        else sentence
    )
    return any(re.match(rf"(?:The )?{re.escape(name)}(?![\w-])", start, re.I) for name in own)


def favours(sentence: str, own: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a sentence begins with one of `own` names and puts it ahead of one of the `others`, with nothing said to the contrary."""
    subject = next((name for name in sorted(own, key=len, reverse=True) if sentence.casefold().startswith(name.casefold())), None)
    if subject is None or _BEHIND.search(sentence):
        return False
    rest = sentence[len(subject) :]
    cue = _AHEAD.search(rest)
    return cue is not None and any(_named(name, rest[cue.end() :]) for name in others)


def _named(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))
