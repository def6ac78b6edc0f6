"""Enquiries whose time of keeping is over, or whose person has it erased: their key is destroyed, and all that says whose they
were (design §6, J45).
"""

import datetime as dt

from sqlalchemy import ColumnElement, and_, delete, func, select, update

from storage.engine import Database
from storage.schema import enquiries, enquiry_commands, enquiry_events
from storage.steps import Step
from storage.vault import Vault


class EnquiryRetention:
    """What stays of an enquiry is who was asked first, who had it, and when it was asked and answered: the figures."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def due(self, county: str, closed_before: dt.datetime) -> int:
        """How many are to be forgotten."""
        async with self._database.reading() as connection:
            query = select(func.count()).select_from(enquiries).where(_due(county, closed_before))
            return int((await connection.execute(query)).scalar_one())

    async def forget(self, county: str, closed_before: dt.datetime, limit: int) -> int:
        """Forgets up to `limit` of them, in one transaction; how many. Open ones are never touched."""
        return await self._forget(_due(county, closed_before), limit)

    async def open_of(self, account: str, person: str) -> int:
        """How many questions of a person still wait for their answer."""
        async with self._database.reading() as connection:
            query = select(func.count()).select_from(enquiries).where(_of(account, person), enquiries.c.open)
            return int((await connection.execute(query)).scalar_one())

    async def closed_of(self, account: str, person: str) -> int:
        """How many that were answered are still readable."""
        async with self._database.reading() as connection:
            query = select(func.count()).select_from(enquiries).where(_closed_of(account, person))
            return int((await connection.execute(query)).scalar_one())

    async def forget_closed_of(self, account: str, person: str) -> int:
        """Forgets all that a person has asked and was answered; how many. What is open somebody still works on."""
        return await self._forget(_closed_of(account, person), None)

    async def _forget(self, where: ColumnElement[bool], limit: int | None) -> int:
        async with self._database.writing(Step.CLEAR) as connection:
            query = select(enquiries.c.id, enquiries.c.wrapped).where(where).limit(limit)
            rows = (await connection.execute(query.with_for_update())).all()
            ids = [row.id for row in rows]
            await connection.execute(delete(enquiry_events).where(enquiry_events.c.enquiry_id.in_(ids)))
            await connection.execute(delete(enquiry_commands).where(enquiry_commands.c.enquiry_id.in_(ids)))
            bare = {"wrapped": None, "phone_hash": None, "account": "", "person": ""}
            await connection.execute(update(enquiries).where(enquiries.c.id.in_(ids)).values(bare))
        for row in rows:
            self._vault.forget(row.wrapped)
        return len(rows)


def _of(account: str, person: str) -> ColumnElement[bool]:
    return and_(enquiries.c.account == account, enquiries.c.person == person, enquiries.c.wrapped.is_not(None))


def _closed_of(account: str, person: str) -> ColumnElement[bool]:
    return and_(_of(account, person), enquiries.c.open.is_(False))


def _due(county: str, closed_before: dt.datetime) -> ColumnElement[bool]:
    return and_(enquiries.c.county == county, enquiries.c.closed_at <= closed_before, enquiries.c.wrapped.is_not(None))
