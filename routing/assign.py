"""Which steward gets an order: by body, duty rota, district and fewest open tasks (design §5)."""

import datetime as dt
from collections.abc import Iterable

from model.staff import Staff


def assign(stewards: Iterable[Staff], body: str, district: str | None, day: dt.date) -> str | None:
    """The staff id of the steward for an order of `body` on this day, None if nobody of it is there and can be reached.

    Whoever is absent (请假) gets nothing new. Where the body has a rota, those on duty come first; then those of the
    district, then those of the whole body, then the others: a steward of another district is better than nobody. Equal
    ones by fewest open tasks, then by id, so that the same input gives the same steward.
    """

    def rank(steward: Staff) -> tuple[bool, int, int, str]:
        near = 1 if district is None or not steward.districts else 0 if district in steward.districts else 2
        return day.weekday() not in steward.weekdays, near, steward.open_tasks, steward.id

    able = [
        one for one in stewards if one.body == body and one.reachable and one.duty == "steward" and not one.is_away(day)
    ]
    return min(able, key=rank).id if able else None
