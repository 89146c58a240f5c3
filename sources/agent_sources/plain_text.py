"""Structure of plain text by its line layout: papers and notes have no marks, only short numbered lines, bullets and blank lines."""

from __future__ import annotations

import re

from agent.domain.document import Block

_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[A-Z][^.!?]{1,70})$")
_NAMED = re.compile(
    r"^(?:Abstract|Introduction|Conclusions?|References|Acknowledge?ments|Limitations|Appendix.*|Background|Related Work)$", re.I
)
_BULLET = re.compile(r"^\s*(?:[-*•‣]|\d{1,2}[.)]|\(\d{1,2}\))\s+(?=\S)")
_PAGE_NUMBER = re.compile(r"^\s*\d{1,4}\s*$")
_CAPTION = re.compile(r"^(?:Figure|Table|Algorithm)\s+\d+[:.]")
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*\d{0,2}$")
_SETEXT = re.compile(r"^\s*(?:={3,}|-{3,}|~{3,})\s*$")


def plain_blocks(text: str) -> list[Block]:
    """Blocks of a plain text: numbered or named headings, list items, captions and paragraphs.

    A paragraph ends at a blank line, a heading, a bullet, or where a sentence ends on a line much shorter than its neighbours.
    """
    found: list[Block] = []
    path: list[tuple[int, str]] = []
    run: list[tuple[int, int, str]] = []
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    typical = lengths[len(lengths) * 3 // 4] if lengths else 80

    def flush() -> None:
        if run:
            kind = "list_item" if _BULLET.match(run[0][2]) else "paragraph"
            mark = _BULLET.match(run[0][2])
            start = run[0][0] + (mark.end() if mark else len(run[0][2]) - len(run[0][2].lstrip()))
            titles = tuple(title for _, title in path)
            found.append(Block(kind=kind, start=start, end=run[-1][1], heading_path=titles, level=1 if mark else 0))
            run.clear()

    lines = text.split("\n")
    at = 0
    for number, line in enumerate(lines):
        start, end = at, at + len(line.rstrip())
        at += len(line) + 1
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if not line.strip() or _PAGE_NUMBER.match(line) or _SETEXT.match(line):
            if not line.strip():
                flush()
            continue
        level = _heading_level(line, following, previous_ended=not run or bool(_ENDS.search(run[-1][2].rstrip())))
        if level:
            flush()
            path = [(n, t) for n, t in path if n < level] + [(level, " ".join(line.split()))]
            first = start + len(line) - len(line.lstrip())
            found.append(Block(kind="heading", start=first, end=end, heading_path=tuple(t for _, t in path), level=level))
            continue
        if (
            _BULLET.match(line)
            or _CAPTION.match(line.strip())
            or (run and _ENDS.search(run[-1][2].rstrip()) and len(run[-1][2]) < 0.8 * typical)
        ):
            flush()
        run.append((start, end, line))
    flush()
    return found


def _heading_level(line: str, following: str, *, previous_ended: bool) -> int:
    stripped = line.strip()
    numbered = _NUMBERED.match(stripped)
    if numbered and previous_ended and following.strip()[:1].isupper():
        return numbered["number"].count(".") + 1
    if _NAMED.match(stripped):
        return 1
    return 1 if _SETEXT.match(following) and len(stripped.split()) <= 12 else 0
