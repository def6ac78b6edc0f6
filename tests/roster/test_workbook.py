"""Workbooks from anywhere: what Excel does to digits, merged and empty rows, and files that are not what they say."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.roster.sheet import MOST_BYTES
from bot.roster.workbook import MOST_ROWS, WorkbookUnreadable, read_lines
from bot.unread_words import unread_said
from handlers.wording.catalogue import Catalogue
from tests.roster.sheets import LIMING, part, parts, sheet
from tests.shipped import shipped


def texts(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in read_lines(data, "人员") if not line.blank]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000000.0, "13800000000"),
        (13800000000, "13800000000"),
        ("１３８ ００００\u3000００００", "138 0000 0000"),
        ("\u200b13800000000\ufeff ", "13800000000"),
        ("李\n明", "李 明"),
        ("\t李明\x07".replace("\x07", ""), "李明"),
        (1.5, "1.5"),
        (True, "是"),
        (dt.datetime(2026, 11, 28), "2026-11-28"),
        (None, ""),
    ],
)
def test_a_cell_is_what_was_meant(value: object, text: str) -> None:
    assert read_lines(sheet([value, "x"]), "人员")[1].cells[0].text == text


def test_merged_cells_count_in_each_row_and_make_no_row_by_themselves() -> None:
    rows = [
        ("李明", "供水公司", "1"),
        ("王芳", None, "2"),
        (None, None, None),
        (None, None, None),
        ("赵六", "供电公司", "3"),
    ]
    data = sheet(*rows, touch=lambda page: page.merge_cells("B2:B4"))
    assert [row[:3] for row in texts(data)][1:] == [
        ["李明", "供水公司", "1"],
        ["王芳", "供水公司", "2"],
        ["赵六", "供电公司", "3"],
    ]


def test_a_formula_is_its_value_or_said_to_have_none() -> None:
    data = sheet(["=A1&B1", "供水公司", "1"])
    cell = read_lines(data, "人员")[1].cells[0]
    assert (cell.at, cell.text, cell.formula) == ("A2", "", True)
    page = part(data, "xl/worksheets/sheet1.xml")
    saved = page.replace(b"<f>A1&amp;B1</f><v />", b"<f>A1&amp;B1</f><v>7</v>").replace(
        b"<f>A1&amp;B1</f><v></v>", b"<f>A1&amp;B1</f><v>7</v>"
    )
    assert saved != page
    worked = read_lines(parts(data, **{"xl__worksheets__sheet1.xml": saved}), "人员")[1].cells[0]
    assert (worked.text, worked.formula) == ("7", False)


def bomb() -> bytes:
    """A sheet of nothing but blanks, which packs to almost nothing."""
    return parts(sheet(LIMING), xl__media__blank=b"\0" * 60_000_000)


def entities() -> bytes:
    data = sheet(LIMING)
    page = part(data, "xl/worksheets/sheet1.xml")
    return parts(data, **{"xl__worksheets__sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>' + page})


def spanning(tag: bytes) -> bytes:
    data = sheet(LIMING, touch=lambda page: page.merge_cells("D2:D3"))
    page = part(data, "xl/worksheets/sheet1.xml")
    changed = page.replace(b'<mergeCell ref="D2:D3"', tag)
    assert changed != page
    return parts(data, **{"xl__worksheets__sheet1.xml": changed})


def text_file() -> bytes:
    return "姓名,单位,电话\n李明,供水公司,13700000301\n".encode("gbk")


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是 Excel 工作簿"),
        (text_file(), "不是 Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧格式"),
        (other_zip(), "不是 Excel 工作簿"),
        (sheet(LIMING)[:-300], "不完整"),
        (b"PK\x03\x04" + b"\0" * 50, "不完整"),
        (parts(sheet(LIMING), **{"xl__vbaProject.bin": b"x"}), "带宏"),
        (bomb(), "太大"),
        (entities(), "不会写的内容"),
        (spanning(b'<mergeCell ref="A1:XFD1048576"'), "占的地方太大"),
        (spanning(b'<hyperlink ref="A1:XFD1048576"'), "占的地方太大"),
        (spanning(b'<mergeCell ref="&#65;1:XFD1048576"'), "占的地方太大"),
        (b"PK\x03\x04" + b"\0" * MOST_BYTES, "最多2000KB"),
        (parts(sheet(LIMING), **{"xl__workbook.xml": b"<workbook"}), "文件坏了"),
        (
            parts(sheet(LIMING), **{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData><row r='x'><c r='??'/>"}),
            "文件坏了",
        ),
        (sheet(LIMING, touch=lambda page: page.cell(MOST_ROWS + 1, 1, "x")), f"最多{MOST_ROWS}行"),
    ],
)
def test_what_is_no_such_workbook_is_said_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(WorkbookUnreadable) as error:
        read_lines(data, "人员")
    assert says in unread_said(error.value.unread, Catalogue(shipped()["xinxiang"]))


def test_the_first_sheet_to_be_seen_is_read_where_none_has_the_name() -> None:
    def hide(page) -> None:
        page.title = "旧的"
        page.sheet_state = "hidden"
        page.parent.create_sheet("名单").append(["甲"])

    assert texts(sheet(LIMING, touch=hide)) == [["甲"]]


@given(st.binary(max_size=300), st.integers(0, 5000))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(noise: bytes, at: int) -> None:
    whole = sheet(LIMING)
    data = whole[: at % len(whole)] + noise + whole[at % len(whole) + len(noise) :]
    try:
        read_lines(data, "人员")
    except WorkbookUnreadable as error:
        assert error.unread.key
