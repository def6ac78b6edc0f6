"""Who of a body has to do with a consultation: with whom it lies, and who comes to it (X57, J34)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from model.calendar import CHINA
from model.case import Case
from model.consultation import Invited
from model.staff import Staff
from routing.assign import assign


def officer(body: str, staff: Sequence[Staff], now: dt.datetime) -> str | None:
    """Whom of a body it lies with: its head, else a steward of it, else whoever supervises for it."""
    day = now.astimezone(CHINA).date()
    able = [one for one in staff if one.body == body and one.reachable and not one.is_away(day)]
    head = next((one.id for one in able if one.duty == "lead"), None)
    return head or assign(able, body, None, day) or next((one.id for one in able), None)


def responsible(case: Case, body: str, now: dt.datetime, staff: Sequence[Staff]) -> str | None:
    """Who speaks for a body in this case: who has its order, else a steward of it, else its head."""
    serving = {one.id for one in staff}
    his = (one.steward for one in case.orders if one.body == body and one.ending is None and not one.candidates)
    mine = next((one for one in his if one in serving), None)
    return mine or assign(staff, body, None, now.astimezone(CHINA).date()) or officer(body, staff, now)


def still_coming(case: Case, invited: Iterable[Invited], now: dt.datetime, staff: Sequence[Staff]) -> Iterator[Invited]:
    """The same bodies; for whoever has left since, who speaks for his body now."""
    serving = {one.id for one in staff}
    for one in invited:
        there = one.staff if one.staff in serving else responsible(case, one.body, now, staff)
        yield Invited(body=one.body, staff=there)
