"""Systems with a key to the API, over both databases: the key opens until it is withdrawn, and is nowhere to be read."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import select

from storage.clients import KEPT, Clients
from storage.engine import Database
from storage.schema import api_clients, api_requests
from storage.vault import Keyring, Vault
from tests.routing.county import NOW


@pytest.fixture
def clients(database: Database, vault: Vault) -> Clients:
    return Clients(database, vault)


async def test_a_key_opens_for_its_client_alone(clients: Clients) -> None:
    portal, key = await clients.add("xinxiang", "政务服务网", None, NOW)
    power, other = await clients.add("xinxiang", "供电营销系统", "power", NOW)
    assert await clients.by_key(key) == portal
    assert await clients.by_key(other) == power
    assert key != other
    crossed = f"lianban_{portal.id}_{other.rpartition('_')[2]}"
    for wrong in (crossed, key[:-1], key + "x", key.upper(), f"lianban_{'0' * 16}_{key[-43:]}", "", "钥匙", "x" * 9999):
        assert await clients.by_key(wrong) is None
    assert await clients.listed() == (portal, power) or await clients.listed() == (power, portal)


async def test_a_key_that_was_withdrawn_opens_nothing(clients: Clients) -> None:
    portal, key = await clients.add("xinxiang", "政务服务网", None, NOW)
    assert await clients.revoke(portal.id, NOW)
    assert not await clients.revoke(portal.id, NOW)
    assert not await clients.revoke("nobody", NOW)
    assert await clients.by_key(key) is None
    assert [one.revoked_at for one in await clients.listed()] == [NOW]


async def test_the_database_alone_is_no_key(clients: Clients, database: Database) -> None:
    _, key = await clients.add("xinxiang", "政务服务网", None, NOW)
    await clients.asked((await clients.listed())[0].id, "order-13800000000", "张示例".encode(), NOW)
    async with database.reading() as connection:
        rows = [tuple(row) for table in (api_clients, api_requests) for row in await connection.execute(select(table))]
    told = repr(rows)
    assert key[-43:] not in told
    assert "13800000000" not in told
    elsewhere = Clients(database, Vault(Keyring("k1", {"k1": b"1" * 32}), b"3" * 32))
    assert await elsewhere.by_key(key) is None


async def test_a_key_goes_on_when_the_lookup_key_is_replaced(clients: Clients, database: Database) -> None:
    portal, key = await clients.add("xinxiang", "政务服务网", None, NOW)
    keyring = Keyring("k1", {"k1": b"1" * 32})
    changing = Clients(database, Vault(keyring, b"3" * 32, b"2" * 32))
    assert await changing.by_key(key) == portal
    assert await Clients(database, Vault(keyring, b"3" * 32)).by_key(key) == portal
    assert await clients.by_key(key) is None


async def test_what_is_asked_under_a_key_stands(clients: Clients) -> None:
    one, _ = await clients.add("xinxiang", "政务服务网", None, NOW)
    other, _ = await clients.add("xinxiang", "另一个", None, NOW)
    later = NOW + dt.timedelta(hours=1)
    assert await clients.asked(one.id, "a", b"first", NOW) == (NOW, False)
    assert await clients.asked(one.id, "a", b"first", later) == (NOW, False)
    assert await clients.asked(one.id, "a", b"second", later) == (NOW, True)
    assert await clients.asked(one.id, "A", b"second", later) == (later, False)
    assert await clients.asked(other.id, "a", b"second", later) == (later, False)


async def test_of_two_at_once_one_is_first(clients: Clients) -> None:
    one, _ = await clients.add("xinxiang", "政务服务网", None, NOW)
    times = [NOW + dt.timedelta(seconds=number) for number in range(8)]
    found = await asyncio.gather(*(clients.asked(one.id, "a", b"first", at) for at in times))
    assert len({asked.at for asked in found}) == 1
    assert not any(asked.changed for asked in found)


async def test_old_keys_make_room(clients: Clients, database: Database) -> None:
    one, _ = await clients.add("xinxiang", "政务服务网", None, NOW)
    await clients.asked(one.id, "a", b"first", NOW)
    await clients.asked(one.id, "b", b"second", NOW + KEPT + dt.timedelta(seconds=1))
    async with database.reading() as connection:
        assert len((await connection.execute(select(api_requests))).all()) == 1
