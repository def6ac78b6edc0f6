"""补报 in a simulated year: some steps are entered later than they were done, and some say so only afterwards (X59, J35)."""

import datetime as dt
from functools import partial
from typing import Final

from bench.year.world import WINDOW, Act, World
from model.backdating import STEPS
from model.case import Case
from model.command import Do
from model.commands.backdating import AnswerBackdating, Backdate, ExplainBackdating
from model.event import Recorded
from model.events.backdating import BackdatingAsked, BackdatingClaimed
from model.events.clock import Told
from model.order import Order

_HOUR = 3600.0
_AT_ONCE, _AFTERWARDS = 0.05, 0.04
"""So many steps are entered with an earlier time, and of so many it is said afterwards."""
_SOON, _LONG_AGO = (0.3, 3.5), (5.0, 30.0)
"""Working hours ago: within what a county tolerates, and beyond it."""
_OUT_OF_TEN_SOON = 0.6
_STEPS: Final = (
    "applicant_contacted", "opinion_given", "scheme_given", "works_reported", "acceptance_reported", "connected"
)  # fmt: skip


class Afterwards:
    """Stewards who say later what they did, and the heads who say whether that stands."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = world.chance

    def entered(self, order: Order, do: Do) -> tuple[dt.datetime | None, str]:
        """When a step that is entered now was done, if that is said with it, and why it is only said now."""
        if do.do not in STEPS or order.entered is None or self._chance.random() >= _AT_ONCE:
            return None, ""
        at = self._ago(self._world.now, order.entered.happened_at)
        return at, "现场没有网络" if self._chance.random() < 0.5 else ""

    def heard(self, case: Case, one: Recorded) -> None:
        """Plans what people do about this event."""
        match one.event:
            case BackdatingClaimed() as event if self._chance.random() < 0.75:
                self._in(2, partial(self._explain, case.id, event))
            case BackdatingAsked() as event if self._chance.random() < 0.85:
                self._in(2, partial(self._answer, case.id, event, agrees=self._chance.random() < 0.75))
            case event if event.event in _STEPS and self._chance.random() < _AFTERWARDS:
                orders = getattr(event, "orders", None) or (getattr(event, "order", ""),)
                self._in(4, partial(self._say, case.id, self._chance.choice(orders)))

    async def _say(self, case_id: str, name: str) -> None:
        order = self._world.cases[case_id].order(name)
        entry = order.entered if order is not None else None
        if order is None or entry is None or entry.step is None or entry.refused or order.backdating_of(entry.sequence):
            return
        if order.steward is not None and order.steward not in self._world.gone:
            do = Backdate(order=name, at=self._ago(entry.at, entry.since))
            await self._world.do(case_id, self._world.steward(order.steward), do)

    async def _explain(self, case_id: str, event: BackdatingClaimed) -> None:
        order = self._world.cases[case_id].order(event.order)
        claim = order.backdating_of(event.entry) if order is not None else None
        if claim is not None and not claim.reason and event.steward not in self._world.gone:
            do = ExplainBackdating(order=event.order, reason="当天太忙忘了报", entry=event.entry)
            await self._world.do(case_id, self._world.steward(event.steward), do)

    async def _answer(self, case_id: str, event: BackdatingAsked, *, agrees: bool) -> None:
        order = self._world.cases[case_id].order(event.order)
        claim = order.backdating_of(event.entry) if order is not None else None
        there = [one for one in event.told if one.receiver == "window" or one.id not in self._world.gone]
        if claim is not None and claim.reason and there:
            who: Told = there[0]
            actor = WINDOW if who.receiver == "window" else self._world.steward(who.id)
            await self._world.do(case_id, actor, AnswerBackdating(order=event.order, agrees=agrees, entry=event.entry))

    def _ago(self, before: dt.datetime, since: dt.datetime) -> dt.datetime:
        """A time of work before this one, and not before that."""
        span = _SOON if self._chance.random() < _OUT_OF_TEN_SOON else _LONG_AGO
        worked = self._world.hours.worked(before) - self._chance.uniform(*span) * _HOUR
        return max(self._world.hours.instant(worked).replace(second=0, microsecond=0), since)

    def _in(self, hours: float, act: Act) -> None:
        later = self._world.hours.after(self._world.now, max(60.0, self._chance.expovariate(1 / hours) * _HOUR))
        self._world.at(later, act)
