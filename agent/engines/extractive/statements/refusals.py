"""What keeps a sentence from standing alone: pointers to the page around it, debris, steps of instructions, open ends."""

from __future__ import annotations

import re

from agent.engines.extractive.statements.leaning import Leaning

LONGEST = 340  # characters of a printed sentence

POINTS_BACK = re.compile(
    r"^(?:it|its|it['’]s|this|that|that['’]s|these|those|they|they['’]re|their|them|he|she|his|her|him|we|we['’](?:re|ve|ll)|our|ours|"
    r"us|i|i['’](?:m|ve|ll)|"
    r"my|me|you|you['’](?:re|ve|ll)|your|yours|one such|such|and|but|or|nor|so|yet|because|whereas|which|who|whose|whom|what's more|"
    r"here|there|both|either|neither|same|another|others?|some of|most of|none|doing so|see|please|refer|check|click|follow|visit|"
    r"let['’]?s|don['’]t|e\.g|i\.e|etc|vs|as (?:shown|mentioned|described|seen|noted|above|such)|the (?:former|latter|same|above|"
    r"following|rest)|"
    r"if (?:so|not|this|that|it|they)|when (?:this|it|they)|for (?:this|these|that|those)|in (?:this|these|that|those)|with (?:this|"
    r"these|that|those)|"
    r"to (?:do )?(?:this|that|so)\b|by (?:this|doing)|from (?:this|these|here)|after (?:this|that)|under (?:this|these)|on (?:this|"
    r"these|that))\b",
    re.I,
)
_DANGLING = re.compile(
    r"\b(?:these|those|this|aforementioned|former|latter|following|above-mentioned|herein|thereof|hereby|above\.|below\.|"
    r"due to such|such (?:filtering|approach|method|case|cases|an approach)|(?:see|in|from|and) (?:above|below|here)|the (?:above|"
    r"below)|above (?:example|code|command)|(?:figure|fig\.|table|section|appendix|chapter|equation|eq\.|step) \d+)\b",
    re.I,
)
_DEBRIS = re.compile(
    r"https?://|www\.|\||```|~~~|[{}]|=>|:=|\$\$|\\[a-z]+|&&|\bdef \w+\(|^\W*\$|={2,}|-{3,}|_{3,}|#{2,}|\]\(|<[/\w]|\w@\w|<<|>>>|"
    r"\bimport \w+ as\b|->|→|(?i:\b(?:npm|pip3?|yarn|brew|cargo|conda|pnpm) (?:install|add|npm|i)\b|\bnpx |\bapt-get |\bgit clone\b|"
    r"\bdocker (?:run|pull)\b)"
)
STEP = re.compile(
    r"^(?:(?:now|first|next|then|simply|just|alternatively|optionally),? )?(?:install|click|press|select|go to|open|type|paste|copy|"
    r"clone|restart|"
    r"navigate|enter|sign (?:in|up)|log ?in|register|join|create an? (?:account|new)|add (?:the|via|to|this|it)|change directory|"
    r"make sure|ensure (?:that )?you|"
    r"run the (?:following|command|script)|execute|star us|cite|consult|replace|name to|put|move|unzip|extract the|activate|look|watch|"
    r"read|learn|explore|"
    r"browse|try (?:it|out|the)|head over|take a look|get started|contact|we welcome|thanks?|congratulations|welcome|feel free|"
    r"stay tuned|start by|begin by|"
    r"set (?:the|up)|download (?:the|and) (?:latest|following)|after (?:install|clon|download)\w+|once (?:you|install|the)|"
    r"before (?:you|running|install)|"
    r"you (?:need|must|should|have to|will need)|it is (?:recommended|important)|keep in mind|be sure|for (?:more|further|full|the full|"
    r"a full|additional|details?|"
    r"example|instance|instructions|complete|a complete|help|questions?)\b|if you\b|notice|note that|below|"
    r"(?:in order )?to [^,]{3,80}, (?:please |just |simply )?(?:see|check out|visit|refer|read|consult|go to|head|follow|try|"
    r"take a look|have a look))\b"
    r"|.*\b(?:recommend (?:trying|reading|checking)|please (?:see|visit|refer|check|read)|can be found|is available (?:here|at)|"
    r"(?:visit|see|check out|refer to|read|consult|follow) (?:the|our|its|this)(?: [\w-]+){0,5} (?:guide|documentation|docs|page|readme|"
    r"tutorial|blog|paper|post|website|section|faq|file)\b)",
    re.I,
)
_DANGLING_END = re.compile(
    r"(?:,|\bplease|\bthen) (?:use|run|call|see|set|execute|try|do|add|need)$|\b(?:you can|to) (?:use|run|call|set|execute|add)$|"
    r"\b(?:using|running|calling|with|by|for|"
    r"including|includes?|supports?|provides?|offers?|via|through|like|such as|"
    r"to|of|on|into|from|is|are|the|a|an|and|or|if|when|that|which|needs|requires?|follows?|contains?|has|have|at|as|be|must|can|"
    r"you can|looks?)$",
    re.I,
)
# A sentence that opens with a condition or a reason is advice or a special case; taken from its place it hangs in the air.
CONDITION = re.compile(
    r"(?:if|when|whenever|while|whereas|once|unless|although|though|even (?:if|though)|because|whether|where|"
    r"as (?:you|we|it|they|the|soon|long)|"
    r"in case|provided|given|so|and|but|or|nor|yet)\b",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:coming soon|stay tuned|to be (?:released|added|announced)|will be (?:released|added|available)|we plan|planned)\b", re.I
)
# A definite noun that a sentence before introduced: a part of a page, a step's product, a part of some program.
_INTRODUCED_BEFORE = re.compile(
    r"^(?:The|Both|Each|All) (?:(?:other|same|latest|provided|only|core|base|main|whole|resulting|new|current|above|low-dimensional|"
    r"multimodal|unimodal|returned|generated|corresponding|given|logged in|selected) )*"
    r"(?:actions?|publishers?|features?|integrations?|versions?|commands?|scripts?|functions?|class|methods?|ideas?|results?|labels?|"
    r"links?|caps?|goals?|downloads?|integers?|links|steps?|options?|flags?|example|output|outputs|input|response|parameters?|arguments?|"
    r"values?|files?|folders?|default|settings?|call|query|process|difference|exception|installation|image|box|errors?|field|"
    r"fields|column|columns|key|keys|information|script will|code below|@\w[\w.]*)(?= (?:is|are|was|were|has|have|can|will|should|"
    r"must|may|do|does|then|also|provide|provides|contain|contains|evaluates?|lets?|allows?|returns?|configures?|supports?|could|aggregates?|"
    r"function|method|below|above)\b|:)"
)
_LOOSE = re.compile(
    r"^(?:[\w ]{1,30}) (?:then|also then) \w+|^(?:one|a) (?:new|other) way of \w+ (?:them|it)\b|^examples? (?:include|are)\b|^there['’]s\b|"
    r"\b(?:released|available|documented|found) here\b|\bas below\b|\blike this one\b|\busages? above\b|, e\.g\.?$|"
    r"^(?:after|before) a moment\b|^(?:less|more|most) importantly\b|\bin particular\.?$|\bthe (?:one|ones) (?:above|below)\b|"
    r"\b(?:identical|similar|equal) to the (?:one|ones)\b|^includes?:|"
    r"^everything\b|"
    r"^(?:by default|with|for|in|on|from|at|after)\b[^,;:]{0,60}, (?:it|they|this) (?:is|are|can|will|has|\w+s)\b|"
    r"\bboth(?=\.| for\b| to\b)|^[^,;:]{0,60}\b(?:therefore|consequently|accordingly)\b|"
    r"^To [^,]+,(?: e\.g\.[^,]*,)? (?:where|which|so that)\b",
    re.I,
)


def orphaned(text: str, leaning: Leaning) -> bool:
    """Whether a finished sentence speaks of something that only a sentence before it introduced."""
    if leaning.path is None:
        return False
    if text.startswith("To ") and len(text.split()) < 5:
        return True
    found = _INTRODUCED_BEFORE.match(text)
    if found and found.group().split()[-1].lower() not in leaning.names.name.lower().split():
        return True
    return bool(_LOOSE.search(text))


def whole(text: str) -> bool:
    """Whether a resolved text is one sentence without debris, pointers and open ends."""
    words = text.split()
    if re.match(r"\S+(?: \S+){0,12} (?:two|three|four|five|six|several|following) (?:[\w-]+ ){0,2}[\w-]+:$", text):
        return False
    if len(words) < 2 or len(text) > LONGEST or len(re.findall(r"[^\W\d_]{2,}", text)) < 2:
        return False
    if _DANGLING_END.search(text.rstrip(" .:")) or re.search(r"\b(?:us|ours?)\b", text):
        return False
    if _DEBRIS.search(text) or POINTS_BACK.match(text) or _FUTURE.search(text):
        return False
    dangling = _DANGLING.search(text)
    if dangling and not _bound(text, dangling):
        return False
    if text.count("(") != text.count(")") or text.count("[") != text.count("]") or text.count('"') % 2:
        return False
    if " = " in text or re.search(r"\bet al\b", text):
        return False
    if re.search(r"(?:can be|be) found\.?$|(?:is|are) available\.?$|['’](?:re|ll) (?:excited|happy|proud)|\bexcited to\b", text):
        return False
    if sum(w[:1].isupper() for w in words) > 0.7 * len(words) and len(words) > 6 and "," in text:  # a list of people or names
        return False
    letters = sum(c.isalpha() or c.isspace() for c in text)
    return letters >= 0.7 * len(text) and not re.search(r"\b(?:I|I'm|I've|my)\b", text) and not text.endswith("?")


def _bound(text: str, found: re.Match[str]) -> bool:
    """Whether a "this"/"these"/"those" late in a sentence points back inside it ("..., and these boxes ...")."""
    word = found.group().lower()
    if word == "those":
        return bool(re.match(r"\s+(?:who|with|of|that|in|from|using|without|for|needed|required)\b", text[found.end() :], re.I))
    if word in {"this", "these"}:
        return len(text[: found.start()].split()) >= 7 and bool(re.search(r"[,;:–—-]|\band\b|\bthat\b", text[: found.start()]))
    return word == "following" and bool(re.match(r"\s+(?:the|an?|instructions?)\b", text[found.end() :], re.I))
