"""The schema, its migrations, and the two engines."""

import asyncio
import datetime as dt
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from model.calendar import CHINA
from storage.engine import Database, lost_race, open_database
from storage.migrate import _upgrade, standing, upgrade
from storage.schema import metadata, record_keys, staff
from storage.steps import Step
from tests.migrated_once import really
from tests.records.conftest import Postgres
from tests.routing.county import NOW


async def test_migrations_make_the_schema(database: Database) -> None:
    """A fresh upgrade is what `storage.schema` says, to the last index."""

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_databases_of_tests_are_what_the_migrations_make(tmp_path: Path) -> None:
    """See `tests.migrated_once`."""
    found = list[list[tuple[str, ...]]]()
    for name, make in (("made", really), ("first", _upgrade), ("again", _upgrade)):
        database = open_database(f"sqlite:///{tmp_path / name}.db")
        async with database.writing(Step.MIGRATE) as connection:
            await connection.run_sync(make)
        async with database.reading() as connection:
            rows = await connection.execute(text("select type, name, sql from sqlite_master order by type, name"))
            version = await connection.execute(text("select 'version', version_num, '' from alembic_version"))
            # The constraints of a table that was rebuilt come in any order.
            found.append([(*row[:2], *sorted(re.split(r",? ?\n\t?", str(row[2])))) for row in (*rows, *version)])
        await database.close()
    assert found[0] == found[1] == found[2]
    assert len(found[0]) > 100


async def test_upgrading_again_changes_nothing(database: Database) -> None:
    before = await standing(database)
    await upgrade(database)
    assert before == await standing(database) == "0037_talk_records"


async def test_a_schema_behind_the_program_is_noticed_and_a_newer_one_is_not_ours_to_judge(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'standing.db'}")
    await upgrade(database)
    for revision, found in (("0001", None), ("9999", "9999")):
        async with database.writing(Step.MIGRATE) as connection:
            await connection.execute(text("update alembic_version set version_num = :revision"), {"revision": revision})
        assert await standing(database) == found
    await database.close()


async def test_processes_may_start_at_once(postgres: Postgres) -> None:
    """Each of them upgrades an empty database."""
    opened = open_database(postgres.url())
    async with opened.engine.connect() as connection:
        raw = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await raw.execute(text("create database fresh"))
    await opened.close()
    url = postgres.url().replace("/postgres?", "/fresh?")
    await asyncio.gather(*(upgrade(url) for _ in range(3)))


async def test_sqlite_processes_may_start_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    await asyncio.gather(*(upgrade(url) for _ in range(3)))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://somewhere/db"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"SQLite|neither"):
        open_database(url)


@pytest.mark.parametrize("url", ["postgresql://u:p@h/db", "postgres://u:p@h/db", "postgresql+psycopg://u:p@h/db"])
async def test_the_driver_is_ours(url: str) -> None:
    opened = open_database(url)
    assert opened.engine.url.drivername == "postgresql+asyncpg"
    await opened.close()


async def test_instants_come_back_as_they_were(database: Database) -> None:
    """SQLite has no zones; a naive time is a mistake of ours."""
    row = {"id": "s", "county": "c", "body": "b", "name": "n", "phone": "p", "districts": [], "active": True}
    at = dt.datetime(2026, 11, 24, 0, 0, 0, 123456, tzinfo=CHINA)
    async with database.writing(Step.STAFF) as connection:
        await connection.execute(insert(staff).values(**row, code_until=at))
    async with database.reading() as connection:
        kept = (await connection.execute(select(staff.c.code_until).where(staff.c.code_until <= at))).scalar_one()
    assert kept == at
    assert kept.tzinfo is dt.UTC
    with pytest.raises(StatementError, match="naive"):
        async with database.writing(Step.STAFF) as connection:
            await connection.execute(insert(staff).values(**row | {"id": "t"}, code_until=NOW.replace(tzinfo=None)))


async def test_a_transaction_left_by_an_exception_never_was(database: Database) -> None:
    row = {"id": "s", "county": "c", "body": "b", "name": "n", "phone": "p", "districts": [], "active": True}
    with pytest.raises(RuntimeError, match="stop"):
        async with database.writing(Step.STAFF) as connection:
            await connection.execute(insert(staff).values(row))
            raise RuntimeError("stop")
    async with database.reading() as connection:
        assert (await connection.execute(select(staff.c.id))).all() == []


async def test_a_deadlock_is_a_lost_race(postgres: Postgres) -> None:
    """Two transactions that want the same two rows the other way round: one is told to try again."""
    opened = open_database(postgres.url())
    first, second = asyncio.Event(), asyncio.Event()

    async def lock(own: int, other: int, mine: asyncio.Event, theirs: asyncio.Event) -> DBAPIError | None:
        try:
            async with opened.writing(Step.STAFF) as connection:
                await connection.execute(text("set local deadlock_timeout = '50ms'"))
                await connection.execute(text("select pg_advisory_xact_lock(:one)"), {"one": own})
                mine.set()
                await theirs.wait()
                await connection.execute(text("select pg_advisory_xact_lock(:one)"), {"one": other})
        except DBAPIError as error:
            return error
        return None

    errors = await asyncio.gather(lock(1, 2, first, second), lock(2, 1, second, first))
    assert sorted(error is None for error in errors) == [False, True]
    assert all(error is None or lost_race(error) for error in errors)
    with pytest.raises(DBAPIError) as mistake:
        async with opened.reading() as connection:
            await connection.execute(text("select nonsense"))
    assert not lost_race(mistake.value)
    await opened.close()


async def test_sqlite_survives_a_power_cut(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    async with opened.reading() as connection:
        got = {name: (await connection.execute(text(f"pragma {name}"))).scalar_one() for name in expected}
    assert got == expected
    await opened.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_keys_of_before_stay_with_their_cases(kind: str, postgres: Postgres, tmp_path: Path) -> None:
    """A database of the first schema with a case in it is brought to the present one."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        opened = open_database(postgres.url())
        async with opened.engine.connect() as connection:
            raw = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await raw.execute(text("create database earlier"))
        await opened.close()
        url = postgres.url().replace("/postgres?", "/earlier?")
    old = open_database(url)
    case = {"id": "c", "county": "x", "number": "1", "account": "a", "person": "p", "submission": "s", "digest": "d"}
    case |= {"sealed": b"1", "joint": False, "process_version": 1, "version": 1, "accepted_at": NOW}
    names = ", ".join(case)
    async with old.writing(Step.MIGRATE) as connection:
        await connection.run_sync(partial(_upgrade, to="0001"))
        values = ", ".join(f":{name}" for name in case)
        given = case | {"accepted_at": NOW if kind == "postgresql" else NOW.isoformat(" ")}
        await connection.execute(text(f"insert into cases ({names}) values ({values})"), given)
        await connection.execute(text("insert into record_keys (case_id, wrapped) values ('c', 'k1:key')"))
    await upgrade(old)
    async with old.reading() as connection:
        rows = (await connection.execute(select(record_keys))).all()
    assert [tuple(row) for row in rows] == [("c", "case", "k1:key")]
    await old.close()
