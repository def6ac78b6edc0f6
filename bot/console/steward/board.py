"""`/console/tasks`: what lies with a steward, by when it is due; the next step of each is one click."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from aiohttp import web

from bot.console.order_state import state_said
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.steward.desk import MATTERS, Desk, leads, matters_at, serves
from bot.console.steward.orders import opened, orders_of, tasks_in
from bot.console.visit import Visit
from handlers.asked_here import AskedHere
from handlers.casework import Casework
from handlers.matters import Matter
from handlers.page_acts import PageActs
from handlers.ports import Task
from handlers.task_board import About, Lying, about, lying
from handlers.wording.dues import may_change, to_staff
from handlers.wording.orders import standing_of
from model.message import Invitation
from storage.mask import mask_address

_MOST: Final = 200
"""So many orders of a body are shown to its lead: the others when these are done, or by a filter."""
_NEXT: Final = 3
"""So many acts stand on the board; all of them on the page of the task."""


class Row(NamedTuple):
    """A task as the board shows it."""

    lying: Lying
    about: About
    place: str
    state: str
    reason: str
    due: str
    may_change: str
    who: str
    asked: Invitation | None


class Board:
    """For stewards and the heads of bodies; of whoever supervises, what lies with him beside orders."""

    def __init__(self, core: Casework, acts: PageActs, enquiries: AskedHere, desk: Desk, pages: Pages) -> None:
        self._core = core
        self._acts = acts
        self._enquiries = enquiries
        self._desk = desk
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """One page."""
        return (Route("GET", "/tasks", MATTERS, self._page),)

    async def _page(self, visit: Visit) -> web.Response:
        asked = visit.request.query
        everybody = leads(visit.clerk) and asked.get("of", "all") == "all"
        county, has_orders = visit.clerk.county, serves(visit.clerk)
        orders = (await orders_of(self._core, visit.clerk, everybody=everybody))[:_MOST] if has_orders else []
        claims = await self._core.claims(visit.clerk.staff.id) if has_orders else ()
        cases = await opened(self._core, [*(one.case for one in orders), *(one.case.id for one in claims)])
        found = lying([*tasks_in(cases, orders), *claims], visit.now)
        signed = {name: submission for name, (_, submission) in cases.items()}
        known = [(one, about(county, one.task, signed.get(one.task.case.id))) for one in found]
        has = {one.task.order.steward for one in found} - {None, visit.clerk.staff.id}
        names = {one: who.name for one in has if one and (who := await self._core.steward(one)) is not None}
        service, town = asked.get("service", ""), asked.get("town", "")
        kept = [
            (one, told) for one, told in known if service in ("", one.task.order.service) and town in ("", told.town)
        ]
        rows = [
            row_of(
                visit,
                one,
                told,
                names.get(one.task.order.steward or "", ""),
                await self._acts.asked(county, visit.clerk.staff, one.task, signed.get(one.task.case.id)),
            )
            for one, told in kept
        ]
        groups = [(name, list(several)) for name, several in groupby(rows, key=lambda one: one.lying.group)]
        return self._pages.page(
            "tasks",
            visit,
            topic=f"county:{county.id}",
            groups=groups,
            total=len(known),
            shown=len(rows),
            capped=len(orders) >= _MOST,
            serves=has_orders,
            leads=leads(visit.clerk),
            everybody=everybody,
            service=service,
            town=town,
            services=sorted({one.task.order.service for one, _ in known}, key=[s.id for s in county.services].index),
            towns=[one for one in county.towns if one in {told.town for _, told in known}],
            matters=await self._matters(visit),
            enquiries=await self._enquiries.waiting(county, visit.clerk.staff),
            did=await self._desk.did(visit),
        )

    async def _matters(self, visit: Visit) -> list[tuple[Matter, str]]:
        """What lies with him beside his orders, and where."""
        county = visit.clerk.county
        found = await matters_at(self._core, visit.clerk)
        cases = await opened(self._core, [one.case.id for one in found])
        signed = {name: submission for name, (_, submission) in cases.items()}
        told = [about(county, Task(one.case, one.case.orders[0]), signed.get(one.case.id)) for one in found]
        return [(one, mask_address(each.place)) for one, each in zip(found, told, strict=True)]


def row_of(visit: Visit, one: Lying, told: About, who: str, asked: tuple[Invitation, ...]) -> Row:
    """A task as the board shows it, with what he can do first. `who` has it, if somebody else does."""
    say = visit.catalogue.say
    case, order = one.task
    found = standing_of(case, order)
    return Row(
        lying=one,
        about=told,
        place=mask_address(told.place),
        state=state_said(visit, order, found),
        reason=found.reason,
        due=to_staff(one.due, say) if one.due else "",
        may_change=may_change(one.due, say),
        who=who,
        asked=next(first_acts(asked), None),
    )


def first_acts(asked: tuple[Invitation, ...]) -> Iterator[Invitation]:
    """What is offered first, so many acts of it that a row has room for them."""
    for one in asked:
        shown = tuple(act for act in one.acts if act.shown)[:_NEXT]
        if shown:
            yield one.model_copy(update={"acts": shown})
