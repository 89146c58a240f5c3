"""Structure of plain text by its line layout: papers and notes have no marks, only short numbered lines, bullets and blank lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from agent.domain.document import Block

_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[A-Z][^.!?]{1,70})$")
_NAMED = re.compile(
    r"^(?:Abstract|Introduction|Conclusions?|References|Acknowledge?ments|Limitations|Appendix.*|Background|Related Work)$", re.I
)
_BULLET = re.compile(r"^\s*(?:[-*•‣]|\d{1,2}[.)]|\(\d{1,2}\))\s+(?=\S)")
_PAGE_NUMBER = re.compile(r"^\s*\d{1,4}\s*$")
_CAPTION = re.compile(r"^(?:Figure|Table|Algorithm)\s+\d+[:.]")
_FOOTNOTE = re.compile(r"^\d{1,2}https?://\S+$")
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*\d{0,2}$")
_SETEXT = re.compile(r"^\s*(?:={3,}|-{3,}|~{3,})\s*$")
_OPEN_END = re.compile(r"\b(?:a|an|the|and|or|of|for|with|in|on|to|from|by|at|as)$")  # a heading that goes on in the next line


def plain_blocks(text: str) -> list[Block]:
    """Blocks of a plain text: numbered or named headings, list items, captions and paragraphs.

    A paragraph ends at a blank line, a heading, a bullet, a caption, a footnote that is an address, or where a sentence ends on a line
    much shorter than its neighbours; a caption also where a sentence ends and the next line goes on in lower case.
    """
    return _Layout(text).read()


@dataclass
class _Layout:
    text: str
    found: list[Block] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)
    run: list[tuple[int, int, str]] = field(default_factory=list)
    number: tuple[int, ...] = ()  # of the last numbered heading

    def read(self) -> list[Block]:
        lines = self.text.split("\n")
        lengths = sorted(len(line) for line in lines if line.strip())
        self.typical = lengths[len(lengths) * 3 // 4] if lengths else 80
        at = joined = 0
        for index, line in enumerate(lines):
            start, end = at, at + len(line.rstrip())
            at += len(line) + 1
            if joined:
                joined -= 1
                continue
            if not line.strip() or _PAGE_NUMBER.match(line) or _SETEXT.match(line):
                if not line.strip():
                    self._flush()
                continue
            level = self._heading_level(line, lines[index + 1] if index + 1 < len(lines) else "")
            if level:
                joined = self._continued(lines, index)
                self._heading(level, start, at - 1 + sum(len(more) + 1 for more in lines[index + 1 : index + 1 + joined]))
                continue
            if self._begins(line):
                self._flush()
            self.run.append((start, end, line))
        self._flush()
        return self.found

    def _flush(self) -> None:
        if not self.run:
            return
        mark = _BULLET.match(self.run[0][2])
        start = self.run[0][0] + (mark.end() if mark else len(self.run[0][2]) - len(self.run[0][2].lstrip()))
        titles = tuple(title for _, title in self.path)
        kind = "list_item" if mark else "paragraph"
        self.found.append(Block(kind=kind, start=start, end=self.run[-1][1], heading_path=titles, level=1 if mark else 0))
        self.run.clear()

    def _heading(self, level: int, start: int, end: int) -> None:
        self._flush()
        source = self.text[start:end]
        start += len(source) - len(source.lstrip())
        end = start + len(source.strip())
        title = " ".join(self.text[start:end].split())
        numbered = _NUMBERED.match(title)
        if numbered:
            self.number = tuple(int(part) for part in numbered["number"].split("."))
        self.path = [(n, t) for n, t in self.path if n < level] + [(level, title)]
        self.found.append(Block(kind="heading", start=start, end=end, heading_path=tuple(t for _, t in self.path), level=level))

    def _begins(self, line: str) -> bool:
        """Whether a line begins something new."""
        if _BULLET.match(line) or _CAPTION.match(line.strip()) or _FOOTNOTE.match(line.strip()):
            return True
        if not self.run:
            return False
        last = self.run[-1][2].rstrip()
        if _FOOTNOTE.match(self.run[0][2].strip()) and (len(line.split()) > 1 or not last.endswith(("/", "-"))):
            return True
        ended = bool(_ENDS.search(last))
        in_caption = bool(_CAPTION.match(self.run[0][2].strip()))
        return ended and (len(last) < 0.8 * self.typical or (in_caption and line.lstrip()[:1].islower()))

    def _heading_level(self, line: str, following: str) -> int:
        stripped = line.strip()
        numbered = _NUMBERED.match(stripped)
        if numbered:
            parts = tuple(int(part) for part in numbered["number"].split("."))
            after_text = bool(self.run) and not _ENDS.search(self.run[-1][2].rstrip())
            goes_on = following.strip()[:1].isupper() or bool(_OPEN_END.search(stripped))
            if goes_on and self._in_sequence(parts) and (len(parts) > 1 or not after_text):
                return len(parts)
        if _NAMED.match(stripped):
            return 1
        return 1 if _SETEXT.match(following) and len(stripped.split()) <= 12 else 0

    def _in_sequence(self, parts: tuple[int, ...]) -> bool:
        """Whether a number can follow the last heading's: 2.3 after 2.2 or 2, 3 after 2.2; any number may be the first."""
        if not self.number:
            return len(parts) == 1 or parts[-1] == 1
        shared = self.number[: len(parts)]
        if len(parts) > len(self.number):
            return parts[:-1] == self.number and parts[-1] == 1
        return parts[:-1] == shared[:-1] and parts[-1] == shared[-1] + 1

    def _continued(self, lines: list[str], index: int) -> int:
        """How many of the next lines belong to a heading: one after an open end, or one short capitalised line before the text."""
        following = lines[index + 1].strip() if index + 1 < len(lines) else ""
        after = lines[index + 2].strip() if index + 2 < len(lines) else ""
        if not following or not _NUMBERED.match(lines[index].strip()) or _NUMBERED.match(following) or _ENDS.search(following):
            return 0
        if _OPEN_END.search(lines[index].strip()):
            return 1 if len(following) < 0.8 * self.typical else 0
        words = following.split()
        short = len(words) <= 3 and len(following) < 0.4 * self.typical and all(word[:1].isupper() or word[:1].isdigit() for word in words)
        return 1 if short and len(after) > 0.6 * self.typical and after[:1].isupper() else 0
