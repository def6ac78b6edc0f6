"""会商 in a simulated year: whoever is stuck asks for one; it is named, moved, held or declined, and what is agreed is done (X57, J34)."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from bench.year.world import WINDOW, Act, World
from model.calendar import CHINA
from model.case import Case
from model.command import Do
from model.commands.consultations import (
    AskConsultation,
    DeclineConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    SettleConsultation,
    TickItem,
)
from model.event import Recorded
from model.events.consultations import (
    ConsultationAsked,
    ConsultationHeld,
    ConsultationNamed,
    ItemGiven,
)
from model.message import Act as Offered
from model.message import Actor
from model.order import Order

_HOUR = dt.timedelta(hours=1)
_ASKED = 0.04
"""So many of those who are stuck ask for one when they look at it."""
_MOST_MOVES = 2


class Consulting:
    """Whoever has to do with the consultations of a county."""

    def __init__(self, world: World, half_hour: Callable[[], dt.datetime]) -> None:
        """`half_hour`: one of the coming days' in which people work."""
        self._world = world
        self._half_hour = half_hour
        self._chance = world.chance

    def asks(self, order: Order, offered: tuple[Offered, ...]) -> Do | None:
        """What a steward says who is offered to ask, because a limit is over or a survey failed."""
        stuck = any(act.id == "ask_consultation" and act.shown for act in offered)
        if not stuck or self._chance.random() >= _ASKED:
            return None
        return AskConsultation(order=order.id, reason="管线走向有冲突")

    def heard(self, case: Case, one: Recorded) -> None:
        """Plans what people do about this event."""
        dice = self._chance.random()
        match one.event:
            case ConsultationAsked(consultation=name):
                self._in(30 if dice < 0.15 else 3, partial(self._answer, case.id, name, declines=dice > 0.9))
            case ConsultationNamed() as event:
                moves = event.sequence <= _MOST_MOVES and dice < 0.15
                later = 3 * 24 * _HOUR if dice > 0.92 else _HOUR
                if moves:
                    self._in(2, partial(self._move, case.id, event))
                self._world.at(event.at_time + later, partial(self._hold, case.id, event))
            case ConsultationHeld(consultation=name):
                self._in(1, partial(self._agree_on, case.id, name))
            case ItemGiven() as event if dice < 0.95:
                opens = dt.datetime.combine(event.item.day, dt.time(10), CHINA)
                late = dt.timedelta(days=3) if dice > 0.75 else dt.timedelta(0)
                early = (opens - self._world.now) * self._chance.random() if dice < 0.5 else dt.timedelta(0)
                self._world.at(opens + late - early, partial(self._tick, case.id, event))

    def _who(self, case: Case, name: str) -> Actor:
        """With whom it lies; the window where nobody of the body is there."""
        one = case.consultation(name)
        return self._staff(one.officer if one else None)

    def _staff(self, who: str | None) -> Actor:
        return WINDOW if who is None or who in self._world.gone else self._world.steward(who)

    def _open(self, case_id: str) -> Case | None:
        case = self._world.cases[case_id]
        return case if case.closed_at is None else None

    async def _answer(self, case_id: str, name: str, *, declines: bool) -> None:
        if (case := self._open(case_id)) is None:
            return
        do: Do = NameConsultation(consultation=name, at=self._half_hour(), place="政务中心三楼会议室")
        if declines:
            do = DeclineConsultation(consultation=name, reason="两家已经商量好了")
        await self._world.do(case_id, self._who(case, name), do)
        one = self._world.cases[case_id].consultation(name)
        if one is not None and one.state == "asked":  # somebody is elsewhere then: another time
            self._in(2, partial(self._answer, case_id, name, declines=False))

    async def _move(self, case_id: str, event: ConsultationNamed) -> None:
        case = self._open(case_id)
        one = case.consultation(event.consultation) if case else None
        if case is not None and one is not None and one.state == "named" and one.sequence == event.sequence:
            do = NameConsultation(consultation=one.id, at=self._half_hour(), place="城管局会议室")
            await self._world.do(case_id, self._who(case, one.id), do)

    async def _hold(self, case_id: str, event: ConsultationNamed) -> None:
        case = self._open(case_id)
        one = case.consultation(event.consultation) if case else None
        if case is not None and one is not None and one.state == "named" and one.sequence == event.sequence:
            do = RecordConsultation(consultation=one.id, decision="给水管改走西侧", public="改走西侧，当天不用停水")
            await self._world.do(case_id, self._who(case, one.id), do)

    async def _agree_on(self, case_id: str, name: str) -> None:
        if (case := self._open(case_id)) is None:
            return
        one, actor = case.consultation(name), self._who(case, name)
        today = self._world.now.astimezone(CHINA).date()
        for _ in range(self._chance.randrange(4) if one else 0):
            body = self._chance.choice([each.body for each in one.invited]) if one else ""
            day = today + dt.timedelta(days=self._chance.randrange(1, 12))
            await self._world.do(case_id, actor, GiveItem(consultation=name, body=body, words="改接口位置", day=day))
        await self._world.do(case_id, actor, SettleConsultation(consultation=name))

    async def _tick(self, case_id: str, event: ItemGiven) -> None:
        if self._open(case_id) is not None:
            await self._world.do(case_id, self._staff(event.item.staff), TickItem(item=event.item.id))

    def _in(self, hours: float, act: Act) -> None:
        later = self._world.hours.after(self._world.now, max(60.0, self._chance.expovariate(1 / hours) * 3600))
        self._world.at(later, act)
