"""The orders that lie with a steward or with his body: as rows, and opened."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from bot.console.visit import Clerk
from handlers.casework import Casework
from handlers.ports import RoutingCore, Task
from model.case import Case
from model.desk import OpenOrder
from model.submission import Submission

_AT_ONCE: Final = 20
"""Cases that are opened in one go: with many, somebody in chat would wait for it."""
_NEVER: Final = dt.datetime.max.replace(tzinfo=dt.UTC)

Opened: TypeAlias = Mapping[str, tuple[Case, Submission]]
"""Cases by id, with what was confirmed."""


async def orders_of(core: RoutingCore, clerk: Clerk, *, everybody: bool) -> list[OpenOrder]:
    """What lies with him and what nobody of his body has, with `everybody` all that it has open; what is due first comes first.

    Raises `CoreAway`.
    """
    found = await core.desk(clerk.county.id, clerk.staff.body)
    mine = [one for one in found if everybody or one.steward in (None, clerk.staff.id)]
    return sorted(mine, key=lambda one: one.due or _NEVER)


async def opened(core: Casework, ids: Iterable[str]) -> Opened:
    """These cases; what was erased is left out. Raises `CoreAway`."""
    found, every = dict[str, tuple[Case, Submission]](), list(dict.fromkeys(ids))
    for start in range(0, len(every), _AT_ONCE):
        found |= await core.several(every[start : start + _AT_ONCE])
    return found


def tasks_in(cases: Opened, orders: Iterable[OpenOrder]) -> list[Task]:
    """The orders as tasks, those of cases that were opened."""
    known = [(cases[one.case][0], one.order) for one in orders if one.case in cases]
    return [Task(case, order) for case, name in known if (order := case.order(name)) is not None]
