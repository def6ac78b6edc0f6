"""What the stores hold, looked at from outside while the product lives or is dead: is everything there, and once?"""

import time
from collections import Counter
from contextlib import asynccontextmanager

import redis
from sqlalchemy import func, select

from bot.keys import vault_of
from bot.settings import Settings
from routing.evolve import fold
from storage.away import RECORDS_AWAY
from storage.engine import open_database
from storage.records import Records
from storage.schema import cases, events, outbox

UNDER_WAY = ("waiting", "sending", "unknown")


_SOON = 6 * 86400
"""The sandbox's clock runs days ahead; the first reminder of a draft comes after three weeks."""


class Evidence:
    """The records and the work index of a site."""

    def __init__(self, site, redis_url, database_url):
        self.site, environment = site, site.product.env
        settings = Settings(
            data=site.data,
            sandbox=site.sandbox_origin,
            database_url=database_url or environment.get("DATABASE_URL"),
            fault="",
        )
        self.database = open_database(settings.database())
        self.records = Records(self.database, vault_of(settings), fold)
        url = redis_url or environment.get("REDIS_URL") or f"unix://{site.data}/valkey/valkey.sock"
        self.redis = redis.Redis.from_url(url)

    async def close(self):
        self.redis.close()
        await self.database.close()

    async def unfinished(self):
        """What was begun and has not ended; empty once all is told or accounted for."""
        try:
            soon = (
                time.time() + self.site.ahead.total_seconds() + _SOON
            ) * 1000  # later: reminders, and what is kept no longer
            work = [name.decode() for name in self.redis.zrangebyscore("lianban:work", "-inf", soon)]
        except redis.ConnectionError:
            return ["Redis is away"]
        query = select(outbox.c.key, outbox.c.state, outbox.c.reason).where(outbox.c.state.in_(UNDER_WAY))
        try:
            return [*work, *(tuple(row) for row in await self._all(query))]
        except RECORDS_AWAY:
            return ["SQL is away"]

    async def numbers(self, person):
        """The joint numbers of a person's cases."""
        return [row.number for row in await self._all(select(cases.c.number).where(cases.c.person == person))]

    async def check(self, phones, promised):
        """Every invariant over everybody: `promised` maps persons to what they said up to the promise that was begun."""
        for person, said in promised.items():
            await self._once(person, said)
        # One order a case, and every act asked for once: no kind of event comes twice, but a warning for every share.
        doubled = select(events.c.case_id, events.c.kind, func.count()).where(events.c.kind != "warned")
        doubled = doubled.group_by(events.c.case_id, events.c.kind)
        assert [row for row in await self._all(doubled) if row[2] > 1] == []
        await self._told(phones)

    async def _once(self, person, said):
        numbers = await self.numbers(person)
        assert len(numbers) == 1, (person, numbers)
        (case_id,) = await self.records.of_person("jingxian", person)
        submission = await self.records.submission(case_id)
        sources = {answer.source for answer in submission.answers.values()}
        assert [one for one in said if not any(one in source for source in sources)] == [], (person, sources)

    async def _told(self, phones):
        """Each row that was delivered is on its phone once, each on the worklist at most once, nothing else is."""
        rows = await self._all(select(outbox))
        assert {row.state for row in rows} <= {"delivered", "worklist", "superseded"}, [
            (row.key, row.state, row.reason) for row in rows if row.state not in {"delivered", "worklist", "superseded"}
        ]
        # "may_have_arrived" is a promise to call, never one to send again.
        assert {row.reason for row in rows if row.state == "worklist"} <= {"may_have_arrived"}
        persons = {f"demo_{person.removeprefix('o_')}": person for person in phones}
        at_least, at_most = Counter(), Counter()
        for row in rows:
            person = persons.get(row.recipient, row.recipient)
            at_least[person] += row.state == "delivered"
            at_most[person] += row.state in {"delivered", "worklist"}
        for person, phone in phones.items():
            pushes = [str(one.get("spans") or one.get("content") or one) for one in await phone.pushes()]
            assert at_least[person] <= len(pushes) <= at_most[person], (person, at_least[person], pushes)

    async def _all(self, query):
        async with self.database.reading() as connection:
            return (await connection.execute(query)).all()


@asynccontextmanager
async def evidence(site, *, redis_url=None, database_url=None):
    """Evidence of a site whose product has started once, while the context lasts; the URLs lead past what is in the way."""
    one = Evidence(site, redis_url, database_url)
    try:
        yield one
    finally:
        await one.close()
