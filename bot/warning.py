"""The clock worker: has every warning given when its time comes, once, whoever restarts (design §5)."""

import datetime as dt

import structlog

from bot.rounds import Rounds
from handlers.enquiries import EnquiryDesk
from handlers.ports import Clock, CoreAway, RoutingCore
from model.command import Command, Do
from model.commands.clock import Warn, WarnOfApproval
from model.decision import Done, Refused
from model.enquiry import EnquiryCommand, EnquiryDone, WarnEnquiry
from model.message import Actor
from storage.deadlines import Deadlines, Ripe
from storage.enquiry_limits import RipeEnquiry
from storage.permits import RipePermit

_EVERY = 15.0
_AT_ONCE = 100
_PUT_OFF = 600.0
_CLOCK = Actor(person="", role="clock")

log = structlog.get_logger()


class Warner(Rounds):
    """Looks at the deadlines every few seconds; any number of processes may do so: the case, or the enquiry, says what was
    warned of.
    """

    def __init__(self, deadlines: Deadlines, core: RoutingCore, clock: Clock, desk: EnquiryDesk | None = None) -> None:
        """Over the limits and the core that tells whoever must hear of them; `desk` does so of enquiries."""
        super().__init__(_EVERY)
        self._deadlines = deadlines
        self._core = core
        self._desk = desk
        self._clock = clock
        self._put_off: dict[Ripe | RipePermit | RipeEnquiry, float] = {}

    async def round(self) -> int:
        """Gives the warnings that are due; how many. One that cannot be given keeps nobody else waiting."""
        now = self._clock()
        most = _AT_ONCE + len(self._put_off)
        found: tuple[Ripe | RipePermit | RipeEnquiry, ...] = await self._deadlines.ripe(now, most)
        found += await self._deadlines.ripe_permits(now, most)
        if self._desk is not None:
            found += await self._deadlines.ripe_enquiries(now, most)
        self._put_off = {one: until for one, until in self._put_off.items() if one in found}
        given = 0
        for one in found:
            tried = one in self._put_off
            if self._put_off.get(one, 0.0) > now.timestamp():
                continue
            # What came of a command is kept under its id: one that was refused is tried again under another.
            try:
                done = await self._give(one, now, again=tried)
                if not isinstance(done, Refused) and all(event.at < now for event in done.events):
                    # It was given for other orders, before this one's limit ran anew (a contact denied).
                    done = await self._give(one, now, again=True)
            except CoreAway:
                done = Refused(code="core.away")
            self._put_off[one] = now.timestamp() + _PUT_OFF
            if not isinstance(done, Refused):
                given += 1
            elif done.code != "warn.nothing":  # that one another process was first to give
                log.error("warner.refused", code=done.code, about=one[0], of=_of(one))
        return given

    async def _give(
        self, one: Ripe | RipePermit | RipeEnquiry, now: dt.datetime, *, again: bool
    ) -> Done | EnquiryDone | Refused:
        tail = f":{int(now.timestamp())}" if again else ""
        if isinstance(one, RipeEnquiry) and self._desk is not None:
            key = f"clock:enquiry:{one.enquiry}:{one.share}:{one.at.timestamp():.6f}{tail}"
            do = WarnEnquiry(share=one.share, at=one.at)
            return await self._desk.execute(EnquiryCommand(id=key, enquiry=one.enquiry, actor=_CLOCK, do=do), now)
        assert not isinstance(one, RipeEnquiry)
        return await self._core.execute(_command(one, tail), now)


def _of(one: Ripe | RipePermit | RipeEnquiry) -> str:
    match one:
        case Ripe():
            return one.step
        case RipePermit():
            return f"{one.permit}{':items' if one.items else ''}"
        case RipeEnquiry():
            return "enquiry"


def _command(one: Ripe | RipePermit, tail: str) -> Command:
    moment = f"{int(one.due.timestamp())}:{one.at.timestamp():.6f}"
    # Of two orders one may come to a share later than the other, and still at the same moment: a limit that ran anew.
    whose = one.order if isinstance(one, Ripe) else one.case
    key = f"clock:{whose}:{_of(one)}:{one.share}:{moment}{tail}"
    do: Do
    if isinstance(one, Ripe):
        do = Warn(step=one.step, share=one.share, at=one.at, due=one.due)
    else:
        do = WarnOfApproval(approval=one.permit, items=one.items, share=one.share, at=one.at, due=one.due)
    return Command(id=key, case=one.case, actor=_CLOCK, do=do)
