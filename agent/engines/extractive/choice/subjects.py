"""What a reader could check about whom a statement tells and when: the artifact or something beside it, always or at one step."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.engines.extractive.claims.names import named_systems, own_keys
from agent.engines.extractive.statements.standalone import Names

_WE = re.compile(r"\b(?:we|our|us|let['’]?s)\b", re.I)
_NOW = re.compile(r"^(?:now|then|next|first|second|finally|lastly|here|again|after|once|before|to \w+|in order to|for example)\b", re.I)
_THIS_PAGE = re.compile(
    r"\bthis (?:example|tutorial|guide|section|notebook|page|step|way|case|script|code|file|folder)\b|\b(?:above|below)\b", re.I
)
_FILE = re.compile(r"\b[\w-]+\.(?:py|ipynb|json|jsonl|ya?ml|txt|md|sh|csv|zip|tar|toml|cfg|pt|bin|html|ts|js)\b|[\w-]+/[\w-]+/")
_CODED = re.compile(r"\b\w+_\w+\b|\w\(\)|(?<!\w)--?[a-z]|\b[a-z]+[A-Z]\w*")
_DEFINITE = re.compile(r"\bthe (?!(?:first|only|same|most|largest|world)\b)[a-z]", re.I)
_ORDER = re.compile(r"\b(?:run|use|set|pass|add|change|create|install|download|make|edit|specify|load|import|call|choose|replace)\b", re.I)
_CONDITIONAL = re.compile(r"\b(?:if|when|once|unless|until|while|inside|make sure|need to|should|must)\b", re.I)
_RECENT = re.compile(r"\b(?:now|recently|currently|new|latest|soon|will|working on|has been|have been|was|were|since|\d{4})\b", re.I)
_PRAISE = re.compile(
    r"\b(?:popular|trusted|beloved|leading|powerful|quality|better|great|experience|ease of use|simplicity|enhanced|productivity)\b", re.I
)
_MAKERS = re.compile(r"\b(?:makers|team|community|contributors|authors|teams|participants|committee|organizers)\b", re.I)


def of_whom(text: str, printed: str, heading_path: tuple[str, ...], names: Names) -> Iterable[tuple[str, float]]:
    """Named features of a sentence (as its document has it, and as it is printed): its subject, its time, its place among steps."""
    own = own_keys(names.known)
    called = names.opens(printed)
    rest = printed[len(called) :] if called else ""
    opening = named_systems(printed[:50], own, sentence_start=False) if called is None else []
    title = heading_path[0] if heading_path else ""
    others = named_systems(printed, own)
    return [
        ("own compound", bool(re.match(r"[- ](?:[A-Z][A-Za-z]+|[A-Z]{2,})\b", rest))),
        ("another opens", bool(opening) and printed.find(opening[0]) <= 4),
        ("another in heading", any(named_systems(t, own, sentence_start=False) for t in heading_path[1:])),
        ("own in heading", any(names.mentioned(t) for t in heading_path[1:])),
        ("title of another", bool(title) and not names.mentioned(title) and bool(named_systems(title, own, sentence_start=False))),
        ("title is own", bool(title) and names.mentioned(title)),
        ("others named", min(3, len(others)) / 2),
        ("no one named", not others and not names.mentioned(text)),
        ("first person", bool(_WE.search(text))),
        ("sequence", bool(_NOW.match(text))),
        ("this page", bool(_THIS_PAGE.search(text))),
        ("file named", bool(_FILE.search(text))),
        ("code named", bool(_CODED.search(text))),
        ("definite nouns", min(4, len(_DEFINITE.findall(printed))) / 2),
        ("order", bool(_ORDER.match(text))),
        ("orders", min(3, len(_ORDER.findall(text))) / 2),
        ("conditional", bool(_CONDITIONAL.search(text))),
        ("recent", bool(_RECENT.search(text))),
        ("praise", min(2, len(_PRAISE.findall(text)))),
        ("makers and people", bool(_MAKERS.search(printed))),
        ("only resolved name", called is not None and not names.mentioned(text)),
    ]
