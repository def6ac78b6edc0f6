"""Whoever sees the ledger unmasked is recorded, for every order, before its line is written."""

import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterable
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
    waiting = list[tuple[LedgerOrder, Line]]()
    async for one in lines:
        waiting.append(one)
        if len(waiting) == _AT_ONCE:
            await looks.note([_look(order, county, staff, now) for order, _ in waiting])
            for each in waiting:
                yield each
            waiting.clear()
    if waiting:
        await looks.note([_look(order, county, staff, now) for order, _ in waiting])
    for each in waiting:
        yield each


def _look(order: LedgerOrder, county: str, staff: str, now: dt.datetime) -> Look:
    return Look(
        key=f"{LEDGER}:{staff}:{order.order}:{now.isoformat()}",
        county=county,
        what=LEDGER,
        case=order.case,
        order=order.order,
        staff=staff,
        way="console",
        at=now,
    )
