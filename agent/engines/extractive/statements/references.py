"""References a sentence opens with: "It", "This library", "You can", "We provide" become the artifact's name where that is safe."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.engines.extractive.statements.headings import generic
from agent.engines.extractive.statements.leaning import Leaning, Names
from agent.engines.extractive.statements.refusals import POINTS_BACK
from agent.engines.extractive.statements.verbs import third_person
from agent.text.words import word_set

_OFFER = (
    r"provides?|offers?|supports?|includes?|releases?|contains?|implements?|enables?|allows?|ships?|has|have|is|are|can|lets?|comes?|"
    r"was|were|will|does|makes?|uses?|features?|consists?|covers?|gives?|runs?|works?|helps?|follows?|takes?|accepts?|returns?|achieves?|"
    r"outperforms?|performs?|generates?|produces?|reads?|handles?|integrates?|introduces?|serves?|aims?|builds?|combines?|extends?"
)
# What makers do for the user: the artifact does it as well as they.
_PROVISION = (
    r"provide|offer|support|include|implement|ship|integrate|allow|enable|"
    r"have(?! (?:\w+ed|made|built|been|just|also|not|chosen|shown|found|the|no)\b)"
)
# What makers say the artifact does at work; of data sets it is how they were made.
_OPERATION = (
    r"use|leverage|apply|employ|adopt|treat|store|compute|extract|stream|choose|filter|select|remove|map|cache|convert|parse|add|keep|"
    r"handle|run|generate|associate|pre-allocate|solve|split|combine|share|save|load"
)
_ADVERBS = r"(?:(?:also|now|currently|further|additionally|do|still|then|already|even|automatically) )*"
_NO_DEED = (
    r"(?:are|were|had|get|got|can|could|will|would|want|aim|plan|hope|thank|welcome|believe|encourage|love|argue|appreciate|invite|"
    r"strongly|suggest|refer|recommend|think|know|need|must|should|may|might|see|saw|like|try|tried|look|expect|only|just|highly|find|"
    r"found|show|observe|note|do not recommend|do not plan|then|wanted|wish|also thank|do support)\b"
)
_COMPONENT = (
    r"script|notebook|folder|directory|demo|guide|tutorial|tool|action|command|function|method|class|module|backend|option|flag|setting|"
    r"mode|feature|task|subset|endpoint|plugin|integration|extension|interface|app|application|program|utility|wrapper|pipeline|component|"
    r"format|parameter|argument"
)
# Nouns that a heading names: "Deep Research" is the name of the feature it describes.
_LABELLED = word_set(
    "feature class folder directory module plugin function method tool command mode subset task integration extension backend"
)
_STORED = r"repository|repo|paper|work|release|codebase"
_VERB = "\ue000"  # a private character: no document's text has it once it has been made plain
_INDIRECT_VERBS = (
    r"use|run|call|set|try|execute|see|you (?:can|may|should|need|will|must|have)|here(?:['’]s| is| are)|please|simply|just|add|pass|"
    r"specify|follow|do|check|refer|edit|enable|install|start|create|provide|include|make|type|the following|first"
)
_NOT_A_JOB = (
    r"(?!be\b|do so\b|this end\b|that end\b|learn\b|read\b|find (?:out|more)\b|see\b|get\b|start\b|begin\b|know\b|understand\b|"
    r"contribute\b|install\b|cite\b|report\b|join\b|contact\b|set up\b|download\b|clone\b|try\b|follow\b|stay\b|help\b|develop\b|avoid\b|"
    r"make sure\b|ensure\b|enable\b|use this\b|verify\b|check\b|reproduce\b|opt\b|upgrade\b|update\b|uninstall\b|have your\b)"
)
_YOU_NOT = (
    r"(?!not\b|see\b|find\b|read\b|check\b|refer\b|skip\b|ignore\b|notice\b|expect\b|need\b|want\b|be\b|have\b|think\b|learn\b|ask\b|"
    r"contact\b|get started\b|then\b|thus\b|do (?:this|so|that)\b)"
)
_COMPONENT_START = re.compile(rf"^this ((?:[\w-]+ ){{0,2}}(?:{_COMPONENT}))(?=\s+\w)", re.I)
_INSIDE_WE = re.compile(rf"(?<=[\w,;–—)] )(?:we|We) ({_ADVERBS})({_PROVISION}|{_OPERATION})\b")
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|ours)\b|\bwe['’]", re.I)

Rule = tuple[re.Pattern[str], str]


def resolve(text: str, leaning: Leaning) -> str | None:
    """The text with the reference it opens with resolved; None where that cannot be done."""
    names = leaning.names
    if leaning.subject and re.match(rf"it (?:also )?(?:{_OFFER}) ", text, re.I):
        return f"{leaning.subject} {text[3:]}"
    component = _COMPONENT_START.match(text)
    if component:
        label = _label(component[1], leaning.path)
        return label + text[component.end() :] if label else None
    for pattern, replacement in (
        *_rules(names),
        *(_after_own(names) if leaning.after_own else ()),
        *(_opening(names) if leaning.opening else ()),
    ):
        made, count = pattern.subn(replacement, text, count=1)
        if count:
            return _introduced(_inflected(made), names)
    return None if POINTS_BACK.match(text) else text


def subject_of(printed: str | None) -> str | None:
    """The part a printed sentence is about ("The Image class represents ..."), which "It" in the next one stands for."""
    found = re.match(rf"The [A-Z][\w.+ -]{{0,40}}? (?:{_COMPONENT})(?= \w)", printed) if printed else None
    return found.group() if found else None


def named_part(text: str, path: tuple[str, ...] | None) -> str:
    """ "the action" under a heading "GitHub Action" -> "the GitHub action"."""
    found = re.search(rf"\b([Tt]he) ({_COMPONENT})(?= (?!for\b)\w)", text)
    if not found:
        return text
    for title in reversed(path or ()):
        named = re.search(rf"((?:[A-Z][\w.+-]* )+)(?i:{found[2]})s?\b", title)
        if named:
            return f"{text[: found.start()]}{found[1]} {named[1]}{found[2]}{text[found.end() :]}"
    return text


def speak_for(text: str, names: Names) -> str | None:
    """ "We", "our" and "this library" inside a sentence: the artifact's where it is what it offers, else None."""
    text = re.sub(rf"(?<=\w )(?:this|our) (?=(?:[\w-]+ )?(?:{names.nouns.pattern})\b)", "the ", text, flags=re.I)
    if not _FIRST_PERSON.search(text):
        return text
    makers = text.lower().startswith("the makers of")
    if makers:
        text = re.sub(r"(?<=[\w,;–—)] )we\b", "they", text)
        text = re.sub(r"\bour\b", "their", re.sub(r"\bus\b", "them", text))
    elif names.type not in {"dataset", "benchmark"} or re.search(rf"\bwe {_ADVERBS}(?:{_PROVISION})\b", text):
        text = _inflected(_INSIDE_WE.sub(lambda m: f"{names.name} {m[1].replace('do ', '')}{_VERB}{m[2]}", text, count=1))
    text = re.sub(rf"(?<=[\w,;–—)] )we (?!{_NO_DEED})(?=\w)", f"the makers of {names.name} ", text, count=0 if makers else 1)
    text = re.sub(r"(?<=[\w,;–—)] )our (?!own\b)", "its ", text)
    return None if _FIRST_PERSON.search(text) else text


@lru_cache(maxsize=8)
def _rules(names: Names) -> tuple[Rule, ...]:
    """Rules that need no more than the sentence itself, in the order they are tried. `_VERB` marks a verb to put in the third person."""
    name, noun = _escaped(names.name), names.nouns.pattern
    known = "|".join(re.escape(n) + r"\s*[,:(–—-]" for n in names.known)
    operation = rf"|{_OPERATION}" if names.type not in {"dataset", "benchmark"} else ""
    rules = [
        (
            rf"^if you(?:['’]d| would)? (?:want|like|wish|prefer|need) to ({_NOT_A_JOB}\w+ .+?)(?:,| -)? (?:then )?"
            rf"(?:{_INDIRECT_VERBS})\b.*$",
            rf"{name} lets you \1",
        ),
        (rf"^(?:in order )?to ({_NOT_A_JOB}\w+ .+?)(?:,| -| you can) (?:{_INDIRECT_VERBS})\b.*:$", rf"{name} lets you \1"),
        (rf"^(?:in order )?to ({_NOT_A_JOB}\w+ .+?), (?=you can )(?:you can) .*$", rf"{name} lets you \1"),
        (rf"^(?:this|our|the current) ({_STORED})(?=\s+(?:also\s+|currently\s+)?(?:{_OFFER})\b)", rf"The {name} \1"),
        (rf"^(?:this|our|the current) (?:{noun})(?=\s+(?:also\s+|further\s+|currently\s+)?(?:{_OFFER})\b)", name),
        (
            rf"^(?:in|with|through|for|from) (?:this|our) (?:{noun})\s*,\s*we ({_ADVERBS})(?=(?:{_PROVISION}|release|introduce|use)\b)",
            rf"{name} \1{_VERB}",
        ),
        (rf"^(?:in|with|within) (?:this|our) (?:{noun})\s*,\s*you (?:will |can )", f"{name} lets you "),
        (rf"^you may (?:also |now |either )*(?={_YOU_NOT}\w)", f"With {name}, you may "),
        (
            rf"^(?:then |with it, )?you (?:can|may) (?:also |now |either |easily |simply |just |then |thus |even )*{_YOU_NOT}",
            f"{name} lets you ",
        ),
        (rf"^our (?:{noun})s?['’]s? ", f"{_escaped(names.possessive)} "),
        (r"^we(?: also)? (?:release|introduce|present|propose)d? (?=" + known + ")", ""),
        (rf"^we ({_ADVERBS})(?=(?:{_PROVISION}{operation})\b)", rf"{name} \1{_VERB}"),
        (
            rf"^(?:in (?:our|this) (?:work|paper|release|experiments|evaluation),? )?we (?!(?:also |now |then |further )*{_NO_DEED})(?=\w)",
            f"The makers of {name} ",
        ),
    ]
    return tuple((re.compile(pattern, re.I), replacement) for pattern, replacement in rules)


@lru_cache(maxsize=8)
def _after_own(names: Names) -> tuple[Rule, ...]:
    """Rules for a sentence that follows one about the artifact."""
    name, noun = _escaped(names.name), names.nouns.pattern
    adverb = r"(?:also\s+|further\s+|currently\s+|then\s+)?"
    rules = [
        (r"^(?:this|it) (?:allows|enables|lets) (?:you|users|developers)(?: to)?\b", f"{name} lets you"),
        (
            rf"^it (?=(?:{adverb}(?:{_OFFER})|can|may|must|should)\b)(?!\w+ (?:them|this|possible|important|recommended|worth)\b)",
            f"{name} ",
        ),
        (rf"^this (?={adverb}(?:provides|offers|supports|includes|contains|enables|allows)\b)", f"{name} "),
        (r"^its (?=\w)", f"{_escaped(names.possessive)} "),
        (rf"^the (?:{noun}) (?=(?:also\s+)?(?:{_OFFER})\b)", f"{name} "),
    ]
    return tuple((re.compile(pattern, re.I), replacement) for pattern, replacement in rules)


@lru_cache(maxsize=8)
def _opening(names: Names) -> tuple[Rule, ...]:
    name = _escaped(names.name)
    return (
        (re.compile(r"^this is our ", re.I), f"{name} has its own "),
        (
            re.compile(
                r"^(?:this is|here is|here['’]s) (?=(?:an?|the)\b"
                r"(?! (?:[\w-]+ ){0,4}(?:first|example|list|guide|tutorial|page|code|script|folder)\b))",
                re.I,
            ),
            f"{name} is ",
        ),
    )


def _escaped(name: str) -> str:
    return name.replace("\\", r"\\")


def _label(noun: str, path: tuple[str, ...] | None) -> str | None:
    """ "feature" under "Deep Research" -> "The Deep Research feature"; "action" under "GitHub Action" -> "The GitHub Action"."""
    if re.search(r"[A-Z]", noun) or (" " in noun and path is not None):
        return f"The {noun}"
    head = noun.split()[-1].lower()
    for title in reversed(path or ()):
        named = re.search(rf"((?:[A-Z][\w.+-]* )+)(?i:{head})s?\b", title)
        if named:
            return f"The {named[1]}{head}"
    if head not in _LABELLED:
        return None
    heading = re.sub(r"^(?:\d+(?:\.\d+)*[.)]?|[a-z]+:)\s+|\s*\([^()]*\)|[:.]$", "", path[-1]).strip() if path else ""
    if not heading or len(heading.split()) > 5 or generic(heading) or heading.endswith("?"):
        return None
    if re.match(r"(?:how|why|what|when|where|using|getting|running|the)\b", heading, re.I):
        return None
    return f"The {heading} {noun}"


def _inflected(text: str) -> str:
    """ "NAME provide" -> "NAME provides", "NAME support and verify" -> "NAME supports and verifies", where the verb is marked."""
    found = re.search(rf"{_VERB}([\w-]+)(?: (and|or) (verify|provide|support|include|offer|use|allow)\b)?", text)
    if not found:
        return text
    made = "has" if found[1].lower() == "have" else third_person(found[1])
    more = f" {found[2]} {third_person(found[3])}" if found[2] else ""
    return (text[: found.start()] + made + more + text[found.end() :]).replace(" do " + made, " " + made)


def _introduced(text: str, names: Names) -> str:
    """ "NAME, a toolkit for ..." (what is left of "We present NAME, a ...") -> "NAME is a toolkit for ..."."""
    called = names.opens(text)
    if called is None:
        return text
    return re.sub(rf"^({re.escape(called)}(?:\s*\([^()]*\))?)\s*[,:–—-]\s*(?=(?:an?|the|our)\b)", r"\1 is ", text, flags=re.I)
