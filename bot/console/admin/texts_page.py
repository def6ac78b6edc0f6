"""`/console/admin/texts`: every notice with invented facts, as each channel shows it, its length, and where the county rewrites it."""

import asyncio
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.console.admin.previews import Preview, kinds, names, preview
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from handlers.wording.wording import Wording
from model.county import County
from model.login import Role

_ADMIN: Final = frozenset({Role.ADMIN})
_SHOWN: Final = 10
_LONGEST: Final = 40


class TextsPage:
    """One page with a filter."""

    def __init__(self, wordings: Mapping[str, Wording], pages: Pages) -> None:
        """`wordings` by county."""
        self._wordings = wordings
        self._pages = pages
        self._known: dict[tuple[str, str], tuple[County, Preview]] = {}

    def routes(self) -> tuple[Route, ...]:
        """The page."""
        return (Route("GET", "/admin/texts", _ADMIN, self._page),)

    async def _page(self, visit: Visit) -> web.Response:
        county, query = visit.clerk.county, visit.request.query
        every = kinds(county)
        sought = query.get("words", "").strip()[:_LONGEST]
        who = query.get("who", "" if sought else every[0])
        who = who if who in every else ""
        found = names(county, f"{who}." if who else "", sought)
        start = query.get("from", "0")
        first = int(start) if start.isdecimal() and start.isascii() and len(start) < 5 else 0
        names_shown = found[first : first + _SHOWN]
        shown = await asyncio.to_thread(lambda: [self._preview(county, one) for one in names_shown])
        return self._pages.page(
            "admin_texts",
            visit,
            kinds=every,
            who=who,
            words=sought,
            found=len(found),
            first=first,
            step=_SHOWN,
            shown=shown,
        )

    def _preview(self, county: County, name: str) -> Preview:
        """Made once for an edition of the county: filling a notice everywhere it goes takes long."""
        known = self._known.get((county.id, name))
        if known is None or known[0] is not county:
            known = self._known[county.id, name] = (county, preview(self._wordings[county.id], county, name))
        return known[1]
