"""`/console/tasks/<order>/form`: the small form of an act, as a page; what is entered is read and refused as in the chat."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.pages import Pages
from bot.console.posted import posted_of
from bot.console.route import PREFIX, Route
from bot.console.steward.desk import DONE, ROLES, Desk
from bot.console.steward.task_page import offered
from bot.console.visit import Visit
from dialogs.as_data.edits import Result, Taken
from dialogs.as_data.entering import Posted
from handlers.page_acts import PageActs
from handlers.ports import RoutingCore, Task
from handlers.task_board import about
from handlers.web.form.at_once import at_once
from handlers.web.form.view import FormPage
from model.draft import FILL, Draft
from model.edition import form_of
from model.message import Act, Invitation

MOST = 64 * 1024


class ActForm:
    """For whoever is offered the act."""

    def __init__(self, core: RoutingCore, acts: PageActs, desk: Desk, pages: Pages) -> None:
        self._core = core
        self._acts = acts
        self._desk = desk
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The form, empty and filled in."""
        return (
            Route("GET", "/tasks/{order}/form", ROLES, self._page),
            Route("POST", "/tasks/{order}/form", ROLES, self._sent, most=MOST),
        )

    async def _page(self, visit: Visit) -> web.Response:
        task = await self._desk.task(visit)
        asked = visit.request.query
        found = await self._offered(visit, task, asked.get("about", ""), asked.get("act", ""))
        draft = await self._begun(visit, *found) if found is not None else None
        if found is None or draft is None:
            return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks/{task.order.id}"})
        return await self._shown(visit, task, *found, draft)

    async def _sent(self, visit: Visit) -> web.Response:
        task, county, staff = await self._desk.task(visit), visit.clerk.county, visit.clerk.staff
        posted = posted_of(visit)
        name, act_id = visit.text("about"), visit.text("act")
        key = self._acts.key(staff, name, act_id, visit.text("request"), posted)
        if await self._acts.told(county, staff, key) is not None:
            return _done(task, key)
        found = await self._offered(visit, task, name, act_id)
        begun = await self._begun(visit, *found) if found is not None else None
        if found is None or begun is None:
            return await self._stale(visit, task)
        draft, results = self._acts.filled(county, staff, begun, posted, visit.now)
        if not all(isinstance(one, Taken) for one in results.values()):
            return await self._shown(visit, task, *found, draft, posted, results, status=400)
        outcome = await self._acts.act(county, staff, *found, key, visit.now, draft)
        if not outcome.refused:
            return _done(task, outcome.key)
        current = await self._core.task(task.order.id) or task
        again = await self._offered(visit, current, name, act_id)
        said = self._desk.words(visit, outcome)
        if again is None:
            return await self._stale(visit, current, said)
        return await self._shown(visit, current, *again, draft, posted, results, problem=said, status=409)

    async def _offered(self, visit: Visit, task: Task, name: str, act_id: str) -> tuple[Invitation, Act] | None:
        found = offered(await self._acts.asked(visit.clerk.county, visit.clerk.staff, task), name, act_id)
        return found if found is not None and (found[1].form or found[1].id == FILL) else None

    async def _begun(self, visit: Visit, invitation: Invitation, act: Act) -> Draft | None:
        county, staff = visit.clerk.county, visit.clerk.staff
        if act.id == FILL:
            return await self._acts.rest(county, staff, invitation, visit.now)
        return self._acts.begun(county, staff, invitation, act, visit.now)

    async def _stale(self, visit: Visit, task: Task, said: str = "") -> web.Response:
        """What he has filled in is not asked any more; nothing of it was done."""
        return self._pages.page(
            "task_stale", visit, status=409, task=task, said=said or visit.catalogue.say("console.tasks.stale")
        )

    async def _shown(
        self,
        visit: Visit,
        task: Task,
        invitation: Invitation,
        act: Act,
        draft: Draft,
        posted: Posted | None = None,
        results: Mapping[str, Result] | None = None,
        *,
        problem: str = "",
        status: int = 200,
    ) -> web.Response:
        county = visit.clerk.county
        form = form_of(county, draft)

        def page_of(one: Draft) -> FormPage:
            return FormPage(visit.catalogue, form, one, posted=posted, results=results)

        return self._pages.page(
            "task_form",
            visit,
            status=status,
            task=task,
            about=about(county, task, await self._core.submission(task.case.id)),
            invitation=invitation,
            act=act,
            form=form,
            sections=page_of(draft).sections() if act.id == FILL else (),
            fields=at_once(form, draft, page_of) if act.id != FILL else (),
            problem=problem,
        )


def _done(task: Task, key: str) -> web.Response:
    return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks/{task.order.id}?{DONE}={key}"})
