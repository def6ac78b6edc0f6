"""The clock worker: has every warning given when its time comes, once, whoever restarts (design §5)."""

import structlog

from bot.rounds import Rounds
from handlers.ports import Clock, CoreAway, RoutingCore
from model.command import Command, Do
from model.commands.clock import Warn, WarnOfApproval
from model.decision import Done, Refused
from model.message import Actor
from storage.deadlines import Deadlines, Ripe
from storage.permits import RipePermit

_EVERY = 15.0
_AT_ONCE = 100
_PUT_OFF = 600.0

log = structlog.get_logger()


class Warner(Rounds):
    """Looks at the deadlines every few seconds; any number of processes may do so: the case says what was warned of."""

    def __init__(self, deadlines: Deadlines, core: RoutingCore, clock: Clock) -> None:
        """Over the limits and the core that tells whoever must hear of them."""
        super().__init__(_EVERY)
        self._deadlines = deadlines
        self._core = core
        self._clock = clock
        self._put_off: dict[Ripe | RipePermit, float] = {}

    async def round(self) -> int:
        """Gives the warnings that are due; how many. One that cannot be given keeps nobody else waiting."""
        now = self._clock()
        most = _AT_ONCE + len(self._put_off)
        found: tuple[Ripe | RipePermit, ...] = await self._deadlines.ripe(now, most)
        found += await self._deadlines.ripe_permits(now, most)
        self._put_off = {one: until for one, until in self._put_off.items() if one in found}
        given = 0
        for one in found:
            tried = one in self._put_off
            if self._put_off.get(one, 0.0) > now.timestamp():
                continue
            # What came of a command is kept under its id: one that was refused is tried again under another.
            command = _command(one, again=int(now.timestamp()) if tried else None)
            try:
                done = await self._core.execute(command, now)
                if isinstance(done, Done) and all(event.at < now for event in done.events):
                    # It was given for other orders, before this one's limit ran anew (a contact denied).
                    done = await self._core.execute(_command(one, again=int(now.timestamp())), now)
            except CoreAway:
                done = Refused(code="core.away")
            self._put_off[one] = now.timestamp() + _PUT_OFF
            if not isinstance(done, Refused):
                given += 1
            elif done.code != "warn.nothing":  # that one another process was first to give
                log.error("warner.refused", code=done.code, case=one.case, of=_of(one))
        return given


def _of(one: Ripe | RipePermit) -> str:
    return one.step if isinstance(one, Ripe) else f"{one.permit}{':items' if one.items else ''}"


def _command(one: Ripe | RipePermit, again: int | None) -> Command:
    moment = f"{int(one.due.timestamp())}:{one.at.timestamp():.6f}"
    key = f"clock:{one.case}:{_of(one)}:{one.share}:{moment}" + (f":{again}" if again is not None else "")
    do: Do
    if isinstance(one, Ripe):
        do = Warn(step=one.step, share=one.share, at=one.at, due=one.due)
    else:
        do = WarnOfApproval(approval=one.permit, items=one.items, share=one.share, at=one.at, due=one.due)
    return Command(id=key, case=one.case, actor=Actor(person="", role="clock"), do=do)
