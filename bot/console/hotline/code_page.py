"""A code by which something is handed over to its applicant, to be told, sent or scanned; shown once, because it is not kept (ADR 27)."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Final

import segno
from aiohttp import web

from bot.console.pages import Pages
from bot.console.visit import Visit
from handlers.handing_over import Offered
from model.county import County
from model.handover import aloud
from model.scene import GoingOn

Scanned = Callable[[str, str, int], Awaitable[str]]
"""What a QR code of a county says for a scene, for so many seconds; "" where its account can have none."""
_KNOWN: Final = 3
"""Digits of a number that a clerk may name; how it ends the caller has to say himself."""


class CodePage:
    """The answer to a form that asked for a code."""

    def __init__(self, pages: Pages, scanned: Scanned) -> None:
        self._pages = pages
        self._scanned = scanned

    async def shown(self, visit: Visit, made: Offered, title: str, back: str, going_back: str) -> web.Response:
        """`title` says what it hands over; the page leads `back`, and `going_back` says where that is."""
        return self._pages.page(
            "desk_code",
            visit,
            heading=title,
            spoken=aloud(made.code),
            until=made.until,
            begins=made.phone[:_KNOWN],
            days=visit.clerk.county.handover.days,
            picture=await self._picture(visit.clerk.county, made, visit.now),
            back=back,
            going_back=going_back,
        )

    async def _picture(self, county: County, made: Offered, now: dt.datetime) -> str:
        seconds = int((made.until - now).total_seconds())
        says = await self._scanned(county.id, str(GoingOn(code=made.code)), seconds)
        return segno.make(says, error="m").svg_data_uri(scale=5, border=3) if says else ""
