"""Alive, ready, and the figures: which part is not well is named, and nobody's name is."""

import asyncio
import datetime as dt
import socket

import aiohttp
import pytest

from bot.health import Health, OpsPortTaken, listening
from bot.lag import Lag
from bot.metrics import MeteredPort, Metrics
from model.delivery import Recipient
from storage.conversations import Conversations, open_port
from storage.engine import open_database
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.port import StoreAway
from storage.steps import Step
from storage.valkey import EmbeddedValkey

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


@pytest.fixture
async def made(tmp_path):
    """Health over real stores of its own, and its pages."""
    async with EmbeddedValkey(tmp_path / "valkey") as valkey:
        plain = open_port(valkey.url)
        database = open_database(f"sqlite:///{tmp_path / 'health.db'}")
        await upgrade(database)
        metrics = Metrics()
        metrics.watch(database.engine)
        port = MeteredPort(plain, metrics)
        store = Conversations(port)
        health = Health(port, store, database, {"shanhe": object()}, metrics, lambda: NOW, Lag())
        async with listening(health, "127.0.0.1", 0) as url, aiohttp.ClientSession(url) as session:
            yield session, health, plain, database, store
        await plain.close()
        await database.close()


async def page(session, name):
    async with session.get(name) as answer:
        return answer.status, await answer.text()


async def test_alive_and_ready(made):
    session, *_ = made
    assert (await page(session, "/livez"))[0] == 200
    status, text = await page(session, "/readyz")
    assert status == 200
    assert '"county": ["shanhe"]' in text
    assert (await page(session, "/healthz"))[0] == 404


async def test_what_is_not_ready_is_named(made):
    session, health, plain, database, _ = made
    await plain.command("CONFIG", "SET", "maxmemory", "1", step=None)
    assert (await health.parts())["redis"].startswith("StoreBusy")
    assert (await page(session, "/readyz"))[0] == 503
    await plain.command("CONFIG", "SET", "maxmemory", "0", step=None)
    async with database.writing(Step.MIGRATE) as connection:
        await connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    assert (await health.parts())["sql"] == "schema older than the program"
    assert (await page(session, "/livez"))[0] == 200


async def test_figures_of_the_stores(made):
    session, _, _, database, store = made
    hour = dt.timedelta(hours=1)
    await Outbox(database).reply(
        Recipient(kind="applicant", id="o_secret"), {"person": "o_secret"}, key="reply:o_secret", now=NOW - hour, not_after=None
    )  # fmt: skip
    due = int((NOW - hour).timestamp() * 1000)
    await store.commit(
        "a:o_secret", revision=0, changed={"talk": b"x"}, message="m", reply=b"", work_due=due, step=Step.TURN
    )
    text = (await page(session, "/metrics"))[1]
    for line in (
        'lianban_outbox_rows{state="waiting"} 1.0',
        'lianban_outbox_oldest_seconds{state="waiting"} 3600.0',
        "lianban_sweeper_entries 1.0",
        "lianban_sweeper_oldest_seconds 3600.0",
        'lianban_up{store="redis"} 1.0',
        'lianban_up{store="sql"} 1.0',
        "process_resident_memory_bytes",
        "lianban_redis_seconds_count",
        "lianban_sql_seconds_count",
    ):
        assert line in text, line
    assert "o_secret" not in text


async def test_a_store_that_is_away_is_shown_as_away():
    class Gone:
        async def call(self, *_, **__):
            raise StoreAway("gone")

        command = call

    metrics = Metrics()
    port = MeteredPort(Gone(), metrics)
    database = open_database("postgresql://nobody@127.0.0.1:1/none")
    health = Health(port, Conversations(port), database, {}, metrics, lambda: NOW, Lag())
    parts = await health.parts()
    assert (parts["redis"], parts["counties"]) == ("StoreAway: gone", "none loaded")
    assert parts["sql"] != "ok"
    async with listening(health, "127.0.0.1", 0) as url, aiohttp.ClientSession(url) as session:
        text = (await page(session, "/metrics"))[1]
    assert 'lianban_up{store="redis"} 0.0' in text
    assert 'lianban_up{store="sql"} 0.0' in text
    assert 'lianban_redis_errors_total{kind="away"}' in text
    await database.close()


async def test_processes_beside_each_other_take_ports_beside_each_other(made):
    _, health, *_ = made
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        async with listening(health, "127.0.0.1", number) as url:
            assert int(url.rpartition(":")[2]) > number
    with pytest.raises(OpsPortTaken):
        async with listening(health, "192.0.2.1", 9180):
            await asyncio.sleep(0)
