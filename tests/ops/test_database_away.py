"""A database that was found away is not asked by everybody: one tries, the others are told at once."""

import asyncio

import pytest

from storage import engine
from storage.away import RECORDS_AWAY
from storage.engine import DatabaseAway, open_database


async def test_one_tries_and_the_others_are_told(monkeypatch):
    monkeypatch.setattr(engine, "_REST", 600.0)
    tried = asyncio.Queue()
    gone = asyncio.Event()

    async def nobody(reader, writer):
        tried.put_nowait(writer)
        await gone.wait()
        writer.close()

    async with await asyncio.start_server(nobody, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        database = open_database(f"postgresql://nobody@127.0.0.1:{port}/none", patience=0.1)

        async def ask():
            async with database.reading():
                pass

        with pytest.raises(RECORDS_AWAY):
            await ask()
        await tried.get()
        for _ in range(20):
            with pytest.raises(DatabaseAway):
                await ask()
        database._look_at = 0.0  # the rest is over
        found = await asyncio.gather(*(ask() for _ in range(5)), return_exceptions=True)
        assert all(isinstance(one, RECORDS_AWAY) for one in found)
        assert sum(isinstance(one, DatabaseAway) for one in found) == 4
        await tried.get()
        assert tried.empty()
        gone.set()
        await database.close()
