"""The editions of counties in SQL: what was on the air under which version, kept for good (ADR 0006)."""

import base64
import datetime as dt
import zlib
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from model.edition import Kind
from storage.engine import Database
from storage.schema import cases, editions
from storage.steps import Step


class Key(NamedTuple):
    """Which edition."""

    county: str
    kind: Kind
    version: int


class Kept(NamedTuple):
    """An edition as kept: the digest of what may not change under its version, and the county as JSON."""

    key: Key
    digest: str
    body: str


class EditionStore:
    """Keeps editions. The first to be put under a version stays."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, one: Kept, now: dt.datetime, *, replace: bool = False) -> str:
        """Keep this edition unless its version is taken; the digest that is kept now. `replace` overwrites."""
        body = _pressed(one.body)
        values = {**one.key._asdict(), "digest": one.digest, "body": body, "registered_at": now}
        statement = self._database.insert(editions).values(values)
        known = [editions.c.county, editions.c.kind, editions.c.version]
        if replace:
            put = statement.on_conflict_do_update(
                index_elements=known, set_={"digest": one.digest, "body": body, "registered_at": now}
            )
        else:
            put = statement.on_conflict_do_nothing(index_elements=known)
        async with self._database.writing(Step.EDITION) as connection:
            await connection.execute(put)
            kept = await connection.execute(select(editions.c.digest).where(_is(one.key)))
            return str(kept.scalar_one())

    async def listed(self, county: str) -> dict[Key, dt.datetime]:
        """Every edition of a county and when it was first put, by kind and version."""
        query = select(editions.c.county, editions.c.kind, editions.c.version, editions.c.registered_at)
        query = query.where(editions.c.county == county).order_by(editions.c.kind, editions.c.version)
        async with self._database.reading() as connection:
            return {Key(*row[:3]): row[3] for row in (await connection.execute(query)).all()}

    async def get(self, key: Key) -> Kept | None:
        """One edition."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(editions).where(_is(key)))).one_or_none()
        return None if row is None else Kept(key, row.digest, _whole(row.body))

    async def open_cases(self, county: str) -> dict[int, int]:
        """How many open cases are under each version of the process."""
        query = select(cases.c.process_version, func.count()).where(
            cases.c.county == county, cases.c.closed_at.is_(None)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.group_by(cases.c.process_version))).all()
        return {row[0]: row[1] for row in rows}

    async def open_under(self, county: str, *, below: int) -> tuple[str, ...]:
        """The open cases under a process older than `below`, oldest first."""
        query = select(cases.c.id).where(cases.c.county == county, cases.c.closed_at.is_(None))
        query = query.where(cases.c.process_version < below).order_by(cases.c.accepted_at, cases.c.id)
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query)).scalars())


@lru_cache(maxsize=2)  # a county's form and process are kept one after the other, with the same body
def _pressed(body: str) -> str:
    """A form's words are many and alike: a third of them is kept."""
    return base64.b64encode(zlib.compress(body.encode())).decode()


def _whole(kept: str) -> str:
    # Plain JSON was kept before editions were pressed.
    return kept if kept.startswith("{") else zlib.decompress(base64.b64decode(kept)).decode()


def _is(key: Key) -> ColumnElement[bool]:
    return and_(editions.c.county == key.county, editions.c.kind == key.kind, editions.c.version == key.version)
