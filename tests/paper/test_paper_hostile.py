"""Whatever people write is printed or named: no markup of theirs is meant, nothing runs out of its cell, nothing is lost in silence."""

import asyncio
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.paper.glyphs import printable
from bot.paper.paper import Paper, Printed
from bot.paper.printing import fit
from bot.paper.typesetter import Typesetter, Unset
from model.county import County
from tests.paper.made import NOW, Core, case, submission, values
from tests.paper.reading import glyphs, overlapping, read, squeezed
from tests.shipped import shipped

COUNTIES = ["xinxiang", "jingxian"]
MARKUP = (
    '#eval("1+1") #read("/etc/passwd") *粗* _斜_ $x^2$ = 标题 - 项 + 项 / 词: @引用 <标签> `码` \\u{41} #set page(width: 1pt) // 注 /* 注 */ '
    '[框] {块} ~ --- ... \'a\' "b" #import "@preview/x:1.0.0"'
)
LONG = (
    "W" * 300,
    "1" * 400,
    "，" * 200,
    "（" * 200,
    "一" * 500,
    "https://example.cn/" + "a-b" * 100,
    "é" * 150,
    "—" * 120,
    "𠮷" * 60,
)
PAGE = (595.3, 841.9)
EDGE = 45
"""Points; nothing of a cell comes nearer to the edge of the paper."""


def printed(county: County, typesetter: Typesetter, said: str) -> Printed:
    """The application with this in every place where people write what they like."""
    paper = Paper(Core(submission(county, values(county, said))), typesetter, "")
    return asyncio.run(paper.filled(county, case(county), county.sheet["application"], NOW))


@pytest.mark.parametrize("name", COUNTIES)
def test_markup_is_text(name: str, typesetter: Typesetter) -> None:
    made = printed(shipped()[name], typesetter, MARKUP)
    assert read(made.pdf).count(squeezed(MARKUP)) >= 5
    assert made.missing == ()
    assert not overlapping(made.pdf)


@pytest.mark.parametrize("name", COUNTIES)
@pytest.mark.parametrize("said", LONG)
def test_what_is_long_wraps_inside_its_cell(name: str, said: str, typesetter: Typesetter) -> None:
    county = shipped()[name]
    made = printed(county, typesetter, said)
    shown, _ = fit(said, "")
    times = sum(said in str(one) for one in values(county, said).values())
    character = squeezed(said)[0] if said[0] in printable() else squeezed(shown)[1]
    once = squeezed(shown).count(character)
    assert read(made.pdf).count(character) >= times * once
    assert not overlapping(made.pdf)
    assert all(one.left > EDGE and one.right < PAGE[0] - EDGE for one in glyphs(made.pdf))


@pytest.mark.parametrize(
    ("character", "code"),
    [("𠮷", "〔U+20BB7〕"), ("𪜎", "〔U+2A70E〕"), ("𫝆", "〔U+2B746〕"), ("😀", "〔U+1F600〕"), ("ا", "〔U+0627〕"), ("\u202e", "〔U+202E〕"),
     ("\x07", "〔U+0007〕"), ("\ue000", "〔U+E000〕"), ("\U000e0100", "〔U+E0100〕")],
)  # fmt: skip
def test_a_character_that_the_fonts_have_not_is_named(character: str, code: str, typesetter: Typesetter) -> None:
    county = shipped()["xinxiang"]
    made = printed(county, typesetter, f"王{character}示例")
    text = read(made.pdf)
    assert f"王{code}示例" in text
    assert "字库里没有的字用编码代替,请手写补上:" in text
    where = {one.where for one in made.missing}
    assert {"法定代表人", "建设单位(自然人)名称", "经办人及联系电话", "用气设备、数量"} <= where
    assert {(one.character, one.code) for one in made.missing} == {(character, code)}


def test_only_what_stands_on_the_sheet_is_named(typesetter: Typesetter) -> None:
    county = shipped()["xinxiang"]
    paper = Paper(Core(submission(county, values(county, "王𠮷"))), typesetter, "")
    made = asyncio.run(paper.filled(county, case(county), county.sheet["receipt"], NOW))
    assert [(one.where, one.character) for one in made.missing] == [("受理回执", "𠮷")]


@pytest.mark.parametrize("name", ["王㛃", "王䶮", "王堃", "王喆"])
def test_a_rare_character_that_they_have_is_printed(name: str, typesetter: Typesetter) -> None:
    made = printed(shipped()["xinxiang"], typesetter, name)
    assert name in read(made.pdf)
    assert made.missing == ()


def test_lines_stay_lines_and_nothing_unseen_is_kept() -> None:
    assert fit("甲\r\n乙\r丙\u2028丁\n\n \n戊\t己\u3000庚\u00a0辛\u200b壬", "") == (
        "甲\n乙\n丙\n丁\n戊 己\u3000庚\u00a0辛壬",
        (),
    )


def test_half_a_surrogate_does_not_stop_the_press(typesetter: Typesetter) -> None:
    made = printed(shipped()["jingxian"], typesetter, "王\ud842示例")
    assert "王〔U+D842〕示例" in read(made.pdf)


TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.characters(whitelist_categories=["Lo", "Ll", "Lu", "Nd", "Po"]),
        st.sampled_from("王示例路号楼层#*_$[]{}\\\"'@<>`~=-+/123ABC，。（）\n\t 𠮷㛃😀"),
    ),
    min_size=1,
    max_size=24,
)


@settings(max_examples=40)
@given(st.sampled_from(COUNTIES), TEXTS)
def test_any_text_is_printed_or_named(name: str, said: str) -> None:
    county, typesetter = shipped()[name], _shared()
    made = printed(county, typesetter, said)
    shown, missing = fit(said, "")
    assert {one.character for one in missing} == {one.character for one in made.missing}
    text = read(made.pdf)
    for line in shown.split("\n"):
        assert _letters(line) in _letters(text), (said, shown)
    assert not overlapping(made.pdf)


def _letters(text: str) -> str:
    """Letters, digits and codes: how a reader of PDF composes marks and spaces differs from one to the next."""
    return "".join(one for one in squeezed(text) if unicodedata.category(one)[0] in "LN" or one in "〔〕+")


_made: list[Typesetter] = []


def _shared() -> Typesetter:
    if not _made:
        _made.append(Typesetter())
    return _made[0]


@pytest.mark.parametrize(
    ("template", "problem", "line"),
    [
        ('\n#read("/etc/passwd")', "file not found", 2),
        ('\n\n#read("../check.py")', "escape the project root", 3),
        ('#import "@preview/cetz:0.2.0"', "程序包", 1),
        ('#import "sheet.typ": *\n#f.nobody.text', "nobody", 2),
    ],
)
def test_a_template_reads_nothing_else(template: str, problem: str, line: int, typesetter: Typesetter) -> None:
    county = shipped()["xinxiang"]
    content = {"fields": {}, "survey": {}, "receipt": {}, "title": county.title}
    with pytest.raises(Unset) as unset:
        typesetter.set(template, content)
    assert problem in unset.value.problem
    assert unset.value.line == line


def test_the_pages_are_marked_for_screen_readers_and_hold_their_fonts(typesetter: Typesetter) -> None:
    made = printed(shipped()["xinxiang"], typesetter, "示例")
    assert re.search(rb"/MarkInfo|/StructTreeRoot", made.pdf)
    assert b"/FontFile3" in made.pdf or b"/CIDFontType0C" in made.pdf
