"""Restoring a backup: into an empty directory, whole or not at all; and trying one out without touching anything."""

import base64
import binascii
import hashlib
import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from pydantic import ValidationError

from bot.backup.envelope import BackupDamaged, Opener
from bot.backup.manifest import FORMAT, KEYS, MANIFEST, POSTGRES, SQLITE, Manifest, Member
from bot.backup.sql_copy import restore_postgres, rows
from storage.conversations import open_port
from storage.engine import Database, open_database
from storage.key_copy import KeptKey, KeyCopy
from storage.migrate import knows
from storage.valkey import EmbeddedValkey

DATA: Final = "data"
_PIECE: Final = 1 << 20


class NotRestored(Exception):
    """Nothing was restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: where the data are now, and where the SQL database is."""

    manifest: Manifest
    folder: Path
    database: str


async def restore(file: Path, key: bytes, folder: Path, *, database: str | None, redis: str | None) -> Restored:
    """Unpacks into a folder that is empty or not there, under it `data/` as `LIANBAN_DATA` wants it, `counties/` and the lists.

    `database`: of an empty PostgreSQL, for a backup of one. `redis`: of a server that has nothing of ours; else the embedded one's
    files are made. Raises NotRestored, BackupDamaged, WrongKey, SqlCopyFailed, StoreAway, ValkeyFailed.
    """
    if not _free(folder):
        raise NotRestored(f"{folder}不是空的文件夹：恢复只写进空的文件夹，不覆盖任何东西")
    part = folder.parent / f".{folder.name}.{secrets.token_hex(4)}.part"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
        manifest = _unpacked(file, key, part)
        url = await _records(manifest, part, database)
        await _conversations(manifest, part, redis)
        part.replace(folder)  # onto an empty folder, or none
    except OSError as error:
        raise NotRestored(f"恢复不了{file}：{error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Restored(manifest, folder, url or f"sqlite:///{folder / DATA / SQLITE}")


def _free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _unpacked(file: Path, key: bytes, part: Path) -> Manifest:
    found, told = dict[str, Member](), b""
    with file.open("rb") as source:
        opener = Opener(source, key)
        try:
            with tarfile.open(fileobj=opener, mode="r|") as tar:
                for info in tar:
                    body = tar.extractfile(info)
                    if body is None:
                        raise BackupDamaged(f"备份里有不该有的东西：{info.name}")
                    if info.name == MANIFEST:
                        told = body.read()
                    else:
                        found[info.name] = _written(body, part / _place(info.name))
        except tarfile.TarError as error:
            raise BackupDamaged(f"备份的内容读不懂：{error}") from error
        while opener.read(_PIECE):  # to the last chunk: what was cut off behind the files is noticed too
            pass
    try:
        manifest = Manifest.model_validate_json(told)
    except ValidationError as error:
        if told and json.loads(told).get("format", 0) > FORMAT:
            raise NotRestored("备份是更新的程序做的：请用那一版的程序来恢复") from error
        raise BackupDamaged("备份里没有清单，或者清单读不懂") from error
    if manifest.format > FORMAT or not knows(manifest.schema_at):
        raise NotRestored("备份是更新的程序做的：请用那一版的程序来恢复")
    if wrong := sorted(set(found.items()) ^ set(manifest.members.items())):
        raise BackupDamaged(f"备份里的文件和清单对不上：{wrong[0][0]}")
    return manifest


def _place(name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise BackupDamaged(f"备份里有不该有的名字：{name}")
    own = path.parts[0] in {"counties", "accounts.json", "sms.json"}
    return Path(*path.parts) if own else Path(DATA, *path.parts)


def _written(body: IO[bytes], target: Path) -> Member:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while data := body.read(_PIECE):
            digest.update(data)
            size += len(data)
            out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return Member(sha256=digest.hexdigest(), size=size)


async def _records(manifest: Manifest, part: Path, database: str | None) -> str | None:
    """Brings a PostgreSQL dump back; where, None for SQLite, whose file is in place already."""
    if manifest.database == "sqlite":
        if database is not None:
            raise NotRestored("备份里是 SQLite，恢复以后就是数据目录里的文件：请去掉 --database")
        return None
    if database is None or not database.startswith("postgres"):
        raise NotRestored("备份里是 PostgreSQL：请建一个空的数据库，加上 --database postgresql://用户@地址/库名")
    opened = open_database(database, patience=None)
    try:
        if await _tables(opened):
            raise NotRestored("--database 指的数据库里已经有表：恢复只写进空的数据库，不覆盖任何东西")
        await restore_postgres(database, part / DATA / POSTGRES)
    finally:
        await opened.close()
    (part / DATA / POSTGRES).unlink()
    return database


async def _tables(database: Database) -> dict[str, int]:
    async with database.reading() as connection:
        return await rows(connection)


async def _conversations(manifest: Manifest, part: Path, redis: str | None) -> None:
    lines = part / DATA / KEYS
    if redis is not None:
        await _put(lines, redis, manifest)
    else:
        async with EmbeddedValkey(part / DATA / "valkey") as server:
            await _put(lines, server.url, manifest)
    lines.unlink()


async def _put(lines: Path, url: str, manifest: Manifest) -> None:
    port = open_port(url)
    try:
        store = KeyCopy(port)
        if not await store.empty():
            raise NotRestored("--redis 指的 Redis 里已经有联办的内容：恢复只写进空的，不覆盖任何东西")
        count = 0
        for one in _keys(lines):
            await store.put(one)
            count += 1
    finally:
        await port.close()
    if count != manifest.keys:
        raise BackupDamaged(f"清单上有{manifest.keys}个键，备份里有{count}个")


def _keys(lines: Path) -> Iterator[KeptKey]:
    with lines.open(encoding="ascii") as kept:
        for line in kept:
            try:
                one = json.loads(line)
                held = tuple(base64.b64decode(value, validate=True) for value in one["held"])
                yield KeptKey(base64.b64decode(one["name"], validate=True), one["kind"], one["left_ms"], held)
            except (ValueError, KeyError, TypeError, binascii.Error) as error:
                raise BackupDamaged("备份里对话的一行读不懂") from error
