"""Group commit: what is to be written at the same time goes in one transaction, for committing costs more than writing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database
from storage.steps import Step

Item = TypeVar("Item")
Result = TypeVar("Result")
Write: TypeAlias = Callable[[AsyncConnection, Sequence[Item]], Awaitable[Sequence[Result]]]
"""Writes the items and says what came of each, in their order."""

_MOST: Final = 100
"""So many go in one transaction: it is over soon, and nobody else waits long for the lock."""


class GroupCommit(Generic[Item, Result]):
    """Nobody waits for company: the first begins at once, and those who come while it is under way go together next."""

    def __init__(self, database: Database, step: Step, write: Write[Item, Result]) -> None:
        self._database = database
        self._step = step
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def write(self, item: Item) -> Result:
        """What came of this item once it is committed. Raises what the transaction failed with; then nothing was written.

        Whoever gives up waiting does not stop it.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await done

    async def _work(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            try:
                async with self._database.writing(self._step) as connection:
                    results = await self._write(connection, [item for item, _ in together])
            except Exception as error:
                for _, done in together:
                    if not done.done():
                        done.set_exception(error)
            except asyncio.CancelledError:  # the program ends
                for _, done in (*together, *self._waiting):
                    done.cancel()
                raise
            else:
                for (_, done), result in zip(together, results, strict=True):
                    if not done.done():
                        done.set_result(result)
