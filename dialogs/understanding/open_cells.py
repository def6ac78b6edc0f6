"""What rows lacked is told without their names: 那台2.8, 每台都3方, 流量分别是3.5、2."""

import re

from dialogs.kinds.table import Row
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.row_parts import counts, plain
from dialogs.understanding.scene import Scene
from dialogs.understanding.things import thing_before
from dialogs.understanding.within.units import fit_units
from model.fields import Column, TableField
from model.values import Amount, Words

_TOTAL = re.compile(r"(?:总共|一共|合计|共|总计|加起来|加在?一[起块]|合起来)(?:是|用|要)?\s?$")
_POINTS = re.compile(
    r"(?:[那这它][\d一两二三四五六]?[台个口只]?|刚才?|前面|上面|说的?|(?:单|每|一)[台个口]|流量|铭牌|(?:每|一)个?(?:小时|钟头))[^\d。;\n]{0,8}$"
    rf"|^(?:是|查到?了?|问到?了?|[,\s])*$|{_TOTAL.pattern}"
)
"""What is told is told of something spoken of before: 那台2.8."""
_ALL = re.compile(r"(?:都|均|全|一律|一样|各)(?:是|为|按|要|用)?\s?$|每(?:一?台|个)(?:都|均)?(?:是|为)?\s?$")
_TURN = re.compile(r"分别|依次|挨个|按顺序")
_BARE = re.compile(r"\s?(?:吧|的|哦|呢|左右)?(?=$|[\s,。;、和])")
_IS_THING = re.compile(r"[灶炉窑釜锅箱柜机器车头]的?$")
_MOST, _BEFORE = 1000, 16


def open_cells(scene: Scene, table: TableField, kept: tuple[Row, ...]) -> tuple[tuple[Row, ...], int, int] | None:
    """The rows with the one cell each that they lacked, and where it stands; None if that is not told."""
    marked = scene.marked
    halves = _lacking_one(marked, table, kept)
    column = halves[0][1] if halves else None
    if column is None or not column.number or any(other is not column for _, other in halves):
        return None
    told = [one for one in marked.amounts[1] if _is_of(marked, column, one)]
    if not told:
        return None
    first, before = told[0], _before(marked, told[0])
    if len(told) == len(halves) > 1 and (_TURN.search(marked.text, 0, first.start) or _only(marked, told)):
        numbers = [plain(one.number) for one in told]
    elif len(told) > 1 or not (_ALL.search(before) or (len(halves) == 1 and _POINTS.search(before))):
        return None
    else:
        numbers = [plain(first.number)] * len(halves)
    if len(halves) == 1 and _is_of_another(marked, first, kept[halves[0][0]]):
        return None
    rows = list(kept)
    for (at, _), told_each in zip(halves, numbers, strict=True):
        number = told_each
        if _TOTAL.search(before):
            if len(halves) > 1 or not isinstance(many := _how_many(table, rows[at]), Amount):
                return None
            number = plain(told_each / many.number)
        rows[at] = {**rows[at], column.id: Amount(number=number, unit=column.unit)}
    return tuple(rows), first.start, told[-1].end


def _only(marked: Marked, told: list[Atom]) -> bool:
    """6方,3方,2方: whether nothing else is said."""
    said = marked.text
    for one in reversed(told):
        said = said[: one.start] + said[one.end :]
    return not said.strip(" ,、;。")


def _is_of_another(marked: Marked, one: Atom, row: Row) -> bool:
    """Whether another thing is named before the number: 灶的流量是4.2, where the oven's is wanted."""
    _, called = thing_before(marked, one.start, marked.sentence_start(one.start))
    name = _name(row)
    return bool(_IS_THING.search(called)) and not (name.endswith(called) or called.endswith(name))


def _lacking_one(marked: Marked, table: TableField, kept: tuple[Row, ...]) -> list[tuple[int, Column]]:
    """The rows that lack one cell, and which; in the order in which the message names them, if it does."""
    found = list[tuple[int, int, Column]]()
    for at, row in enumerate(kept):
        missing = [column for column in table.columns if row.get(column.id) is None]
        if len(missing) == 1:
            found.append((marked.text.find(_name(row)), at, missing[0]))
    if all(place >= 0 for place, _, _ in found):
        found.sort(key=lambda one: one[0])
    return [(at, column) for _, at, column in found]


def _name(row: Row) -> str:
    return next((cell.text for cell in row.values() if isinstance(cell, Words)), "")


def _how_many(table: TableField, row: Row) -> object:
    return next((row.get(column.id) for column in table.columns if column.whole), None)


def _before(marked: Marked, one: Atom) -> str:
    return marked.said(max(marked.sentence_start(one.start), one.start - _BEFORE), one.start)


def _is_of(marked: Marked, column: Column, one: Atom) -> bool:
    """Whether the number can stand in this column: 2.8方, or 2.8 and nothing behind it."""
    if one.number is None or one.number <= 0 or (column.whole and one.number % 1):
        return False
    if not one.unit:
        return bool(_BARE.match(marked.text, one.end)) and one.number < _MOST
    return fit_units((column.unit,), one.unit)[0] is not None or (column.whole and counts(column, one.unit))
