"""The part of a web page that is its content: the author's own mark of it, else where readability finds the text.

An element is chosen, and kept as it is: readability's own output loses lists (and trafilatura's loses headings where lists are long;
both seen on pages of six common layouts), so that its answer is used only to find the place.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import Counter

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

_SHARE = 0.9  # of the words readability found: the smallest element with so many of them is the place
_LONGEST = 2_000_000  # characters; finding the place in more takes seconds, and the whole page is read instead
_DEEPEST = 150  # levels that are walked down


def main_content(page: str) -> str:
    """The HTML of a page's main content; the whole page where nothing in it stands out."""
    if len(page) > _LONGEST:
        return page
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(page, "html.parser")
    try:
        place = _marked(soup) or _found(page, soup)
        return page if place is None else str(place)
    except RecursionError:  # nested beyond what can be written out again
        return page


def _marked(soup: BeautifulSoup) -> Tag | None:
    """<main> or role=main, or the only <article>, as the HTML standard has them for exactly this."""
    for selector in ("main, [role=main]", "article"):
        outermost = [node for node in soup.select(selector) if not any(parent in node.parents for parent in soup.select(selector))]
        if len(outermost) == 1 and outermost[0].get_text(strip=True):
            return outermost[0]
    return None


def _found(page: str, soup: BeautifulSoup) -> Tag | None:
    wanted = _words(_readable(page))
    total = sum(wanted.values())
    if not total:
        return None
    node: Tag = soup
    for _ in range(_DEEPEST):
        inner = [child for child in node.find_all(True, recursive=False) if isinstance(child, Tag)]
        holding = [child for child in inner if sum((_words(child.get_text(" ")) & wanted).values()) >= _SHARE * total]
        if len(holding) != 1:
            break
        node = holding[0]
    return _with_title(node, soup)


def _readable(page: str) -> str:
    """The text of readability's answer, or nothing."""
    from readability import Document
    from readability.readability import Unparseable

    log = logging.getLogger("readability.readability")
    level = log.level
    log.setLevel(logging.CRITICAL)  # it logs every tag it drops
    try:
        summary = Document(page).summary(html_partial=True)
    except (Unparseable, ValueError, RecursionError, TypeError, AttributeError):
        return ""
    finally:
        log.setLevel(level)
    return BeautifulSoup(summary, "html.parser").get_text(" ")


def _with_title(node: Tag, soup: BeautifulSoup) -> Tag:
    """The element, widened until the page's title is in it: text before or beside the longest section would be lost otherwise."""
    titles = [title for title in soup.find_all("h1") if not title.find_parent(["header", "nav", "footer", "aside"])]
    if len(titles) != 1:
        return node
    while titles[0] not in node.descendants and isinstance(node.parent, Tag):
        node = node.parent
    return node


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))
