"""A database that was found away is not asked by everybody: one tries, the others are told at once."""

import asyncio
import time

import pytest

from storage import engine
from storage.away import RECORDS_AWAY
from storage.engine import DatabaseAway, open_database


async def test_one_tries_and_the_others_are_told(monkeypatch):
    monkeypatch.setattr(engine, "_REST", 0.05)
    tried = []
    gone = asyncio.Event()

    async def nobody(reader, writer):
        tried.append(writer)
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
        assert len(tried) == 1
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(DatabaseAway):
                await ask()
        assert len(tried) == 1
        await asyncio.sleep(max(0.0, began + 0.06 - time.monotonic()))
        found = await asyncio.gather(*(ask() for _ in range(5)), return_exceptions=True)
        assert all(isinstance(one, RECORDS_AWAY) for one in found)
        assert len(tried) == 2
        assert sum(isinstance(one, DatabaseAway) for one in found) == 4
        gone.set()
        await database.close()
