"""`/console/admin/texts`: every notice with invented facts, as each channel shows it, its length, and where the county rewrites it."""

import asyncio
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.console.admin.previews import kinds, names, preview
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from handlers.wording.wording import Wording
from model.login import Role

_ADMIN: Final = frozenset({Role.ADMIN})
_SHOWN: Final = 30
_LONGEST: Final = 40


class TextsPage:
    """One page with a filter."""

    def __init__(self, wordings: Mapping[str, Wording], pages: Pages) -> None:
        """`wordings` by county."""
        self._wordings = wordings
        self._pages = pages

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
        wording = self._wordings[county.id]
        shown = await asyncio.to_thread(
            lambda: [preview(wording, county, one) for one in found[first : first + _SHOWN]]
        )
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
