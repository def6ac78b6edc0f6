"""A server found away is asked by one in the background, and by nobody else."""

import asyncio

import pytest

from storage.guard import Guard
from storage.port import Script, StoreAway, StoreBusy

SCRIPT = Script("return 1", "0")


class Server:
    """A port whose server does as it is told."""

    def __init__(self):
        self.trouble = None
        self.asked = []
        self.looked = asyncio.Event()

    async def call(self, script, keys, arguments, *, step, before=()):
        return await self.command("CALL", step=None)

    async def command(self, *command, step):
        self.asked.append(command[0])
        if command[0] == "PING":
            self.looked.set()
        if self.trouble:
            raise self.trouble
        return b"OK"


async def test_only_the_first_call_waits_for_a_server_that_is_away():
    server, back = Server(), asyncio.Event()
    guard = Guard(server, look_seconds=0.001, back=back.set)
    server.trouble = StoreAway("gone")
    with pytest.raises(StoreAway) as first:
        await guard.call(SCRIPT, (), (), step=None)
    assert first.value.asked
    for ask in (guard.call(SCRIPT, (), (), step=None), guard.command("GET", "x", step=None)):
        with pytest.raises(StoreAway) as later:
            await ask
        assert not later.value.asked
    await asyncio.wait_for(server.looked.wait(), 30)
    assert guard.away
    assert set(server.asked[1:]) == {"PING"}
    server.trouble = None
    await asyncio.wait_for(back.wait(), 30)
    assert not guard.away
    assert await guard.command("GET", "x", step=None) == b"OK"


async def test_a_server_that_refuses_is_not_away():
    server = Server()
    guard = Guard(server)
    server.trouble = StoreBusy("OOM")
    for _ in range(2):
        with pytest.raises(StoreBusy):
            await guard.command("SET", "x", "1", step=None)
    assert not guard.away


async def test_a_server_that_is_loading_answers_and_is_back():
    server, back = Server(), asyncio.Event()
    guard = Guard(server, look_seconds=0.001, back=back.set)
    server.trouble = StoreAway("gone")
    with pytest.raises(StoreAway):
        await guard.command("GET", "x", step=None)
    server.trouble = StoreBusy("LOADING")
    await asyncio.wait_for(back.wait(), 30)


async def test_it_stops_looking_when_closed():
    server = Server()
    guard = Guard(server, look_seconds=60)
    server.trouble = StoreAway("gone")
    with pytest.raises(StoreAway):
        await guard.command("GET", "x", step=None)
    await guard.close()
    assert guard._looking.cancelled()
