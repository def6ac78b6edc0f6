"""A statement on SQLite is one trip to the thread of its connection."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.engine import open_database
from storage.one_trip import OneTrip
from storage.steps import Step


@pytest.fixture
async def database(tmp_path: Path):
    opened = open_database(f"sqlite:///{tmp_path / 'trips.db'}")
    async with opened.writing(Step.STAFF) as connection:
        await connection.execute(text("create table t (id integer primary key, word text unique)"))
    yield opened
    await opened.close()


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    made: list[object] = []
    whole = OneTrip._execute

    async def counted(self, fn, *args, **kwargs):
        made.append(fn)
        return await whole(self, fn, *args, **kwargs)

    monkeypatch.setattr(OneTrip, "_execute", counted)
    return made


async def test_a_statement_is_one_trip(database, trips):
    async with database.writing(Step.STAFF) as connection:
        trips.clear()
        rows = [{"word": "水"}, {"word": "电"}]
        await connection.execute(text("insert into t (word) values (:word)"), rows)
        assert len(trips) == 1
        found = await connection.execute(text("select word from t order by id"))
        assert (found.scalars().all(), len(trips)) == (["水", "电"], 2)


async def test_it_tells_what_was_changed_and_what_came_back(database):
    async with database.writing(Step.STAFF) as connection:
        await connection.execute(text("insert into t (word) values ('水'), ('电'), ('气')"))
        changed = await connection.execute(text("update t set word = word || '1' where id < 3"))
        assert changed.rowcount == 2
        back = await connection.execute(text("update t set word = word || '2' where id > 1 returning word"))
        assert back.scalars().all() == ["电12", "气2"]


async def test_what_the_database_refuses_is_raised_and_nothing_stays(database):
    with pytest.raises(IntegrityError):
        async with database.writing(Step.STAFF) as connection:
            await connection.execute(text("insert into t (word) values ('水')"))
            await connection.execute(text("insert into t (word) values ('水')"))
    async with database.reading() as connection:
        assert (await connection.execute(text("select count(*) from t"))).scalar_one() == 0
