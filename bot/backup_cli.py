"""`backup` and `restore`: a sealed copy of everything but the keys, and the way back, which can be rehearsed."""

import datetime as dt
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from bot.backup.envelope import mark
from bot.backup.key import backup_key
from bot.backup.rehearsing import rehearse
from bot.backup.restoring import DATA, Restored, restore
from bot.backup.taking import take
from bot.keys import vault_of
from bot.settings import Settings

_NAMED: Final = "lianban-"
_SUFFIX: Final = ".backup"


class BackupMistake(Exception):
    """This cannot be done as it was typed; the message says what would be valid."""


def backup_arguments(parser: ArgumentParser) -> None:
    """`backup --to FILE [--rehearse] [--keep N]`."""
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="must not be there yet; a directory: named by time"
    )
    parser.add_argument("--rehearse", action="store_true", help="try at once to restore it")
    parser.add_argument("--keep", type=int, metavar="N", help="of a directory: then remove all but the newest N")


def restore_arguments(parser: ArgumentParser) -> None:
    """`restore FILE --to DIRECTORY [--database URL] [--redis URL]`, or `restore FILE --rehearse`."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--to", type=Path, metavar="DIRECTORY", help="empty, or not there yet")
    parser.add_argument("--rehearse", action="store_true", help="only try it: restore, look at everything, remove it")
    parser.add_argument("--database", metavar="URL", help="an empty PostgreSQL database, for a backup of one")
    parser.add_argument("--redis", metavar="URL", help="a Redis that has nothing of ours; default: the embedded one")


async def backup(settings: Settings, options: Namespace) -> tuple[list[str], bool]:
    """Makes the backup. Raises BackupKeyMissing and as `take` does."""
    key, now = backup_key(settings), dt.datetime.now(dt.UTC)
    folder = options.to if options.to.is_dir() else None
    if options.keep is not None and options.keep < 1:
        raise BackupMistake(f"--keep 写留几份，至少1，写的是{options.keep}；例如：--keep 14")
    if options.keep is not None and folder is None:
        # not made here: a slip in the path would begin a second row of backups, and old ones would be kept for ever
        wanted = "是一个文件，请换一个地方" if options.to.exists() else f"还没有，先建好：mkdir -m 700 {options.to}"
        raise BackupMistake(f"用 --keep 的，--to 要是已经有的文件夹；{options.to}{wanted}")
    file = options.to if folder is None else folder / f"{_NAMED}{now:%Y%m%d-%H%M%S}{_SUFFIX}"
    manifest = await take(settings, file, key, now)
    lines = [
        f"已备份到{file}（{file.stat().st_size / 1e6:.1f}MB，备份钥匙的记号 {mark(key)}）。",
        f"里面有：{manifest.told()}；县的资料和账号清单。没有任何钥匙。",
    ]
    good = True
    if options.rehearse:
        said, good = await _rehearsed(settings, file, key, None, file.parent)
        lines += said
    else:
        lines.append(f"现在就演练一次：python -m bot restore {file} --rehearse")
    if folder is not None and options.keep is not None and good:  # old ones go only for one that is known to be good
        for old in sorted(folder.glob(f"{_NAMED}*{_SUFFIX}"))[: -options.keep]:
            old.unlink()
            lines.append(f"删掉了旧的{old.name}。")
    return lines, good


async def restored(settings: Settings, options: Namespace) -> tuple[list[str], bool]:
    """Restores, or rehearses it; the lines to say and whether it is good. Raises as `restore` and `rehearse` do."""
    if not options.file.is_file():
        raise BackupMistake(f"没有这个文件：{options.file}")
    key = backup_key(settings)
    if options.rehearse:
        beside = options.to or options.file.parent
        if not beside.is_dir():
            raise BackupMistake(f"没有这个文件夹：{beside}；演练时 --to 是放临时文件的地方")
        return await _rehearsed(settings, options.file, key, options.database, beside)
    if options.to is None:
        raise BackupMistake("请写恢复到哪里：--to 文件夹；只想试一试：--rehearse")
    done = await restore(options.file, key, options.to, database=options.database, redis=options.redis)
    return _told(done, options.redis), True


async def _rehearsed(
    settings: Settings, file: Path, key: bytes, database: str | None, beside: Path
) -> tuple[list[str], bool]:
    said = await rehearse(file, key, vault_of(settings, beside=True), database=database, beside=beside)
    good = not said.wrong
    end = "演练成功：这份备份能用。" if good else "演练没有成功：这份备份现在这样恢复不了。"
    lines = [*(f"好　　  {one}" for one in said.done), *(f"要处理  {one}" for one in said.wrong)]
    return [*lines, f"{end}临时文件已经删掉。"], good


def _told(done: Restored, redis: str | None) -> list[str]:
    places = [f"LIANBAN_DATA={done.folder / DATA}", f"LIANBAN_COUNTIES={done.folder / 'counties'}"]
    for name, file in (("LIANBAN_ACCOUNTS", "accounts.json"), ("LIANBAN_SMS", "sms.json")):
        if file in done.manifest.members:
            places.append(f"{name}={done.folder / file}")
    if done.manifest.database == "postgresql":
        places.append("DATABASE_URL=（刚才 --database 写的）")
    if redis is not None:
        places.append("REDIS_URL=（刚才 --redis 写的）")
    return [
        f"已恢复到{done.folder}，是{done.manifest.made_at.astimezone():%Y-%m-%d %H:%M}的样子：{done.manifest.told()}。",
        "启动以前这样设（钥匙 LIANBAN_KEYS、LIANBAN_LOOKUP_KEY 照原来的）：",
        *(f"  {one}" for one in places),
        "备份以后的办件、草稿不在里面。备份时还没发完的推送，启动以后会再发，已经发过的可能再收到一次。",
    ]
