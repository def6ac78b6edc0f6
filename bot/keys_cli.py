"""`keys`: draws keys, replaces them, puts them into several hands on paper, and puts the papers together again."""

import asyncio
import base64
import json
import os
import secrets as random
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from bot.backup.key import backup_key, fresh_key
from bot.escrow.bundle import Bundle, packed
from bot.escrow.paper import Share, ShareUnreadable, read, written
from bot.escrow.recovering import NotRecovered, recovered
from bot.escrow.sharing import split
from bot.keys import secrets, write
from bot.rotating import reindex, rotate
from bot.settings import Settings, new_keys
from storage.vault import Secrets

_MOST_BYTES: Final = 100_000


class KeysMistake(Exception):
    """This cannot be done as it was typed; the message says what would be valid."""


def keys_arguments(parser: ArgumentParser) -> None:
    """`keys [print|backup|rotate|reindex] [--new]`, `keys escrow --shares 3 --need 2`, `keys recover FILE... [--to FILE|--check]`."""
    actions = ("print", "backup", "rotate", "reindex", "escrow", "recover")
    parser.add_argument("action", choices=actions, nargs="?", default="print")
    parser.add_argument(
        "files", type=Path, nargs="*", metavar="FILE", help="of recover: shares as they were typed; -: typed here"
    )
    parser.add_argument("--new", action="store_true", help="draw a new key first (keys in a file only)")
    parser.add_argument("--shares", type=int, default=3, metavar="N", help="of escrow: how many papers; default: 3")
    parser.add_argument(
        "--need", type=int, default=2, metavar="N", help="of escrow: how many give the keys back; default: 2"
    )
    parser.add_argument("--to", type=Path, metavar="FILE", help="of recover: a key file, must not be there yet")
    parser.add_argument("--check", action="store_true", help="of recover: only say whether these are the keys in use")


def keys(settings: Settings, options: Namespace) -> list[str]:
    """Carries it out. Raises KeysMistake, KeysMissing, BackupKeyMissing, ShareUnreadable, NotRecovered, NotRotated."""
    match options.action:
        case "backup":
            return [f"LIANBAN_BACKUP_KEY='{fresh_key()}'"]
        case "rotate":
            return [asyncio.run(rotate(settings, new=options.new))]
        case "reindex":
            return [asyncio.run(reindex(settings, new=options.new))]
        case "escrow":
            return _escrow(settings, options.shares, options.need)
        case "recover":
            return _recover(settings, options)
    made = new_keys()
    return [f'LIANBAN_KEYS=\'{{"k1": "{made["k1"]}"}}\'', f"LIANBAN_LOOKUP_KEY='{made['lookup']}'"]


def _escrow(settings: Settings, shares: int, need: int) -> list[str]:
    if not 2 <= need <= shares <= 16:
        raise KeysMistake("--need 至少2，--shares 不小于它、最多16，例如：keys escrow --shares 3 --need 2")
    bundle = _in_use(settings)
    batch, data = os.urandom(4), packed(bundle)
    made = [Share(batch, number, need, part) for number, part in split(data, shares=shares, need=need).items()]
    if recovered(random.SystemRandom().sample(made, need)) != bundle:
        raise AssertionError("shares that do not give the keys back")
    lines = []
    for one in made:
        lines += [
            f"联办钥匙 第{one.number}份（共{shares}份，其中任意{need}份能还原）  批号 {one.called}",
            *written(one),
            f"还原：python -m bot keys recover。只有一份什么也看不出来。里面{_contents(bundle)}。",
            "",
        ]
    return [*lines, f"每份打印一张，交给不同的人，分开保管；不要存在电脑里。交出去以前先试一次：{_CHECK}"]


_CHECK: Final = "python -m bot keys recover 甲.txt 乙.txt --check"


def _recover(settings: Settings, options: Namespace) -> list[str]:
    if not options.files:
        raise KeysMistake(f"请写各份所在的文件，或者写 - 在这里打（Ctrl-D 结束），例如：{_CHECK}")
    bundle = recovered([share for file in options.files for share in _typed(file)])
    if options.check:
        same = bundle == _in_use(settings)
        if not same:
            raise NotRecovered("这几份合得起来，但不是现在用的钥匙：换过钥匙以后要重新分（keys escrow），旧的作废收回")
        return ["对：这几份合起来就是现在用的钥匙。"]
    if options.to is None:
        return _as_settings(bundle)
    if options.to.exists():
        raise KeysMistake(f"已经有这个文件：{options.to}；换一个名字")
    write(options.to, _as_file(bundle.secrets))
    told = [f"已写好{options.to}，设成 LIANBAN_KEYS_FILE 就能用。"]
    return [*told, f"LIANBAN_BACKUP_KEY='{_text(bundle.backup)}'"] if bundle.backup else told


def _typed(file: Path) -> list[Share]:
    try:
        if str(file) == "-":
            return read(sys.stdin.read(_MOST_BYTES))
        with file.open(encoding="utf-8") as typed:
            return read(typed.read(_MOST_BYTES))
    except (OSError, UnicodeDecodeError) as error:
        raise KeysMistake(f"读不了{file}：{error.strerror if isinstance(error, OSError) else '不是文字'}") from error
    except ShareUnreadable as error:
        raise ShareUnreadable(f"{file}：{error}") from None


def _in_use(settings: Settings) -> Bundle:
    has_backup = settings.backup_key is not None or settings.backup_key_file is not None
    return Bundle(secrets(settings, beside=True), backup_key(settings) if has_backup else None)


def _contents(bundle: Bundle) -> str:
    return f"有加密钥匙{len(bundle.secrets.keyring.keys)}把、查找钥匙" + (
        "、备份钥匙" if bundle.backup else "，没有备份钥匙（没有设）"
    )


def _as_settings(bundle: Bundle) -> list[str]:
    ring = bundle.secrets.keyring
    lines = [
        f"LIANBAN_KEYS='{json.dumps({name: _text(key) for name, key in ring.keys.items()})}'",
        f"LIANBAN_CURRENT_KEY='{ring.current}'",
        f"LIANBAN_LOOKUP_KEY='{_text(bundle.secrets.lookup)}'",
    ]
    for name, key in (("LOOKUP_KEY_BEFORE", bundle.secrets.lookup_before), ("BACKUP_KEY", bundle.backup)):
        if key is not None:
            lines.append(f"LIANBAN_{name}='{_text(key)}'")
    return lines


def _as_file(kept: Secrets) -> dict[str, object]:
    keys_ = {name: _text(key) for name, key in kept.keyring.keys.items()}
    made: dict[str, object] = {"current": kept.keyring.current, "keys": keys_, "lookup": _text(kept.lookup)}
    return made | ({"lookup_before": _text(kept.lookup_before)} if kept.lookup_before else {})


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
