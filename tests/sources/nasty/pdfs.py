"""PDFs of our own making, byte by byte: ordinary ones to read, and broken or hostile ones to refuse."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
_FONTS = {"F1": "Times-Roman", "F2": "Times-Bold", "F3": "Courier"}


@dataclass(frozen=True)
class Line:
    """A piece of text with its baseline's start; `extra` stands before it in the page's program."""

    text: str
    x: float
    y: float
    size: float = 10
    font: str = "F1"
    extra: str = ""


def column(lines: Sequence[str], x: float, top: float, *, size: float = 10, font: str = "F1") -> list[Line]:
    return [Line(text, x, top - 1.2 * size * number, size, font) for number, text in enumerate(lines)]


def program(lines: Sequence[Line]) -> bytes:
    """A page's program that writes lines. Ligatures are written as the fonts' own codes for them."""
    written = []
    for line in lines:
        text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        data = text.encode("cp1252", "replace") if "\ufb01" not in text else text.replace("\ufb01", "\x1f").encode("cp1252")
        written.append(
            b"q BT %s /%s %g Tf %g %g Td (%s) Tj ET Q" % (line.extra.encode(), line.font.encode(), line.size, line.x, line.y, data)
        )
    return b"\n".join(written)


def objects(pages: Sequence[bytes], *, catalog: bytes = b"", filters: bytes = b"", page: bytes = b"") -> list[bytes]:
    """The objects of a document with these page programs; the first is the catalog."""
    fonts = b" ".join(b"/%s %d 0 R" % (name.encode(), 3 + number) for number, name in enumerate(_FONTS))
    made = [b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog]
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(pages)))
    made.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    encoding = b"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [31 /fi] >>"
    made += [b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding %s >>" % (name.encode(), encoding) for name in _FONTS.values()]
    for number, content in enumerate(pages):
        box = b"/MediaBox [0 0 %d %d]" % (WIDTH, HEIGHT)
        made.append(
            b"<< /Type /Page /Parent 2 0 R %s /Resources << /Font << %s >> >> /Contents %d 0 R %s >>" % (box, fonts, 7 + 2 * number, page)
        )
        made.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content))
    return made


def file_of(made: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A whole file: header, objects, cross-reference table, trailer."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, one in enumerate(made, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(made) + 1, trailer, start)
    return bytes(out)


def pdf(*pages: Sequence[Line]) -> bytes:
    return file_of(objects([program(lines) for lines in pages]))


PLAIN = column(["Lantern draws maps from sea charts and from photographs.", "It exports them as vector files for a printer."], 60, 700)


def encrypted() -> bytes:
    """Locked by a password nobody knows."""
    standard = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<%s> <%s>]" % (
        b"5a" * 32,
        b"3c" * 32,
        b"00" * 16,
        b"00" * 16,
    )
    return file_of(objects([program(PLAIN)]), trailer=standard)


def truncated() -> bytes:
    """Cut off in the middle of the first object."""
    return pdf(PLAIN)[:30]


def without_text() -> bytes:
    return file_of(objects([b"0.5 g 100 100 200 200 re f"]))


def nested_flate(levels: int = 3, size: int = 400_000_000) -> bytes:
    """A page whose program unpacks, several times over, to far more than any machine has use for."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    for _ in range(levels - 1):
        data = zlib.compress(data, 9)
    made = objects([data], filters=b"/Filter [%s]" % b" ".join([b"/FlateDecode"] * levels))
    return file_of(made)


def huge_text(size: int = 60_000_000) -> bytes:
    """A small file whose one page has tens of millions of characters."""
    lines = b"BT /F1 10 Tf 60 700 Td (" + b"lantern " * 12_000 + b") Tj ET\n"
    return file_of(objects([zlib.compress(lines * (size // len(lines)), 9)], filters=b"/Filter /FlateDecode"))


def many_pages(count: int = 10_000) -> bytes:
    return file_of(objects([program(PLAIN)] * count))


def cyclic_pages() -> bytes:
    """A page tree in which the root is its own child."""
    made = objects([program(PLAIN)])
    made[1] = b"<< /Type /Pages /Kids [2 0 R 6 0 R 2 0 R] /Count 3 >>"
    return file_of(made)


def huge_lengths() -> bytes:
    """Lengths and counts that no file has."""
    made = objects([program(PLAIN)])
    made[6] = made[6].replace(b"/Length ", b"/Length 99999999999")
    made[1] = made[1].replace(b"/Count 1", b"/Count 2147483647")
    return file_of(made)


def with_actions() -> bytes:
    """JavaScript and a launch action, at opening and on the page; the page itself is ordinary."""
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\('http://localhost:9/'\\);) >>"
    launch = b"<< /S /Launch /F (/bin/touch) /Win << /F (cmd.exe) >> >>"
    return file_of(
        objects([program(PLAIN)], catalog=b"/OpenAction %s /AA << /WC %s >>" % (script, launch), page=b"/AA << /O %s >>" % launch)
    )


def hidden_text() -> bytes:
    """Text in white, without ink, in a size of nothing and off the page, beside ordinary text."""
    return pdf([
        *PLAIN,
        Line("White words nobody sees.", 60, 600, extra="1 1 1 rg"),
        Line("Invisible words nobody sees.", 60, 580, extra="3 Tr"),
        Line("Tiny words nobody sees.", 60, 560, size=0.5),
        Line("Distant words nobody sees.", 60, 2000),
        Line("Read these dark words.", 60, 540),
    ])  # fmt: skip
