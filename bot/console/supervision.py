"""督办: what is late and what will be, by body and step, down to each order and why; and where people stop in the form (J35)."""

from typing import Final, Protocol

from aiohttp import web

from bot.console.light_chart import chart
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.supervising import HEADS, PREFIX, WHOLE, chosen, known, months_before, this_month, viewer_of
from bot.console.visit import Visit
from dialogs.funnel import COPIED, NOTICE, REVIEW
from handlers.bulletin_desk import BulletinDesk
from handlers.bulletin_figures import talk_rows
from handlers.overseeing import DUE, NONE, ORDERS, Overseeing, Sought
from handlers.permit_lights import PERMIT
from handlers.wording.values import called
from model.county import County
from model.funnel import Funnel
from routing.bulletin import Share
from routing.lights import Light

_MONTHS: Final = 3
"""Of so many months the talks are told on the overview."""
_LIGHTS: Final = (DUE, *Light, "all")


class Counted(Protocol):
    """The last count of where people stop."""

    async def last(self, county: str) -> Funnel | None:
        """None before the first."""


class Supervision:
    """The overview, its list, and the funnel of the form."""

    def __init__(self, overseeing: Overseeing, bulletins: BulletinDesk, funnels: Counted, pages: Pages) -> None:
        self._overseeing = overseeing
        self._bulletins = bulletins
        self._funnels = funnels
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """Three pages; a head of a body sees the first two of his own."""
        return (
            Route("GET", "/supervision", HEADS, self._overview),
            Route("GET", "/supervision/late", HEADS, self._late),
            Route("GET", "/supervision/funnel", WHOLE, self._funnel),
        )

    async def _overview(self, visit: Visit) -> web.Response:
        board = await self._overseeing.board(viewer_of(visit.clerk))
        bars = [
            (name, [(one.value, getattr(board.of_body(body), one.value)) for one in Light])
            for body, name in board.bodies
        ]
        bars += [
            (f"{one.body_name} {one.name}", [(light.value, getattr(one.counts, light.value)) for light in Light])
            for one in board.permits
        ]
        county, shown = visit.clerk.county, known(visit)
        months = months_before(this_month(visit.now), _MONTHS) if shown["viewer"].supervises else []
        talks = [(one, await self._bulletins.talks(county.id, one)) for one in months]
        return self._pages.page(
            "supervision/overview",
            visit,
            **shown,
            talks=talk_rows(visit.catalogue, talks),
            talks_rule=self._bulletins.talks_rule(county),
            board=board,
            chart=chart(bars),
            lights=list(Light),
            none=NONE,
            permit=PERMIT,
            orders=ORDERS,
        )

    async def _late(self, visit: Visit) -> web.Response:
        viewer, county, asked = viewer_of(visit.clerk), visit.clerk.county, visit.request.query
        bodies = [one.id for one in county.bodies if viewer.body in (None, one.id)]
        steps = [*(one.step for one in county.process.steps), "urge", ORDERS, PERMIT]
        step = chosen(asked, "step", steps)
        kinds = [(one.id, one.name) for one in county.process.approvals.kinds if viewer.body in (None, one.body)]
        light = chosen(asked, "light", _LIGHTS) or DUE
        sought = Sought(
            body=chosen(asked, "body", [*bodies, NONE]),
            service=chosen(asked, "service", list(county.service)),
            step=step,
            light="" if light == "all" else light,
            permit=chosen(asked, "permit", [one for one, _ in kinds]) if step == PERMIT else "",
        )
        page = asked.get("page", "")
        number = int(page) if page.isdecimal() and len(page) < 6 else 1
        listed = await self._overseeing.listed(viewer, sought, number)
        return self._pages.page(
            "supervision/late",
            visit,
            **known(visit),
            listed=listed,
            sought=sought._replace(light=light),
            bodies=[(one, county.body[one].short) for one in bodies],
            services=[(one.id, one.name) for one in county.services],
            steps=[(one, self._overseeing.step_name(county.id, one)) for one in steps],
            permits=kinds if step == PERMIT else [],
            lights=_LIGHTS,
            none=NONE,
            path=f"{PREFIX}/late",
        )

    async def _funnel(self, visit: Visit) -> web.Response:
        county = visit.clerk.county
        found = await self._funnels.last(county.id)
        handed_in = await self._overseeing.handed_in(county.id, found) if found is not None else 0
        begun = found.begun + handed_in if found is not None else 0
        places = [(_place(visit, county, one.place), one) for one in found.stops] if found is not None else []
        bars = [(name, [("rest", one.rest), ("moves", one.drafts - one.rest)]) for name, one in places]
        return self._pages.page(
            "supervision/funnel",
            visit,
            **known(visit),
            funnel=found,
            reviewed=Share(found.reviewed + handed_in, begun) if found is not None else None,
            ended=Share(handed_in, begun),
            stops=places,
            chart=chart(bars),
        )


def _place(visit: Visit, county: County, place: str) -> str:
    """How a place of the form is called."""
    say = visit.catalogue.say
    if place in (NOTICE, REVIEW, COPIED):
        return say(f"console.supervision.funnel.places.{place}")
    if place.startswith("consent."):
        return say("console.supervision.funnel.places.consent")
    field = county.form.fields.get(place)
    if field is None:
        return place
    # Several services ask for the same thing by the same name.
    section = county.form.section_of[place].title
    return say("console.supervision.funnel.field", section=section, field=called(field))
