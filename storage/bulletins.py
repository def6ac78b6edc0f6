"""Issued bulletins and what was objected to them: a month is written once, and only added to (J34)."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import func, insert, select, update

from model.bulletin import Bulletin, Issued, Objection
from storage.engine import Database
from storage.schema import bulletin_objections, bulletins
from storage.steps import Step

_OBJECTION: Final = bulletin_objections.c


class Bulletins:
    """Every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue(self, issued: Issued) -> Issued:
        """Keep it, unless the month was issued before; what stands for the month from now on."""
        row = {
            "county": issued.bulletin.county,
            "month": issued.bulletin.month,
            "by": issued.by,
            "at": issued.at,
            "figures": issued.bulletin.model_dump(mode="json"),
        }
        async with self._database.writing(Step.SUPERVISED) as connection:
            await connection.execute(self._database.add(bulletins), row)
            found = await connection.execute(_of(issued.bulletin.county, issued.bulletin.month))
            return _issued(found.one())

    async def of_month(self, county: str, month: dt.date) -> Issued | None:
        """What was issued for the month; None if nothing was yet."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_of(county, month))).one_or_none()
        return None if row is None else _issued(row)

    async def months(self, county: str) -> tuple[Issued, ...]:
        """All that were issued for a county, the newest month first."""
        query = select(bulletins).where(bulletins.c.county == county).order_by(bulletins.c.month.desc())
        async with self._database.reading() as connection:
            return tuple(_issued(row) for row in (await connection.execute(query)).all())

    async def objections(self, county: str, month: dt.date) -> tuple[Objection, ...]:
        """What was objected to the bulletin of a month, in order."""
        query = select(bulletin_objections).where(_OBJECTION.county == county, _OBJECTION.month == month)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(_OBJECTION.number))).mappings().all()
        return tuple(Objection.model_validate(dict(row)) for row in rows)

    async def object(self, county: str, month: dt.date, made: Callable[[int], Objection]) -> Objection:
        """Add an objection under the next number, which `made` is handed. Raises what `made` raises."""
        async with self._database.writing(Step.SUPERVISED) as connection:
            # Whoever objects at the same time waits for this row: numbers are drawn one after the other.
            await connection.execute(_of(county, month).with_for_update())
            last = select(func.max(_OBJECTION.number)).where(_OBJECTION.county == county, _OBJECTION.month == month)
            fresh = made(((await connection.execute(last)).scalar() or 0) + 1)
            await connection.execute(insert(bulletin_objections).values(fresh.model_dump()))
        return fresh

    async def answer(self, answered: Objection) -> bool:
        """Keep the answer; False if there was one already."""
        mine = (
            _OBJECTION.county == answered.county,
            _OBJECTION.month == answered.month,
            _OBJECTION.number == answered.number,
            _OBJECTION.answered_at.is_(None),
        )
        kept = answered.model_dump(include={"answer", "corrects", "answered_by", "answered_at"})
        async with self._database.writing(Step.SUPERVISED) as connection:
            return (await connection.execute(update(bulletin_objections).where(*mine).values(kept))).rowcount == 1


def _of(county: str, month: dt.date) -> Any:
    return select(bulletins).where(bulletins.c.county == county, bulletins.c.month == month)


def _issued(row: Any) -> Issued:
    return Issued(bulletin=Bulletin.model_validate(row.figures), by=row.by, at=row.at)
