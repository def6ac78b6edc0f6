"""A database that does not answer is said to be away before the platform stops waiting."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import engine
from storage.engine import open_database
from storage.steps import Step


@pytest.fixture
async def two(tmp_path, monkeypatch):
    """The same SQLite file as two processes have it, of little patience."""
    made = [open_database(f"sqlite:///{tmp_path / 'one.sqlite3'}", patience=0.1) for _ in range(2)]
    yield made
    for one in made:
        await one.close()


async def test_a_lock_held_elsewhere_is_waited_for_a_moment_only(two):
    one, other = two
    async with asyncio.timeout(5), one.writing(Step.STAFF):
        with pytest.raises(TimeoutError):
            async with one.writing(Step.STAFF):
                pass
        with pytest.raises(OperationalError):
            async with other.writing(Step.STAFF):
                pass
    async with one.writing(Step.STAFF) as connection, asyncio.timeout(5):
        await connection.execute(text("select 1"))


async def test_postgresql_gets_the_limits(monkeypatch):
    seen = {}
    monkeypatch.setattr(engine, "create_async_engine", lambda _, **options: seen.update(options) or FakeEngine)
    open_database("postgresql://nobody@127.0.0.1:1/none")
    assert (seen["pool_timeout"], seen["connect_args"]) == (3, {"timeout": 3, "command_timeout": 3})
    open_database("postgresql://nobody@127.0.0.1:1/none", patience=None)
    assert seen["connect_args"] == {}


class FakeEngine:
    """Enough of an engine to be held."""

    class dialect:  # noqa: N801
        """A name."""

        name = "postgresql"
