"""The clock worker: has every warning given when its time comes, once, whoever restarts (design §5)."""

import asyncio
from contextlib import suppress

import structlog

from handlers.ports import Clock, CoreAway, RoutingCore
from model.case import Command, Refused, Warn
from model.message import Actor
from storage.deadlines import Deadlines, Ripe

_EVERY = 15.0
_AT_ONCE = 100
_PUT_OFF = 600.0

log = structlog.get_logger()


class Warner:
    """Looks at the deadlines every few seconds; any number of processes may do so: the command's id makes it happen once."""

    def __init__(self, deadlines: Deadlines, core: RoutingCore, clock: Clock) -> None:
        """Over the limits and the core that tells whoever must hear of them."""
        self._deadlines = deadlines
        self._core = core
        self._clock = clock
        self._put_off: dict[Ripe, float] = {}
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """The clock has jumped: something may be due now."""
        self._woken.set()

    async def run(self) -> None:
        """Warns until cancelled."""
        while True:
            try:
                while await self.round() == _AT_ONCE:
                    pass
            except Exception as error:
                log.warning("warner.failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _EVERY)
            self._woken.clear()

    async def round(self) -> int:
        """Gives the warnings that are due; how many. One that cannot be given keeps nobody else waiting."""
        now = self._clock()
        found = await self._deadlines.ripe(now, _AT_ONCE + len(self._put_off))
        self._put_off = {one: until for one, until in self._put_off.items() if one in found}
        given = 0
        for one in found:
            if self._put_off.get(one, 0.0) > now.timestamp():
                continue
            try:
                done = await self._core.execute(_command(one), now)
            except CoreAway:
                done = Refused(code="core.away")
            if isinstance(done, Refused):
                log.error("warner.refused", code=done.code, case=one.case, step=one.step)
                self._put_off[one] = now.timestamp() + _PUT_OFF
            else:
                given += 1
        return given


def _command(one: Ripe) -> Command:
    key = f"clock:{one.case}:{one.step}:{one.share}:{int(one.due.timestamp())}"
    do = Warn(step=one.step, share=one.share, due=one.due)
    return Command(id=key, case=one.case, actor=Actor(person="", role="clock"), do=do)
