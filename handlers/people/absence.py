"""请假 and 销假, whoever tells of it: an admin, an operator, or he himself in chat. One way, kept with who told it (ADR 42)."""

import datetime as dt

from handlers.covering import Passed, cover
from handlers.people.noting import By
from handlers.ports import RoutingCore
from model.calendar import CHINA
from model.decision import Refused
from model.staff import Absence, Staff


async def go_away(core: RoutingCore, one: Staff, absence: Absence, by: By) -> tuple[Passed, ...] | Refused:
    """No new orders for him; what only an officer can do goes to a colleague from the first day on, orders stay.

    One that begins on the same day is changed; one that stands already is not told twice. Refused `away_backwards`, `away_over`,
    `away_overlaps`, `overtaken`. Raises `CoreAway`.
    """
    if (wrong := unfit(one, absence, by.now)) is not None:
        return wrong
    if absence not in one.absences and (refused := await core.absent(one, absence, by)) is not None:
        return refused
    now = await core.steward(one.id)
    return () if now is None else await cover(core, now, by.now)


async def come_back(core: RoutingCore, one: Staff, first: dt.date | None, by: By) -> Refused | None:
    """The absence that begins on this day does not stand any more; None: none does. Refused `overtaken`. Raises `CoreAway`."""
    for each in one.absences:
        if first in (None, each.first) and (refused := await core.back(one, each.first, by)) is not None:
            return refused
    return None


def unfit(one: Staff, absence: Absence, now: dt.datetime) -> Refused | None:
    """Why this cannot be entered, as far as is known of him."""
    if absence.last < absence.first:
        return Refused(code="away_backwards", about=days_of(absence))
    if absence.last < now.astimezone(CHINA).date():
        return Refused(code="away_over", about=days_of(absence))
    other = next((each for each in one.absences if each.overlaps(absence)), None)
    return None if other is None else Refused(code="away_overlaps", about=days_of(other))


def days_of(one: Absence) -> dict[str, str]:
    """Its days, as the words of a refusal name them."""
    return {"first": one.first.isoformat(), "last": one.last.isoformat()}
