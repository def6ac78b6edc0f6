"""A copy of the SQL database at one moment, and back: SQLite by its own online backup, PostgreSQL by pg_dump and pg_restore."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, inspect, make_url, select, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.schema import metadata

_SAID_BYTES: Final = 400


class SqlCopyFailed(Exception):
    """The database could not be copied or brought back; the message says why and what to do."""


def is_sqlite(url: str) -> bool:
    """Whether this is the URL of a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def sqlite_file(url: str) -> Path:
    """The file of a SQLite URL."""
    return Path(make_url(url).database or "")


def copy_sqlite(source: Path, target: Path) -> None:
    """Copies a database that others may be writing to; what was committed when it ends is in it. Raises SqlCopyFailed."""
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            [found] = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise SqlCopyFailed(f"复制不了数据库{source}：{error}") from error
    if found != "ok":
        raise SqlCopyFailed(f"数据库{source}里有损坏，没有备份：{found}。请先用最近一份好的备份恢复")


async def copy_postgres(database: Database, url: str, target: Path) -> tuple[str, dict[str, int]]:
    """Dumps the database as it is in one moment; the revision of its schema, and the rows of each table in that moment.

    Raises SqlCopyFailed.
    """
    async with database.engine.connect() as raw:
        connection = await raw.execution_options(isolation_level="REPEATABLE READ")
        async with connection.begin():
            snapshot = (await connection.execute(text("select pg_export_snapshot()"))).scalar_one()
            counted = await revision(connection), await rows(connection)
            await _tool(
                "pg_dump",
                url,
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot}",
                f"--file={target}",
            )
    return counted


async def restore_postgres(url: str, dump: Path) -> None:
    """Brings a dump back into a database that has no table, in one transaction. Raises SqlCopyFailed."""
    name = make_url(url).database or ""
    await _tool(
        "pg_restore", url, "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={name}", str(dump)
    )


async def revision(connection: AsyncConnection) -> str:
    """The revision of the schema. Raises SqlCopyFailed where there is none."""
    if "alembic_version" not in await connection.run_sync(lambda sync: inspect(sync).get_table_names()):
        raise SqlCopyFailed("数据库里还没有表：程序还没有在这里启动过")
    return str((await connection.execute(text("select version_num from alembic_version"))).scalar_one())


async def rows(connection: AsyncConnection) -> dict[str, int]:
    """How many rows each table of ours has that is there."""
    there = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    known = [table for table in metadata.sorted_tables if table.name in there]
    return {
        table.name: int((await connection.execute(select(func.count()).select_from(table))).scalar_one())
        for table in known
    }


async def _tool(name: str, url: str, *arguments: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise SqlCopyFailed(f"这台机器上没有 {name}：请装上 PostgreSQL 的客户端（和服务器同一版或更新的），再运行一次")
    child = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        env={**os.environ, **_connection(make_url(url))},  # everybody on the machine can read arguments
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await child.communicate()
    except asyncio.CancelledError:
        child.kill()
        await child.wait()
        raise
    if child.returncode != 0:
        words = said.decode(errors="replace").strip()[-_SAID_BYTES:]
        raise SqlCopyFailed(f"{name} 没有做成：{words}")


def _connection(url: URL) -> dict[str, str]:
    query: dict[str, Any] = dict(url.query)
    given = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("sslmode") or query.get("ssl"),
    }
    return {name: str(value) for name, value in given.items() if value}
