"""The part of a web page that is its content: the author's own mark of it, else where readability finds the text.

An element is chosen, and kept as it is: readability's own output loses lists (and trafilatura's loses headings where lists are long;
both seen on pages of six common layouts), so that its answer is used only to find the place.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import Counter
from collections.abc import Callable

from bs4 import BeautifulSoup, ParserRejectedMarkup, Tag, XMLParsedAsHTMLWarning

_SHARE = 0.9  # of the words readability found: the smallest element with so many of them is the place
_LONGEST = 600_000  # characters; finding the place in more takes many seconds, and the whole page is read instead
_READ = 40  # times a page's text is looked at on the way down to its content


def main_content(page: str) -> str:
    """The HTML of a page's main content; the whole page where nothing in it stands out."""
    if len(page) > _LONGEST:
        return page
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            soup = BeautifulSoup(page, "html.parser")
        except ParserRejectedMarkup:
            return page  # the reader says what is wrong with it
    try:
        place = _marked(soup) or _found(page, soup)
        return page if place is None else str(place)
    except RecursionError:  # nested beyond what can be written out again
        return page


def _marked(soup: BeautifulSoup) -> Tag | None:
    """<main> or role=main, or the only <article>, as the HTML standard has them for exactly this."""
    for is_mark in (lambda tag: tag.name == "main" or tag.get("role") == "main", lambda tag: tag.name == "article"):
        outermost = _outermost(soup, is_mark)
        if len(outermost) == 1 and outermost[0].get_text(strip=True):
            return outermost[0]
    return None


def _outermost(soup: BeautifulSoup, wanted: Callable[[Tag], bool]) -> list[Tag]:
    """The first two elements of a kind that stand in no other of that kind."""
    found: list[Tag] = []
    waiting: list[Tag] = [soup]
    while waiting and len(found) < 2:
        node = waiting.pop()
        if wanted(node):
            found.append(node)
        else:
            waiting += [child for child in node.children if isinstance(child, Tag)]
    return found


def _found(page: str, soup: BeautifulSoup) -> Tag | None:
    wanted = _words(_readable(page))
    total = sum(wanted.values())
    if not total:
        return None
    node: Tag = soup
    budget = _READ * len(page)
    while budget > 0:
        holding = []
        for child in [child for child in node.children if isinstance(child, Tag)]:
            text = child.get_text(" ")
            budget -= len(text)
            if len(text) >= _SHARE * total and (_words(text) & wanted).total() >= _SHARE * total:
                holding.append(child)
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
        summary = Document(re.sub(r"\A\s*<\?xml[^>]*>", "", page)).summary(html_partial=True)
    except (Unparseable, ValueError, RecursionError, TypeError, AttributeError):
        return ""
    finally:
        log.setLevel(level)
    return BeautifulSoup(summary, "html.parser").get_text(" ")


def _with_title(node: Tag, soup: BeautifulSoup) -> Tag:
    """The element, widened until the page's title is in it: text before or beside the longest section would be lost otherwise."""
    titles = [title for title in soup.find_all("h1", limit=2) if not title.find_parent(["header", "nav", "footer", "aside"])]
    if len(titles) != 1:
        return node
    above = {id(parent) for parent in titles[0].parents}
    while id(node) not in above and isinstance(node.parent, Tag):
        node = node.parent
    return node


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))
