"""评价 of a month: what whoever supervises sees of it, and the little that a head sees of his body's (J35)."""

from typing import Final

from aiohttp import web

from bot.console.light_chart import chart
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.supervising import HEADS, known, month_in, months_before, this_month, viewer_of
from bot.console.visit import Visit
from handlers.overseeing import Overseeing
from handlers.rated import RatingsBook
from routing.bulletin import Share
from routing.marks import FEWEST
from storage.staffing import Staffing

_MONTHS: Final = 13


class RatingsPage:
    """One page, by month."""

    def __init__(self, book: RatingsBook, overseeing: Overseeing, staffing: Staffing, pages: Pages) -> None:
        self._book = book
        self._overseeing = overseeing
        self._staffing = staffing
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """A head sees his own body's."""
        return (Route("GET", "/supervision/ratings", HEADS, self._page),)

    async def _page(self, visit: Visit) -> web.Response:
        viewer, county = viewer_of(visit.clerk), visit.clerk.county
        this = this_month(visit.now)
        asked = month_in(visit.request.query.get("month", ""))
        month = asked if asked is not None and asked <= this else this
        seen = await self._book.month(viewer, month, await self._staffing.of_county(county.id))
        scale = county.process.rating.scale if county.process.rating is not None else ()
        bars = [(mark, [("marks", seen.ratings.whole.marks[mark])]) for mark in scale]
        months = months_before(this, _MONTHS)
        return self._pages.page(
            "supervision/ratings",
            visit,
            **known(visit),
            seen=seen,
            scale=scale,
            month=month,
            months=months if month in months else [month, *months],
            bodies=[(county.body[one].short, marks) for one, marks in seen.ratings.bodies.items()],
            steps=[(self._overseeing.step_name(county.id, one), marks) for one, marks in seen.ratings.late.items()],
            chart=chart(bars),
            fewest=FEWEST,
            share=Share,
        )
