"""Who has looked at what of whom, and when: rows that are only added to, and outlive what they were looked at."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from model.delivery import Recipient
from model.look import Look
from storage.engine import Database
from storage.enqueuing import base_row
from storage.schema import cases, looks, outbox
from storage.steps import Step

PAPER: Final = "paper"
"""The template of a row of the outbox that brings a paper."""


class Looks:
    """Every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, looked: Sequence[Look]) -> None:
        """Record them; one that was recorded before stays as it was."""
        async with self._database.writing(Step.LOOK) as connection:
            await connection.execute(self._database.add(looks), [_row(one) for one in looked])

    async def show(
        self, looked: Sequence[tuple[Look, Mapping[str, str]]], to: Recipient, now: dt.datetime, not_after: dt.datetime
    ) -> None:
        """Record them, and have each paper sent: nobody is sent what is not recorded. Asked again, nothing is added.

        With each its `refs`: the conversation, and which content.
        """
        rows = [_sent(one, refs, to, now, not_after) for one, refs in looked]
        async with self._database.writing(Step.LOOK) as connection:
            await connection.execute(self._database.add(looks), [_row(one) for one, _ in looked])
            for row in rows:
                await connection.execute(self._database.add(outbox), row)

    async def of_case(self, county: str, number: str) -> tuple[Look, ...]:
        """All looks at a case and its papers, by its number, oldest first."""
        query = select(looks).join(cases, cases.c.id == looks.c.case_id)
        query = query.where(cases.c.county == county, cases.c.number == number).order_by(looks.c.id)
        async with self._database.reading() as connection:
            return tuple(_look(row) for row in await connection.execute(query))

    async def by(self, staff: str, since: dt.datetime) -> tuple[Look, ...]:
        """All looks of a member of staff since then, oldest first."""
        query = select(looks).where(looks.c.staff == staff, looks.c.at >= since).order_by(looks.c.id)
        async with self._database.reading() as connection:
            return tuple(_look(row) for row in await connection.execute(query))

    async def of_county(
        self, county: str, since: dt.datetime, until: dt.datetime, most: int
    ) -> tuple[tuple[Look, str], ...]:
        """The looks in a county from `since` until before `until`, newest first and at most so many; with the number of the case."""
        query = select(looks, cases.c.number).outerjoin(cases, cases.c.id == looks.c.case_id)
        query = query.where(looks.c.county == county, looks.c.at >= since, looks.c.at < until)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(looks.c.at.desc(), looks.c.id.desc()).limit(most))
            return tuple((_look(row), row.number or "") for row in rows)


def _row(one: Look) -> dict[str, Any]:
    return one.model_dump(exclude={"case", "order"}) | {"case_id": one.case, "order_id": one.order}


def _look(row: Any) -> Look:
    kept = {name: getattr(row, name) for name in Look.model_fields if name not in ("case", "order")}
    return Look(case=row.case_id, order=row.order_id, **kept)


def _sent(
    one: Look, refs: Mapping[str, str], to: Recipient, now: dt.datetime, not_after: dt.datetime
) -> dict[str, Any]:
    about = {"staff": one.staff, "paper": one.paper, "place": str(one.place)}
    row = base_row(to, one.key, now) | {
        "kind": "reply",
        "subject": one.key,
        "template": PAPER,
        "refs": {**refs, **about},
    }
    return row | {"case_id": one.case, "order_id": one.order, "not_after": not_after}
