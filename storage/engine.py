"""The SQL database: SQLite for one machine, PostgreSQL for production, reached by a URL (design §6)."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.schema import Table

from storage.fate import may_be_written
from storage.one_trip import connect_in_one_trip
from storage.steps import Step, passing

_DRIVERS: Final = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
_RACES: Final = {"40001", "40P01"}  # serialization failure, deadlock
WRITES: Final = "lianban_writes"
"""The option of a connection that takes the write lock at once."""
_PATIENCE: Final = 3.0
"""Seconds for a connection, a lock or a statement: the platform waits five for an answer, and "away" is one (design §2.1)."""
_EVER: Final = 600.0
_REST: Final = 1.0
"""Seconds for which nobody asks a database that was found away; then one tries, and the others go on being told."""


class DatabaseAway(OSError):
    """The database was found away a moment ago: asking it would take longer than whoever waits can wait."""


class Database:
    """An open database. `reading` and `writing` are transactions; leave one by an exception and it never was.

    On SQLite `writing` takes the write lock at once (``BEGIN IMMEDIATE``), one writer of this process at a time, so
    that a transaction never finds out at its end that it lost.
    """

    def __init__(self, engine: AsyncEngine, patience: float | None = _PATIENCE) -> None:
        self.engine = engine
        self._alone = asyncio.Lock() if engine.dialect.name == "sqlite" else None
        self._patience = patience
        self._away = False
        self._look_at = 0.0

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite."""
        return self._alone is not None

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection, None]:
        """A transaction that only reads."""
        async with self._connected() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def writing(self, step: Step) -> AsyncGenerator[AsyncConnection, None]:
        """A transaction that writes; it is committed when the block ends well."""
        if self._alone is None:
            async with self._connected() as connection, connection.begin():
                yield connection
                passing(step, "before")
                may_be_written()  # the commit is about to be asked for
            passing(step, "after")
            return
        async with asyncio.timeout(self._patience):
            await self._alone.acquire()
        try:
            async with self._connected() as connection:
                await connection.execution_options(**{WRITES: True})
                async with connection.begin():
                    yield connection
                    passing(step, "before")
                    may_be_written()
                passing(step, "after")
        finally:
            self._alone.release()

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[AsyncConnection, None]:
        now = asyncio.get_running_loop().time()
        if self._away:
            if now < self._look_at:
                raise DatabaseAway("found away")
            self._look_at = now + (self._patience or _EVER)
        try:
            async with asyncio.timeout(self._patience):
                connection = await self.engine.connect()
        except (OSError, TimeoutError, SQLAlchemyError):
            self._away, self._look_at = True, asyncio.get_running_loop().time() + _REST
            raise
        self._away = False
        try:
            yield connection
        finally:
            await asyncio.shield(connection.close())

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows ON CONFLICT, in the dialect of this database."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def upsert(
        self, table: Table, *, keys: tuple[str, ...], changing: tuple[str, ...]
    ) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that, where a row has these keys, changes these columns of it instead. Made once: making it costs
        more than carrying it out.
        """
        return _upsert(self.is_sqlite, table, keys, changing)

    def add(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that does nothing where the row is there already; made once, as `upsert` is."""
        return _add(self.is_sqlite, table)

    async def scrub(self, tables: Sequence[str]) -> bool:
        """Forget the bytes of deleted rows: SQLite empties its journal into the file, PostgreSQL vacuums the tables.

        False if somebody was reading just then; the next time does it.
        """
        async with self.engine.connect() as connection:
            raw = await connection.execution_options(isolation_level="AUTOCOMMIT")
            if self.is_sqlite:
                busy = (await raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
                return not busy
            for table in tables:
                await raw.exec_driver_sql(f"VACUUM {table}")
            return True

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def open_database(url: str, *, connections: int = 10, patience: float | None = _PATIENCE) -> Database:
    """The database at `url`: ``sqlite:///path`` (a file) or ``postgresql://…``; drivers are chosen here.

    At most `connections` to PostgreSQL are open at once. Nothing may take longer than `patience` seconds: not a
    connection, a lock, nor a statement; None, for migrations, waits as long as it takes. Nothing connects before the
    first use. Raises `ValueError` for another kind of database and for SQLite in memory, which every connection would
    have for itself.
    """
    target = _with_driver(url)
    if target.get_backend_name() == "sqlite":
        if target.database in {None, "", ":memory:"}:
            raise ValueError("SQLite in memory keeps nothing: name a file")
        file = target.database or ""
        engine = create_async_engine(target, async_creator=partial(connect_in_one_trip, file))
        teach_sqlite(engine.sync_engine, patience)
    else:
        limits = {} if patience is None else {"timeout": patience, "command_timeout": patience}
        engine = create_async_engine(
            target,
            pool_size=connections,
            max_overflow=0,
            pool_pre_ping=True,
            pool_timeout=_EVER if patience is None else patience,
            connect_args=limits,
        )
    return Database(engine, patience)


@cache
def _add(is_sqlite: bool, table: Table) -> "sqlite.Insert | postgresql.Insert":
    return (sqlite.insert(table) if is_sqlite else postgresql.insert(table)).on_conflict_do_nothing()


@cache
def _upsert(
    is_sqlite: bool, table: Table, keys: tuple[str, ...], changing: tuple[str, ...]
) -> "sqlite.Insert | postgresql.Insert":
    statement = sqlite.insert(table) if is_sqlite else postgresql.insert(table)
    new = statement.excluded
    return statement.on_conflict_do_update(index_elements=list(keys), set_={name: new[name] for name in changing})


def lost_race(error: DBAPIError) -> bool:
    """Whether somebody else was first and the transaction can simply be tried again: a taken key, or a deadlock."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _RACES


def _with_driver(url: str) -> URL:
    target = make_url(url)
    name = target.drivername.partition("+")[0]
    if name not in _DRIVERS:
        raise ValueError(f"{name} is neither sqlite nor postgresql")
    return target.set(drivername=_DRIVERS[name])


def teach_sqlite(engine: Engine, patience: float | None) -> None:
    """Has its connections keep what they were told, wait so many seconds for a lock, and begin as `Database` says."""
    busy = int((_EVER if patience is None else patience) * 1000)

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        cursor = connection.cursor()
        # FULL: what was acknowledged survives a power cut. secure_delete: a destroyed key is overwritten with zeros.
        kept = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
        for pragma in (*kept, "foreign_keys=ON", f"busy_timeout={busy}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
