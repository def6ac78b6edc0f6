"""Taking a backup beside the running program: conversations, then records, then files, so that nothing points to what is not in it.

Redis first: a conversation that is older than the records finds its case by the submission's id, the other way round the case would be
lost. Files last: they are written before anything names them.
"""

import base64
import datetime as dt
import fcntl
import hashlib
import io
import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from bot.backup.envelope import Sealer
from bot.backup.manifest import ACCOUNTS, COUNTIES, FILES, KEYS, MANIFEST, POSTGRES, SMS, SQLITE, Manifest, Member
from bot.backup.sql_copy import copy_postgres, copy_sqlite, is_sqlite, revision, rows, sqlite_file
from bot.embedded import redis_beside
from bot.settings import Settings
from handlers.book import KEY, TALK
from storage.conversations import open_port
from storage.engine import open_database
from storage.key_copy import KeptKey, KeyCopy

_ROOM: Final = ".lianban-backup-"
_LOCK: Final = "lock"


class BackupFailed(Exception):
    """No backup was made; the message says why."""


async def take(settings: Settings, file: Path, key: bytes, now: dt.datetime) -> Manifest:
    """Writes a sealed backup whole or not at all; what is in it. Never in it: any key, tokens, who is signed in.

    Raises BackupFailed, SqlCopyFailed, KindUnknown, StoreAway, ValkeyFailed.
    """
    _allowed(settings, file)
    try:
        with _room(file.parent) as room:
            manifest = await _copied(settings, room, now)
            sealed = room / "sealed"
            with os.fdopen(os.open(sealed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                manifest = _packed(settings, room, manifest, Sealer(out, key))
                out.flush()
                os.fsync(out.fileno())
            _placed(sealed, file)
    except OSError as error:
        raise BackupFailed(f"写不了备份{file}：{error.strerror or error}") from error
    return manifest


def _allowed(settings: Settings, file: Path) -> None:
    if file.exists():
        raise BackupFailed(f"已经有这个文件：{file}；换一个名字，例如带上日期")
    if not file.parent.is_dir():
        raise BackupFailed(f"没有这个文件夹：{file.parent}")
    secret = [one.resolve() for one in (settings.keys_file, settings.backup_key_file) if one is not None]
    for folder in (settings.counties.resolve(), (settings.data / "files").resolve()):
        if inside := [one for one in secret if one.is_relative_to(folder)]:
            raise BackupFailed(f"钥匙文件{inside[0]}放在要备份的{folder}里面：先把它移到别处，钥匙和备份不能在一起")


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    """A folder for what is not ready yet, on the disk of the backup; those that killed programs left are removed."""
    for left in folder.glob(f"{_ROOM}*"):
        with suppress(OSError), (left / _LOCK).open("rb") as lock:  # whoever is at work in it has the lock
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
    room = folder / f"{_ROOM}{secrets.token_hex(6)}"
    room.mkdir(mode=0o700)
    try:
        with (room / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


async def _copied(settings: Settings, room: Path, now: dt.datetime) -> Manifest:
    """Conversations and records as copies in the room, and how much that is."""
    keys, talks, drafts = await _copy_keys(settings, room / KEYS)
    url = settings.database()
    if is_sqlite(url):
        live = sqlite_file(url)
        if not live.exists():
            raise BackupFailed(f"还没有数据库{live}：程序还没有在这里启动过")
        copy_sqlite(live, room / SQLITE)
        database = open_database(f"sqlite:///{room / SQLITE}", patience=None)
        try:
            async with database.reading() as connection:
                at, tables = await revision(connection), await rows(connection)
        finally:
            await database.close()
        _alone(room / SQLITE)
    else:
        database = open_database(url, patience=None)
        try:
            at, tables = await copy_postgres(database, url, room / POSTGRES)
        finally:
            await database.close()
    return Manifest(
        made_at=now,
        database="sqlite" if is_sqlite(url) else "postgresql",
        schema_at=at,
        tables=tables,
        keys=keys,
        conversations=talks,
        drafts=drafts,
        members={},
    )


async def _copy_keys(settings: Settings, file: Path) -> tuple[int, int, int]:
    """How many keys, conversations and drafts there were."""
    keys = talks = drafts = 0
    async with AsyncExitStack() as stack:
        port = open_port(await redis_beside(settings, stack))
        stack.push_async_callback(port.close)
        with file.open("w", encoding="ascii") as out:
            async for one in KeyCopy(port).read():
                out.write(as_line(one))
                keys += 1
                if one.name.endswith(b"}:c"):
                    talks += 1
                    drafts += sum(part.startswith(KEY.encode()) for part in one.held[::2])
                    drafts -= f"{KEY}{TALK}".encode() in one.held[::2]
    return keys, talks, drafts


def as_line(one: KeptKey) -> str:
    """A key as a line of JSON."""
    held = [base64.b64encode(value).decode() for value in one.held]
    name = base64.b64encode(one.name).decode()
    return json.dumps({"name": name, "kind": one.kind, "left_ms": one.left_ms, "held": held}) + "\n"


def _alone(file: Path) -> None:
    """The journal beside a copy belongs to whoever counted in it."""
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _packed(settings: Settings, room: Path, manifest: Manifest, sealer: Sealer) -> Manifest:
    members = dict[str, Member]()
    with tarfile.open(fileobj=sealer, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, path in _sources(settings, room):
            with suppress(FileNotFoundError), path.open("rb") as source:  # a photo may be erased just now
                members[name] = _add(tar, name, source)
        whole = manifest.model_copy(update={"members": members})
        told = whole.model_dump_json(indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(told)
        tar.addfile(info, io.BytesIO(told))
    sealer.finish()
    return whole


def _sources(settings: Settings, room: Path) -> Iterator[tuple[str, Path]]:
    for name in (KEYS, SQLITE, POSTGRES):
        if (room / name).exists():
            yield name, room / name
    for name, path in ((ACCOUNTS, settings.accounts), (SMS, settings.sms)):
        if path is not None:
            yield name, path
    for prefix, folder in ((COUNTIES, settings.counties), (FILES, settings.data / "files")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield prefix + path.relative_to(folder).as_posix(), path


def _add(tar: tarfile.TarFile, name: str, source: BinaryIO) -> Member:
    info = tarfile.TarInfo(name)
    info.size = os.fstat(source.fileno()).st_size
    reader = _Digesting(source)
    tar.addfile(info, reader)
    return Member(sha256=reader.digest.hexdigest(), size=info.size)


class _Digesting(io.RawIOBase):
    """Hands on what is read of a file, and keeps its digest."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


def _placed(sealed: Path, file: Path) -> None:
    """Gives the finished file its name; nobody else's is replaced."""
    if file.exists():
        raise BackupFailed(f"已经有这个文件：{file}；换一个名字，例如带上日期")
    sealed.rename(file)
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
