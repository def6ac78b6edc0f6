"""Who of a simulated year is called in vain (没打通), and how he is heard of again (X20)."""

from functools import partial

from bench.year.world import WINDOW, World
from model.case import Case
from model.command import Do
from model.commands.contact import ChangeContact
from model.commands.unreached import SayReachable
from model.event import Recorded
from model.events.unreached import ApplicantHeard, CallFailed
from model.order import Order

_IN_VAIN = ((0, 87), (1, 3), (2, 2), (4, 8))
"""So many calls of each steward reach nobody, with so many applicants of a hundred."""
_DAYS_UNTIL_HEARD = 2


class Calls:
    """Every applicant's telephone."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._in_vain: dict[str, int] = {}
        self._called: dict[str, int] = {}

    def reaches(self, case: Case, order: Order) -> bool:
        """Whether somebody answers when the steward of this order calls now."""
        numbers, weights = zip(*_IN_VAIN, strict=True)
        if case.id not in self._in_vain:
            self._in_vain[case.id] = self._world.chance.choices(numbers, weights)[0]
        return self._called.get(order.id, 0) >= self._in_vain[case.id]

    def heard(self, case: Case, one: Recorded) -> None:
        """Counts the calls; whoever reads that nobody reached him lets hear of himself, most by a tap."""
        match one.event:
            case CallFailed() as event:
                self._called[event.order] = self._called.get(event.order, 0) + 1
                if event.pauses:
                    days = self._world.chance.expovariate(1 / _DAYS_UNTIL_HEARD)
                    at = self._world.hours.after(self._world.now, max(600.0, days * 7 * 3600))
                    self._world.at(at, partial(self._answer, case.id, event.order, self._world.chance.random()))
            case ApplicantHeard():
                self._in_vain[case.id] = 0

    async def _answer(self, case_id: str, order: str, dice: float) -> None:
        case = self._world.cases[case_id]
        found = case.order(order)
        if case.closed_at is not None or found is None or not found.unreached:
            return
        actor = self._world.applicant(case_id) if dice < 0.85 else WINDOW
        do: Do = SayReachable(order=order) if dice < 0.7 or actor is WINDOW else ChangeContact(phone="13900020001")
        await self._world.do(case_id, actor, do)
