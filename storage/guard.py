"""A server that was found away is not asked again by every message: one asks in the background (ADR 7)."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final

import structlog

from storage.cancelling import cancelled
from storage.port import Argument, Command, Port, Script, StoreAway, StoreBusy
from storage.steps import Step

LOOK_SECONDS: Final = 0.2

log = structlog.get_logger()


class Guard:
    """`Port` before another port. After the first call that finds the server away, calls fail at once with a
    `StoreAway` that was not `asked`, until a background PING is answered.

    A server that answers with a refusal (full, read-only, loading) is not away: it refuses fast enough by itself.
    """

    def __init__(
        self, port: Port, *, look_seconds: float = LOOK_SECONDS, back: Callable[[], object] = lambda: None
    ) -> None:
        """`look_seconds` is the pause between two PINGs; `back` is called when the server answers again."""
        self._port = port
        self._look = look_seconds
        self._back = back
        self._looking: asyncio.Task[None] | None = None

    @property
    def away(self) -> bool:
        """Whether the server was found away, and has not answered since."""
        return self._looking is not None

    async def call(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        *,
        step: Step | None,
        before: Sequence[Command] = (),
    ) -> object:
        """See `Port`."""
        self._pass()
        try:
            return await self._port.call(script, keys, arguments, step=step, before=before)
        except StoreAway as away:
            self._found(away)
            raise

    async def command(self, *command: Argument, step: Step | None) -> object:
        """See `Port`."""
        self._pass()
        try:
            return await self._port.command(*command, step=step)
        except StoreAway as away:
            self._found(away)
            raise

    def scan(self, pattern: str) -> AsyncIterator[bytes]:
        """See `Port`."""
        self._pass()
        return self._port.scan(pattern)

    async def close(self) -> None:
        """Stops looking. The port behind belongs to the caller."""
        if self._looking is not None:
            await cancelled([self._looking])

    def _pass(self) -> None:
        if self._looking is not None:
            raise StoreAway("found away", asked=False)

    def _found(self, away: StoreAway) -> None:
        if self._looking is None:
            log.error("store.away", reason=away.reason)
            self._looking = asyncio.create_task(self._look_out())

    async def _look_out(self) -> None:
        while True:
            try:
                await self._port.command("PING", step=None)
            except StoreAway:
                await asyncio.sleep(self._look)
                continue
            except StoreBusy:
                pass  # it answers
            break
        self._looking = None
        log.info("store.back")
        self._back()
