"""The sheet beside those who serve now: who is new, who is changed, who is as before, and who is not in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.roster.reading import AtCell, Entry
from model.county import County
from model.staff import Staff


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
) -> Plan | tuple[AtCell, ...]:
    """Whom each row is about: by his id, else by his phone in his body. `draw` gives the id of a new one."""
    by_id = {one.id: one for one in present}
    by_phone = {(one.body, one.phone): one for one in present}
    mistakes, found = list[AtCell](), list[tuple[Entry, Staff | None]]()
    for entry in entries:
        held = by_phone.get((entry.body, entry.phone))
        if entry.id and entry.id not in by_id:
            mistakes.append(AtCell(entry.cells["id"], "id", {"id": entry.id}))
        elif not entry.id and held is not None and held.name != entry.name:
            about = {"body": county.body[held.body].short, "name": held.name, "id": held.id}
            mistakes.append(AtCell(entry.cells["name"], "other_name", about))
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


def _after(entry: Entry, before: Staff | None, county: County, draw: Callable[[], str]) -> Staff:
    said = {"name": entry.name, "body": entry.body, "phone": entry.phone}
    more = {name: value for name in ("duty", "districts") if (value := getattr(entry, name)) is not None}
    if before is not None:
        return before.model_copy(update=said | more)
    return Staff(id=draw(), county=county.id, **said, **more)


def _moved_with_work(found: Sequence[tuple[Entry, Staff | None]], county: County) -> list[AtCell]:
    """Whoever has open work cannot change to another body: it would go with him."""
    return [
        AtCell(
            entry.cells["body"],
            "moved_with_work",
            {"name": before.name, "body": county.body[before.body].short, "open": before.open_tasks, "id": before.id},
        )
        for entry, before in found
        if before is not None and before.body != entry.body and before.open_tasks
    ]


def _taken(found: Sequence[tuple[Entry, Staff | None]], present: Sequence[Staff], county: County) -> list[AtCell]:
    """A phone that somebody keeps who is named by no row, or by another."""
    rows = {before.id: entry for entry, before in found if before is not None}
    mistakes = []
    for entry, before in found:
        for other in present:
            if other == before or (other.body, other.phone) != (entry.body, entry.phone):
                continue
            goes = rows.get(other.id)
            if goes is None or (goes.body, goes.phone) == (entry.body, entry.phone):
                about = {
                    "phone": entry.phone,
                    "body": county.body[other.body].short,
                    "name": other.name,
                    "id": other.id,
                }
                mistakes.append(AtCell(entry.cells["phone"], "phone_taken", about))
    return mistakes
