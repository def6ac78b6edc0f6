"""The worklist: whom no message can reach and somebody calls; number and words are shown one call at a time, and that is recorded."""

import re
import secrets
from collections.abc import Mapping
from typing import Final, NamedTuple

from aiohttp import web

from bot.console.case_page import Looking
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.call_list import CallList, ListedCall
from model.call import CALL_OUTCOMES, Tried
from model.login import Role
from model.look import Look
from model.staff import Staff
from storage.mask import mask_name, mask_phone
from storage.staffing import Staffing

_ROLES: Final = frozenset({Role.WINDOW, Role.HOTLINE})
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_REQUEST: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Shown(NamedTuple):
    """A call as it stands in the list."""

    call: ListedCall
    name: str
    phone: str
    last: Tried | None
    by: str


class Worklist:
    """`/console/worklist`."""

    def __init__(self, calls: CallList, staffing: Staffing, looks: Looking, pages: Pages) -> None:
        self._calls = calls
        self._staffing = staffing
        self._looks = looks
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The list, a call with its number and words, what came of it."""
        return (
            Route("GET", "/worklist", _ROLES, self._page),
            Route("POST", "/worklist/{row}", _ROLES, self._opened),
            Route("POST", "/worklist/{row}/outcome", _ROLES, self._made),
        )

    async def _page(self, visit: Visit) -> web.Response:
        done = visit.request.query.get("done", "")
        waiting = await self._calls.waiting(visit.clerk.county, visit.catalogue)
        people = {one.id: one for one in await self._staffing.of_county(visit.clerk.county.id)}
        # Whom nobody has tried comes first, then whoever was tried longest ago.
        shown = sorted(
            (_shown(one, people) for one in waiting), key=lambda one: one.last.at if one.last else one.call.written
        )
        shown.sort(key=lambda one: one.last is not None)
        return self._pages.page("worklist", visit, calls=shown, done=done if done in CALL_OUTCOMES else "")

    async def _opened(self, visit: Visit) -> web.Response:
        clerk, number = visit.clerk, _row(visit)
        call = await self._calls.one(clerk.county, visit.catalogue, number)
        if call is None:
            raise Problem(404, "no_call", again=f"{PREFIX}/worklist")
        at = visit.now
        key = f"call:{clerk.staff.id}:{number}:{at:%Y%m%d%H%M}"
        look = Look(
            key=key, county=clerk.county.id, what="call", case=call.case, staff=clerk.staff.id, way="console", at=at
        )
        await self._looks.note([look])
        people = {one.id: one for one in await self._staffing.of_county(clerk.county.id)}
        return self._pages.page(
            "call", visit, call=call, people=people, outcomes=CALL_OUTCOMES, request=secrets.token_urlsafe(18)
        )

    async def _made(self, visit: Visit) -> web.Response:
        clerk, number, outcome, request = visit.clerk, _row(visit), visit.text("outcome"), visit.text("request")
        if outcome not in CALL_OUTCOMES or not _REQUEST.fullmatch(request):
            raise Problem(404, "no_page")
        key = f"console:{clerk.staff.id}:{number}:{request}"
        if not await self._calls.made(clerk.county, number, clerk.staff.id, outcome, visit.now, key):
            raise Problem(409, "no_call", again=f"{PREFIX}/worklist")
        return web.Response(status=303, headers={"Location": f"{PREFIX}/worklist?done={outcome}"})


def _row(visit: Visit) -> int:
    number = visit.path["row"]
    if not (number.isascii() and _NUMBER.fullmatch(number)):
        raise Problem(404, "no_page")
    return int(number)


def _shown(call: ListedCall, people: Mapping[str, Staff]) -> Shown:
    last = call.tried[-1] if call.tried else None
    by = people.get(last.by) if last else None
    told = call.told.call
    return Shown(
        call, mask_name(told.name) if call.applicant else told.name, mask_phone(told.phone), last, by.name if by else ""
    )
