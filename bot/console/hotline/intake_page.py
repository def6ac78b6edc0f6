"""`/console/intake`: a clerk fills in an application for somebody who has called, or stands before him (X24, R32, J21)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from aiohttp import web

from bot.console.hotline.code_page import CodePage
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from dialogs.as_data.edits import Other, Result, Wrong, edits
from dialogs.as_data.entering import Posted
from dialogs.dictating import Heard, consented, enter
from handlers.handing_over import HandingOver
from handlers.hotline.desk import Desk
from handlers.hotline.intaking import Intaking
from handlers.hotline.saying import next_sentence, understood
from handlers.hotline.standing import Standing, Taken, exact
from handlers.web.form.view import FormPage
from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.intake import By
from model.login import Role
from model.look import Look
from model.message import Actor
from storage.caller_checks import CallerChecks

CALLS: Final = frozenset({Role.WINDOW, Role.HOTLINE})
HOME: Final = f"{PREFIX}/intake/"
_FORM_BYTES: Final = 256 * 1024


class Looking(Protocol):
    """Writes down who has looked at what."""

    async def note(self, looked: Sequence[Look]) -> None:
        """Each once."""


class IntakePage:
    """One page for each call. Every form on it is answered by the page as it is then, so that it works without scripts."""

    def __init__(
        self,
        intaking: Intaking,
        desk: Desk,
        checks: CallerChecks,
        handing_over: HandingOver,
        looks: Looking,
        pages: Pages,
        codes: CodePage,
    ) -> None:
        """`desk` knows cases that are alike; `checks`: whoever has registered for a caller need not ask him who he is;
        `handing_over` makes codes, `codes` shows them.
        """
        self._handing_over = handing_over
        self._codes = codes
        self._intaking = intaking
        self._desk = desk
        self._checks = checks
        self._looks = looks
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """For whoever serves callers and visitors."""
        one = "/intake/{intake}"
        return (
            Route("GET", "/intake/", CALLS, self._list),
            Route("POST", "/intake/", CALLS, self._begin),
            Route("GET", one, CALLS, self._page),
            Route("POST", f"{one}/say", CALLS, self._say),
            Route("POST", f"{one}/notice", CALLS, self._notice),
            Route("POST", f"{one}/form", CALLS, self._form, most=_FORM_BYTES),
            Route("POST", f"{one}/read-back", CALLS, self._read_back),
            Route("POST", f"{one}/register", CALLS, self._register),
            Route("POST", f"{one}/handover", CALLS, self._hand_over),
            Route("POST", f"{one}/drop", CALLS, self._drop),
        )

    async def _list(self, visit: Visit) -> web.Response:
        clerk = visit.clerk
        found = await self._intaking.open_of(clerk.staff)
        return self._pages.page(
            "intakes",
            visit,
            open_ones=[(one, understood(Taken(one), visit.catalogue)) for one in found if one.draft is not None],
            visitors=Role.WINDOW in clerk.roles,
        )

    async def _begin(self, visit: Visit) -> web.Response:
        by: By = "window" if visit.text("by") == "window" and Role.WINDOW in visit.clerk.roles else "telephone"
        one = await self._intaking.begin(visit.clerk.staff, by)
        return _elsewhere(f"{HOME}{one.id}")

    async def _page(self, visit: Visit) -> web.Response:
        standing = await self._standing(visit)
        await self._looks.note([_look(visit, standing)])
        return await self._shown(visit, Taken(standing))

    async def _say(self, visit: Visit) -> web.Response:
        standing = await self._standing(visit)
        text, tapped = visit.text("text"), visit.text("choice")
        if visit.text("preview"):
            return await self._shown(visit, self._intaking.guessed(standing, visit.clerk.staff, text))
        if tapped:
            offered = {one.id: one.say for one in next_sentence(standing, visit.catalogue).choices if one.id}
            if tapped not in offered:
                return await self._shown(visit, Taken(standing, unheard="outdated"))
            text = offered[tapped]
        taken = await self._intaking.hear(standing, visit.clerk.staff, text, tapped)
        return await self._shown(visit, taken, typed="" if not taken.unheard else text)

    async def _notice(self, visit: Visit) -> web.Response:
        standing = await self._standing(visit)
        return await self._shown(visit, await self._intaking.noticed(standing, visit.clerk.staff))

    async def _form(self, visit: Visit) -> web.Response:
        """Fields that the clerk has written himself, or a separate consent."""
        standing = await self._standing(visit)
        if standing.draft is None:
            return await self._shown(visit, Taken(standing, unheard="over"))
        if not standing.noticed:
            return await self._shown(visit, Taken(standing, unheard="notice"))
        clerk, consent = visit.clerk.staff, visit.text("consent")
        if consent:
            name, _, said = consent.partition(".")
            taken = await self._intaking.changed(
                standing,
                clerk,
                lambda county, talk, actor, at: consented(county, talk, name, actor, at, agrees=said == "yes"),
            )
            return await self._shown(visit, taken)
        posted = _posted(visit)
        wanted = edits(standing.form, posted)
        results: dict[str, Result] = {}

        def entered(county: County, talk: Conversation, actor: Actor, at: dt.datetime) -> Heard:
            heard, found = enter(county, talk, wanted, actor, at)
            results.clear()  # it is tried again where somebody else was first
            results.update(found)
            return heard

        taken = await self._intaking.changed(standing, clerk, entered)
        return await self._shown(visit, taken, posted=posted, results=results)

    async def _read_back(self, visit: Visit) -> web.Response:
        standing = await self._standing(visit)
        return await self._shown(visit, Taken(await self._intaking.read_back(standing, visit.clerk.staff)))

    async def _register(self, visit: Visit) -> web.Response:
        standing = await self._standing(visit)
        declared = bool(visit.text("papers") and visit.text("declared"))
        done = await self._intaking.register(standing, visit.clerk.staff, declared=declared)
        if isinstance(done, Refused):
            again = await self._standing(visit)
            said = visit.catalogue.say(f"refused.{done.code}", **done.about)
            return await self._shown(visit, Taken(again), refused=said)
        key = f"intake:{standing.intake.id}"
        await self._checks.note(key, done.county, done.id, visit.clerk.staff.id, "intake", visit.now, right=True)
        return _elsewhere(f"{HOME}{standing.intake.id}")

    async def _hand_over(self, visit: Visit) -> web.Response:
        """A code for the draft as it stands; until somebody comes with it, the clerk goes on."""
        standing = await self._standing(visit)
        clerk, name = visit.clerk, standing.intake.id
        made = await self._handing_over.offer_draft(clerk.county, name, clerk.staff.id, visit.now)
        if isinstance(made, Refused):
            said = visit.catalogue.say(f"refused.{made.code}", **made.about)
            return await self._shown(visit, Taken(await self._standing(visit)), refused=said)
        say = visit.catalogue.say
        title, back = say("console.hotline.code_of_draft"), say("console.hotline.back_to_draft")
        return await self._codes.shown(visit, made, title, f"{HOME}{name}", back)

    async def _drop(self, visit: Visit) -> web.Response:
        await self._intaking.drop(await self._standing(visit))
        return _elsewhere(HOME)

    async def _standing(self, visit: Visit) -> Standing:
        """The intake in the path. Raises Problem where there is none of this county."""
        found = await self._intaking.one(visit.clerk.county.id, visit.path["intake"])
        if found is None:
            raise Problem(404, "no_intake")
        return found

    async def _shown(
        self,
        visit: Visit,
        taken: Taken,
        *,
        typed: str = "",
        refused: str = "",
        posted: Posted | None = None,
        results: Mapping[str, Result] | None = None,
    ) -> web.Response:
        standing = taken.standing
        if standing.draft is None:
            return await self._over(visit, standing)
        found = dict(results or {})
        wrong = any(isinstance(one, Wrong | Other) for one in found.values())
        form = FormPage(visit.catalogue, standing.form, standing.draft, posted=posted, results=found)
        keys = exact(await self._intaking.keys(standing))
        return self._pages.page(
            "intake",
            visit,
            status=422 if refused or wrong else 200,
            standing=standing,
            seen=understood(taken, visit.catalogue),
            unheard=taken.unheard,
            typed=typed,
            refused=refused,
            sections=form.sections() if standing.noticed else (),
            cases=await self._desk.alike(standing.county, keys),
            drafts=await self._intaking.alike(standing),
            at=f"{HOME}{standing.intake.id}",
        )

    async def _over(self, visit: Visit, standing: Standing) -> web.Response:
        case: Case | None = None
        if standing.intake.case is not None:
            case = await self._desk.opened(standing.county, standing.intake.case)
        ended = "leaving" if standing.leaving else standing.intake.state
        return self._pages.page("intake_over", visit, ended=ended, intake=standing.intake, case=case)


def _posted(visit: Visit) -> Posted:
    """The form as a browser sent it, without files."""
    return {
        name: [one for one in visit.form.getall(name) if isinstance(one, str)]
        for name in dict.fromkeys(visit.form.keys())
    }


def _look(visit: Visit, standing: Standing) -> Look:
    staff, intake = visit.clerk.staff.id, standing.intake
    return Look(
        key=f"intake:{intake.id}:{staff}",
        county=intake.county,
        what="intake",
        case=intake.case,
        staff=staff,
        paper=intake.id,
        way="console",
        at=visit.now,
    )


def _elsewhere(location: str) -> web.Response:
    # 303: whatever asked, what follows is a GET.
    return web.Response(status=303, headers={"Location": location})
