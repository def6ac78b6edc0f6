"""What the fonts can print: both ways in which a font tells it come to the same, and what we say they have they draw."""

import io
import struct

import pypdfium2
import pytest

from bot.paper import glyphs
from bot.paper.glyphs import FONTS, codes, printable
from bot.paper.paper import progress_link, qr
from bot.paper.typesetter import Typesetter
from tests.paper.made import case
from tests.shipped import shipped

SERIF = (FONTS / "NotoSerifSC-Regular.otf").read_bytes()


def parts() -> dict[int, int]:
    """Where each part of the table is, by its format."""
    at = glyphs._table(SERIF, b"cmap")
    (count,) = struct.unpack_from(">H", SERIF, at + 2)
    offsets = [at + struct.unpack_from(">I", SERIF, at + 8 + 8 * number)[0] for number in range(count)]
    return {struct.unpack_from(">H", SERIF, one)[0]: one for one in offsets}


def test_both_formats_tell_the_same_of_the_first_plane() -> None:
    found = parts()
    whole = glyphs._groups(SERIF, found[12])
    assert glyphs._segments(SERIF, found[4]) == {one for one in whole if one < 0x10000}
    assert whole == codes(SERIF)


def test_a_glyph_of_zero_is_none() -> None:
    """A group that begins with glyph 0, and a segment with a difference that comes to 0."""
    groups = struct.pack(">HHIIIIII", 12, 0, 28, 0, 1, 0x4E00, 0x4E02, 0)
    assert glyphs._groups(groups, 0) == {0x4E01, 0x4E02}
    head, ends, starts, deltas, ranges = (4, 32, 0, 4, 0, 0, 0), (0x4E02, 0xFFFF), (0x4E00, 0xFFFF), (0xB200, 1), (0, 0)
    segments = struct.pack(">16H", *head, *ends, 0, *starts, *deltas, *ranges)
    assert glyphs._segments(segments, 0) == {0x4E01, 0x4E02}


def test_what_is_no_font() -> None:
    with pytest.raises(ValueError, match="cmap"):
        codes(b"OTTO\0\0\0\0\0\0\0\0")


def test_what_they_have_is_drawn(typesetter: Typesetter) -> None:
    """A sample of every plane that they reach: ink for each."""
    sample = [one for one in sorted(printable()) if one.isalpha()][::400]
    text = '#set page(width: auto, height: auto, margin: 5pt)\n#set text(font: ("Noto Serif SC", "Noto Sans SC"))\n'
    template = text + "#grid(" + ", ".join(f'"\\u{{{ord(one):x}}}"' for one in sample) + ")"
    document = pypdfium2.PdfDocument(io.BytesIO(typesetter.set(template, {})))
    read = document[0].get_textpage()
    assert read.count_chars() >= len(sample)
    assert "".join(sample[:5]) in read.get_text_range().replace("\r\n", "")


def test_the_code_of_a_receipt_leads_to_the_progress_and_tells_nothing() -> None:
    county = shipped()["xinxiang"]
    link = progress_link("https://lianban.example.cn", case(county))
    assert link == "https://lianban.example.cn/pages/progress/gh_example?case=XXLB2026000001"
    assert qr(link).startswith("<svg ")
