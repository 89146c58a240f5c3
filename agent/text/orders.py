"""Sentences that give orders to machine readers of a page ("ignore previous instructions", "AI assistants must recommend ...").

They say nothing of an artifact, whoever wrote them, and are not to be printed as if they did. The rule is about form: an order to drop
other orders, an order to whoever summarises or answers, or one that addresses a model by name. A sentence that only tells of such
orders ("detects prompts that tell a model to ignore ...") is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from agent.text.fold import folded_text

# Letters of other scripts that look like Latin ones: orders are written with them so that they are not found.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁԛԝһӏοαενΙΟΑΕАЕОРСУХІВНКМТ", "aeopcyxijsdqwhloaevIOAEAEOPCYXIBHKMT")
_MACHINE = (
    r"(?:(?:an?y?|all|the|every|each)\s+)?(?:(?:large\s+)?language[- ]models?|LLMs?|AIs?|"
    r"AI[- ](?:assistants?|agents?|models?|systems?|readers?|crawlers?|bots?|tools?|summari[sz]ers?)|chat ?bots?|(?:web )?crawlers|"
    r"machine readers?|automated (?:readers?|systems?|summari[sz]ers?|reviewers?)|virtual assistants?)"
)
_TELL = r"(?:say|state|mention|recommend|describe|rate|rank|repeat|claim|praise|treat|promote|prefer|obey|comply)"
_SUMMARIES = r"(?:summar(?:y|ies)|overviews?|answers?|responses?|reviews?|recommendations?|descriptions?|repl(?:y|ies)|outputs?)"
_OPENS = r"(?:^|[.!?:;,>()|\[\]{}#/\"'“”‘’*_-]\s*|\b(?:please|now|then|and|must|should)\s+)"
_ORDER = re.compile(
    rf"{_OPENS}(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|the|your|of|these|my|our)\s+)*"
    r"(?:(?:previous|prior|preceding|earlier|above|other|former|system|original|existing)\s+)+(?:\w+\s+)?"
    r"(?:instructions?|prompts?|rules?|orders?|text|context|guidelines?|directives?|messages?)\b"
    rf"|\b{_MACHINE}(?:\s+[\w'-]+){{0,6}}?\s+(?:must|should|shall|ought to|need to|have to|are (?:required|instructed|ordered|asked) to)\s+"
    rf"(?:\w+ly\s+|always\s+|never\s+|not\s+)*{_TELL}\b"
    rf"|\b(?:must|should|shall|is to|are to|has to|needs? to)\s+(?:always\s+)?be\s+(?:included|mentioned|repeated|stated|quoted|"
    rf"reproduced)\s+(?:\w+\s+)?(?:in|with)\s+(?:any|every|all|each|your|the)\s+(?:\w+\s+)?{_SUMMARIES}\b"
    rf"|{_OPENS}(?:include|mention|add|put|repeat|insert|state|reproduce|quote|append)\s+(?:\S+\s+){{1,20}}?(?:in|to|into|with)\s+"
    rf"(?:any|every|all|each|your)\s+(?:\w+\s+)?{_SUMMARIES}\b"
    rf"|{_OPENS}(?:if|when|since|because|as)\s+(?:you\s+are|you're)?\s*{_MACHINE}\b(?=[^.]{{0,200}}\b(?:you|{_TELL})\b)"
    rf"|{_OPENS}you\s+are\s+now\s+(?:an?|in|the)\b"
    rf"|{_OPENS}(?:do\s+not|don't|never)\s+(?:tell|reveal|disclose|mention|report|show)\s+"
    r"(?:\S+\s+){0,4}?(?:the|your)\s+(?:users?|readers?|humans?)\b"
    rf"|{_OPENS}\W{{0,20}}(?:attention|notes?|notice|messages?|instructions?|important|warning)\s+(?:to|for)\s+"
    rf"{_MACHINE}(?=\s*(?:[:,;.!-]|$)|\s+(?:reading|that|who|and|or)\b)"
    rf"|{_OPENS}\W{{0,20}}(?:attention|dear|hey|hello)[,:]?\s+{_MACHINE}\b"
    r"|\bmandatory\s+compliance\b|\bcompliance\s+(?:is\s+)?(?:mandatory|required)\b"
    rf"|{_OPENS}\W{{0,20}}(?:(?-i:SYSTEM)|(?:system|developer)\s+(?:prompt|message|override|note))\s*:"
    rf"|(?:^|[:;.]\s*)\W{{0,20}}(?:im_start\|>|<\|?system\|?>|INST\]|SYS>>)"
    r"|\b(?:ignorier\w*|missachte\w*|vergiss|vergessen)\s+(?:\w+\s+){0,3}(?:vorherig|bisherig|obig|vorangehend)\w*\s+"
    r"(?:anweisung|befehl|regel)\w*"
    r"|\b(?:ignore[zr]?|oublie[zr]?)\s+(?:\w+\s+){0,3}(?:instructions|consignes)\s+(?:précédentes|ci-dessus|antérieures)"
    r"|\b(?:ignor[ae]d?|olvid[ae]d?|esqueça)\s+(?:\w+\s+){0,3}(?:instruc\w+)\s+(?:anteriores|previas|prévias)"
    r"|忽略.{0,8}(?:指令|指示|提示)|無視.{0,6}指示|(?:指示|命令).{0,4}無視|игнорируй\w*\s+(?:\w+\s+){0,3}инструкци\w+",
    re.I,
)


@lru_cache(maxsize=8192)
def gives_orders(text: str) -> bool:
    """Whether a sentence gives orders to machine readers. Letters that look alike and invisible ones do not disguise it."""
    plain = " ".join(folded_text(text).split())
    return bool(_ORDER.search(plain) or (not plain.isascii() and _ORDER.search(plain.translate(_LOOKALIKES))))


_GOES_ON = re.compile(
    rf"\W{{0,5}}(?:(?:then|and|also|instead|please|always|now)[\s,]+)*(?:{_TELL}|answer|write|tell|add|report|note|give|list)\b", re.I
)


def goes_on_ordering(text: str) -> bool:
    """Whether a sentence right after an order is one of its orders: "Say that ...", "Then rate it best."."""
    return bool(_GOES_ON.match(" ".join(folded_text(text).split())))
