"""What stands on the pages of a PDF, as a reader of it finds it."""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

_FOOT = re.compile(r"(办件编号[(A-Z)0-9]+[-:0-9]+打印)?第\d+页共\d+页")
_BLANKS = re.compile(r"[\s\u200b\ufffe\u00ad]+")


def squeezed(text: str) -> str:
    """Without blanks, and with one form for every character (（ as (), so that layout makes no difference."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def read(pdf: bytes) -> str:
    """The text of all pages without their feet, squeezed."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()
    return "".join(_FOOT.sub("", page) for page in pages)


@dataclass(frozen=True)
class Glyph:
    """A character on a page, in points from the lower left corner."""

    page: int
    character: str
    left: float
    bottom: float
    right: float
    top: float


def glyphs(pdf: bytes) -> Iterator[Glyph]:
    """Every character with ink."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        for number, page in enumerate(document):
            text = page.get_textpage()
            said = text.get_text_range(errors="ignore")
            for place, character in enumerate(said):
                if character.strip() and character.isprintable():
                    yield Glyph(number, character, *text.get_charbox(place))
    finally:
        document.close()


def overlapping(pdf: bytes) -> list[tuple[Glyph, Glyph]]:
    """Pairs of characters of which one covers a good part of the other: what ran out of its cell into the next one.

    Two dashes drawn as one are in the same place, and right so.
    """
    found = []
    lines: dict[tuple[int, int], list[Glyph]] = {}
    for one in glyphs(pdf):
        for band in {int(one.bottom // 20), int(one.top // 20)}:
            lines.setdefault((one.page, band), []).append(one)
    for line in lines.values():
        line.sort(key=lambda one: one.left)
        for place, one in enumerate(line):
            for other in line[place + 1 :]:
                if other.left > one.right:
                    break
                ligature = (one.left, one.bottom, one.right) == (other.left, other.bottom, other.right)
                if not ligature and _shared(one, other) > 0.3:
                    found.append((one, other))
    return found


def _shared(one: Glyph, other: Glyph) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    areas = [(each.right - each.left) * (each.top - each.bottom) for each in (one, other)]
    return max(wide, 0) * max(high, 0) / min(areas) if min(areas) > 0.1 else 0.0
