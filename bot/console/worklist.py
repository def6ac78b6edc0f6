"""The worklist: whom no message can reach and somebody calls, each person once; number and words are shown one call at a time, and
that is recorded.
"""

import hashlib
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
from handlers.call_list import CallList, PersonToCall
from model.call import CALL_OUTCOMES, Tried
from model.login import Role
from model.look import Look
from model.staff import Staff
from storage.mask import mask_name, mask_phone
from storage.staffing import Staffing

LIST: Final = f"{PREFIX}/worklist"
_ROLES: Final = frozenset({Role.WINDOW, Role.HOTLINE})
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_ROWS: Final = re.compile(r"[0-9]{1,15}(,[0-9]{1,15}){0,499}")
_REQUEST: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Shown(NamedTuple):
    """A call as it stands in the list."""

    person: PersonToCall
    name: str
    phone: str
    reasons: tuple[str, ...]
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
            Route("GET", "/worklist/{row}", _ROLES, self._opened),
            Route("POST", "/worklist/{row}/outcome", _ROLES, self._made),
        )

    async def _page(self, visit: Visit) -> web.Response:
        waiting = await self._calls.people(visit.clerk.county, visit.catalogue)
        people = await self._people(visit)
        # Whom nobody has tried comes first, then whoever was tried longest ago.
        shown = sorted(
            (_shown(one, people) for one in waiting),
            key=lambda one: one.last.at if one.last else one.person.calls[0].written,
        )
        shown.sort(key=lambda one: one.last is not None)
        things = sum(len(one.person.calls) for one in shown)
        return self._pages.page("worklist", visit, calls=shown, things=things, done=_done(visit))

    async def _opened(self, visit: Visit) -> web.Response:
        clerk, at = visit.clerk, visit.now
        person = await self._calls.person(clerk.county, visit.catalogue, _row(visit))
        if person is None:
            raise Problem(404, "no_call", again=LIST)
        looks = [
            Look(
                key=f"call:{clerk.staff.id}:{one.number}:{at:%Y%m%d%H%M}",
                county=clerk.county.id,
                what="call",
                case=one.case,
                staff=clerk.staff.id,
                way="console",
                at=at,
            )
            for one in person.calls
        ]
        await self._looks.note(looks)
        return self._pages.page(
            "call",
            visit,
            person=person,
            people=await self._people(visit),
            outcomes=CALL_OUTCOMES,
            request=secrets.token_urlsafe(18),
            done=_done(visit),
        )

    async def _made(self, visit: Visit) -> web.Response:
        """What came of the call, about all that stood on the page (`rows`), or about one of them (`only`)."""
        clerk, request, rows = visit.clerk, visit.text("request"), visit.text("rows")
        only, _, said = visit.text("only").partition(".")
        outcome = said or visit.text("outcome")
        if outcome not in CALL_OUTCOMES or not _REQUEST.fullmatch(request) or not _ROWS.fullmatch(rows):
            raise Problem(404, "no_page")
        listed = rows.split(",")
        if str(_row(visit)) not in listed or (only and only not in listed):
            raise Problem(404, "no_page")
        about = [int(only)] if only else [int(one) for one in listed]
        key = hashlib.sha256(f"console:{clerk.staff.id}:{request}:{outcome}".encode()).hexdigest()
        if not await self._calls.made(clerk.county, about, clerk.staff.id, outcome, visit.now, key):
            raise Problem(409, "no_call", again=LIST)
        rest = [one for one in listed if one != only or outcome != "reached"] if only else []
        to = f"{LIST}/{rest[0]}" if rest else LIST
        return web.Response(status=303, headers={"Location": f"{to}?done={outcome}"})

    async def _people(self, visit: Visit) -> dict[str, Staff]:
        return {one.id: one for one in await self._staffing.of_county(visit.clerk.county.id)}


def _done(visit: Visit) -> str:
    done = visit.request.query.get("done", "")
    return done if done in CALL_OUTCOMES else ""


def _row(visit: Visit) -> int:
    number = visit.path["row"]
    if not (number.isascii() and _NUMBER.fullmatch(number)):
        raise Problem(404, "no_page")
    return int(number)


def _shown(person: PersonToCall, people: Mapping[str, Staff]) -> Shown:
    last = person.tried[-1] if person.tried else None
    by = people.get(last.by) if last else None
    whom = person.whom
    name = mask_name(whom.name) if person.applicant else whom.name
    reasons = tuple(dict.fromkeys(one.why for one in person.calls))
    return Shown(person, name, mask_phone(whom.phone), reasons, last, by.name if by else "")
