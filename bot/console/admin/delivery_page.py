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
from storage.staffing import Staffing

_ADMIN: Final = frozenset({Role.ADMIN})
_DAYS: Final = 7
_MOST: Final = 200
_PATH: Final = "/admin/delivery"
_EVERY: Final = "every"
"""What stands for the number of a push where all are meant."""


def _way(texts: Catalogue, channel: str) -> str:
    """What a way is called; one that has no name here as it stands."""
    key = f"console.admin.delivery.channels.{channel}" if channel else "console.admin.delivery.no_channel"
    return texts.say(key) if key in texts else channel


class DeliveryPage:
    """One page, and the form on it."""

    def __init__(self, pushes: SendingAgain, staffing: Staffing, pages: Pages) -> None:
        self._pushes = pushes
        self._staffing = staffing
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page and its form."""
        return (Route("GET", _PATH, _ADMIN, self._page), Route("POST", _PATH, _ADMIN, self._again))

    async def _page(self, visit: Visit) -> web.Response:
        done, count = visit.request.query.get("done", ""), visit.request.query.get("count", "")
        if done == "every" and _small(count):
            return await self._shown(visit, done, count=int(count))
        return await self._shown(visit, done if done == "waiting" else "")

    async def _again(self, visit: Visit) -> web.Response:
        clerk, number = visit.clerk, visit.text("row")
        if number == _EVERY:
            return await self._every(visit)
        if not _small(number):
            return await self._shown(visit, "gone", status=400)
        done = await self._pushes.again(int(number), clerk.county.id, clerk.staff.id, visit.now)
        if done == "waiting":
            return web.Response(status=303, headers={"Location": f"{PREFIX}{_PATH}?done={done}"})
        return await self._shown(visit, done, status=409)

    async def _every(self, visit: Visit) -> web.Response:
        """All that are shown: after one cause there are many."""
        clerk = visit.clerk
        shown = await self._pushes.failed(clerk.county.id, _MOST)
        done = [await self._pushes.again(one.row, clerk.county.id, clerk.staff.id, visit.now) for one in shown]
        return web.Response(
            status=303, headers={"Location": f"{PREFIX}{_PATH}?done=every&count={done.count('waiting')}"}
        )

    async def _shown(self, visit: Visit, done: str, *, count: int = 0, status: int = 200) -> web.Response:
        county, say = visit.clerk.county.id, visit.catalogue
        failed = await self._pushes.failed(county, _MOST)
        staff = {one.by for one in failed} | {one.to for one in failed if one.recipient == "staff"}
        names = {one: found.name for one in sorted(staff - {""}) if (found := await self._staffing.one(one))}
        return self._pages.page(
            "admin_delivery",
            visit,
            status=status,
            done=done,
            count=count,
            every=_EVERY,
            names=names,
            channel=lambda way: _way(say, way),
            days=_DAYS,
            standing=await self._pushes.standing(county, visit.now - dt.timedelta(days=_DAYS)),
            failed=[(one, reason_said(say, one.reason)) for one in failed],
        )


def _small(number: str) -> bool:
    return number.isdecimal() and number.isascii() and len(number) <= 18
