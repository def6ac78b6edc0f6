"""The worker of appointments and sheets: ends the waiting for answers and has people reminded, each once (design §5)."""

from typing import Literal

import structlog

from bot.rounds import Rounds
from handlers.ports import Clock, CoreAway, RoutingCore
from model.command import Command, Do
from model.commands.backdating import CloseBackdating
from model.commands.booking import RemindOfPlan
from model.commands.consultations import RemindOfConsultation
from model.commands.delays import TellDelay
from model.commands.passed_visits import PassVisit
from model.commands.scheduling import CloseTimes, Remind
from model.commands.sheet import RemindOfSheet
from model.decision import Refused
from model.message import Actor
from storage.alarms import Alarm, Alarms

_EVERY = 15.0
_AT_ONCE = 100

log = structlog.get_logger()


class Ringer(Rounds):
    """Looks at the alarms every few seconds; any number of processes may do so: an alarm that rang is gone from the case."""

    def __init__(self, alarms: Alarms, core: RoutingCore, clock: Clock) -> None:
        """Over the alarms and the core that tells whoever must hear of them."""
        super().__init__(_EVERY)
        self._alarms = alarms
        self._core = core
        self._clock = clock
        self._given_up = frozenset[Alarm]()

    async def round(self) -> int:
        """Rings what is due; how many. What is refused keeps nobody else waiting, and is not tried again by this process."""
        now = self._clock()
        found = await self._alarms.ripe(now, _AT_ONCE + len(self._given_up))
        self._given_up &= frozenset(found)
        rung = 0
        for one in found:
            if one in self._given_up:
                continue
            try:
                done = await self._core.execute(_command(one), now)
            except CoreAway:
                continue
            if isinstance(done, Refused):
                self._given_up |= {one}
                log.error("ringer.refused", code=done.code, case=one.case, what=one.what)
            else:
                rung += 1
        return rung


def _command(one: Alarm) -> Command:
    key = f"clock:{one.case}:{one.appointment}:{one.what}:{one.number}"
    return Command(id=key, case=one.case, actor=Actor(person="", role="clock"), do=_do(one))


def _do(one: Alarm) -> Do:
    if one.what == "close":
        return CloseTimes(appointment=one.appointment, round=one.number)
    if one.what == "delay":
        return TellDelay(order=one.appointment, number=one.number)
    if one.what == "backdating":
        return CloseBackdating(order=one.appointment.partition(":")[0], number=one.number)
    if one.what == "plan":
        return RemindOfPlan(number=one.number)
    if one.what == "consult":
        name, _, what = one.appointment.partition(":")
        return RemindOfConsultation(consultation=name, what=what, number=one.number)
    if one.what == "sheet":
        return RemindOfSheet(what=one.appointment, number=one.number)
    if one.what in ("visit_ask", "visit_tell"):
        which: Literal["ask", "tell"] = "ask" if one.what == "visit_ask" else "tell"
        return PassVisit(appointment=one.appointment, sequence=one.number, which=which)
    return Remind(appointment=one.appointment, sequence=one.number, which="day" if one.what == "day" else "hour")
