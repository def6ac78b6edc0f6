"""Things of one name that are not alike: 蒸汽锅炉两台,一台300方,另一台150方 are two rows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dialogs.numerals import NUMBER, read_number
from dialogs.understanding.marked import Marked
from dialogs.understanding.row_parts import FoundRow, plain
from model.fields import Column
from model.values import Amount

_ONE = r"[一1][台个口只]"
_ANOTHER = re.compile(
    rf"(?:方|立方米?|个?立方|m3|m³)?(?:/h|/时|/小时|每小时)?的?[,、;和\s]{{0,2}}(?:另外?|还有|剩下的?|其余的?|第二)?(?:那|的)?(?:{_ONE}|[大小]的)?(?:的|是|为)?\s?"
    rf"(?P<flow>{NUMBER})(?=\s?(?:方|立方|个方|m3|m³|的)|[\s,。;)]|$)"
)
_FIRST = re.compile(rf"(?:{_ONE}|大的|小的)(?:的|是|为)?\s?$")
_APART = re.compile(rf"另外?{_ONE}|(?:^|[,、;\s方的立和]){_ONE}|还有{_ONE}|剩下的?{_ONE}|其余|[大小]的")


def unlike_rows(marked: Marked, found: list[FoundRow], numbers: list[Column]) -> Iterator[FoundRow]:
    """The rows; one of several things of which each takes another amount is told as several."""
    count, flow = numbers[0], numbers[-1]
    for one in found:
        many, each = one.cells.get(count.id), one.cells.get(flow.id)
        if not isinstance(many, Amount) or not isinstance(each, Amount) or many.number < 2 or one.shared:
            yield one
            continue
        last = next(
            (atom for atom in reversed(marked.atoms_from(one.start, one.end)) if atom.number == each.number), None
        )
        rest = list[tuple[Decimal, int]]()
        end = one.end
        if last is not None and _FIRST.search(marked.said(max(0, last.start - 5), last.start)):
            while len(rest) + 1 < many.number and (more := _ANOTHER.match(marked.text, end)) is not None:
                number = read_number(more["flow"])
                if number is None or not _APART.search(more[0]):
                    break
                rest.append((number, more.end()))
                end = more.end()
        if len(rest) + 1 != many.number or all(number == each.number for number, _ in rest):
            yield one
            continue
        single = Amount(number=Decimal(1), unit=count.unit)
        yield replace(one, cells={**one.cells, count.id: single})
        for number, stop in rest:
            cells = {**one.cells, count.id: single, flow.id: Amount(number=plain(number), unit=flow.unit)}
            yield replace(one, cells=cells, end=stop)
