"""What stays out of passages: badges, licence texts, navigation, encoded data and placeholders. Rules are about form, not about topics."""

from __future__ import annotations

import re

from agent.domain.document import Block, SkipReason

# No part of a pattern may run over the opening mark of the next try: "[[[[..." would take time by the square of its length.
_WORDS, _TARGET = r"\[([^\[\]]*+)\]", r"\((?:[^()]++|\([^()]*+\))*+\)"
_IMAGE = re.compile(rf"!\[[^\[\]]*+\](?:{_TARGET}|\[[^\[\]]*+\])|<img\b[^<>]*+>", re.I)
_LINK = re.compile(rf"{_WORDS}{_TARGET}|{_WORDS}\[[^\[\]]*+\]|<a\b[^<>]*+>((?:(?!<a\b).){{0,1000}}?)</a>", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")
_URL = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENTITY = re.compile(r"&(?:#\w+|[A-Za-z]+);?")
_ENCODED_RUN = re.compile(r"[A-Za-z0-9+/=]{200,}")
_ENCODED = re.compile(rf"data:[\w/+.-]+;base64,|{_ENCODED_RUN.pattern}")
_LONGEST_PLACEHOLDER = 300
_ENTRY_WORDS = 4  # under "Contents" or "Index", an entry with this many words of its own is prose
_BETWEEN_LINKS = re.compile(r"[|•·‧∙]|&nbsp")
_PLACEHOLDER = re.compile(
    r"\A\W*(?:\[?more information needed\]?|\[?needs? more information\]?|to be (?:added|completed|announced|determined)|"
    r"coming soon|tbd|tba|todo|n/?a|lorem ipsum.*)\W*\Z",
    re.I | re.S,
)
_LICENCE_TEXT = re.compile(
    r"permission is hereby granted, free of charge|licensed under the apache license, version 2\.0 \(the|"
    r"redistribution and use in source and binary|provided \"?as is\"?,? without warranty|without warranties or conditions of any kind|"
    r"you may obtain a copy of the license at|^\W*(?:copyright\s*)?(?:©|\(c\)|copyright)\s.{0,60}\d{4}",
    re.I,
)
# One of these stands in whatever _LICENCE_TEXT finds; looking for them takes a fiftieth of its time.
_LICENCE_SIGNS = ("hereby granted", "apache license", "redistribution and use", "warrant", "copy of the license", "copyright", "©", "(c)")
_NAVIGATION_TITLE = re.compile(r"^(?:table of contents|contents|toc|navigation|on this page|quick ?links|menu|index|breadcrumbs?)$", re.I)
_NAVIGATION_TEXT = re.compile(
    r"^(?:skip to (?:main )?content|back to top|edit (?:this page|on github)|"
    r"next(?: page)?:?|previous(?: page)?:?|was this page helpful\??)$",
    re.I,
)


def skip_reason(source: str, block: Block) -> SkipReason | None:
    """Why a block stays out of passages, or None. `source` is the block's text."""
    if block.kind == "heading":
        return None
    if block.kind == "code":
        return "encoded data" if _ENCODED_RUN.search(source) else None
    if ";base64," in source or _ENCODED.search(_URL.sub(" ", source)):
        return "encoded data"
    if len(source) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.match(_LINK.sub(r"\1\2\3", source).strip()):
        return "placeholder"
    if block.kind == "table_header":
        return None
    if block.heading_path and _NAVIGATION_TITLE.match(block.heading_path[-1]) and not _tells(source):
        return "navigation"
    folded = source.casefold()
    if any(sign in folded for sign in _LICENCE_SIGNS) and _LICENCE_TEXT.search(source) and not _says_more(source):
        return "licence text"
    return _links_only(source, block)


def _tells(source: str) -> bool:
    """Whether an entry under "Contents" or "Index" says something of its own beside its links."""
    return len(_own_words(source)) >= _ENTRY_WORDS


def _says_more(source: str) -> bool:
    return len(_WORD.findall(source)) < 12 and not re.search(r"copyright|©|\(c\)", source, re.I)


def _own_words(source: str) -> list[str]:
    """The words that are not in images, links, tags or addresses."""
    without_links = _LINK.sub(" ", _IMAGE.sub(" ", source))
    return _WORD.findall(_URL.sub(" ", _ENTITY.sub(" ", _TAG.sub(" ", without_links))))


def _links_only(source: str, block: Block) -> SkipReason | None:
    """Badges and navigation: blocks whose words are nearly all images or link texts."""
    if not any(mark in source for mark in ("[", "<", "&", "://")) and _WORD.search(source):  # plain prose, which most blocks are
        return "navigation" if _NAVIGATION_TEXT.match(" ".join(source.split())) else None
    without_images = _IMAGE.sub(" ", source)
    own = _own_words(source)
    if own and _BETWEEN_LINKS.search(source) and len(_LINK.findall(without_images)) >= 3 and len(own) <= len(_LINK.findall(without_images)):
        return "navigation"  # a bar of links: languages, chapters, social media
    if not own:
        if _IMAGE.search(source):
            return "badges"
        if block.kind == "table_row":
            return None if _WORD.search(without_images) or re.search(r"\d", without_images) else "markup"
        linked = _URL.sub(" ", _TAG.sub(" ", _LINK.sub(r"\1\2\3", without_images)))
        if not _WORD.search(linked):
            return "markup"
        if _LINK.search(without_images):
            return "navigation"
    return "navigation" if _NAVIGATION_TEXT.match(" ".join(_TAG.sub(" ", _LINK.sub(r"\1\2\3", source)).split())) else None
