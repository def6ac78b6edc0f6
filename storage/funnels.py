"""Where people stop, counted from time to time: one row of a county a day, numbers alone."""

from sqlalchemy import select

from model.calendar import CHINA
from model.funnel import Funnel
from storage.engine import Database
from storage.schema import funnels
from storage.steps import Step


class Funnels:
    """Every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, found: Funnel) -> None:
        """Keep what was counted; of one day the last count stays."""
        row = {
            "county": found.county,
            "day": found.counted_at.astimezone(CHINA).date(),
            "figures": found.model_dump(mode="json"),
        }
        async with self._database.writing(Step.SUPERVISED) as connection:
            await connection.execute(self._database.upsert(funnels, keys=("county", "day"), changing=("figures",)), row)

    async def last(self, county: str) -> Funnel | None:
        """The last count; None before the first."""
        query = select(funnels.c.figures).where(funnels.c.county == county).order_by(funnels.c.day.desc()).limit(1)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).scalar_one_or_none()
        return None if found is None else Funnel.model_validate(found)
