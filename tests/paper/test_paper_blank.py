"""The blank sheets have every word of the printed originals, in their order (X70–X159, J50–J89)."""

import pytest

from bot.paper.paper import blank_sheet
from bot.paper.typesetter import Typesetter
from tests.paper.labels import BESIDE_ROWS, JINGXIAN, SURVEY, XINXIANG, words_of
from tests.paper.reading import overlapping, read, squeezed
from tests.shipped import shipped

SHEETS = [
    ("xinxiang", "application", XINXIANG, "xinxiang"),
    ("xinxiang", "survey", SURVEY, "survey"),
    ("jingxian", "application", JINGXIAN, "jingxian"),
]


@pytest.mark.parametrize(("name", "sheet", "table", "beside"), SHEETS)
async def test_every_printed_word_in_its_order(
    name: str, sheet: str, table: str, beside: str, typesetter: Typesetter
) -> None:
    county = shipped()[name]
    made = await blank_sheet(typesetter, county, county.sheet[sheet])
    text, at = read(made.pdf), 0
    for words in words_of(table):
        found = text.find(squeezed(words), at)
        assert found >= 0, f"{words} is not behind …{text[max(0, at - 40) : at]}"
        at = found + len(squeezed(words))
    for words in BESIDE_ROWS[beside]:
        assert squeezed(words) in text
    assert made.missing == ()
    assert not overlapping(made.pdf)


@pytest.mark.parametrize(("name", "sheet", "table", "beside"), SHEETS)
async def test_nothing_is_printed_that_the_originals_have_not(
    name: str, sheet: str, table: str, beside: str, typesetter: Typesetter
) -> None:
    """Nothing ticked, no example beside those of the original (R1), no word of ours."""
    county = shipped()[name]
    text = read((await blank_sheet(typesetter, county, county.sheet[sheet])).pdf)
    for words in sorted({*words_of(table), *BESIDE_ROWS[beside]}, key=len, reverse=True):
        text = text.replace(squeezed(words), "")
    assert text == ""
