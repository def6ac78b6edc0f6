"""The small form of an act, as a page, of a task or of a matter; what is entered is read and refused as in the chat."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.console.pages import Pages
from bot.console.posted import posted_of
from bot.console.route import Route
from bot.console.steward.desk import DONE, Desk
from bot.console.steward.thing import Thing, offered
from bot.console.visit import Visit
from dialogs.as_data.edits import Result, Taken
from dialogs.as_data.entering import Posted
from handlers.page_acts import PageActs
from handlers.web.form.at_once import at_once
from handlers.web.form.view import FormPage
from model.draft import FILL, Draft
from model.edition import form_of
from model.login import Role
from model.message import Act, Invitation

MOST = 64 * 1024


class ActForm:
    """For whoever is offered the act."""

    def __init__(
        self,
        place: str,
        roles: frozenset[Role],
        found: Callable[[Visit], Awaitable[Thing]],
        acts: PageActs,
        desk: Desk,
        pages: Pages,
    ) -> None:
        """Below the address `place`, for these roles; `found` is what stands there, and raises Problem for what is none of his."""
        self._place = place
        self._roles = roles
        self._found = found
        self._acts = acts
        self._desk = desk
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The form, empty and filled in."""
        return (
            Route("GET", f"{self._place}/form", self._roles, self._page),
            Route("POST", f"{self._place}/form", self._roles, self._sent, most=MOST),
        )

    async def _page(self, visit: Visit) -> web.Response:
        thing, asked = await self._found(visit), visit.request.query
        found = self._offered(thing, asked.get("about", ""), asked.get("act", ""))
        draft = await self._begun(visit, *found) if found is not None else None
        if found is None or draft is None:
            return web.Response(status=303, headers={"Location": thing.at})
        return self._shown(visit, thing, *found, draft)

    async def _sent(self, visit: Visit) -> web.Response:
        county, staff, posted = visit.clerk.county, visit.clerk.staff, posted_of(visit)
        name, act_id = visit.text("about"), visit.text("act")
        key = self._acts.key(staff, name, act_id, visit.text("request"), posted)
        if await self._acts.told(county, staff, key) is not None:
            return _done(visit, key)  # before it is looked for: perhaps it is no longer his
        thing = await self._found(visit)
        found = self._offered(thing, name, act_id)
        begun = await self._begun(visit, *found) if found is not None else None
        if found is None or begun is None:
            return self._stale(visit, thing)
        draft, results = self._acts.filled(county, staff, begun, posted, visit.now)
        if not all(isinstance(one, Taken) for one in results.values()):
            return self._shown(visit, thing, *found, draft, posted, results, status=400)
        outcome = await self._acts.act(county, staff, *found, key, visit.now, draft)
        if not outcome.refused:
            return _done(visit, outcome.key)
        said = self._desk.words(visit, outcome)
        current = await self._found(visit)
        again = self._offered(current, name, act_id)
        if again is None:
            return self._stale(visit, current, said)
        return self._shown(visit, current, *again, draft, posted, results, problem=said, status=409)

    @staticmethod
    def _offered(thing: Thing, name: str, act_id: str) -> tuple[Invitation, Act] | None:
        found = offered(thing.asked, name, act_id)
        return found if found is not None and (found[1].form or found[1].id == FILL) else None

    async def _begun(self, visit: Visit, invitation: Invitation, act: Act) -> Draft | None:
        county, staff = visit.clerk.county, visit.clerk.staff
        if act.id == FILL:
            return await self._acts.rest(county, staff, invitation, visit.now)
        return self._acts.begun(county, staff, invitation, act, visit.now)

    def _stale(self, visit: Visit, thing: Thing, said: str = "") -> web.Response:
        """What he has filled in is not asked any more; nothing of it was done."""
        return self._pages.page(
            "task_stale", visit, status=409, thing=thing, said=said or visit.catalogue.say("console.tasks.stale")
        )

    def _shown(
        self,
        visit: Visit,
        thing: Thing,
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
            thing=thing,
            invitation=invitation,
            act=act,
            form=form,
            sections=page_of(draft).sections() if act.id == FILL else (),
            fields=at_once(form, draft, page_of) if act.id != FILL else (),
            problem=problem,
        )


def _done(visit: Visit, key: str) -> web.Response:
    at = visit.request.path.removesuffix("/form")
    return web.Response(status=303, headers={"Location": f"{at}?{DONE}={key}"})
