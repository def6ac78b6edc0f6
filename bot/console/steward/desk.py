"""Whose an order is at the console, and what he has just done."""

from collections.abc import Mapping
from typing import Final

from bot.console.visit import Clerk, Visit
from bot.pages.problem import Problem
from handlers.asked_here import AskedHere
from handlers.matters import Matter, calls_of, matters_of
from handlers.page_acts import Outcome, PageActs
from handlers.ports import RoutingCore, Task
from handlers.wording.wording import Wording
from model.login import Role

ROLES: Final = frozenset({Role.STEWARD, Role.LEAD})
MATTERS: Final = ROLES | {Role.SUPERVISOR}
"""With whom something can lie beside orders: complaints, and calls where a body has no head, lie with those who supervise."""
DONE: Final = "did"
"""The query that says what was done on the page before."""


class Desk:
    """The orders that a clerk may open, and the words for what he does to them."""

    def __init__(
        self, core: RoutingCore, acts: PageActs, enquiries: AskedHere, wordings: Mapping[str, Wording]
    ) -> None:
        self._core = core
        self._acts = acts
        self._enquiries = enquiries
        self._wordings = wordings

    async def task(self, visit: Visit) -> Task:
        """The order in the path. Raises Problem where there is none, or it is none of his: nobody learns which."""
        found = await self._core.task(visit.path["order"])
        if found is None or not may_open(visit.clerk, found):
            raise Problem(404, "no_task")
        return found

    def words(self, visit: Visit, outcome: Outcome) -> str:
        """What came of it, as the chat says it."""
        wording = self._wordings[visit.clerk.county.id].knowing(visit.clerk.county)
        return outcome.text(wording) or visit.catalogue.say("console.tasks.done")

    async def did(self, visit: Visit) -> str:
        """What he did on the page before, if it says so; nothing that anybody else did."""
        key, county, staff = visit.request.query.get(DONE, ""), visit.clerk.county, visit.clerk.staff
        if not key:
            return ""
        found = await self._acts.told(county, staff, key) or await self._enquiries.told(county, staff, key)
        return self.words(visit, found) if found is not None else ""


def serves(clerk: Clerk) -> bool:
    """Whether orders can lie with him."""
    return bool(clerk.roles & ROLES)


async def matters_at(core: RoutingCore, clerk: Clerk) -> tuple[Matter, ...]:
    """What lies with him beside his orders; with whoever only supervises nothing but calls. Raises `CoreAway`."""
    of = matters_of if serves(clerk) else calls_of
    return await of(core, clerk.county, clerk.staff)


def leads(clerk: Clerk) -> bool:
    """Whether he sees what his colleagues have."""
    return Role.LEAD in clerk.roles


def may_open(clerk: Clerk, task: Task) -> bool:
    """His own orders, those of his body that nobody has, those that it may claim; a lead all of his body."""
    case, order = task
    if case.county != clerk.county.id:
        return False
    if order.candidates:
        return clerk.staff.body in {one.body for one in order.offers}
    return order.body == clerk.staff.body and (order.steward in (None, clerk.staff.id) or leads(clerk))
