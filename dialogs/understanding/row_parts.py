"""Rows of a table as they are said, whole or with a number missing: 炒灶 4台 每台3.5方, 两台热水锅炉 每台30方, 涮锅灶 x20 0.3."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dialogs.kinds.table import Row
from dialogs.numerals import NUMBER
from dialogs.understanding.atoms import Atom
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.things import (
    counts_behind,
    counts_named,
    is_model,
    kept_name,
    leads_on,
    names_other,
    thing_before,
    thing_behind,
    thing_between,
    thing_last_named,
)
from dialogs.understanding.within.units import fit_units
from model.fields import Column
from model.values import Amount, Words

_TOTAL = re.compile(r"(?:总共|一共|合计|共|总计|加起来|加在?一[起块]|合起来)\s*$")
_COUNTERS = ("台", "口", "只", "座", "把", "条", "组", "眼")
"""What things are counted in, whatever the table prints."""
_SIZE = re.compile(r"\s?(?:蒸吨|眼|头|门|盘|层|升|匹)")
_TICKS = re.compile(r"\s?(?:勾|选项|都勾|都选)")
"""锅炉 直燃机 两个勾: so many ticks."""
_OF_ANY = ("个", "种", "家")
_NO_THINGS = re.compile(r"\s?(?:型号|规格|牌子|样|厨房|食堂|车间|月|店|院)")
"""同一个型号, 两个食堂: these are counted in no table."""
_EACH_BEHIND = re.compile(r"\s?(?:/|每)?[一1]?[台个口只座](?=$|[\s,。;、)])")
"""5方一个: of each."""
_OF_ALL = re.compile(r"(?:都|均|全|统一)(?:是|为|按)?\s?$")
_LISTS = re.compile(r"台数|数量|流量|清单|明细|设备")
"""What is spoken of where rows are written as bare numbers."""
_EACH_BEFORE = re.compile(r"[每单一][台个口只]\s?$")
_TIMES = re.compile(r"[x×*X]\s?$")
_FLOWS = re.compile(r"(?:流量|用气量|耗气量?)[\s:,、是为]*$")
_MOST_LOOSE = 100
"""A bare number beyond it is no number of things."""
_SO_MANY = re.compile(r"[\s,、]{0,2}(?:一共|总共|共|合计|有|要|上|装|来|共有)?\s?")
_ONE_MORE = re.compile(r"(?:添|加|来|上|装|买|要|有|漏|弄|配)[了上]?[台个口只]$")
_OF_EACH = re.compile(r"\s?(?:各|都是|均为)(?:有|要|上|装)?")
_LISTED = re.compile(r"(?:[\u4e00-\u9fff]{2,8}[、和跟及与]){1,6}$")
_LIST_WITHIN = 60
_RESPECTIVELY = re.compile(
    rf"分别(?:是|为|:)?\s?{NUMBER}(?:方|m3/h|个)?(?:[、,\s和]{{1,2}}{NUMBER}(?:方|m3/h|个)?){{1,12}}"
)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row with its span; `shared`: a total was divided by the number of things; `loose`: its numbers had no units."""

    cells: Row
    start: int
    end: int
    shared: bool = False
    loose: bool = False


def row_parts(marked: Marked, name: Column, numbers: list[Column]) -> Iterator[FoundRow]:
    """Rows in the order of the text; one in which a number is missing may be completed by another of its name."""
    each = told_in_turn(marked)
    shapes = [
        one
        for one in marked.amounts[1]
        if one.number is not None
        and _is_of_rows(marked, one, numbers)
        and not (each and each[0] <= one.start < each[1])
    ]
    lists, flow_only = bool(_LISTS.search(marked.text)), False
    at, end_before = 0, 0
    while at < len(shapes):
        first = shapes[at]
        flow_only = flow_only or bool(_FLOWS.search(_heading(marked, end_before, first.start)))
        one, used = None, 1
        if counts(numbers[0], first.unit) or (
            len(numbers) == 1 and not first.unit and counts_named(marked, first.start)
        ):
            one, used = _counted(marked, shapes[at:], end_before, name, numbers)
        elif (
            not first.unit
            and len(numbers) > 1
            and _EACH_BEFORE.search(marked.said(max(0, first.start - 3), first.start))
        ):
            flow_only = lists = True  # 炒灶每台4.5 蒸柜6
            one, used = _flowing(marked, shapes[at:], end_before, name, numbers)
        elif not first.unit and first.number is not None and len(numbers) > 1:
            times = bool(_TIMES.search(marked.said(max(0, first.start - 2), first.start)))
            part = end_before > 0 and first.number % 1 != 0  # 大锅灶一台6方 蒸柜3.5: no number of things
            if times or lists or part:
                flows = part or (flow_only and not times)
                one, used = _bare(marked, shapes[at:], end_before, name, numbers, flow_only=flows)
        elif len(numbers) > 1 and fit_units((numbers[1].unit,), first.unit)[0] is not None:
            one, used = _flowing(marked, shapes[at:], end_before, name, numbers)
        if one is not None:
            yield from (
                replace(one, cells={**one.cells, name.id: Words(text=other)}) for other in _beside(marked, one, name)
            )
            yield one
            end_before = one.end
        at += used


def _is_of_rows(marked: Marked, atom: Atom, numbers: list[Column]) -> bool:
    """Whether the number counts things or is what one of them takes, and not its size: 1蒸吨的锅炉, 6眼."""
    if (
        _TICKS.match(marked.text, atom.end)
        or marked.said(atom.end - 1, atom.end + 1) == "部分"
        or marked.said(atom.start - 2, atom.start) == "不是"
        or (atom.unit in _OF_ANY and _NO_THINGS.match(marked.text, atom.end))
    ):
        return False
    if not atom.unit:
        return not _SIZE.match(marked.text, atom.end)
    return counts(numbers[0], atom.unit) or any(fit_units((one.unit,), atom.unit)[0] is not None for one in numbers)


def _heading(marked: Marked, start: int, end: int) -> str:
    """The words before the name that stands before this place."""
    begin, called = thing_before(marked, end, start)
    said = marked.said(start, begin) if called else ""
    return "" if re.search(r"台数|数量", said) else said  # both: the head of a list


def _counted(
    marked: Marked, shapes: list[Atom], least: int, name: Column, numbers: list[Column]
) -> tuple[FoundRow | None, int]:
    """炒灶 4台 每台3.5方; 两台热水锅炉 每台30方; GXJ-96 1台."""
    first = shapes[0]
    begin, called = thing_before(marked, first.start, least)
    if len(numbers) == 1 and not is_model(called):
        begin, called = first.start, ""
    end = first.end
    if (
        not called
        or leads_on(marked, first.start)
        or (len(numbers) > 1 and counts_behind(marked, first.start, first.end))
    ):
        behind, stop = thing_behind(marked, first.end, model=len(numbers) == 1)
        called, end = (behind, stop) if behind else (called, first.end)
    many, used = first, 1
    if len(shapes) > 1 and _is_put_right(marked, first, shapes[1], numbers[0]):
        many, used = shapes[1], 2  # GXF-288 两台 说错 一台
    called = called or (thing_last_named(marked, first.start, least) if len(numbers) > 1 else "")
    cells: dict[str, Words | Amount] = {name.id: kept_name(called)}
    cells[numbers[0].id] = Amount(number=plain(many.number), unit=numbers[0].unit)
    shared, stop = False, max(end, many.end)
    while used < len(shapes) and shapes[used].start < stop:
        used += 1  # 一台2吨蒸汽锅炉: a part of the name
    end = stop
    for column in numbers[1:]:
        following = shapes[used] if used < len(shapes) else None
        while (
            following is not None
            and _is_once_more(first, following, numbers[0])
            and used + 1 < len(shapes)
            and _near(marked.said(following.end, shapes[used + 1].start))
            and not names_other(marked, stop, following.start)
        ):
            stop, used = following.end, used + 1  # 一台1.2方: of each
            following = shapes[used]
        if following is None or not _near(between := marked.said(max(end, stop), following.start)):
            break
        if names_other(marked, stop, following.start):
            break
        if following.unit and fit_units((column.unit,), following.unit)[0] is None:
            break
        number, count = plain(following.number), cells[numbers[0].id]
        if _TOTAL.search(between) and isinstance(count, Amount) and count.number > 1:
            number, shared = plain(number / count.number), True
        cells[column.id] = Amount(number=number, unit=column.unit)
        stop, used = following.end, used + 1
        if (one := _EACH_BEHIND.match(marked.text, stop)) and used < len(shapes) and shapes[used].end == one.end():
            stop, used = one.end(), used + 1
        end = stop
    return (FoundRow(cells, begin, stop, shared) if called else None), used


_SLIP = re.compile(
    r"[\s,、]{0,2}(?:哦|噢|诶|哎|啊|呃)?[\s,]?(?:说错了?|写错了?|口误|不对|错了|更正|不是|应该是)[\s,:]{0,2}(?:是|应该是|应为)?\s?"
)


def _is_put_right(marked: Marked, first: Atom, following: Atom, column: Column) -> bool:
    """Whether a number of things is put right in the same breath."""
    between = marked.said(first.end, following.start)
    return counts(column, following.unit) and bool(following.number) and bool(_SLIP.fullmatch(between))


def _is_once_more(first: Atom, following: Atom, column: Column) -> bool:
    """One of them (大锅灶两台 一台六方), or as many said again (蒸箱两台 两台加一起5方)."""
    if following.number == 1 and bool(following.unit) and counts(column, following.unit):
        return True
    return following.number == first.number and bool(following.unit) and counts(column, following.unit)


def _bare(
    marked: Marked, shapes: list[Atom], least: int, name: Column, numbers: list[Column], *, flow_only: bool
) -> tuple[FoundRow | None, int]:
    """涮锅灶 x20 0.3: the numbers of a row in the order in which the table prints them."""
    first = shapes[0]
    begin, called = thing_before(marked, first.start, least)
    if _TIMES.search(marked.said(max(0, first.start - 2), first.start)):
        return _counted(marked, shapes, least, name, numbers)  # 炒灶×3,单台3.2m3/h
    if not called or len(marked.said(begin + len(called), first.start).strip(" :,、x×*X")) > 0:
        return None, 1
    cells: dict[str, Words | Amount] = {name.id: kept_name(called)}
    if flow_only:
        cells[numbers[1].id] = Amount(number=plain(first.number), unit=numbers[1].unit)
        return FoundRow(cells, begin, first.end, loose=True), 1
    if first.number is None or first.number != int(first.number) or not 0 < first.number <= _MOST_LOOSE:
        return None, 1
    cells[numbers[0].id] = Amount(number=plain(first.number), unit=numbers[0].unit)
    following = shapes[1] if len(shapes) > 1 else None
    if (
        following is not None
        and not marked.said(first.end, following.start).strip(" ,、:")
        and (not following.unit or fit_units((numbers[1].unit,), following.unit)[0] is not None)
    ):
        cells[numbers[1].id] = Amount(number=plain(following.number), unit=numbers[1].unit)
        return FoundRow(cells, begin, following.end, loose=True), 2
    return FoundRow(cells, begin, first.end, loose=True), 1


def _flowing(
    marked: Marked, shapes: list[Atom], least: int, name: Column, numbers: list[Column]
) -> tuple[FoundRow | None, int]:
    """每台3.5方的炒灶4台; 炒炉一小时四方, how many of which was said before."""
    first, count = shapes[0], shapes[1] if len(shapes) > 1 else None
    flow = Amount(number=plain(first.number), unit=numbers[1].unit)
    if count is not None and counts(numbers[0], count.unit):
        called = thing_between(marked, first.end, count.start)
        if called:
            cells: dict[str, Words | Amount] = {name.id: kept_name(called), numbers[1].id: flow}
            cells[numbers[0].id] = Amount(number=plain(count.number), unit=numbers[0].unit)
            return FoundRow(cells, first.start, count.end), 2
    begin, called = thing_before(marked, first.start, least)
    if not called or not _near(marked.said(begin + len(called), first.start)):
        return None, 1
    told: dict[str, Words | Amount] = {name.id: kept_name(called), numbers[1].id: flow}
    if _ONE_MORE.search(marked.said(max(0, begin - 4), begin)):
        told[numbers[0].id] = Amount(number=Decimal(1), unit=numbers[0].unit)  # 再添个煮面炉 3方
    if (
        count is not None
        and counts(numbers[0], count.unit)
        and _SO_MANY.fullmatch(marked.said(first.end, count.start))
        and not counts_behind(marked, count.start, count.end)
    ):
        told[numbers[0].id] = Amount(number=plain(count.number), unit=numbers[0].unit)
        return FoundRow(told, begin, count.end), 2  # 炒灶每台4方,一共3台
    return FoundRow(told, begin, first.end), 1


def _beside(marked: Marked, one: FoundRow, name: Column) -> list[str]:
    """炒灶、汤锅各2台: the other things of which there are as many."""
    called = one.cells[name.id]
    if not isinstance(called, Words):
        return []
    behind = marked.said(one.start + len(called.text), one.end)
    if not _OF_EACH.match(behind):
        return []
    before = _LISTED.search(marked.said(max(0, one.start - _LIST_WITHIN), one.start))
    return [other for other in re.split(r"[、和跟及与]", before[0]) if len(other) > 1] if before else []


@once
def told_in_turn(marked: Marked) -> tuple[int, int] | None:
    """Where numbers stand that are told in turn: 流量分别是5、4、3."""
    match = _RESPECTIVELY.search(marked.text)
    return match.span() if match else None


def in_turn(marked: Marked, found: list[FoundRow], column: Column) -> list[FoundRow]:
    """The rows with the numbers that are told behind them in turn, if there are as many."""
    if (span := told_in_turn(marked)) is None:
        return found
    told = [one for one in marked.amounts[1] if span[0] <= one.start < span[1] and one.number is not None]
    ahead = [one for one in found if one.end <= span[0] and column.id not in one.cells]
    if len(told) != len(ahead) or len(told) < 2:
        return found
    whole = {
        id(one): replace(
            one, cells={**one.cells, column.id: Amount(number=plain(atom.number), unit=column.unit)}, end=atom.end
        )
        for one, atom in zip(ahead, told, strict=True)
    }
    return [whole.get(id(one), one) for one in found]


def of_all(marked: Marked, found: list[FoundRow], column: Column) -> list[FoundRow]:
    """The rows with what is said of all of them behind the last: 猛火灶3个,汤灶1个,流量都是4方."""
    told = list[FoundRow]()
    for one in found:
        last = next((atom for atom in marked.atoms_from(one.start, one.end) if atom.end == one.end), None)
        cell = one.cells.get(column.id)
        if cell is not None and last is not None and _OF_ALL.search(marked.said(max(0, last.start - 4), last.start)):
            told = [
                other if column.id in other.cells else replace(other, cells={**other.cells, column.id: cell})
                for other in told
            ]
        told.append(one)
    return told


def _near(between: str) -> bool:
    return len(between.strip(" ,、:")) <= 12 and not re.search(r"[\n。;]", between)


def plain(number: Decimal | None) -> Decimal:
    """The number as it is kept: without needless zeros."""
    assert number is not None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else round(number, 4).normalize()


def counts(column: Column, unit: str) -> bool:
    """Whether so many of this unit are so many things."""
    return fit_units((column.unit,), unit)[0] is not None or unit in _COUNTERS
