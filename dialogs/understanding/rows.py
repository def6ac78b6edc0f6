"""Rows of tables in free text: 炒灶 4台 每台3.5方, and changes to rows by the name of the thing (蒸柜改成三台)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dialogs.kinds.table import Row
from dialogs.understanding.marked import Marked
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.units import fit_units
from model.fields import Column, TableField
from model.values import Amount, Rows, Words

_NAME = re.compile(r"[A-Za-z]{1,6}-?[A-Za-z]?\d{1,5}[A-Za-z]?$|[\u4e00-\u9fffA-Za-z0-9]*[\u4e00-\u9fffA-Za-z]\d{0,3}$")
_BEFORE_NAME = re.compile(
    r"^.*(?:设备(?:就|有|是|我列一下)*|其中|还有|另外|再加|加上?|换成|改成|上了?|用的?|装了?|以及|型号|光缆交接箱|光交箱|光交|交接箱|一共|分别是?|有|是|和|及|配|要|按|:)"
)
_NAME_WITHIN = 200
"""Characters before a count in which the name of the thing counted is looked for."""
_TOTAL = re.compile(r"(?:总共|一共|合计|共|总计|加起来)\s*$")
_NO_THING = ("有", "还有", "要", "用", "装", "上", "共", "报", "买")
_BEHIND = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)[,， ]{0,8}(?=每|单台|各\d|一台)")
"""两台热水锅炉,每台30方: the name behind the count."""
_HOURS = ("小时", "时", "天", "分钟")
"""一台一小时四方: no number of things."""
_GONE = re.compile(r"(?:不上|不要|不用|不装|去掉|删掉?|划掉|取消|撤|减掉|没有)了?")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row with its span; `shared`: a total was divided by the number of things."""

    cells: Row
    start: int
    end: int
    shared: bool = False


def found_rows(marked: Marked, table: TableField) -> tuple[FoundRow, ...]:
    """Whole rows of the table in the text."""
    name = next((one for one in table.columns if not one.number), None)
    numbers = [one for one in table.columns if one.number]
    if name is None or not numbers:
        return ()
    key, seen = (found_rows, table.id), marked.seen
    if key not in seen:
        seen[key] = tuple(_rows(marked, name, numbers))
    found: tuple[FoundRow, ...] = seen[key]
    return found


def _rows(marked: Marked, name: Column, numbers: list[Column]) -> Iterator[FoundRow]:
    shapes = [one for one in marked.amounts[1] if one.number is not None and one.unit not in _HOURS]
    at, end_before = 0, 0
    while at < len(shapes):
        first = shapes[at]
        if fit_units((numbers[0].unit,), first.unit)[0] is None:
            at += 1
            continue
        begin, called = _called(marked, first.start, end_before)
        if not called or called.endswith(_NO_THING):
            behind = _BEHIND.match(marked.text, first.end)
            called = behind["name"] if behind else called
        cells: dict[str, Words | Amount] = {name.id: Words(text=called)}
        cells[numbers[0].id] = Amount(number=_plain(first.number), unit=numbers[0].unit)
        end, used, shared = first.end, 1, False
        for column in numbers[1:]:
            following = shapes[at + used] if at + used < len(shapes) else None
            if (
                following is not None
                and following.number == 1
                and following.unit == first.unit
                and at + used + 1 < len(shapes)
            ):
                used += 1  # 一台1.2方: of each
                following = shapes[at + used]
            if following is None or not _near(marked.said(end, following.start)):
                break
            if following.unit and fit_units((column.unit,), following.unit)[0] is None:
                break
            number = _plain(following.number)
            count = cells[numbers[0].id]
            if _TOTAL.search(marked.said(end, following.start)) and isinstance(count, Amount) and count.number > 1:
                number, shared = _plain(number / count.number), True
            cells[column.id] = Amount(number=number, unit=column.unit)
            end, used = following.end, used + 1
        if len(numbers) == 1 and not re.search(r"[A-Za-z].*\d", called):
            called = ""
        if called and len(cells) == len(numbers) + 1:
            yield FoundRow(cells, begin, end, shared)
            end_before = end
        at += used


def _near(between: str) -> bool:
    return len(between.strip(" ,、:")) <= 10 and not re.search(r"[\n。;]", between)


def _called(marked: Marked, at: int, least: int) -> tuple[int, str]:
    """The name of the thing before its count."""
    before = marked.said(max(least, at - _NAME_WITHIN), at)
    before = re.split(r"[\n。;]", before)[-1].rstrip(" ,、:*x×/型款")
    pieces = [one for one in re.split(r"[,、 +]+", before) if one]
    said = pieces[-1] if pieces else ""
    said = _BEFORE_NAME.sub("", said) or said
    found = _NAME.search(said)
    if not found or len(found[0]) < 2 or len(found[0]) > 20:
        return at, ""
    name = found[0]
    return at - len(before) + before.rfind(name) if name in before else at, name


def _plain(number: Decimal | None) -> Decimal:
    assert number is not None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else round(number, 4).normalize()


def changed_rows(scene: Scene, table: TableField, kept: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """The rows after words about some of them by name; None if none is spoken of."""
    marked, text = scene.marked, scene.marked.text
    name = next((one for one in table.columns if not one.number), None)
    if name is None:
        return None
    rows, touched = list(kept), False
    for row in kept:
        cell = row.get(name.id)
        called = cell.text if isinstance(cell, Words) else ""
        at = text.find(called) if called else -1
        if at < 0:
            continue
        stop = min([found for found in (text.find(mark, at) for mark in "\n。;") if found >= 0] or [len(text)])
        said = text[at + len(called) : stop]
        if _GONE.match(said.lstrip(" 就也先都")) or (_GONE.search(said) and not re.search(r"\d", said)):
            rows.remove(row)
            touched = True
            continue
        before = next((one.start for one in marked.amounts[1] if one.end == at), None)
        changed = _with_numbers(marked, table, row, at + len(called) if before is None else before, stop)
        if changed is not None and re.search(
            r"改|换|不是|应该|写|变|加到|减到|更正|错|成|只|就|报|共|再加|看错|是", said
        ):
            rows[rows.index(row)] = changed
            touched = True
    if not touched and len(kept) == 1 and (place := _named_at(marked, table)) is not None:
        changed = _with_numbers(marked, table, kept[0], place, marked.piece_at(place).end)
        if changed is not None:
            rows, touched = [changed], True
    fresh = [
        one.cells
        for one in found_rows(marked, table)
        if one.cells.get(name.id) not in [row.get(name.id) for row in kept]
    ]
    return (*rows, *fresh) if touched else None


def _named_at(marked: Marked, table: TableField) -> int | None:
    """Behind which place the table itself is named (光交箱改成5台: the only row there is)."""
    hits = [one for one in marked.labels if any(sense.field is table for sense in one.of("label"))]
    return hits[0].end if hits else None


def _with_numbers(marked: Marked, table: TableField, row: Row, start: int, end: int) -> Row | None:
    cells = dict(row)
    for atom in marked.atoms_from(start, end):
        if atom.shape != "amount" or atom.number is None:
            continue
        if marked.said(max(0, atom.start - 2), atom.start) == "不是":
            continue
        said = marked.said(start, end)
        for column in table.columns:
            if (
                column.number
                and not atom.unit
                and column.label[-2:] in said
                and sum(one.label[-2:] in said for one in table.columns) == 1
            ):
                cells[column.id] = Amount(number=_plain(atom.number), unit=column.unit)
                continue
            if column.number and fit_units((column.unit,), atom.unit)[0] is not None:
                cells[column.id] = Amount(number=_plain(atom.number), unit=column.unit)
    return cells if cells != row else None


def rows_of(answers: Mapping[str, object], table: TableField) -> tuple[Row, ...]:
    """The rows kept so far."""
    value = getattr(answers.get(table.id), "value", None)
    return value.rows if isinstance(value, Rows) else ()
