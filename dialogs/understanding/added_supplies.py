"""A supply that grows by so much: 现有一台400的变压器 再加一台630的, 在原来500的基础上增加300千伏安."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dialogs.kinds.number import check
from dialogs.numerals import NUMBER, read_number
from dialogs.understanding.atoms import Atom
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Supply, fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.supply_rows import rows_named
from dialogs.understanding.within.amounts import amounts, is_old
from model.fields import NumberField
from model.values import Amount

_ADDED = re.compile(
    rf"(?P<again>再|另外?|又|还)?(?:想|要|得|打算|准备|需要?|申请|计划|请){{0,2}}(?:新?[加上增添装来补报]|新增|增加|增容|添加)(?:了|装|上|个){{0,2}}\s?"
    rf"(?:(?P<many>{NUMBER})\s?台|一个)?\s?(?P<each>{NUMBER})\s?(?P<unit>千伏安|kva)?(?P<of>\s?的?(?:变压器|箱变|变(?![更化频])))?"
    r"(?!\s?(?:个?千瓦|kw|台|路|度|安|平|户|方|吨|兆|米|万|元))",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"[^\d,。;]{{0,6}}[\s,]{{0,2}}[^\d,。;]{{0,6}}?(?:加?到|达到|一共|合计|总共|共|就是|变成)(?:是|为)?\s?(?P<total>{NUMBER})",
    re.IGNORECASE,
)
_UPON = re.compile(r"[^\d,。;]{0,10}基础上?[\s,]{0,2}(?:再|又|还)?$")
_STAYS = re.compile(r"[^\d,。;]{0,8}?(?:不动|不变|不拆|不换|留着|保留|继续用|照用|还用|照旧|接着用)")
_POWER = re.compile(r"千伏安|kva|变压器|箱变", re.IGNORECASE)
_BETWEEN = 30
_SMALLEST = 10
"""No transformer is smaller."""
_SCORE = 112


@dataclass(frozen=True, slots=True)
class Added:
    """Where so much is added, how much there was, with the amount that says so, and how much there is to be."""

    start: int
    end: int
    more: Decimal
    total: Decimal | None
    old: Atom | None


def added_supplies(scene: Scene) -> Iterator[Candidate]:
    """What there was and the sum, to be read back, in the row named before, else in the first."""
    rows = fillable(scene.form).supplies
    if not rows:
        return
    for one in _added(scene.marked):
        row = rows[_row(scene.marked, one.start, len(rows))]
        field = row.either or row.new
        if field is None or (needs := scene.needs(field)) is None:
            continue
        base = one.old.number if one.old else _known(scene, row)
        total = one.total or (base + one.more if base is not None else None)
        if total is None:
            continue
        if one.old is not None and row.old is not None and base is not None and scene.needs(row.old) is not None:
            yield Candidate(
                row.old.id, check(base, "千伏安", row.old), one.old.start, one.old.end, _SCORE, "原来的容量",
                scene.needs(row.old) or (),
            )  # fmt: skip
        yield Candidate(
            field.id, check(total, "千伏安", field), one.start, one.end, _SCORE, "原来的容量加上新的", needs,
            "said" if one.total else "derived", unsure=one.total is None,
        )  # fmt: skip


@once
def _added(marked: Marked) -> list[Added]:
    """All of them in the message."""
    if not _POWER.search(marked.text):
        return []
    found = list[Added]()
    for match in _ADDED.finditer(marked.text):
        each, many = read_number(match["each"]), read_number(match["many"]) if match["many"] else Decimal(1)
        if each is None or many is None or each < _SMALLEST:
            continue
        old = _former(marked, match.start())
        upon = old is not None and bool(_UPON.search(marked.text, old.end, match.start()))
        if not (match["again"] or upon or (old is not None and not match["of"])):
            continue
        if old is None and not (match["unit"] or match["of"]):
            continue
        told = _TOTAL.match(marked.text, match.end())
        total = read_number(told["total"]) if told else None
        if not match["again"] and not upon and total is None:
            continue  # 原来250 新增400 may be the sum
        end = told.end() if told and total else match.end()
        if total is not None and old is not None and old.number is not None and total <= old.number:
            continue
        found.append(Added(match.start(), end, many * each, total, old))
    return found


def _former(marked: Marked, at: int) -> Atom | None:
    """The capacity that there is, told before this place: said to be old, to stay, or what is built upon."""
    before = list(amounts(marked, max(marked.sentence_start(at), at - _BETWEEN), at))
    for one in reversed(before):
        if one.unit in ("台", "个") or one.number is None:
            continue
        if one.unit not in ("", "千伏安", "kva", "个千伏安"):
            return None
        old = is_old(marked, one.start) or _STAYS.match(marked.text, one.end) or _UPON.search(marked.text, one.end, at)
        return one if old else None
    return None


def _known(scene: Scene, row: Supply) -> Decimal | None:
    """The capacity that was told in a message before."""
    fields: tuple[NumberField | None, ...] = (row.old, row.either)
    for field in fields:
        value = scene.before[field.id].value if field is not None and field.id in scene.before else None
        if isinstance(value, Amount) and value.number and value.unit == "千伏安":
            return value.number
    return None


def _row(marked: Marked, at: int, rows: int) -> int:
    start, found = marked.sentence_start(at), 0
    for place in rows_named(marked):
        if start <= place.start <= at and len(place.rows) == 1:
            found = place.rows[0]
    return min(found, rows - 1)
