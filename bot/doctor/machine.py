"""What all accounts of this installation share: counties, keys, Redis, SQL. Nothing is made or migrated by looking."""

import asyncio
from collections.abc import Mapping
from typing import Final

from sqlalchemy import inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import Check, Finding, act, good
from bot.health import write_mark
from bot.keys import secrets
from bot.settings import KeysMissing, Settings
from config.check import reported
from config.mistakes import Mistakes
from model.county import County
from storage.away import RECORDS_AWAY
from storage.conversations import StoreAway, StoreBusy, open_port
from storage.engine import Database, open_database
from storage.migrate import standing
from storage.valkey import ValkeyFailed, find_server, running_url

_WITHIN: Final = 5.0
_FRESH: Final = "还没有表，第一次启动时自动建"


async def machine(settings: Settings, found: Mapping[str, County | Mistakes]) -> list[Finding]:
    """Each part, in the order of `Check`; `found` are the counties that were looked at."""
    return [counties(found), keys(settings), await redis(settings), await sql(settings)]


def counties(found: Mapping[str, County | Mistakes]) -> Finding:
    """As `python -m bot check`."""
    report, fine = reported(found)
    lines = report.splitlines()
    if fine:
        return good(Check.COUNTIES, "、".join(line.partition("：")[0] for line in lines) + "，没有发现问题")
    return act(Check.COUNTIES, "有要改的地方", *lines[:5], "全部见 python -m bot check", listed=tuple(lines))


def keys(settings: Settings) -> Finding:
    """The keys that seal personal data: there, and of the right length."""
    # Beside a running sandbox its key file counts; looking must not make one.
    looking = settings.model_copy(update={"sandbox": None})
    try:
        found = secrets(looking, beside=True)
    except KeysMissing:
        if settings.sandbox:
            return good(Check.KEYS, "试用的钥匙第一次启动时自动做")
        return act(
            Check.KEYS,
            "没有设，或者钥匙文件不在",
            "运行 python -m bot keys，把打印的两行放进环境变量 LIANBAN_KEYS、LIANBAN_LOOKUP_KEY",
            "另外抄一份放到保险的地方：丢了，申请人的资料谁也打不开",
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return act(
            Check.KEYS,
            '读不懂：LIANBAN_KEYS 要写成 {"k1": "…"}，每一把是 32 个字节的 base64；LIANBAN_CURRENT_KEY 要是其中一把',
            "从备份里原样抄一遍；第一次装的，运行 python -m bot keys 重新做",
        )
    return good(Check.KEYS, f"有 {len(found.keyring.keys)} 把，在用 {found.keyring.current}")


async def redis(settings: Settings) -> Finding:
    """Written to, if it runs; the program's own is only looked for."""
    url = settings.redis_url or running_url(settings.data / "valkey")
    if url is None:
        try:
            find_server()
        except ValkeyFailed:
            return act(
                Check.REDIS, "没有设 REDIS_URL，这台机器上也没有能自带的", "装一个 valkey 或 redis，或者设 REDIS_URL"
            )
        return good(Check.REDIS, "用自带的，程序启动时自动开")
    named = "REDIS_URL 指的" if settings.redis_url else "自带的"
    try:
        port = open_port(url)
    except ValueError:
        return act(Check.REDIS, "REDIS_URL 写得不对", "例如 redis://127.0.0.1:6379/0")
    try:
        async with asyncio.timeout(_WITHIN):
            await write_mark(port)
    except StoreBusy:
        return act(Check.REDIS, f"{named}在，可是不收东西（满了、只读，或者磁盘坏了）", "看它的日志、内存上限和磁盘")
    except (StoreAway, TimeoutError):
        return act(Check.REDIS, f"{named}连不上，或者密码不对", "看它在不在运行，REDIS_URL 里的地址、端口、密码对不对")
    finally:
        await port.close()
    return good(Check.REDIS, f"{named}能写")


async def sql(settings: Settings) -> Finding:
    """Reached and as new as the program; an older one is brought up when the program starts."""
    try:
        url = make_url(settings.database())
    except SQLAlchemyError:
        return act(Check.SQL, "DATABASE_URL 写得不对", "例如 postgresql://lianban@127.0.0.1/lianban")
    named = "SQLite 文件" if url.get_backend_name() == "sqlite" else f"{url.get_backend_name()}（{url.host or '本机'}）"
    if settings.database_url is None and not (settings.data / "lianban.sqlite3").exists():
        return good(Check.SQL, f"{named}{_FRESH}")
    database: Database | None = None
    try:
        database = open_database(settings.database())
        async with database.reading() as connection:
            made = await connection.run_sync(lambda one: inspect(one).has_table("alembic_version"))
        revision = await standing(database) if made else None
    except (*RECORDS_AWAY, SQLAlchemyError, ValueError) as error:
        return act(
            Check.SQL,
            f"{named}打不开（{type(error).__name__}）",
            "看数据库在不在运行，DATABASE_URL 里的地址、用户名、密码对不对；用文件的，看磁盘和权限，坏了从备份里恢复",
        )
    finally:
        if database is not None:
            await database.close()
    if not made:
        return good(Check.SQL, f"{named}{_FRESH}")
    return good(Check.SQL, f"{named}，表结构是新的" if revision else f"{named}，表结构旧，程序启动时自动升级")
