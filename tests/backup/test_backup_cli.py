"""`backup` and `restore`, as an operator types them, over an installation with a case, a draft and a photo."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.backup.envelope import CHUNK
from bot.backup.key import fresh_key
from bot.keys import vault_of
from bot.retaining import beside
from bot.settings import Settings, new_keys
from storage.engine import open_database
from storage.migrate import upgrade
from storage.valkey import EmbeddedValkey, running_url
from tests.machine import own_machine
from tests.privacy.conftest import Premises

NAME = "李示例"


async def _lived_in(settings: Settings) -> None:
    await upgrade(settings.database())
    database = open_database(settings.database())
    async with EmbeddedValkey(settings.data / "valkey") as server:
        made = Premises(server.url, database, settings.data, vault_of(settings), prefix="lianban:")
        await made.hand_in("p")
        await made.say("q", "热力", "个人", "同意", NAME)
        await made.port.command("SET", "lianban:token:a", "secret-token", step=None)
        await made.port.command("SET", "other:key", "not ours", step=None)
        await made.port.close()
    await database.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory):
    """The environment of an installation somebody lived in, and a backup of it."""
    folder = tmp_path_factory.mktemp("installation")
    with pytest.MonkeyPatch.context() as patch:
        own_machine(folder, patch)
        patch.setenv("LIANBAN_BACKUP_KEY", fresh_key())
        accounts = folder / "elsewhere.json"
        accounts.write_text('[{"appsecret": "hush"}]')
        patch.setenv("LIANBAN_ACCOUNTS", str(accounts))
        asyncio.run(_lived_in(Settings()))
        assert main(["backup", "--to", str(folder / "whole.backup")]) == 0
        yield folder


@pytest.fixture
def backup_file(home: Path) -> Path:
    return home / "whole.backup"


def rehearsed(file: Path, *more: str) -> int:
    return main(["restore", str(file), "--rehearse", *more])


def litter(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.name.startswith(".")]


def test_it_can_be_rehearsed_and_leaves_nothing_behind(backup_file: Path, capsys) -> None:
    assert rehearsed(backup_file) == 0
    told = capsys.readouterr().out
    assert "演练成功" in told and "要处理" not in told
    assert "办件1件" in told and "对话2个，草稿1份，照片和材料1个" in told
    assert litter(backup_file.parent) == []


def test_nothing_can_be_read_in_it_and_no_key_is_in_it(backup_file: Path, monkeypatch, capsys, tmp_path: Path) -> None:
    assert main(["restore", str(backup_file), "--to", str(tmp_path / "back")]) == 0
    capsys.readouterr()
    inside = b"".join(one.read_bytes() for one in (tmp_path / "back").rglob("*") if one.is_file())
    settings = Settings()
    assert settings.keys and settings.lookup_key and settings.backup_key
    for secret in (settings.keys, settings.lookup_key, settings.backup_key):
        assert secret.get_secret_value().strip('{}"').split('"')[-1].encode() not in inside
    assert b"secret-token" not in inside and b"not ours" not in inside and b"hush" in inside
    sealed = backup_file.read_bytes()
    assert b"hush" not in sealed and b"SQLite format" not in sealed and b"xinxiang" not in sealed
    assert backup_file.stat().st_mode & 0o077 == 0


def test_what_was_restored_goes_on(backup_file: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    """The draft is there to be gone on with, the case and its photo to be read, on another machine with the same keys."""
    back = tmp_path / "back"
    back.mkdir()
    assert main(["restore", str(backup_file), "--to", str(back)]) == 0
    told = capsys.readouterr().out
    assert f"LIANBAN_DATA={back / 'data'}" in told and f"LIANBAN_ACCOUNTS={back / 'accounts.json'}" in told
    monkeypatch.setenv("LIANBAN_DATA", str(back / "data"))
    monkeypatch.setenv("LIANBAN_COUNTIES", str(back / "counties"))

    async def goes_on() -> None:
        settings = Settings()
        async with beside(settings) as stores:
            url = settings.redis_url or running_url(settings.data / "valkey")
            made = Premises(url, stores.database, settings.data, stores.vault, prefix="lianban:")
            [draft] = (await made.talk("q")).drafts
            assert NAME in str(draft.answers)
            [case] = await made.core.cases("a", "p")
            submission = await made.records.submission(case.id)
            assert submission is not None and NAME in str(submission.answers)
            await made.say("q", "不同意")
            assert (await made.talk("q")).drafts[0].revision > draft.revision
            await made.port.close()

    asyncio.run(goes_on())
    assert main(["restore", str(backup_file), "--to", str(back)]) == 1
    assert "不是空的文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["head", "middle", "end", "short", "long"])
def test_a_damaged_file_is_refused_and_nothing_is_restored(
    backup_file: Path, place: str, tmp_path: Path, capsys
) -> None:
    data = bytearray(backup_file.read_bytes())
    match place:
        case "head":
            data[3] ^= 1
        case "middle":
            data[len(data) // 2] ^= 1
        case "end":
            data[-1] ^= 1
        case "short":
            del data[-1:]
        case "long":
            data += b"\0"
    damaged = tmp_path / "damaged"
    damaged.write_bytes(data)
    assert main(["restore", str(damaged), "--to", str(tmp_path / "back")]) == 1
    said = capsys.readouterr()
    assert "坏了" in said.err and said.out == ""
    assert sorted(one.name for one in tmp_path.iterdir()) == ["damaged"]


def test_cut_off_at_a_chunk_is_noticed_too(backup_file: Path, tmp_path: Path, capsys) -> None:
    data = backup_file.read_bytes()
    cut = tmp_path / "cut"
    cut.write_bytes(data[: 33 + (CHUNK + 16)])
    assert len(data) > cut.stat().st_size
    assert rehearsed(cut) == 1
    assert "没有传完" in capsys.readouterr().err


def test_the_wrong_backup_key_is_said_to_be_wrong(backup_file: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("LIANBAN_BACKUP_KEY", fresh_key())
    assert rehearsed(backup_file) == 1
    assert "备份钥匙不对" in capsys.readouterr().err
    for wrong in ("abc", "é", ""):
        monkeypatch.setenv("LIANBAN_BACKUP_KEY", wrong)
        assert rehearsed(backup_file) == 1
        assert "不是一把备份钥匙" in capsys.readouterr().err
    monkeypatch.delenv("LIANBAN_BACKUP_KEY")
    assert rehearsed(backup_file) == 1
    assert "没有设备份钥匙" in capsys.readouterr().err


def test_a_rehearsal_finds_that_the_keys_of_the_records_are_lost(backup_file: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("LIANBAN_KEYS", f'{{"k1": "{new_keys()["k1"]}"}}')
    assert rehearsed(backup_file) == 1
    told = capsys.readouterr().out
    assert "把打不开：现在的 LIANBAN_KEYS 里没有当时用的那一把" in told and "演练没有成功" in told
    assert litter(backup_file.parent) == []


def test_an_interrupted_backup_leaves_no_file(home: Path, monkeypatch, tmp_path: Path) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.backup.taking.Sealer.finish", stop)
    with pytest.raises(KeyboardInterrupt):
        main(["backup", "--to", str(tmp_path / "new.backup")])
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_left_is_removed_by_the_next(home: Path, tmp_path: Path) -> None:
    left = tmp_path / ".lianban-backup-abc"
    left.mkdir()
    (left / "lock").touch()
    (left / "lianban.sqlite3").write_bytes(b"x")
    assert main(["backup", "--to", str(tmp_path / "new.backup")]) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["new.backup"]


def test_nothing_is_overwritten_or_written_nowhere(backup_file: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    before = backup_file.read_bytes()
    for file, says in ((backup_file, "已经有这个文件"), (tmp_path / "no" / "x", "没有这个文件夹")):
        assert main(["backup", "--to", str(file)]) == 1
        assert says in capsys.readouterr().err
    assert backup_file.read_bytes() == before
    assert main(["restore", str(tmp_path / "none"), "--rehearse"]) == 1
    assert "没有这个文件" in capsys.readouterr().err
    assert main(["restore", str(backup_file)]) == 1
    assert "--to 文件夹" in capsys.readouterr().err
    assert main(["restore", str(backup_file), "--to", str(tmp_path / "a"), "--database", "postgresql://x/y"]) == 1
    assert "去掉 --database" in capsys.readouterr().err
    counties = tmp_path / "counties"
    shutil.copytree(Settings().counties, counties)
    (counties / "key").write_text("x")
    monkeypatch.setenv("LIANBAN_COUNTIES", str(counties))
    monkeypatch.setenv("LIANBAN_KEYS_FILE", str(counties / "key"))
    assert main(["backup", "--to", str(tmp_path / "x")]) == 1
    assert "钥匙和备份不能在一起" in capsys.readouterr().err


def test_beside_a_running_program(home: Path, tmp_path: Path, capsys) -> None:
    """Its embedded server is used, and it may be writing."""

    async def running() -> int:
        settings = Settings()
        async with EmbeddedValkey(settings.data / "valkey"):
            with closing(sqlite3.connect(settings.data / "lianban.sqlite3")) as writer:
                writer.execute("begin immediate")
                arguments = ["backup", "--to", str(tmp_path / "beside.backup")]
                return await asyncio.to_thread(main, arguments)

    assert asyncio.run(running()) == 0
    assert rehearsed(tmp_path / "beside.backup") == 0
    assert "草稿1份" in capsys.readouterr().out


def test_of_a_newer_program_is_not_restored_by_this(backup_file: Path, monkeypatch, tmp_path: Path, capsys) -> None:
    monkeypatch.setattr("bot.backup.restoring.knows", lambda _: False)
    assert main(["restore", str(backup_file), "--to", str(tmp_path / "back")]) == 1
    assert "更新的程序" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_fresh_backup_key_is_printed(capsys) -> None:
    assert main(["keys", "backup"]) == 0
    assert capsys.readouterr().out.startswith("LIANBAN_BACKUP_KEY='")


def test_every_night_into_one_folder(home: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    """The oldest go, but only for a new one that was tried; nothing else in the folder is touched."""
    for name in ("lianban-20200101-000000.backup", "lianban-20210101-000000.backup", "other.txt"):
        (tmp_path / name).touch()
    assert main(["backup", "--to", str(tmp_path), "--keep", "2", "--rehearse"]) == 0
    assert "演练成功" in capsys.readouterr().out
    left = sorted(one.name for one in tmp_path.iterdir())
    assert len(left) == 3 and left[0] == "lianban-20210101-000000.backup" and "other.txt" in left
    monkeypatch.setenv("LIANBAN_KEYS", f'{{"k1": "{new_keys()["k1"]}"}}')
    (tmp_path / left[1]).rename(tmp_path / "lianban-20220101-000000.backup")
    assert main(["backup", "--to", str(tmp_path), "--keep", "1", "--rehearse"]) == 1
    assert (tmp_path / "lianban-20210101-000000.backup").exists()
    assert main(["backup", "--to", str(tmp_path / "x"), "--keep", "1"]) == 1
    assert f"mkdir -m 700 {tmp_path / 'x'}" in capsys.readouterr().err
    assert main(["backup", "--to", str(tmp_path), "--keep", "0"]) == 1
    assert "至少1，写的是0" in capsys.readouterr().err
