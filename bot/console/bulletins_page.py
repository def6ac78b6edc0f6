"""通报: the months, each with its figures; issued, downloaded, objected to and answered here (J34)."""

import datetime as dt
from typing import Final

from aiohttp import hdrs, web

from bot.console.attached import attached
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.supervising import HEADS, PREFIX, WHOLE, known, month_in, months_before, this_month, viewer_of
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.bulletin_desk import FIGURES, BulletinDesk
from handlers.bulletin_figures import body_rows, step_rows, talk_rows
from model.bulletin import Bulletin, Issued, Objection
from model.decision import Refused
from model.viewer import Viewer
from routing.issuing import MOST, month_of
from storage.staffing import Staffing

_MONTHS: Final = 13
_DIGITS: Final = 6


class BulletinsPage:
    """A head sees the figures of his own body, once they are issued, and objects to them; he does not see the document."""

    def __init__(self, desk: BulletinDesk, staffing: Staffing, pages: Pages) -> None:
        self._desk = desk
        self._staffing = staffing
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The months, one of them, its document, and what is done about it; the month is in the form or the query."""
        one = "/supervision/bulletin"
        return (
            Route("GET", "/supervision/bulletins", HEADS, self._months),
            Route("GET", one, HEADS, self._month),
            Route("POST", f"{one}/file", WHOLE, self._file),
            Route("POST", f"{one}/issue", WHOLE, self._issue),
            Route("POST", f"{one}/objections", HEADS, self._object),
            Route("POST", f"{one}/answers", WHOLE, self._answer),
        )

    async def _months(self, visit: Visit) -> web.Response:
        county = visit.clerk.county.id
        issued = {one.bulletin.month: one for one in await self._desk.months(county)}
        this = this_month(visit.now)
        months = sorted({*months_before(this, _MONTHS), *issued}, reverse=True)
        names = await self._names(county)
        viewer = viewer_of(visit.clerk)
        unanswered = {month: await self._unanswered(viewer, month) for month in issued}
        rows = [(month, issued.get(month), month == this) for month in months]
        if not viewer.supervises:
            rows = [row for row in rows if row[1] is not None]
        return self._pages.page(
            "supervision/bulletins", visit, **known(visit), rows=rows, names=names, unanswered=unanswered
        )

    async def _unanswered(self, viewer: Viewer, month: dt.date) -> int:
        """How many objections of the month nobody has answered, of those that the viewer may see."""
        found = await self._desk.objections(viewer.county, month)
        return sum(not one.answer for one in found if viewer.body in (None, one.body))

    async def _month(self, visit: Visit) -> web.Response:
        return await self._shown(visit, self._asked(visit))

    async def _issue(self, visit: Visit) -> web.Response:
        """In two steps: one click more than is meant would freeze the figures for good."""
        month = self._asked(visit)
        if visit.now >= month_of(month)[1] and visit.text("sure") != "yes":
            problem = visit.catalogue.say("console.supervision.bulletins.unsure")
            return await self._shown(visit, month, problem=problem, form="issue")
        return await self._after(visit, month, await self._desk.issue(viewer_of(visit.clerk), month), "issue")

    async def _object(self, visit: Visit) -> web.Response:
        month, viewer = self._asked(visit), viewer_of(visit.clerk)
        body = viewer.body or visit.text("body")
        made = await self._desk.object(viewer, month, body, visit.text("figure"), visit.text("words"))
        return await self._after(visit, month, made, "object")

    async def _answer(self, visit: Visit) -> web.Response:
        month, number = self._asked(visit), visit.text("number")
        if not (number.isascii() and number.isdecimal()) or len(number) > _DIGITS:
            raise Problem(404, "no_page")
        corrects = visit.text("corrects") == "yes"
        words = visit.text("words")
        done = await self._desk.answer(viewer_of(visit.clerk), month, int(number), words, corrects=corrects)
        return await self._after(visit, month, done, f"answer-{number}")

    async def _after(self, visit: Visit, month: dt.date, done: Issued | Objection | Refused, form: str) -> web.Response:
        """The page again after what was done; with the reason, and what was written, where it was not."""
        if isinstance(done, Refused):
            reason = visit.catalogue.say(f"refused.{done.code}", **done.about)
            return await self._shown(visit, month, problem=reason, form=form)
        place = "#objections" if isinstance(done, Objection) else ""
        return web.Response(status=303, headers={hdrs.LOCATION: f"{PREFIX}/bulletin?month={month:%Y-%m}{place}"})

    async def _file(self, visit: Visit) -> web.Response:
        county, month = visit.clerk.county, self._asked(visit)
        issued = await self._desk.issued(county.id, month)
        figures = issued.bulletin if issued is not None else await self._desk.drawn(county.id, month)
        objections = await self._desk.objections(county.id, month)
        names = await self._names(county.id)
        from bot.bulletin_paper import DOCX, bulletin_paper  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        paper = bulletin_paper(county, visit.catalogue, figures, issued, objections, names, visit.now)
        kept = attached(visit.catalogue.say("bulletin.paper.title", month=month), "docx")
        return web.Response(body=paper, content_type=DOCX, headers={hdrs.CONTENT_DISPOSITION: kept})

    async def _shown(self, visit: Visit, month: dt.date, problem: str = "", form: str = "") -> web.Response:
        county, viewer = visit.clerk.county, viewer_of(visit.clerk)
        issued = await self._desk.issued(county.id, month)
        if issued is None and not viewer.supervises:
            return self._pages.page("supervision/bulletin_to_come", visit, **known(visit), month=month)
        figures = _seen(issued.bulletin if issued is not None else await self._desk.drawn(county.id, month), viewer)
        objections = await self._desk.objections(county.id, month)
        return self._pages.page(
            "supervision/bulletin",
            visit,
            status=409 if problem else 200,
            **known(visit),
            month=month,
            issued=issued,
            figures=figures,
            rows=body_rows(visit.catalogue, figures),
            steps=step_rows(visit.catalogue, figures),
            talks=talk_rows(visit.catalogue, [(month, figures.talks)]),
            objections=[one for one in objections if viewer.body in (None, one.body)],
            names=await self._names(county.id),
            body_names={one.body: one.name for one in figures.bodies},
            choices=FIGURES,
            over=visit.now >= month_of(month)[1],
            problem=problem,
            wrong=form,
            said={name: visit.text(name) for name in ("body", "figure", "words")},
            most=MOST,
        )

    @staticmethod
    def _asked(visit: Visit) -> dt.date:
        """The month that is asked for; this one, if none is. Raises Problem for what is none, or is still to come."""
        said = visit.text("month") or visit.request.query.get("month", "")
        month = month_in(said) if said else this_month(visit.now)
        if month is None or month > this_month(visit.now):
            raise Problem(404, "no_page")
        return month

    async def _names(self, county: str) -> dict[str, str]:
        return {one.id: one.name for one in await self._staffing.of_county(county)}


def _seen(bulletin: Bulletin, viewer: Viewer) -> Bulletin:
    """Of all bodies, or of his own; the talks are nobody's but the county's."""
    bodies = tuple(one for one in bulletin.bodies if viewer.body in (None, one.body))
    return bulletin.model_copy(update={"bodies": bodies, "talks": bulletin.talks if viewer.supervises else None})
