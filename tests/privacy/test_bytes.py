"""A destroyed key is not on the disk any more: not in the append-only file, not in the database, not in its journal."""

import asyncio
import datetime as dt
import shutil

import pytest

from storage.engine import open_database
from storage.migrate import upgrade
from storage.valkey import EmbeddedValkey, running_url
from tests.privacy.conftest import NOW, Premises


def holds(folder, words):
    """The files below a folder in which these bytes stand."""
    return [one.name for one in folder.rglob("*") if one.is_file() and words in one.read_bytes()]


async def rewritten(port):
    for _ in range(1200):
        told = await port.command("INFO", "persistence", step=None)
        text = told.decode() if isinstance(told, bytes) else str(told)
        if "aof_rewrite_in_progress:0" in text and "aof_rewrite_scheduled:0" in text:
            return
        if "'aof_rewrite_in_progress': 0" in text and "'aof_rewrite_scheduled': 0" in text:
            return
        await asyncio.sleep(0.05)
    raise TimeoutError("the append-only file was not rewritten")


async def test_destroyed_keys_are_on_no_disk(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "records.db")
    async with EmbeddedValkey(tmp_path / "valkey") as server:
        assert running_url(tmp_path / "valkey") == server.url
        database = open_database(f"sqlite:///{tmp_path / 'records.db'}")
        office = Premises(server.url, database, tmp_path / "home")
        await office.say("draft", "热力", "个人", "同意", "李示例")
        [draft] = (await office.talk("draft")).drafts
        case = await office.hand_in("old")
        await office.hand_in("open")
        await office.close_case(case, NOW - dt.timedelta(days=4000))
        photos = (await office.records.photos_key(case.id)).wrapped.encode()
        key = (await office.page("draft")).keys[draft.id].wrapped.encode()
        assert holds(tmp_path, photos)
        assert holds(tmp_path, key)
        office.now = NOW + dt.timedelta(days=40)
        await office.kept.retaining.round()
        await rewritten(office.port)
        assert holds(tmp_path, photos) == holds(tmp_path, key) == []
        await office.fetching.finish()
        await office.port.close()
        await database.close()
    assert running_url(tmp_path / "valkey") is None


@pytest.mark.parametrize("name", ["李示例", "13800000000", "示范路"])
async def test_nothing_personal_is_on_the_disk_in_clear(tmp_path, name):
    await upgrade(f"sqlite:///{tmp_path / 'records.db'}")
    async with EmbeddedValkey(tmp_path / "valkey") as server:
        database = open_database(f"sqlite:///{tmp_path / 'records.db'}")
        office = Premises(server.url, database, tmp_path / "home")
        await office.hand_in("p")
        await office.say("p", "我的信息")
        await office.fetching.finish()
        await office.port.close()
        await database.close()
        assert holds(tmp_path, name.encode()) == []
