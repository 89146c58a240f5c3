"""A sentence that stands alone: references resolved or refused, decoration removed, capital and full stop in place.

The printed sentence keeps the source's own words. What changes is only what leans on the page around it: a leading "It" or "This
library" becomes the artifact's name where that is safe, a pointer ("see below") goes, and a sentence that cannot stand alone is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.domain.artifact import ArtifactType, Manifest
from agent.engines.extractive.plain import tidy

LONGEST = 340  # characters of a printed sentence

_OWN_NOUNS: dict[ArtifactType, str] = {
    "model": r"models?|network|checkpoints?|family(?: of models)?|series|architecture|system|method|approach|repository|repo|release|"
    r"work|paper|project",
    "dataset": r"data ?sets?|corpus|corpora|collection|database|resource|repository|repo|release|work|paper|project|benchmark|data",
    "library": r"library|package|project|tool|toolkit|framework|engine|repository|repo|module|software|sdk|server|database|system|crate",
    "framework": r"framework|library|package|project|toolkit|platform|repository|repo|sdk|software|system|tool",
    "agent": r"agent|assistant|tool|project|framework|system|application|app|package|repository|repo|software|library",
    "mcp-server": r"(?:mcp )?server|package|project|tool|integration|repository|repo",
    "benchmark": r"benchmark|data ?set|test(?: suite)?|suite|evaluation|leaderboard|task|repository|repo|project|paper|work",
    "product": r"product|platform|service|database|engine|application|app|system|tool|project|repository|repo|software|library|api",
}
_OFFER = (
    r"provides?|offers?|supports?|includes?|releases?|contains?|implements?|enables?|allows?|ships?|has|have|is|are|can|lets?|comes?|"
    r"was|were|will|does|makes?|uses?|features?|consists?|covers?|gives?|runs?|works?|helps?|follows?|takes?|accepts?|returns?|achieves?|"
    r"outperforms?|performs?|generates?|produces?|reads?|handles?|integrates?|introduces?|serves?|aims?|builds?|combines?|extends?"
)
_DISCOURSE = re.compile(
    r"^(?:additionally|also|moreover|furthermore|in addition|besides|finally|lastly|further|in particular|specifically|notably|importantly|"
    r"overall|in general|generally|in short|in summary|in other words|currently|now|at the moment|as of now|of course|for instance|"
    r"for example|"
    r"similarly|likewise|more specifically|more generally|first|second|third|secondly|thirdly|firstly|note that|please note that|"
    r"please note|"
    r"note|tip|important|warning|remember that|however|therefore|thus|hence|consequently|as a result|then|next|instead|meanwhile|"
    r"nevertheless|otherwise|alternatively|optionally|by default,? now|with that said|that said|to summarize|in fact|indeed|ultimately|"
    r"and|but|or|so|yet)(?:\s*[,:]\s*|\s+(?=(?:you can|we|it|they|this|the)\b))",
    re.I,
)
_NOTE = re.compile(r"^(?:please )?(?:note|notice|remember|be aware|keep in mind) that\s+", re.I)
_BAD_START = re.compile(
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
_POINTERS = re.compile(
    r",?\s*(?:as\s+)?(?:shown|listed|described|given|seen|illustrated|defined|outlined|detailed|mentioned|discussed|explained|"
    r"provided|documented|presented|reported)\s+(?:in\s+(?:the\s+)?(?:figure|table|section|appendix|image|diagram)?\s*)?"
    r"(?:below|above|here|next|earlier|later|previously)\b(?:\s*(?=[.:;,]|$))"
    r"|,?\s*(?:please\s+)?(?:see|refer to|check(?: out)?|read)\b(?:(?!\.\s).){0,90}(?:for (?:more|further|the full|full|"
    r"additional)?\s*(?:details?|information|info|examples?|list)|below|above|here)\b[^.]{0,40}(?=\.|$)"
    r"|,?\s*(?:including|such as|namely|like|with|as|in)?\s*(?:the )?(?:following|below)(?:\s+[\w-]+){0,3}(?=\s*[:.]?$)"
    r"|\s+(?:below|here)(?=\s*[.:]?$)|\s+as follows(?=\s*[.:]?$)"
    r"|\s*\((?:[^()]*\b(?:above|below|here|figure|fig\.|table|section|sec\.|appendix)\b[^()]*)\)",
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
_DATE_LEAD = re.compile(
    r"^[\[(]?(?:(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|(?:19|20)\d\d|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)[\])]?\s*[:,–—-]*\s*",
    re.I,
)
_MARKS = re.compile(
    r"^\[!\w+\](?:\s*>)?\s*|^(?:[QA]:|A\d*\.)\s+|^(?:yes|no|sure|absolutely)[,!.]\s+(?=\w)|^(?:\[\d{1,4}(?:[/.-]\d{1,4}){1,2}\]|(?:19|"
    r"20)\d\d/\d\d/\d\d:)\s*|^[\s\-*+•·‣>#:;,.~|/–—=]+|^\(?(?:\d{1,2}|[a-z])[.)]\s+|^\[[ xX]?\]\s*",
    re.I,
)
METADATA_LEAD = re.compile(
    r"^(?:(?:table|figure|fig\.|algorithm|listing|appendix) \d+|home ?page|repositor(?:y|ies)|papers?|leaderboard|(?:point of )?contact|"
    r"e-?mail|website|web ?site|url|links?|authors?|maintainers?|licen[sc]e|"
    r"version|date|demo|blog(?: post)?|code|github|arxiv|doi|docs|documentation|status|citation|paper title|organi[sz]ation|tags?|"
    r"note|notes|tip|warning|important|caution|example|examples|example usage|e\.g\.|usage|default|todo|output|input|result|returns?|"
    r"args|parameters?|"
    r"step \d+|title|read[- ]only|prerequisites?|requirements?|option \d+|method \d+|answer|question|q|a|nb|see also|source|developed by|"
    r"funded by.*|shared by.*|model type|language\(s\).*|finetuned from.*|curated by)$",
    re.I,
)
_STEP = re.compile(
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
_COMPONENT = (
    r"script|scripts|notebooks?|folder|directory|demo|demos|examples?|guide|tutorial|tool|tools|action|command|functions?|methods?|"
    r"class|module|backend|option|flag|"
    r"setting|mode|feature|task|subset|endpoint|plugin|integration|extension|interface|ui|app|application|program|utility|wrapper|"
    r"pipeline|component|format|parameter|argument"
)
_INDIRECT_VERBS = (
    r"use|run|call|set|try|execute|see|you (?:can|may|should|need|will|must|have)|here(?:['’]s| is| are)|please|simply|just|add|pass|"
    r"specify|follow|do|check|refer|"
    r"edit|enable|install|start|create|provide|include|make|type|the following|first"
)
# A sentence that opens with a condition or a reason is advice or a special case; taken from its place it hangs in the air.
_CONDITION = re.compile(
    r"(?:if|when|whenever|while|whereas|once|unless|although|though|even (?:if|though)|because|whether|where|"
    r"as (?:you|we|it|they|the|soon|long)|"
    r"in case|provided|given|so|and|but|or|nor|yet)\b",
    re.I,
)
_NOT_A_JOB = (
    r"(?!be\b|do so\b|this end\b|that end\b|learn\b|read\b|find (?:out|more)\b|see\b|get\b|start\b|begin\b|know\b|understand\b|"
    r"contribute\b|"
    r"install\b|cite\b|report\b|join\b|contact\b|set up\b|download\b|clone\b|try\b|follow\b|stay\b|help\b|develop\b|avoid\b|make sure\b|"
    r"ensure\b|enable\b|use this\b|verify\b|check\b|reproduce\b|opt\b|upgrade\b|update\b|uninstall\b)"
)
_FUTURE = re.compile(
    r"\b(?:coming soon|stay tuned|to be (?:released|added|announced)|will be (?:released|added|available)|we plan|planned)\b", re.I
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")


@dataclass(frozen=True)
class Names:
    """What an artifact is called: its own name, everything that may stand for it, and the nouns "this ..." may use for it."""

    name: str
    known: tuple[str, ...]
    nouns: re.Pattern[str]

    @classmethod
    def of(cls, manifest: Manifest) -> Names:
        known = sorted({n for n in (*manifest.names(), *manifest.variants) if len(n) > 1}, key=lambda n: (-len(n), n))
        nouns = _OWN_NOUNS[manifest.type]
        return cls(manifest.name, tuple(known), re.compile(rf"(?:{nouns})", re.I))

    def opens(self, text: str) -> str | None:
        """The name a text begins with ("the" before it aside), or None."""
        bare = re.sub(r"^the ", "", text, flags=re.I)
        return next((n for n in self.known if re.match(re.escape(n) + r"(?!\w)", bare, re.I)), None)

    def mentioned(self, text: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text, re.I) for n in self.known)


@dataclass(frozen=True)
class Leaning:
    """What stands before a sentence: whether the sentence before it in its block is about the artifact itself."""

    names: Names
    after_own: bool = False
    opening: bool = False  # first prose of a document: "This repository" can only be the artifact


def stand_alone(text: str, leaning: Leaning) -> str | None:
    """The printed form of a plain sentence (marks already removed), or None when it cannot stand alone."""
    text = _trim(text)
    resolved = _resolve(text, leaning)
    if resolved is None or (resolved == text and _STEP.match(text) and leaning.names.opens(text) is None):
        return None
    resolved = tidy(_POINTERS.sub("", resolved)).rstrip(" ,;:–—-")
    resolved = _own_nouns_inside(resolved, leaning.names)
    aside = resolved.startswith("(")  # a whole sentence in brackets belongs to the one before it
    if aside or not _whole(resolved) or _CONDITION.match(resolved):
        return None
    return finished(resolved)


def finished(text: str) -> str:
    """First letter capital (names that begin small keep theirs), full stop at the end."""
    first = text.split(" ", 1)[0]
    if first[:1].islower() and not any(c.isupper() or c in "._/`0123456789" for c in first[1:]):
        text = text[:1].upper() + text[1:]
    text = text.rstrip(" ,;:–—-")
    return text if _SENTENCE_END.search(text) else text + "."


def _trim(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = _MARKS.sub("", text.strip())
        text = _DATE_LEAD.sub("", text)
        stripped = _NOTE.sub("", _DISCOURSE.sub("", text))
        text = stripped if len(stripped.split()) >= 3 else text
    return text


def _resolve(text: str, leaning: Leaning) -> str | None:
    """Leading references to the artifact become its name; others are refused."""
    name, noun = leaning.names.name, leaning.names.nouns.pattern
    possessive = name + ("'" if name.endswith("s") else "'s")
    makers = f"the makers of {name}"
    rules: list[tuple[str, str]] = [
        (
            rf"^if you(?:['’]d| would)? (?:want|like|wish|prefer|need) to "
            rf"({_NOT_A_JOB}\w+ .+?)(?:,| -)? (?:then )?(?:{_INDIRECT_VERBS})\b.*$",
            rf"{name} lets you \1",
        ),
        (
            rf"^(?:in order )?to ({_NOT_A_JOB}\w+ .+?)(?:,| -| you can) (?:{_INDIRECT_VERBS})\b.*:$",
            rf"{name} lets you \1",
        ),
        (rf"^(?:in order )?to ({_NOT_A_JOB}\w+ .+?), (?=you can )(?:you can) .*$", rf"{name} lets you \1"),
        (rf"^this ((?:[\w-]+ ){{0,2}}(?:{_COMPONENT}))(?=\s+\w)", r"~ \1"),
        (r"^this is our ", f"{name} has its own " if leaning.opening else "~~"),
        (rf"^(?:this|our|the current) (?:{noun})(?=\s+(?:also\s+|further\s+|currently\s+)?(?:{_OFFER})\b)", name),
        (
            rf"^(?:in|with|through|for|from) (?:this|our) (?:{noun})\s*,\s*we (?:also )?(?=(?:provide|offer|support|include|release|"
            rf"implement|introduce|use|have)s?\b)",
            f"{name} @",
        ),
        (rf"^(?:in|with|within) (?:this|our) (?:{noun})\s*,\s*you (?:will |can )", f"{name} lets you "),
        (
            r"^(?:with it, )?you (?:can|may) (?:also |now |either |easily |simply |just )?(?!not\b|see\b|find\b|read\b|check\b|refer\b|"
            r"skip\b|ignore\b|notice\b|expect\b|need\b|want\b|be\b|have\b|think\b|learn\b|ask\b|contact\b|get started\b)",
            f"{name} lets you ",
        ),
        (r"^(?:this|it) (?:allows|enables|lets) (?:you|users|developers)(?: to)?\b" if leaning.after_own else r"^(?!)", f"{name} lets you"),
        (rf"^our (?:{noun})s?['’]s? ", f"{possessive} "),
        (r"^we(?: also| now| currently| further| additionally)? (?=(?:provide|offer|support|include|implement|ship)\b)", f"{name} @"),
        (
            r"^we(?: also)? (?:release|introduce|present|propose)d? (?="
            + "|".join(re.escape(n) + r"\s*[,:(]" for n in leaning.names.known)
            + r")",
            "",
        ),
        (
            r"^(?:in (?:our|this) (?:work|paper|release|experiments|evaluation),? )?we (?!are (?:happy|excited|glad|pleased|proud|"
            r"hiring|working)|hope|thank|welcome|"
            r"believe|plan|aim|would|will|want|encourage|love|argue|expect|appreciate|also thank|invite|strongly|suggest|refer|"
            r"do not (?:recommend|plan))",
            f"{makers} ",
        ),
    ]
    if leaning.after_own:
        rules += [
            (rf"^(?:it|this) (?=(?:also\s+|further\s+|currently\s+|then\s+)?(?:{_OFFER}|can|may|must|should)\b)", f"{name} "),
            (r"^its (?=\w)", f"{possessive} "),
            (rf"^the (?:{noun}) (?=(?:also\s+)?(?:{_OFFER})\b)", f"{name} "),
        ]
    if leaning.opening:
        rules.append((r"^(?:this is|here is|here['’]s) (?=(?:an?|the)\b(?! (?:first|example|list|guide|tutorial|page)))", f"{name} is "))
    for pattern, replacement in rules:
        made, count = re.subn(pattern, replacement, text, count=1, flags=re.I)
        if count and "~~" not in made:
            made = re.sub(r"^~ (?=([a-z]))", lambda m: "an " if m[1] in "aeio" else "a ", made, flags=re.I)
            return _third_person(_trimmed_presented(made, leaning.names))
    return None if _BAD_START.match(text) else text


def _third_person(text: str) -> str:
    """ "NAME @provide" -> "NAME provides"."""
    return re.sub(r"@(\w+)", lambda m: "has" if m[1] == "have" else (m[1] if m[1].endswith("s") else m[1] + "s"), text)


def _trimmed_presented(text: str, names: Names) -> str:
    """ "NAME, a toolkit for ..." (what is left of "We present NAME, a ...") -> "NAME is a toolkit for ..."."""
    called = names.opens(text)
    if called is None:
        return text
    return re.sub(rf"^({re.escape(called)}(?:\s*\([^()]*\))?)\s*[,:]\s*(?=(?:an?|the|our)\b)", r"\1 is ", text, flags=re.I)


def _own_nouns_inside(text: str, names: Names) -> str:
    """ "in this repository" in mid-sentence -> "in the repository": the noun is the artifact, the page need not be seen."""
    text = re.sub(rf"(?<=\w )(?:this|our) (?=(?:[\w-]+ )?(?:{names.nouns.pattern})\b)", "the ", text, flags=re.I)
    if re.search(r"\b(?:we|our|us)\b", text):
        makers = "they" if text.lower().startswith("the makers of") else "its makers"
        text = re.sub(r"(?<=[\w,;–—)] )we['’]re\b", f"{makers} are", text)
        text = re.sub(r"(?<=[\w,;–—)] )we['’]ve\b", f"{makers} have", text)
        text = re.sub(r"(?<=[\w,;–—)] )we\b", makers, text)
        text = re.sub(r"(?<=[\w,;–—)] )our\b", "its", text)
        text = re.sub(r"(?<=[\w,;–—)] )us\b", "its makers", text)
    return text


def _whole(text: str) -> bool:
    words = text.split()
    if len(words) < 2 or len(text) > LONGEST or len(re.findall(r"[^\W\d_]{2,}", text)) < 2:
        return False
    if _DANGLING_END.search(text.rstrip(" .:")) or re.search(r"\b(?:us|ours?)\b", text):
        return False
    if _DEBRIS.search(text) or _BAD_START.match(text) or _FUTURE.search(text):
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
