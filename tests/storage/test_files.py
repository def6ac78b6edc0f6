"""Encrypted files named by their content (design §6)."""

import asyncio
import fcntl
import os
import stat
from pathlib import Path

import pytest

from storage.files import FileStore
from storage.vault import Keyring, Unreadable, Vault

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHOTO = b"\xff\xd8\xff photo " * 1000


@pytest.fixture
def files(tmp_path: Path, vault: Vault) -> FileStore:
    return FileStore(tmp_path / "files", vault)


async def test_what_is_put_can_be_got(files: FileStore, vault: Vault) -> None:
    key = vault.new_record_key()
    for data in (PHOTO, b""):
        digest = await files.put(key, "r1", data)
        assert await files.get(key, "r1", digest) == data


async def test_the_same_content_has_one_name_per_record(files: FileStore, vault: Vault, tmp_path: Path) -> None:
    key = vault.new_record_key()
    digests = await asyncio.gather(*(files.put(key, "r1", PHOTO) for _ in range(8)))
    elsewhere = await files.put(key, "r2", PHOTO)
    assert len(set(digests)) == 1
    assert elsewhere not in digests
    assert [path.name for path in (tmp_path / "files" / "r1").iterdir()] == [digests[0]]


async def test_the_disk_tells_outsiders_nothing(files: FileStore, vault: Vault, tmp_path: Path) -> None:
    digest = await files.put(vault.new_record_key(), "r1", PHOTO)
    stranger = Vault(Keyring("k", {"k": b"k" * 32}), os.urandom(32))
    assert stranger.digest(PHOTO, b"r1") != digest
    assert b"photo" not in (tmp_path / "files" / "r1" / digest).read_bytes()
    places = [tmp_path / "files", *(tmp_path / "files").rglob("*")]
    assert [place for place in places if stat.S_IMODE(place.stat().st_mode) & 0o077] == []


async def test_a_file_in_another_place_or_under_another_key_is_unreadable(
    files: FileStore, vault: Vault, tmp_path: Path
) -> None:
    key = vault.new_record_key()
    digest = await files.put(key, "r1", PHOTO)
    other = await files.put(key, "r2", PHOTO)
    with pytest.raises(Unreadable, match="not authentic"):
        await files.get(vault.new_record_key(), "r1", digest)
    (tmp_path / "files" / "r1" / digest).replace(tmp_path / "files" / "r2" / other)
    with pytest.raises(Unreadable, match="not authentic"):
        await files.get(key, "r2", other)


async def test_a_damaged_file_is_unreadable_until_it_is_put_again(
    files: FileStore, vault: Vault, tmp_path: Path
) -> None:
    key = vault.new_record_key()
    digest = await files.put(key, "r1", PHOTO)
    (tmp_path / "files" / "r1" / digest).write_bytes(b"torn")
    with pytest.raises(Unreadable):
        await files.get(key, "r1", digest)
    assert await files.put(key, "r1", PHOTO) == digest
    assert await files.get(key, "r1", digest) == PHOTO


async def test_erasing_removes_every_file_of_one_record(files: FileStore, vault: Vault, tmp_path: Path) -> None:
    key = vault.new_record_key()
    digest = await files.put(key, "r1", b"1")
    await files.put(key, "r1", b"2")
    kept = await files.put(key, "r2", b"3")
    (tmp_path / "files" / "r1" / ".abc.part").write_bytes(b"left by a crash")
    assert await files.erase("r1") == 2
    assert await files.erase("r1") == 0
    assert not (tmp_path / "files" / "r1").exists()
    with pytest.raises(Unreadable, match="no such file"):
        await files.get(key, "r1", digest)
    assert await files.get(key, "r2", kept) == b"3"


@pytest.mark.parametrize("record", ["..", ".", "../x", "a/b", "/etc", "甲", "a%2Fb", "\0"])
async def test_a_record_id_never_leads_out_of_its_folder(
    files: FileStore, vault: Vault, tmp_path: Path, record: str
) -> None:
    key = vault.new_record_key()
    digest = await files.put(key, record, PHOTO)
    (folder,) = (tmp_path / "files").iterdir()
    assert (folder / digest).is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["files"]
    assert await files.get(key, record, digest) == PHOTO
    assert await files.erase(record) == 1


@pytest.mark.parametrize("record", ["", "x" * 201, "甲" * 23])
async def test_a_record_id_that_is_no_name_is_refused(files: FileStore, vault: Vault, record: str) -> None:
    with pytest.raises(ValueError, match="record id"):
        await files.put(vault.new_record_key(), record, PHOTO)


@pytest.mark.parametrize("digest", ["", "..", "../../../etc/passwd", "A" * 64, "a" * 63])
async def test_a_digest_that_is_none_is_refused(files: FileStore, vault: Vault, digest: str) -> None:
    with pytest.raises(Unreadable, match="malformed digest"):
        await files.get(vault.new_record_key(), "r1", digest)


async def test_a_write_that_fails_leaves_the_old_file_and_no_stump(
    files: FileStore, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = vault.new_record_key()
    digest = await files.put(key, "r1", PHOTO)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    for data in (PHOTO, b"new"):
        with pytest.raises(OSError, match="No space"):
            await files.put(key, "r1", data)
    assert [path.name for path in (tmp_path / "files" / "r1").iterdir()] == [digest]
    assert await files.get(key, "r1", digest) == PHOTO


async def test_what_a_killed_process_was_writing_is_tidied_and_what_is_being_written_is_not(
    files: FileStore, vault: Vault, tmp_path: Path
) -> None:
    digest = await files.put(vault.new_record_key(), "r1", PHOTO)
    left, locked = (tmp_path / "files" / "r1" / f".{name}.part" for name in ("left", "locked"))
    left.write_bytes(b"left by a kill")
    with locked.open("wb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        assert await files.tidy() == 1
    assert sorted(path.name for path in left.parent.iterdir()) == [locked.name, digest]
    assert await files.tidy() == 1
