"""What the rows of the sheet say, or every mistake in them at once, each with its cell and what would be valid."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.roster.sheet import ALSO, EVERYWHERE, EXAMPLE, EXAMPLE_NAME, HEADINGS, NEEDED, Column, duties
from bot.roster.workbook import Cell, Line
from config.nearest import nearest
from dialogs.kinds.phone import read_phone
from dialogs.reading import Understood
from model.county import Body, County
from model.staff import Duty
from model.values import Phone

_LOOKED_FOR_HEADINGS: Final = 10
_NAME: Final = re.compile(r"[^\W\d_](?:(?:[^\W\d_]|[·.' -]){0,28}[^\W\d_])?")
_BETWEEN: Final = re.compile(r"[、,;/|\s]+")
_LOST: Final = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellMistake:
    """What cannot be entered: the cell as people name it, and in Chinese what was found and what would be valid."""

    at: str
    what: str

    def __str__(self) -> str:
        return f"{self.at}：{self.what}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row about one member of staff. `duty` and `districts` are None where the sheet has no such column; `id` may be ""."""

    row: int
    name: str
    body: str
    phone: str
    duty: Duty | None
    districts: tuple[str, ...] | None
    id: str
    cells: Mapping[Column, str]
    """Where each of it is written: C5."""


@dataclass(slots=True)
class Sheet:
    """What was read; there is nothing to be entered while there are mistakes. `notes` is what was passed over, and why."""

    entries: list[Entry] = field(default_factory=list)
    mistakes: list[CellMistake] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sheet(lines: Sequence[Line], county: County) -> Sheet:
    """The staff of the sheet, by its headings, in whatever order the columns are."""
    sheet = Sheet()
    head, columns = _headed(lines, sheet)
    if head is None:
        return sheet
    for line in lines:
        if line.number > head.number and not line.blank:
            _read(line, columns, county, sheet)
    _twice(sheet)
    if not sheet.entries and not sheet.mistakes:
        sheet.mistakes.append(CellMistake(f"A{head.number + 1}", "标题下面一个人也没有"))
    return sheet


def _headed(lines: Sequence[Line], sheet: Sheet) -> tuple[Line | None, dict[Column, int]]:
    named: Mapping[str, Column] = {title: column for column, title in HEADINGS.items()} | ALSO
    best: tuple[Line | None, dict[Column, int]] = (None, {})
    for line in [one for one in lines if not one.blank][:_LOOKED_FOR_HEADINGS]:
        columns = dict[Column, int]()
        for place, cell in enumerate(line.cells):
            title = _title(cell)
            if title in named:
                columns.setdefault(named[title], place)
        if len(columns) > len(best[1]):
            best = line, columns
    head, columns = best
    if lacking := [HEADINGS[one] for one in NEEDED if one not in columns]:
        at = head.cells[0].at if head is not None else "A1"
        told = f"找不到标题“{'”“'.join(lacking)}”：有一行要写着{'、'.join(HEADINGS[one] for one in NEEDED)}"
        sheet.mistakes.append(CellMistake(at, told))
        return None, {}
    if head is not None:
        places = set(columns.values())
        unused = [cell for place, cell in enumerate(head.cells) if cell.text and place not in places]
        sheet.notes += [f"{cell.at}“{cell.text}”这一列没有用到" for cell in unused]
    return head, columns


def _title(cell: Cell) -> str:
    return re.sub(r"[\s*:]|\(.*?\)", "", cell.text)


def _read(line: Line, columns: Mapping[Column, int], county: County, sheet: Sheet) -> None:
    cells: dict[Column, Cell] = {column: line.cells[place] for column, place in columns.items()}
    before = len(sheet.mistakes)
    for cell in cells.values():
        if cell.formula:
            told = "是公式，而且没有算出来的值：请复制这一格，“选择性粘贴”成数值"
            sheet.mistakes.append(CellMistake(cell.at, told))
    if len(sheet.mistakes) > before:
        return
    if "note" in cells and cells["note"].text.startswith(EXAMPLE):
        if cells["name"].text == EXAMPLE_NAME:
            sheet.notes.append(f"第{line.number}行是示例，没有登记")
        else:
            told = f"还标着“{cells['note'].text}”：是要登记的人，就把这一格清空；不是，就把这一行删掉"
            sheet.mistakes.append(CellMistake(cells["note"].at, told))
        return
    reads = _Row(cells, county, sheet.mistakes)
    entry = Entry(
        line.number,
        reads.name(),
        reads.body(),
        reads.phone(),
        reads.duty(),
        reads.districts(),
        cells["id"].text if "id" in cells else "",
        {column: cell.at for column, cell in cells.items()},
    )
    if len(sheet.mistakes) == before:
        sheet.entries.append(entry)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Mapping[Column, Cell]
    county: County
    mistakes: list[CellMistake]

    def name(self) -> str:
        cell = self.cells["name"]
        if not cell.text:
            self._wrong(cell, "没有写姓名，例如：李明")
        elif not _NAME.fullmatch(cell.text):
            self._wrong(cell, f"“{_short(cell.text)}”不像姓名：只写姓名，最多30个字，例如：李明")
        return cell.text

    def body(self) -> str:
        cell = self.cells["body"]
        if (found := _body(cell.text, self.county.bodies)) is not None:
            return found.id
        said = f"没有单位“{_short(cell.text)}”" if cell.text else "没有写单位"
        self._wrong(cell, f"{said}；{nearest(cell.text, _called(self.county.bodies))}")
        return ""

    def phone(self) -> str:
        cell = self.cells["phone"]
        if _LOST.fullmatch(cell.text):
            said = f"Excel 把号码写成了{cell.text}，后面几位已经丢了：请把这一列设成“文本”，重新填"
            self._wrong(cell, said)
            return ""
        read = read_phone(cell.text, self.county.area_code)
        if isinstance(read, Understood) and isinstance(read.value, Phone):
            return read.value.number
        digits = sum(char.isdigit() for char in cell.text)
        said = f"“{_short(cell.text)}”（{digits}位数字）不是一个电话" if cell.text else "没有写电话"
        self._wrong(cell, f"{said}：手机11位，例如13800000000；座机带区号，例如{self.county.area_code}-5000000")
        return ""

    def duty(self) -> Duty | None:
        cell = self.cells.get("duty")
        if cell is None:
            return None
        known = duties(self.county)
        if cell.text and cell.text not in known:
            told = dict.fromkeys({duty: name for name, duty in reversed(known.items())}.values())
            self._wrong(
                cell, f"没有职责“{_short(cell.text)}”；可以写：{'、'.join(told)}，不写就是{self.county.steward}"
            )
        return known.get(cell.text, "steward")

    def districts(self) -> tuple[str, ...] | None:
        cell = self.cells.get("districts")
        if cell is None:
            return None
        if cell.text in {"", EVERYWHERE, "全县", self.county.name}:
            return ()
        said = tuple(dict.fromkeys(one for one in _BETWEEN.split(cell.text) if one))
        if not self.county.towns:
            self._wrong(cell, "本县的资料里没有分乡镇，这一格请空着")
        for one in said:
            if self.county.towns and one not in self.county.towns:
                self._wrong(cell, f"没有乡镇“{_short(one)}”；{nearest(one, self.county.towns)}；几个用、隔开")
        body = _body(self.cells["body"].text, self.county.bodies)
        if body is not None and body.districts and (out := [one for one in said if one not in body.districts]):
            known = [one for one in out if one in self.county.towns]
            if known:
                self._wrong(cell, f"{body.short}不管{'、'.join(known)}；可以写：{'、'.join(body.districts)}")
        return said

    def _wrong(self, cell: Cell, what: str) -> None:
        self.mistakes.append(CellMistake(cell.at, what))


def _body(text: str, bodies: Iterable[Body]) -> Body | None:
    plain = _plain(text)
    found = [one for one in bodies if plain and plain in {_plain(one.id), _plain(one.name), _plain(one.short)}]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).casefold().replace("（", "(").replace("）", ")")


def _called(bodies: Iterable[Body]) -> list[str]:
    """As each is called for short, but in full where two are called alike."""
    short = [one.short for one in bodies]
    return [one.short if short.count(one.short) == 1 else one.name for one in bodies]


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}……"


def _twice(sheet: Sheet) -> None:
    """Says where the same person stands in two rows: nobody could tell which of them counts."""
    seen = dict[tuple[str, str], Entry]()
    named = dict[str, Entry]()
    for one in sheet.entries:
        first = seen.setdefault((one.body, one.phone), one)
        if first is not one:
            sheet.mistakes.append(CellMistake(one.cells["phone"], f"同一单位同一电话，第{first.row}行已经写过：留一行"))
        if one.id and (first := named.setdefault(one.id, one)) is not one:
            sheet.mistakes.append(CellMistake(one.cells["id"], f"编号{one.id}在第{first.row}行已经写过：留一行"))
