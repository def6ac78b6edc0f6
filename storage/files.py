"""Photos and papers on disk, encrypted under their record's key and named by their content (design §6)."""

import asyncio
import fcntl
import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from storage.steps import Step, passing
from storage.vault import RecordKey, Unreadable, Vault

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME_BYTES = 200
_PART = ".part"


class FileStore:
    """Files as ``<directory>/<record>/<digest>``, sealed under the record's key.

    The digest is keyed: whoever has a copy of a paper cannot tell from the disk whether it was handed in, nor by whom
    else. Methods work in threads and may run at the same time. Disk failures surface as `OSError`.
    """

    def __init__(self, directory: str | Path, vault: Vault) -> None:
        self._directory = Path(directory).absolute()
        self._vault = vault

    async def put(self, key: RecordKey, record: str, data: bytes) -> str:
        """Store `data` for a record (id: any non-empty string); return its digest, 64 hex digits.

        On return the file is on disk for good. The same content in the same record has the same digest. Raises
        `ValueError` for a record id that is empty or too long for a file name.
        """
        return await asyncio.to_thread(self._put, key, record, data)

    async def get(self, key: RecordKey, record: str, digest: str) -> bytes:
        """The content. Raises `Unreadable` when it is missing, damaged, or sealed under another key or record."""
        return await asyncio.to_thread(self._get, key, record, digest)

    async def erase(self, record: str) -> int:
        """Delete all files of a record; return how many there were. Nothing to delete is no error."""
        return await asyncio.to_thread(self._erase, record)

    async def records(self) -> frozenset[str]:
        """The ids of all records that have a folder."""
        return await asyncio.to_thread(self._records)

    async def tidy(self) -> int:
        """Delete what killed processes were writing; return how many files. What is being written now is left alone."""
        return await asyncio.to_thread(self._tidy)

    def _put(self, key: RecordKey, record: str, data: bytes) -> str:
        folder = self._folder(record)
        digest = self._vault.digest(data, record.encode())
        sealed = self._vault.seal(key, data, _context(record, digest))
        if not folder.is_dir():
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            _sync_directory(self._directory)
        # Always written anew: a file that was damaged on disk is healed by handing it in again.
        temporary = folder / f".{secrets.token_hex(8)}{_PART}"
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                fcntl.flock(descriptor, fcntl.LOCK_EX)  # the kernel gives it back when we die: `tidy` can tell
                file.write(sealed)
                file.flush()
                os.fsync(descriptor)
                passing(Step.PHOTO, "before")
                temporary.replace(folder / digest)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_directory(folder)
        passing(Step.PHOTO, "after")
        return digest

    def _tidy(self) -> int:
        count = 0
        for part in self._directory.rglob(f".*{_PART}"):
            with suppress(OSError), part.open("rb") as file:  # gone meanwhile, or locked by its writer
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                part.unlink()
                count += 1
        return count

    def _get(self, key: RecordKey, record: str, digest: str) -> bytes:
        if not _DIGEST.fullmatch(digest):
            raise Unreadable("malformed digest")
        try:
            sealed = (self._folder(record) / digest).read_bytes()
        except FileNotFoundError:
            raise Unreadable("no such file") from None
        return self._vault.open(key, sealed, _context(record, digest))

    def _erase(self, record: str) -> int:
        folder = self._folder(record)
        if not folder.is_dir():
            return 0
        count = 0
        passing(Step.ERASE, "before")
        while folder.is_dir():
            with suppress(FileNotFoundError):  # another process erases it too
                count = sum(1 for entry in folder.iterdir() if _DIGEST.fullmatch(entry.name))
                shutil.rmtree(folder)
        _sync_directory(self._directory)
        passing(Step.ERASE, "after")
        return count

    def _records(self) -> frozenset[str]:
        if not self._directory.is_dir():
            return frozenset()
        return frozenset(unquote(entry.name) for entry in self._directory.iterdir() if entry.is_dir())

    def _folder(self, record: str) -> Path:
        name = quote(record, safe="").replace(".", "%2E")  # neither a path nor a hidden or parent directory
        if not 0 < len(name) <= _NAME_BYTES:
            raise ValueError("a record id is neither empty nor longer than a file name")
        return self._directory / name


def _context(record: str, digest: str) -> bytes:
    return f"file\0{record}\0{digest}".encode()


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
