"""Whether anything has changed in a county's open cases, without opening one: for pages that are to be fetched again then."""

from sqlalchemy import String, cast, func, literal, select

from model.delivery import RowState
from storage.engine import Database
from storage.human_talks import SUBJECT
from storage.outbox import TO_CALL
from storage.outbox_sql import PENDING
from storage.schema import calls, cases, enquiries, human_talks, outbox


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
        self._talks = (
            select(human_talks.c.county, func.count(), func.coalesce(func.sum(human_talks.c.version), 0))
            .where(human_talks.c.ended_at.is_(None))
            .group_by(human_talks.c.county)
        )
        said = outbox.c.subject == literal(SUBJECT).concat(cast(human_talks.c.id, String))
        self._going = (
            select(human_talks.c.county, func.count(), func.coalesce(func.max(outbox.c.id), 0))
            .join(outbox, said)
            .where(outbox.c.state.in_((*PENDING, RowState.SENDING)))
            .group_by(human_talks.c.county)
        )
        self._calls = select(func.count(), func.coalesce(func.max(outbox.c.id), 0)).where(TO_CALL)
        self._made = select(func.coalesce(func.max(calls.c.id), 0))

    async def marks(self) -> dict[str, str]:
        """By topic: `county:<id>` its open cases and enquiries, `inbox:<id>` its talks with staff and what they said
        that is on its way, `calls` what is to be said by telephone, and the calls made about it.
        """
        found: dict[str, list[str]] = {}
        async with self._database.reading() as connection:
            for query in self._queries:
                for county, count, versions in await connection.execute(query):
                    found.setdefault(f"county:{county}", []).append(f"{count}.{versions}")
            for county, count, versions in await connection.execute(self._talks):
                found[f"inbox:{county}"] = [f"{count}.{versions}"]
            for county, count, newest in await connection.execute(self._going):
                found.setdefault(f"inbox:{county}", []).append(f"{count}.{newest}")
            waiting = (await connection.execute(self._calls)).one()
            made = (await connection.execute(self._made)).scalar_one()
        marks = {topic: " ".join(parts) for topic, parts in found.items()}
        return marks | {"calls": f"{waiting[0]}.{waiting[1]}.{made}"}
