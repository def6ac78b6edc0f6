"""The sheet beside those who serve now: who is new, who is changed, who is as before, and who is not in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.roster.reading import CellMistake, Entry
from model.county import County
from model.staff import Staff

_TOLD: Final = {"name": "姓名", "body": "单位", "phone": "电话", "duty": "职责", "districts": "负责的乡镇"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `missing` serve and are not in the sheet; nobody is removed for that."""

    new: tuple[Staff, ...]
    changed: tuple[tuple[Staff, Staff], ...]
    """As he is, and as he will be."""
    unchanged: tuple[Staff, ...]
    missing: tuple[Staff, ...]


def planned(
    entries: Sequence[Entry], present: Sequence[Staff], county: County, draw: Callable[[], str]
) -> Plan | tuple[CellMistake, ...]:
    """Whom each row is about: by his id, else by his phone in his body. `draw` gives the id of a new one."""
    by_id = {one.id: one for one in present}
    by_phone = {(one.body, one.phone): one for one in present}
    mistakes, found = list[CellMistake](), list[tuple[Entry, Staff | None]]()
    for entry in entries:
        held = by_phone.get((entry.body, entry.phone))
        if entry.id and entry.id not in by_id:
            told = f"没有编号是{entry.id}的人（名单请看：staff list {county.id}）；新来的、离岗又回来的，编号空着"
            mistakes.append(CellMistake(entry.cells["id"], told))
        elif not entry.id and held is not None and held.name != entry.name:
            told = f"这个电话在{county.body[held.body].short}登记的是{held.name}：是同一个人，编号填{held.id}；"
            mistakes.append(
                CellMistake(entry.cells["name"], f"{told}换了人，先办{held.name}离岗：staff leave {held.id}")
            )
        else:
            found.append((entry, by_id[entry.id] if entry.id else held))
    mistakes += _moved_with_work(found, county)
    mistakes += _taken(found, present, county)
    if mistakes:
        return tuple(mistakes)
    pairs = [(before, _after(entry, before, county, draw)) for entry, before in found]
    named = {before.id for before, _ in pairs if before is not None}
    return Plan(
        new=tuple(after for before, after in pairs if before is None),
        changed=tuple((before, after) for before, after in pairs if before is not None and before != after),
        unchanged=tuple(after for before, after in pairs if before == after),
        missing=tuple(one for one in present if one.id not in named),
    )


def differences(before: Staff, after: Staff) -> str:
    """What is changed, as people read it: 电话 13700000101→13700000102."""
    pairs = [(title, getattr(before, name), getattr(after, name)) for name, title in _TOLD.items()]
    return "，".join(f"{title} {_words(old)}→{_words(new)}" for title, old, new in pairs if old != new)


def _after(entry: Entry, before: Staff | None, county: County, draw: Callable[[], str]) -> Staff:
    said = {"name": entry.name, "body": entry.body, "phone": entry.phone}
    more = {name: value for name in ("duty", "districts") if (value := getattr(entry, name)) is not None}
    if before is not None:
        return before.model_copy(update=said | more)
    return Staff(id=draw(), county=county.id, **said, **more)


def _moved_with_work(found: Sequence[tuple[Entry, Staff | None]], county: County) -> list[CellMistake]:
    """Whoever has open work cannot change to another body: it would go with him."""
    return [
        CellMistake(
            entry.cells["body"],
            f"{before.name}在{county.body[before.body].short}还有{before.open_tasks}项在办，不能直接换单位："
            f"先办离岗（staff leave {before.id}），编号空着再导入",
        )
        for entry, before in found
        if before is not None and before.body != entry.body and before.open_tasks
    ]


def _taken(found: Sequence[tuple[Entry, Staff | None]], present: Sequence[Staff], county: County) -> list[CellMistake]:
    """A phone that somebody keeps who is named by no row, or by another."""
    rows = {before.id: entry for entry, before in found if before is not None}
    mistakes = []
    for entry, before in found:
        for other in present:
            if other == before or (other.body, other.phone) != (entry.body, entry.phone):
                continue
            goes = rows.get(other.id)
            if goes is None or (goes.body, goes.phone) == (entry.body, entry.phone):
                told = f"{entry.phone}是{county.body[other.body].short}{other.name}（{other.id}）的电话，两个人不能一样"
                mistakes.append(CellMistake(entry.cells["phone"], told))
    return mistakes


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(value) or "全部"
    return {"steward": "办理", "lead": "负责人", "supervisor": "督办", "clerk": "窗口热线"}.get(str(value), str(value))
