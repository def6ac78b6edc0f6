"""SQLite in the thread of the loop, which stands still meanwhile: for a program in which nobody else waits."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import WRITES, Database, open_database, teach_sqlite
from storage.steps import Step, passing

_PATIENCE = 60.0


class AtHome(Database):
    """The database in this file: the same statements in the same transactions, without a trip to another thread."""

    def __init__(self, file: Path) -> None:
        super().__init__(open_database(f"sqlite:///{file}", patience=_PATIENCE).engine, _PATIENCE)
        self._here = create_engine(f"sqlite:///{file}")
        teach_sqlite(self._here, _PATIENCE)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection, None]:
        """See `Database`."""
        with self._here.connect() as connection, connection.begin():
            yield cast("AsyncConnection", _Here(connection))

    @asynccontextmanager
    async def writing(self, step: Step) -> AsyncGenerator[AsyncConnection, None]:
        """See `Database`. Nothing else runs before it ends, so nobody has to wait for his turn."""
        with self._here.connect() as connection:
            with connection.execution_options(**{WRITES: True}).begin():
                yield cast("AsyncConnection", _Here(connection))
                passing(step, "before")
            passing(step, "after")

    async def close(self) -> None:
        """See `Database`."""
        self._here.dispose()
        await super().close()


class _Here:
    """As much of a connection as the records ask for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, statement: Any, parameters: Any = None) -> Any:
        return self._connection.execute(statement, parameters)
