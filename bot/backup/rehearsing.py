"""A restore that is only tried: everything is done that a real one does, the result is looked at, and it is removed again."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import select, text

from bot.backup.restoring import DATA, Restored, restore
from bot.backup.sql_copy import rows
from config.loader import load_counties
from config.mistakes import Mistakes
from handlers.book import KEY
from routing.evolve import fold
from storage.conversations import Conversations, open_port
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.schema import cases, metadata, record_keys
from storage.steps import Step
from storage.valkey import EmbeddedValkey
from storage.vault import Unreadable, Vault

_READ: Final = 200
"""How many cases, the newest, are opened and read; of all others it is looked whether their keys open."""


@dataclass(slots=True)
class Rehearsal:
    """What came of it: what was done, and what is wrong; good if nothing is."""

    done: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def rehearse(file: Path, key: bytes, vault: Vault, *, database: str | None, beside: Path) -> Rehearsal:
    """Restores into a folder of its own in `beside`, migrates, opens, counts, and removes it. A PostgreSQL `database` is emptied again.

    Raises as `restore` does.
    """
    said = Rehearsal()
    with tempfile.TemporaryDirectory(prefix=".lianban-rehearsal-", dir=beside) as room:
        restored = await restore(file, key, Path(room) / "restored", database=database, redis=None)
        said.done.append(f"解开了，{len(restored.manifest.members)}个文件和清单一个不差（SHA-256）")
        try:
            await _looked_at(restored, vault, said)
        finally:
            if database is not None:
                await _emptied(database)
    return said


async def _looked_at(restored: Restored, vault: Vault, said: Rehearsal) -> None:
    await upgrade(restored.database)
    said.done.append(f"数据库升级到了现在的版本（备份时是 {restored.manifest.schema_at}）")
    opened = open_database(restored.database, patience=None)
    try:
        async with opened.reading() as connection:
            now = await rows(connection)
        for table, count in restored.manifest.tables.items():
            if now.get(table) != count:
                said.wrong.append(f"表{table}：备份时{count}行，恢复以后{now.get(table, 0)}行")
        await _read(opened, vault, said)
    finally:
        await opened.close()
    await _talks(restored, vault, said)
    _counties(restored, said)
    said.done.append(f"数过了：{restored.manifest.told()}")


async def _read(database: Database, vault: Vault, said: Rehearsal) -> None:
    """Every record key opens, and the newest cases can be read."""
    async with database.reading() as connection:
        wrapped = list((await connection.execute(select(record_keys.c.wrapped))).scalars())
        newest = select(cases.c.id).where(cases.c.erased_at.is_(None)).order_by(cases.c.accepted_at.desc())
        ids = list((await connection.execute(newest.limit(_READ))).scalars())
    closed = sum([not _opens(vault, one) for one in wrapped])
    if closed:
        said.wrong.append(f"办件的{len(wrapped)}把密钥里有{closed}把打不开：现在的 LIANBAN_KEYS 里没有当时用的那一把")
    records, unread = Records(database, vault, fold), 0
    for one in ids:
        try:
            await records.submission(one)
            await records.case(one)
        except Unreadable:
            unread += 1
    if unread:
        said.wrong.append(f"最新的{len(ids)}件办件里有{unread}件读不出来")
    said.done.append(
        f"办件的{len(wrapped)}把密钥打得开，最新的{len(ids)}件读了一遍" if not closed + unread else "办件试读完了"
    )


async def _talks(restored: Restored, vault: Vault, said: Rehearsal) -> None:
    """Every conversation is there, and its keys open."""
    talks = keys = closed = 0
    async with EmbeddedValkey(restored.folder / DATA / "valkey") as server:
        port = open_port(server.url)
        try:
            store = Conversations(port)
            async for name in store.names():
                talks += 1
                parts = (await store.load(name)).parts
                found = [value.decode() for part, value in parts.items() if part.startswith(KEY)]
                keys += len(found)
                closed += sum([not _opens(vault, one) for one in found])
        finally:
            await port.close()
    if talks != restored.manifest.conversations:
        said.wrong.append(f"对话：备份时{restored.manifest.conversations}个，恢复以后{talks}个")
    if closed:
        said.wrong.append(f"对话和草稿的{keys}把密钥里有{closed}把打不开")
    else:
        said.done.append(f"{talks}个对话都在，它们的{keys}把密钥打得开")


def _counties(restored: Restored, said: Rehearsal) -> None:
    try:
        found = load_counties(restored.folder / "counties")
    except Mistakes as error:
        said.wrong.append(f"县的资料有错：{error}")
    else:
        said.done.append(f"县的资料读得进来：{'、'.join(one.name for one in found.values())}")


def _opens(vault: Vault, wrapped: str) -> bool:
    try:
        vault.unwrap(wrapped)
    except Unreadable:
        return False
    return True


async def _emptied(url: str) -> None:
    database = open_database(url, patience=None)
    try:
        async with database.writing(Step.MIGRATE) as connection:
            await connection.run_sync(metadata.drop_all)
            await connection.execute(text("drop table if exists alembic_version"))
    finally:
        await database.close()
