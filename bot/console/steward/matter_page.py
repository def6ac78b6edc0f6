"""`/console/tasks/matters/<matter>`: a permit to decide, joint works to lead, a consultation, a sheet, a call; done as in chat."""

from typing import Final

from aiohttp import web

from bot.console.case_access import may_open
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.steward.desk import DONE, MATTERS, Desk, matters_at
from bot.console.steward.thing import Thing, offered
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.matter_facts import matter_facts
from handlers.matters import Matter
from handlers.page_acts import PageActs
from handlers.ports import RoutingCore, Task
from handlers.task_board import about
from storage.mask import mask_address

PLACE: Final = "/tasks/matters/{matter}"


class MatterPage:
    """For whoever it lies with; nobody else learns that there is one."""

    def __init__(self, core: RoutingCore, acts: PageActs, desk: Desk, pages: Pages) -> None:
        self._core = core
        self._acts = acts
        self._desk = desk
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page, and one click; the small forms are those of `ActForm`."""
        return Route("GET", PLACE, MATTERS, self._page), Route("POST", PLACE, MATTERS, self._clicked)

    async def thing(self, visit: Visit) -> Thing:
        """The matter in the path, with what is offered about it. Raises Problem."""
        one = await self._matter(visit)
        if one is None:
            raise Problem(404, "no_matter")
        return Thing(f"{PREFIX}/tasks/matters/{one.id}", one.case, one.name, (one.asked,))

    async def _page(self, visit: Visit) -> web.Response:
        one, did = await self._matter(visit), await self._desk.did(visit)
        if one is None and did:  # nothing is left to do about it
            key = visit.request.query[DONE]
            return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks?{DONE}={key}"})
        if one is None:
            raise Problem(404, "no_matter")
        return await self._shown(visit, one, did=did)

    async def _clicked(self, visit: Visit) -> web.Response:
        """An act without a form; told twice, it is done once."""
        county, staff = visit.clerk.county, visit.clerk.staff
        name, act_id = visit.text("about"), visit.text("act")
        key = self._acts.key(staff, name, act_id, visit.text("request"), {})
        if await self._acts.told(county, staff, key) is not None:
            return _done(visit, key)  # before it is looked for: perhaps it is no longer his
        one = await self._matter(visit)
        if one is None:
            raise Problem(404, "no_matter")
        found = offered((one.asked,), name, act_id)
        if found is None or found[1].form:
            return await self._shown(visit, one, problem=visit.catalogue.say("console.tasks.stale"), status=409)
        outcome = await self._acts.act(county, staff, *found, key, visit.now)
        if not outcome.refused:
            return _done(visit, outcome.key)
        current = await self._matter(visit)
        if current is None:
            raise Problem(404, "no_matter")
        return await self._shown(visit, current, problem=self._desk.words(visit, outcome), status=409)

    async def _matter(self, visit: Visit) -> Matter | None:
        found = await matters_at(self._core, visit.clerk)
        return next((one for one in found if one.id == visit.path["matter"]), None)

    async def _shown(
        self, visit: Visit, one: Matter, *, did: str = "", problem: str = "", status: int = 200
    ) -> web.Response:
        county, case = visit.clerk.county, one.case
        told = about(county, Task(case, case.orders[0]), await self._core.submission(case.id))
        return self._pages.page(
            "matter",
            visit,
            status=status,
            topic=f"county:{county.id}",
            matter=one,
            at=f"{PREFIX}/tasks/matters/{one.id}",
            place=mask_address(told.place),
            facts=await matter_facts(self._core, county, visit.catalogue, one),
            whole=may_open(visit.clerk, case),
            did=did,
            problem=problem,
        )


def _done(visit: Visit, key: str) -> web.Response:
    return web.Response(status=303, headers={"Location": f"{visit.request.path}?{DONE}={key}"})
