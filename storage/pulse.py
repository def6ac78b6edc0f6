"""Whether anything has changed in a county's open cases, without opening one: for pages that are to be fetched again then."""

from sqlalchemy import func, select

from storage.engine import Database
from storage.schema import cases, enquiries, outbox


class Pulse:
    """Marks by county, another one after every change."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = (
            select(cases.c.county, func.count(), func.coalesce(func.sum(cases.c.version), 0))
            .where(cases.c.closed_at.is_(None))
            .group_by(cases.c.county),
            select(enquiries.c.county, func.count(), func.coalesce(func.sum(enquiries.c.version), 0))
            .where(enquiries.c.closed_at.is_(None))
            .group_by(enquiries.c.county),
        )
        self._calls = select(func.count(), func.coalesce(func.max(outbox.c.id), 0)).where(outbox.c.state == "worklist")

    async def marks(self) -> dict[str, str]:
        """By topic: `county:<id>` its open cases and enquiries, `calls` what is to be said by telephone."""
        found: dict[str, list[str]] = {}
        async with self._database.reading() as connection:
            for query in self._queries:
                for county, count, versions in await connection.execute(query):
                    found.setdefault(f"county:{county}", []).append(f"{count}.{versions}")
            calls = (await connection.execute(self._calls)).one()
        return {topic: " ".join(parts) for topic, parts in found.items()} | {"calls": f"{calls[0]}.{calls[1]}"}
