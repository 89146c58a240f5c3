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


_LIMIT = re.compile(
    r"\b(not|no|none|cannot|n['’]t|only|never|limited|limits?|fails?|slow\w*|requires?|needs?|must|lacks?|lacking|without|difficult|poor\w*|weak\w*|"
    r"bias\w*|risks?|unsupported|experimental|deprecated|may|might|less|fewer|loses?|drops?|unable|beyond|discontinued|removed)\b",
    re.I,
)


_GLUED = re.compile(r"[a-z] (?:Cannot|Can|Must|Should|Will|Does|Is|Are)\b|^[^:.]{1,40}: [A-Z]|^\d|[.!] [a-z]|\b[Ee]xamples?: ")
_CONTRAST = re.compile(
    r"\d|\b(?:unlike|only|alone|first|without|instead|rather|than|single|bypass\w*|own|no|not|both|while|whereas|independent\w*)\b", re.I
)
# Instructions, the document speaking of itself, and the makers' history: true, but no need that a reader could have.
_NO_NEED = re.compile(
    r"\b(?:makers?|authors?|we|our|us|below|above|following|"
    r"this (?:section|guide|example|tutorial|page|notebook|document|repo\w*)|"
    r"examples? (?:shows?|demonstrates?)|see (?:the|our|also)|please|recommend\w*|let's|were|was|had|has been|have been|note that|"
    r"truly|shines|seamless\w*|attractive|so far|for now|still|great|industry leaders|"
    r"unlock\w*|true potential|revolution\w*|effortless\w*|cutting-edge|game-chang\w*|world-class|certified developers|URL|on the screen)\b"
    r"|^(?:To|First|Next|Then|Here|Now|When|If|While|For|After|Before|In|However|This|These|That|Such|It|They|Conversely|"
    r"Moreover|Also|Additionally|Thus|Hear|Learn|Always|Never|Ensure|Make sure|Please)\b|[?:]$",
    re.I,
)


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


def contrasts(sentence: str) -> bool:
    """Whether a sentence says what is different: a number, or a word of contrast."""
    return bool(_CONTRAST.search(sentence))


def limits(sentence: str) -> bool:
    """Whether a sentence has a word of what is missing, weak or asked for."""
    return bool(_LIMIT.search(sentence)) and not _GLUED.search(sentence)


def speaks_of(sentence: str, own: Sequence[str]) -> bool:
    """Whether a sentence has one of these names as its subject: it begins with it, after at most a short opening ("Unlike others, ...")."""
    start = (
        sentence.split(", ", 1)[1] if re.match(r"(?:Unlike|In contrast to|Compared with|While|Where)\b[^,]{1,60}, ", sentence) else sentence
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
