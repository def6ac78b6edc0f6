"""Numbers that the 12345 hotline gave (工单号), and which case or enquiry of ours each is about."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from storage.engine import Database
from storage.schema import tickets
from storage.steps import Step

_NUMBER: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_\-]{5,39}")


def ticket_number(said: str) -> str:
    """The number as it is kept, without the spaces that it is written with; "" for what can be none."""
    plain = "".join(unicodedata.normalize("NFKC", said).split())
    return plain if _NUMBER.fullmatch(plain) else ""


class Ticket(NamedTuple):
    """A number, who wrote it down and when; it is about a case or an enquiry."""

    number: str
    by: str
    at: dt.datetime
    case: str | None = None
    enquiry: str | None = None


class Tickets:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, county: str, one: Ticket) -> Ticket:
        """Write it down; the one that stands under this number: another, where it is about something else already."""
        row: dict[str, Any] = {"county": county, "number": one.number, "case_id": one.case, "enquiry_id": one.enquiry}
        async with self._database.writing(Step.DESK) as connection:
            await connection.execute(self._database.add(tickets), row | {"by": one.by, "at": one.at})
            query = select(tickets).where(tickets.c.county == county, tickets.c.number == one.number)
            return _ticket((await connection.execute(query)).one())

    async def of_case(self, case: str) -> tuple[Ticket, ...]:
        """Those about a case, oldest first."""
        query = select(tickets).where(tickets.c.case_id == case).order_by(tickets.c.at, tickets.c.number)
        async with self._database.reading() as connection:
            return tuple(_ticket(row) for row in await connection.execute(query))

    async def of_enquiries(self, names: Iterable[str]) -> dict[str, str]:
        """The number of each of these enquiries that has one."""
        query = select(tickets.c.enquiry_id, tickets.c.number).where(tickets.c.enquiry_id.in_(list(names)))
        async with self._database.reading() as connection:
            return {row.enquiry_id: row.number for row in await connection.execute(query)}

    async def numbered(self, county: str, number: str) -> Ticket | None:
        """What this number is about."""
        query = select(tickets).where(tickets.c.county == county, tickets.c.number == number)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _ticket(row)


def _ticket(row: Any) -> Ticket:
    return Ticket(row.number, row.by, row.at, row.case_id, row.enquiry_id)
