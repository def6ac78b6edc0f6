"""Writes that come together are committed together, and each hears what came of its own."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.group_commit import GroupCommit
from storage.schema import counters
from storage.steps import Step


class Notebook:
    """Keeps lines in a table, and how many came at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.at_once: list[int] = []
        self.fails = False

    async def write(self, connection: AsyncConnection, lines: Sequence[str]) -> list[str]:
        self.at_once.append(len(lines))
        for line in lines:
            await connection.execute(insert(counters).values(county=line, period="", value=1))
        if self.fails:
            raise OSError("the disk is full")
        return [f"{line} is kept" for line in lines]

    async def lines(self) -> set[str]:
        async with self.database.reading() as connection:
            return set((await connection.execute(select(counters.c.county))).scalars())


@pytest.fixture
def notebook(database: Database) -> Notebook:
    return Notebook(database)


async def test_the_first_goes_at_once_and_the_others_together(notebook: Notebook) -> None:
    group = GroupCommit(notebook.database, Step.FINISH, notebook.write)
    said = await asyncio.gather(*(group.write(f"line {n}") for n in range(30)))
    assert said == [f"line {n} is kept" for n in range(30)]
    assert await notebook.lines() == {f"line {n}" for n in range(30)}
    assert sum(notebook.at_once) == 30
    assert len(notebook.at_once) <= 2
    assert await group.write("alone") == "alone is kept"


async def test_what_fails_fails_for_all_that_went_with_it_and_for_nobody_else(notebook: Notebook) -> None:
    group = GroupCommit(notebook.database, Step.FINISH, notebook.write)
    notebook.fails = True
    said = await asyncio.gather(*(group.write(f"line {n}") for n in range(3)), return_exceptions=True)
    assert [type(one) for one in said] == [OSError] * 3
    assert await notebook.lines() == set()
    notebook.fails = False
    assert await group.write("again") == "again is kept"


async def test_who_gives_up_waiting_takes_nobody_along(notebook: Notebook) -> None:
    group = GroupCommit(notebook.database, Step.FINISH, notebook.write)
    tasks = [asyncio.create_task(group.write(f"line {n}")) for n in range(3)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    assert await asyncio.gather(*tasks[1:]) == ["line 1 is kept", "line 2 is kept"]
    assert tasks[0].cancelled()


async def test_more_than_fit_go_one_after_the_other(notebook: Notebook) -> None:
    group = GroupCommit(notebook.database, Step.FINISH, notebook.write)
    await asyncio.gather(*(group.write(f"line {n}") for n in range(250)))
    assert max(notebook.at_once) == 100
    assert len(await notebook.lines()) == 250
