"""`/console/admin/delivery`: how pushes stand, and those that failed with a button to try once more."""

import datetime as dt
from typing import Final

from aiohttp import web

from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from handlers.wording.catalogue import Catalogue
from handlers.wording.reasons import reason_said
from model.login import Role
from storage.sending_again import SendingAgain

_ADMIN: Final = frozenset({Role.ADMIN})
_DAYS: Final = 7
_MOST: Final = 200
_PATH: Final = "/admin/delivery"


def _way(texts: Catalogue, channel: str) -> str:
    """What a way is called; one that has no name here as it stands."""
    key = f"console.admin.delivery.channels.{channel}" if channel else "console.admin.delivery.no_channel"
    return texts.say(key) if key in texts else channel


class DeliveryPage:
    """One page, and the form on it."""

    def __init__(self, pushes: SendingAgain, pages: Pages) -> None:
        self._pushes = pushes
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page and its form."""
        return (Route("GET", _PATH, _ADMIN, self._page), Route("POST", _PATH, _ADMIN, self._again))

    async def _page(self, visit: Visit) -> web.Response:
        done = visit.request.query.get("done", "")
        return await self._shown(visit, done if done == "waiting" else "")

    async def _again(self, visit: Visit) -> web.Response:
        clerk, number = visit.clerk, visit.text("row")
        if not (number.isdecimal() and number.isascii() and len(number) <= 18):
            return await self._shown(visit, "gone", status=400)
        done = await self._pushes.again(int(number), clerk.county.id, clerk.staff.id, visit.now)
        if done == "waiting":
            return web.Response(status=303, headers={"Location": f"{PREFIX}{_PATH}?done={done}"})
        return await self._shown(visit, done, status=409)

    async def _shown(self, visit: Visit, done: str, *, status: int = 200) -> web.Response:
        county, say = visit.clerk.county.id, visit.catalogue
        failed = await self._pushes.failed(county, _MOST)
        return self._pages.page(
            "admin_delivery",
            visit,
            status=status,
            done=done,
            channel=lambda way: _way(say, way),
            days=_DAYS,
            standing=await self._pushes.standing(county, visit.now - dt.timedelta(days=_DAYS)),
            failed=[(one, reason_said(say, one.reason)) for one in failed],
        )
