"""SQLite with one trip to its thread for every statement; the usual cursor makes four (design §6)."""

import sqlite3
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any, Self

import aiosqlite

_CHUNK = 64


class OneTrip(aiosqlite.Connection):
    """A connection whose cursors fetch what a statement gives while they are at it.

    A trip there and back costs more than most statements: it wakes a thread, and then the loop.
    """

    def cursor(self) -> Any:
        """A cursor that costs nothing by itself."""
        return _Cursor(self)

    async def trip(self, work: Callable[..., None], *given: object) -> None:
        """Does the work in the connection's thread."""
        await self._execute(work, *given)  # type: ignore[no-untyped-call]

    @property
    def bare(self) -> sqlite3.Connection:
        """The connection itself, to be touched in its thread only."""
        return self._conn


class _Cursor:
    """As much of a cursor as SQLAlchemy asks for."""

    arraysize = 1

    def __init__(self, connection: OneTrip) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> Self:
        await self._connection.trip(self._run, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Any) -> Self:
        await self._connection.trip(self._run_many, sql, parameters)
        return self

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        """It was closed when its rows were there."""

    def _run(self, sql: str, parameters: Any) -> None:
        self._keep(self._connection.bare.execute(sql, parameters))

    def _run_many(self, sql: str, parameters: Any) -> None:
        self._keep(self._connection.bare.executemany(sql, parameters))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else ()
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid  # known once the rows are fetched
        cursor.close()


async def connect_in_one_trip(file: str) -> OneTrip:
    """Opens the database in this file. What is left of it does not keep the process from ending."""
    connection = OneTrip(lambda: sqlite3.connect(file, check_same_thread=False), _CHUNK)
    thread = connection if isinstance(connection, Thread) else connection._thread  # noqa: SLF001 (as SQLAlchemy does)
    thread.daemon = True
    await connection
    return connection
