"""This machine: what is looked at is neither made nor migrated, and no address with a password is printed."""

import pytest

from bot.doctor import machine
from bot.doctor.finding import State
from bot.settings import Settings
from config.check import looked_at
from storage.engine import open_database
from storage.migrate import upgrade
from storage.steps import Step
from storage.valkey import EmbeddedValkey


@pytest.fixture
def settings(own):
    return Settings()


async def test_a_fresh_machine_is_left_as_it_was(own, settings):
    assert (await machine.redis(settings)).state is State.GOOD
    found = await machine.sql(settings)
    assert (found.state, found.said) == (State.GOOD, "SQLite 文件还没有表，第一次启动时自动建")
    assert machine.keys(settings).said == "有 1 把，在用 k1"
    assert list(own.iterdir()) == []


async def test_the_database_as_it_is(own, settings):
    await upgrade(settings.database())
    assert (await machine.sql(settings)).said == "SQLite 文件，表结构是新的"
    database = open_database(settings.database())
    async with database.writing(Step.MIGRATE) as connection:
        await connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    await database.close()
    assert (await machine.sql(settings)).said == "SQLite 文件，表结构旧，程序启动时自动升级"
    (own / "lianban.sqlite3").write_bytes(b"no database" * 999)
    assert (await machine.sql(settings)).state is State.ACT


@pytest.mark.parametrize(
    "url", ["postgresql://me:hush@127.0.0.1:9/none", "no url: hush", "oracle://me:hush@127.0.0.1/x"]
)
async def test_a_database_that_is_not_there(own, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    found = await machine.sql(Settings())
    assert found.state is State.ACT
    assert "hush" not in str(found)


@pytest.mark.parametrize("url", ["redis://:hush@127.0.0.1:9/0", "hush://127.0.0.1"])
async def test_a_redis_that_is_not_there(own, monkeypatch, url):
    monkeypatch.setenv("REDIS_URL", url)
    found = await machine.redis(Settings())
    assert found.state is State.ACT
    assert "hush" not in str(found)


async def test_a_redis_that_takes_nothing(own, monkeypatch):
    async with EmbeddedValkey(own / "other") as valkey:
        monkeypatch.setenv("REDIS_URL", valkey.url)
        assert (await machine.redis(Settings())).state is State.GOOD
        port = machine.open_port(valkey.url)
        await port.command("CONFIG", "SET", "maxmemory", "1", step=None)
        await port.close()
        assert "不收东西" in (await machine.redis(Settings())).said


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (None, "没有设"),
        ("k1", "读不懂"),
        ("[]", "读不懂"),
        ("{}", "读不懂"),
        ('{"k1": "c2hvcnQ="}', "读不懂"),
        ('{"k1": 5}', "读不懂"),
    ],
)
async def test_keys_that_are_none(own, monkeypatch, keys, words):
    monkeypatch.delenv("LIANBAN_KEYS") if keys is None else monkeypatch.setenv("LIANBAN_KEYS", keys)
    found = machine.keys(Settings())
    assert found.state is State.ACT
    assert words in found.said


def test_a_county_with_a_mistake(tmp_path):
    (tmp_path / "shanhe").mkdir()
    (tmp_path / "shanhe" / "county.yaml").write_text("id: [", encoding="utf-8")
    found = machine.counties(looked_at(tmp_path))
    assert found.state is State.ACT
    assert any("shanhe" in line for line in found.do)
