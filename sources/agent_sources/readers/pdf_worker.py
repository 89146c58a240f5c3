"""The process that opens PDFs: the file on standard input, JSON on standard output, limits as arguments (pages, seconds, bytes)."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agent_sources.readers.limits import hold_to
from agent_sources.readers.pdf_layout import Page, Segment
from agent_sources.readers.pdf_text import markdown_of

MOST_CHARACTERS = 5_000_000
_GAP = 0.9  # of the font size: wider, and it is no space between two words
_SMALLEST = 2.0  # points: smaller text is not meant for people
_WHITE = 245  # of 255 in every colour
_INVISIBLE = 3  # text render mode


class Refused(Exception):
    """Why a PDF is not read, with the figures of the message."""

    def __init__(self, reason: str, **figures: int) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, **figures}


def main() -> int:
    pages, seconds, memory = (int(argument) for argument in sys.argv[1:4])
    memory = hold_to(seconds, memory)
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"text": text_of(data, pages)}
    except Refused as refused:
        answer = refused.answer
    except (MemoryError, RecursionError):
        answer = {"refused": "memory", "limit": memory // 1_000_000}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # nothing to clean up, and closing a damaged document may take long


def text_of(data: bytes, most_pages: int) -> str:
    """The Markdown-like text of a PDF. Raises Refused."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise Refused("encrypted" if locked or "assword" in str(error) else "broken") from None
    count = len(document)
    if count > most_pages:
        raise Refused("pages", pages=count, limit=most_pages)
    pages: list[Page] = []
    read = characters = 0
    for number in range(count):
        page = raw.FPDF_LoadPage(document.raw, number)
        if not page:
            continue
        text = raw.FPDFText_LoadPage(page)
        if text:
            read += 1
            characters += max(0, raw.FPDFText_CountChars(text))
            if characters > MOST_CHARACTERS:
                raise Refused("length", limit=MOST_CHARACTERS)
            pages.append(_PageReader(raw, page, text).read())
            raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
    if not read:
        raise Refused("broken")
    found = markdown_of(pages)
    if not found.strip():
        raise Refused("empty")
    return found


@dataclass
class _Style:
    """How the characters of one text object look."""

    size: float
    bold: bool
    mono: bool
    shown: bool


class _PageReader:
    """Runs of characters of one page, each on one line and without a wide gap."""

    def __init__(self, raw: Any, page: Any, text: Any) -> None:
        self.raw, self.page, self.text = raw, page, text
        self.width, self.height = float(raw.FPDF_GetPageWidthF(page)), float(raw.FPDF_GetPageHeightF(page))
        self.left, self.bottom = self._corner()
        self.painted: list[tuple[float, float, float, float]] | None = None
        self.box = [ctypes.c_double() for _ in range(4)]
        self.origin = [ctypes.c_double() for _ in range(2)]

    def read(self) -> Page:
        segments: list[Segment] = []
        current: Segment | None = None
        style: _Style | None = None
        last: int | None = None
        styles: dict[int, _Style] = {}
        for index in range(self.raw.FPDFText_CountChars(self.text)):
            code = self.raw.FPDFText_GetUnicode(self.text, index)
            character = "-" if code in {2, 0xFFFE} else chr(code) if 31 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
            if character.isspace():
                if current is not None and not current.text.endswith(" "):
                    current.text += " "
                continue
            handle = ctypes.cast(self.raw.FPDFText_GetTextObject(self.text, index), ctypes.c_void_p).value
            if handle is not None and handle != last:  # characters that PDFium adds itself have none
                last = handle
                style = styles.get(handle) or styles.setdefault(handle, self._style(index))
            if style is None or not style.shown:
                continue
            place = self._place(index)
            if place is None:
                continue
            left, right, base = place
            if current is not None and current.goes_on(left, base, style.size, _GAP):
                current.add(character, right, base, style.size)
            else:
                if current is not None:
                    segments.append(current)
                current = Segment(character, left, right, base, style.size)
            current.bold += style.bold
            current.mono += style.mono
        if current is not None:
            segments.append(current)
        return Page(self.width, self.height, segments)

    def _corner(self) -> tuple[float, float]:
        """The lower left corner of what is shown of the page."""
        corners = [ctypes.c_float() for _ in range(4)]
        for get in (self.raw.FPDFPage_GetCropBox, self.raw.FPDFPage_GetMediaBox):
            if get(self.page, *(ctypes.byref(c) for c in corners)):
                return float(min(corners[0].value, corners[2].value)), float(min(corners[1].value, corners[3].value))
        return 0.0, 0.0

    def _place(self, index: int) -> tuple[float, float, float] | None:
        """Left and right edge and baseline of a character, from the page's lower left corner; None outside the page."""
        left, right, bottom, top = self.box
        x, y = self.origin
        refs = [ctypes.byref(one) for one in (left, right, bottom, top)]
        if not self.raw.FPDFText_GetCharBox(self.text, index, *refs):
            return None
        if not self.raw.FPDFText_GetCharOrigin(self.text, index, ctypes.byref(x), ctypes.byref(y)):
            return None
        first, last, base = left.value - self.left, right.value - self.left, y.value - self.bottom
        if not (-5 <= first <= self.width + 5 and -5 <= base <= self.height + 5):
            return None
        return first, max(first, last), base

    def _style(self, index: int) -> _Style:
        raw = self.raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix))
        size = float(raw.FPDFText_GetFontSize(self.text, index)) * ((matrix.c**2 + matrix.d**2) ** 0.5 or 1.0)
        upright = abs(matrix.b) <= 0.2 * abs(matrix.a)
        buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self.text, index, buffer, 200, ctypes.byref(flags))
        name = buffer.value.decode("ascii", "replace").lower()
        bold = "bold" in name or "black" in name or "-medi" in name or raw.FPDFText_GetFontWeight(self.text, index) >= 600
        mono = any(part in name for part in ("mono", "courier", "consol", "typewriter")) or "cmtt" in name
        return _Style(size, bold, mono, upright and _SMALLEST <= size <= 2 * self.height and not self._hidden(index))

    def _hidden(self, index: int) -> bool:
        """Invisible or white text counts only where something is painted: a scan with its recognised text, a dark table head."""
        raw = self.raw
        mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(self.text, index))
        colours = [ctypes.c_uint() for _ in range(4)]
        known = raw.FPDFText_GetFillColor(self.text, index, *(ctypes.byref(colour) for colour in colours))
        red, green, blue, opacity = (colour.value for colour in colours)
        white = bool(known) and (min(red, green, blue) >= _WHITE or opacity < 13)
        if mode != _INVISIBLE and not white:
            return False
        if self.painted is None:
            self.painted = list(self._paint())
        place = self._place(index)
        if place is None:
            return True
        x, y = place[0] + self.left, place[2] + self.bottom
        return not any(left <= x <= right and bottom - 2 <= y <= top for left, bottom, right, top in self.painted)

    def _paint(self) -> Iterator[tuple[float, float, float, float]]:
        """The boxes of images, shadings and filled paths."""
        raw = self.raw
        kinds = {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM}
        for number in range(min(raw.FPDFPage_CountObjects(self.page), 2_000)):
            one = raw.FPDFPage_GetObject(self.page, number)
            if raw.FPDFPageObj_GetType(one) in kinds and not self._white_path(one):
                sides = [ctypes.c_float() for _ in range(4)]
                if raw.FPDFPageObj_GetBounds(one, *(ctypes.byref(side) for side in sides)):
                    left, bottom, right, top = (float(side.value) for side in sides)
                    yield left, bottom, right, top

    def _white_path(self, one: Any) -> bool:
        if self.raw.FPDFPageObj_GetType(one) != self.raw.FPDF_PAGEOBJ_PATH:
            return False
        colours = [ctypes.c_uint() for _ in range(4)]
        known = self.raw.FPDFPageObj_GetFillColor(one, *(ctypes.byref(colour) for colour in colours))
        return bool(known) and min(colour.value for colour in colours[:3]) >= _WHITE


if __name__ == "__main__":
    raise SystemExit(main())
