"""Sheets are county data: `check` finds what is wrong with a template, and a third county needs no code."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.paper.paper import blank_sheet
from bot.paper.typesetter import Typesetter
from config.loader import COUNTIES, load_county
from tests.paper.reading import read

THIRD = Path(__file__).parents[1] / "config" / "data"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of a county to spoil."""
    return Path(shutil.copytree(COUNTIES / "xinxiang", tmp_path / "xinxiang"))


def edited(old: str, new: str, file: str = "application.typ") -> Callable[[Path], None]:
    def edit(county: Path) -> None:
        path = county / "documents" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def stray(name: str) -> Callable[[Path], None]:
    return lambda county: (county / "documents" / name).write_text("x", "utf-8") and None


MISTAKES = {
    "a field that is not there": (edited("f.phone.text", "f.phon.text"), "application.typ:15:", "没有叫“phon”的字段 → 您想写的可能是：phone"),
    "a cell that is not there": (edited("value(f.phone.text)", "[]"), "form.yaml:", "“联系电话”在表样 application.typ 里没有格子"),
    "a box that is not there": (edited('"移管线")', '"移管道")'), "application.typ:", "申请表上没有“移管道”这个选项"),
    "what typst does not read": (edited("#show: sheet", "#show: sheet("), "application.typ:3:", "印不出来"),
    "a part that a cell has not": (edited("f.phone.text", "f.phone.texts"), "application.typ:15:", "印不出来"),
    "what breaks only when it is filled": (edited("value(one.device)", "value(one.devices)"), "application.typ:", "印不出来"),
    "a character that the fonts have not": (edited("联系电话]", "联系电话☑]"), "application.typ:15:", "字库里没有“☑”"),
    "a package": (edited("#show: sheet", '#import "@preview/x:1.0.0"\n#show: sheet'), "application.typ:3:", "用了外面的程序包"),
    "a sheet without a template": (edited("id: survey", "id: surveys", "sheets.yaml"), "sheets.yaml:5:", "没有表样 surveys.typ → 您想写的可能是：survey"),
    "a template that is no sheet": (stray("more.typ"), "more.typ:1:1", "sheets.yaml 里没有写这张表"),
    "a file that is nothing": (stray("form.docx"), "form.docx:1:1", "不认识这个文件"),
    "one sheet twice": (edited("id: survey", "id: application", "sheets.yaml"), "sheets.yaml:5:", "“application”写了两遍"),
    "a kind of sheet that is not there": (edited("of: survey", "of: surveys", "sheets.yaml"), "sheets.yaml:5:", "survey"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_check_names_the_file_and_the_line(county: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    spoil, place, said = MISTAKES[name]
    spoil(county)
    assert main(["check", str(county)]) == 1
    told = capsys.readouterr().out
    assert any(place in line and said in line for line in told.splitlines()), told


def test_what_is_shipped_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out.count("没有发现问题") == 2


async def test_a_third_county_needs_no_code(tmp_path: Path, typesetter: Typesetter) -> None:
    folder = Path(shutil.copytree(THIRD / "counties" / "shili", tmp_path / "shili"))
    (folder / "documents").mkdir()
    (folder / "documents" / "sheets.yaml").write_text("sheets:\n  - {id: form, title: 示例县申请表}\n", "utf-8")
    fields = load_county(THIRD / "counties" / "shili", defaults=THIRD / "messages").form.fields
    cells = "\n".join(f"  label[{one.called}], value(f.{name}.text)," for name, one in fields.items() if one.printed)
    template = (
        f'#import "sheet.typ": *\n#show: sheet\n#title[示例县申请表]\n#table(\n  columns: (4cm, 1fr),\n{cells}\n)\n'
    )
    (folder / "documents" / "form.typ").write_text(template, "utf-8")
    county = load_county(folder, defaults=THIRD / "messages")
    text = read((await blank_sheet(typesetter, county, county.sheet["form"])).pdf)
    assert text.startswith("示例县申请表")
    assert len(text) > 40


def test_a_county_without_sheets_has_none() -> None:
    assert load_county(THIRD / "counties" / "shili", defaults=THIRD / "messages").sheets == ()
