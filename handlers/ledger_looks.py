"""Whoever sees the ledger unmasked is recorded: once as such, and for every case before its lines are written."""

import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterable, Sequence
from typing import Final

from handlers.ledger import Line
from model.ledger import LedgerOrder
from model.look import Look
from storage.looks import Looks

LEDGER: Final = "ledger"
_AT_ONCE: Final = 200


async def noted(
    lines: AsyncIterable[tuple[LedgerOrder, Line]], looks: Looks, county: str, staff: str, now: dt.datetime
) -> AsyncGenerator[tuple[LedgerOrder, Line]]:
    """The same lines; those of which the look could not be recorded are not handed out. Raises the store's errors."""
    await looks.note([_look(None, county, staff, now)])
    waiting = list[tuple[LedgerOrder, Line]]()
    async for one in lines:
        waiting.append(one)
        if len(waiting) == _AT_ONCE:
            await looks.note(_looks(waiting, county, staff, now))
            for each in waiting:
                yield each
            waiting.clear()
    if waiting:
        await looks.note(_looks(waiting, county, staff, now))
    for each in waiting:
        yield each


def _looks(lines: Sequence[tuple[LedgerOrder, Line]], county: str, staff: str, now: dt.datetime) -> list[Look]:
    return [_look(case, county, staff, now) for case in dict.fromkeys(order.case for order, _ in lines)]


def _look(case: str | None, county: str, staff: str, now: dt.datetime) -> Look:
    """At one case, or (None) at the list as such."""
    key = f"{LEDGER}:{staff}:{case or ''}:{now.isoformat()}"
    return Look(key=key, county=county, what=LEDGER, case=case, staff=staff, way="console", at=now)
