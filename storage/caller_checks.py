"""Whether a caller has shown that a case is his: how he tried, with which clerk, and whether it was right. His words are not kept."""

import datetime as dt
from typing import Final, Literal

from sqlalchemy import func, select

from storage.engine import Database
from storage.schema import caller_checks
from storage.steps import Step

How = Literal["number", "identity", "intake", "called"]
"""`called`: the clerk has called the number that stands on the case, and he answered."""
A_DAY: Final = dt.timedelta(hours=24)


class CallerChecks:
    """Rows that are only added to. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(
        self, key: str, county: str, case: str, clerk: str, how: How, now: dt.datetime, *, right: bool
    ) -> None:
        """Once for each `key`."""
        row = {"key": key, "county": county, "case_id": case, "clerk": clerk, "how": how, "right": right, "at": now}
        async with self._database.writing(Step.DESK) as connection:
            await connection.execute(self._database.add(caller_checks), row)

    async def wrong(self, case: str, now: dt.datetime) -> int:
        """How often callers were wrong about this case within a day, whoever heard them."""
        query = select(func.count()).where(
            caller_checks.c.case_id == case, caller_checks.c.right.is_(False), caller_checks.c.at > now - A_DAY
        )
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def shown(self, case: str, clerk: str, since: dt.datetime) -> dt.datetime | None:
        """When a caller has last shown it to this clerk, if he has since then."""
        query = select(func.max(caller_checks.c.at)).where(
            caller_checks.c.case_id == case,
            caller_checks.c.clerk == clerk,
            caller_checks.c.right.is_(True),
            caller_checks.c.at >= since,
        )
        async with self._database.reading() as connection:
            found: dt.datetime | None = (await connection.execute(query)).scalar_one()
        return found
