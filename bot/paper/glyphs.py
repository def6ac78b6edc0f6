"""Which characters the fonts can print: typst leaves out what they cannot, without a word, so they are asked beforehand.

Read from the table `cmap` of the font files (OpenType 1.9): of its parts those with format 4 and 12, for which no library is among
ours that would tell.
"""

import struct
from functools import cache
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn

FONTS: Final = Path(pylopdf_fonts_zh_cn.__file__).parent
_FILES: Final = ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf")


@cache
def printable() -> frozenset[str]:
    """Every character that one of our fonts has a glyph for."""
    return frozenset(chr(code) for name in _FILES for code in codes((FONTS / name).read_bytes()))


def codes(font: bytes) -> set[int]:
    """The code points that a font has a glyph for."""
    at = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, at + 2)
    found = set[int]()
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, at + 4 + 8 * number + 4)
        (kind,) = struct.unpack_from(">H", font, at + offset)
        if kind == 12:
            found |= _groups(font, at + offset)
        elif kind == 4:
            found |= _segments(font, at + offset)
    return found


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"this font has no table {tag.decode()}")


def _groups(font: bytes, at: int) -> set[int]:
    """Format 12: runs of code points with runs of glyphs; glyph 0 is none."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    found = set[int]()
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
        found |= set(range(first + (glyph == 0), last + 1))
    return found


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: the Basic Multilingual Plane in segments, with a difference or an array of glyphs."""
    (twice,) = struct.unpack_from(">H", font, at + 6)
    ends = at + 14
    starts, deltas, ranges = ends + twice + 2, ends + 2 * twice + 2, ends + 3 * twice + 2
    found = set[int]()
    for place in range(0, twice, 2):
        (last,), (first,) = struct.unpack_from(">H", font, ends + place), struct.unpack_from(">H", font, starts + place)
        (delta,), (range_,) = (
            struct.unpack_from(">H", font, deltas + place),
            struct.unpack_from(">H", font, ranges + place),
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            if range_ == 0:
                glyph = (code + delta) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", font, ranges + place + range_ + 2 * (code - first))
            if glyph:
                found.add(code)
    return found
