"""`/console/inbox`: who talks to staff in the chat (人工会话); his words, a box for ours, and the end of it (ADR 41)."""

import re
import secrets
from functools import partial
from typing import Final, get_args

from aiohttp import web

from bot.console.case_page import Looking
from bot.console.hotline.enquiry_page import Staffed
from bot.console.hotline.intake_page import CALLS
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.sent_file import played, served, shown
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.hotline.inbox import Deed, Inbox, Opened
from model.human import MEDIA, MEDIA_BYTES, SAID, InboxRule
from model.look import Look

HOME: Final = f"{PREFIX}/inbox/"
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_REQUEST: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


class InboxPage:
    """A list of those who wait, and a page for each talk, also for a while after its end."""

    def __init__(self, inbox: Inbox, staffing: Staffed, looks: Looking, pages: Pages) -> None:
        self._inbox = inbox
        self._staffing = staffing
        self._looks = looks
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """For whoever serves callers and visitors."""
        one = "/inbox/{talk}"
        return (
            Route("GET", "/inbox/", CALLS, self._list),
            Route("GET", one, CALLS, self._page),
            Route("GET", f"{one}/media/{{line}}", CALLS, self._media),
            *(Route("POST", f"{one}/{deed}", CALLS, partial(self._do, deed)) for deed in get_args(Deed)),
        )

    async def _list(self, visit: Visit) -> web.Response:
        county = visit.clerk.county
        talks = await self._inbox.waiting(county)
        people = {one: await self._staffing.one(one) for one in {talk.taken_by for talk in talks if talk.taken_by}}
        names = {name: one.name if one else name for name, one in people.items()}
        return self._pages.page("inbox", visit, talks=talks, names=names, topic=f"inbox:{county.id}")

    async def _page(self, visit: Visit) -> web.Response:
        return await self._shown(visit, await self._opened(visit))

    async def _media(self, visit: Visit) -> web.Response:
        one, number = await self._opened(visit), visit.path["line"]
        known = number.isascii() and _NUMBER.fullmatch(number)
        line = one.talk.line(int(number)) if known else None
        data = await self._inbox.media(one, line) if line is not None else None
        if line is None or data is None:
            raise Problem(404, "no_media", again=f"{HOME}{one.waiting.row}")
        await self._looks.note([_look(visit, one, line.number)])
        return served(data, f"talk-{one.waiting.row}-{line.number}")

    async def _do(self, deed: Deed, visit: Visit) -> web.Response:
        one, request, number = await self._opened(visit), visit.text("request"), visit.text("number")
        if not (_REQUEST.fullmatch(request) and number.isascii() and _NUMBER.fullmatch(number)):
            raise Problem(404, "no_page")
        quick = _quick(visit, visit.text("quick"))
        done = await self._inbox.do(
            one,
            visit.clerk.staff,
            deed,
            int(number),
            request,
            text=quick or (visit.text("text") if deed == "say" else ""),
            over=visit.text("over"),
        )
        if done is not None:
            said = visit.catalogue.say(f"refused.{done.code}", **done.about)
            return await self._shown(visit, await self._opened(visit), refused=said, text=visit.text("text"))
        # 303: whatever asked, what follows is a GET.
        return web.Response(status=303, headers={"Location": HOME if deed == "end" else f"{HOME}{one.waiting.row}"})

    async def _opened(self, visit: Visit) -> Opened:
        """The talk in the path. Raises Problem where there is none of this county."""
        number = visit.path["talk"]
        if not (number.isascii() and _NUMBER.fullmatch(number)):
            raise Problem(404, "no_page")
        one = await self._inbox.opened(visit.clerk.county, int(number))
        if one is None:
            raise Problem(404, "no_talk", again=HOME)
        return one

    async def _shown(self, visit: Visit, one: Opened, *, refused: str = "", text: str = "") -> web.Response:
        clerk, rule = visit.clerk, visit.clerk.county.inbox or InboxRule()
        await self._looks.note([_look(visit, one)])
        mine = one.talk.taken_by == clerk.staff.id
        return self._pages.page(
            "talk",
            visit,
            status=422 if refused else 200,
            one=one,
            talk=one.talk,
            mine=mine,
            free=one.talk.taken_by in ("", clerk.staff.id),
            quick=rule.quick,
            most=SAID,
            media=MEDIA,
            megabytes=MEDIA_BYTES // 1_000_000,
            shown=shown,
            played=played,
            refused=refused,
            text=text,
            request=secrets.token_urlsafe(18),
            at=f"{HOME}{one.waiting.row}",
            topic=f"inbox:{clerk.county.id} calls",
        )


def _quick(visit: Visit, number: str) -> str:
    """The reply that was tapped; "" where none was."""
    quick = (visit.clerk.county.inbox or InboxRule()).quick
    return quick[int(number) - 1] if number in {str(place) for place in range(1, len(quick) + 1)} else ""


def _look(visit: Visit, one: Opened, line: int = 0) -> Look:
    """At the talk one for each hour: an open page is fetched again whenever something is said. At what came with a `line` one for
    each minute, as at a paper.
    """
    clerk, row = visit.clerk, one.waiting.row
    key = f"human:{clerk.staff.id}:{row}:{one.talk.number}:{visit.now:%Y%m%d%H}"
    if line:
        key += f"{visit.now:%M}:{line}"
    return Look(
        key=key,
        county=clerk.county.id,
        what="human",
        staff=clerk.staff.id,
        paper=str(row),
        place=line,
        way="console",
        at=visit.now,
    )
