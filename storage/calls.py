"""What somebody has to say by telephone, because no way brought it, and what came of his calls (design §2.4)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Select, String, and_, cast, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.call import CallOutcome, ToCall, Tried
from model.delivery import RowState
from storage.engine import Database
from storage.enqueuing import ENQUIRY
from storage.human_talks import SUBJECT
from storage.outbox import TO_CALL, row_of
from storage.outbox_sql import FOR_PEOPLE
from storage.schema import calls, cases, enquiries, human_talks, outbox
from storage.steps import Step

_SAID: Final = outbox.c.subject == literal(SUBJECT).concat(cast(human_talks.c.id, String))
_ASKED: Final = outbox.c.subject == literal(ENQUIRY).concat(enquiries.c.id)


class Calls:
    """The worklist of a county: notices about its cases and enquiries, and what staff said in the chat. Every method is a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, county: str, limit: int) -> tuple[ToCall, ...]:
        """Oldest first."""
        async with self._database.reading() as connection:
            return await self._read(connection, _of(county).order_by(outbox.c.id).limit(limit))

    async def one(self, county: str, row: int) -> ToCall | None:
        """One of them; None where there is none of this county, or it has been said."""
        async with self._database.reading() as connection:
            found = await self._read(connection, _of(county).where(outbox.c.id == row))
        return found[0] if found else None

    async def made(self, county: str, row: int, by: str, outcome: CallOutcome, now: dt.datetime, key: str) -> bool:
        """Somebody has called, and this came of it; whoever was reached leaves the list. The same `key` is the same call.

        False if the row is not on the list of this county (any more) and this call was not noted before.
        """
        note = {"key": key, "row": row, "by": by, "outcome": outcome, "at": now}
        told = {"state": RowState.CALLED, "ended_at": now, "reason": f"called by {by}"}
        async with self._database.writing(Step.CALLED) as connection:
            noted = select(calls.c.id).where(calls.c.key == key)
            if (await connection.execute(noted)).first() is not None:
                return True
            if (await connection.execute(_of(county).where(outbox.c.id == row))).first() is None:
                return False
            if outcome == "reached":
                ended = await connection.execute(update(outbox).where(outbox.c.id == row, TO_CALL).values(**told))
                if ended.rowcount == 0:
                    return False  # a colleague was quicker
            await connection.execute(self._database.add(calls), note)
        return True

    @staticmethod
    async def _read(connection: AsyncConnection, query: Select[Any]) -> tuple[ToCall, ...]:
        rows = (await connection.execute(query)).all()
        tried = await _tried(connection, [one.id for one in rows])
        return tuple(
            ToCall(row_of(one, before=0), one.reason or "", one.created_at, tuple(tried.get(one.id, ())))
            for one in rows
        )


def _of(county: str) -> Select[Any]:
    query = select(outbox).outerjoin(cases, cases.c.id == outbox.c.case_id).outerjoin(enquiries, _ASKED)
    query = query.outerjoin(human_talks, _SAID)
    query = query.where(TO_CALL, FOR_PEOPLE)
    told = and_(outbox.c.kind == "notice", or_(cases.c.county == county, enquiries.c.county == county))
    return query.where(or_(told, human_talks.c.county == county))


async def _tried(connection: AsyncConnection, rows: Iterable[int]) -> dict[int, list[Tried]]:
    found = dict[int, list[Tried]]()
    query = select(calls).where(calls.c.row.in_(list(rows))).order_by(calls.c.id)
    for one in await connection.execute(query):
        found.setdefault(one.row, []).append(Tried(one.by, one.outcome, one.at))
    return found
