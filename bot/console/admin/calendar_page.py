"""`/console/admin/calendar`: the days off of a year, uploaded, compared and stored; and the versions there were (ADR 0043)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import hdrs, web
from aiohttp.web_request import FileField

from bot.calendar_missing import missing_year
from bot.console.admin.year_view import year_of_months
from bot.console.attached import attached
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.roster.sheet import MOST_BYTES
from bot.unread_words import unread_said
from config.holidays.entry import Reading, told
from config.holidays.notice import MOST_TEXT, lines_of, printed, read_notice
from handlers.rearranging import MOST_CASES, NotNow, Overtaken, Proposal, Rearranging
from model.calendar import CHINA
from model.calendar_version import CalendarVersion
from model.login import Role
from model.unread import Unread
from storage.staffing import Staffing

_ADMIN: Final = frozenset({Role.ADMIN})
_PATH: Final = "/admin/calendar"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OVERHEAD: Final = 10_000 + 4 * MOST_TEXT
"""Bytes of a form around the file in it."""
_DIGITS: Final = 6


class CalendarPage:
    """The year, the forms that change it, and the history."""

    def __init__(
        self, rearranging: Rearranging, staffing: Staffing, look: Callable[[], Awaitable[None]], pages: Pages
    ) -> None:
        """`look` has this process take up what was just stored."""
        self._rearranging = rearranging
        self._staffing = staffing
        self._look = look
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page, the steps of a change, and the sheet: a file, which no link should open instead of a page."""
        return (
            Route("GET", _PATH, _ADMIN, self._page),
            Route("POST", _PATH, _ADMIN, self._propose, most=MOST_BYTES + _OVERHEAD),
            Route("POST", f"{_PATH}/back", _ADMIN, self._back),
            Route("POST", f"{_PATH}/enter", _ADMIN, self._enter),
            Route("POST", f"{_PATH}/template", _ADMIN, self._template),
        )

    async def _page(self, visit: Visit) -> web.Response:
        return await self._shown(visit, year=_number(visit.request.query.get("year", "")))

    async def _propose(self, visit: Visit) -> web.Response:
        reading = await _read(visit)
        if reading is None:
            return await self._shown(
                visit, wrong=[visit.catalogue.say("console.admin.calendar.nothing_sent")], status=400
            )
        if reading.arrangement is None:
            return await self._not_understood(visit, reading)
        one = reading.arrangement
        made = await self._rearranging.propose(visit.clerk.county.id, one.year, one, visit.now)
        return await self._proposed(visit, made, unused=reading.unused)

    async def _back(self, visit: Visit) -> web.Response:
        number, year = _number(visit.text("back")), _number(visit.text("year"))
        made = None
        if number is not None:
            made = await self._rearranging.propose_back(visit.clerk.county.id, number, visit.now, year or 0)
        return await self._proposed(visit, made)

    async def _enter(self, visit: Visit) -> web.Response:
        """Stores what the page before showed; it is read again from the form, as if somebody had typed it."""
        county, seen, back = visit.clerk.county.id, _number(visit.text("seen")), _number(visit.text("back"))
        year = _number(visit.text("year"))
        if back is None:
            reading = read_notice(visit.text("text"), year)
            if reading.arrangement is None:
                return await self._not_understood(visit, reading)
            made = await self._rearranging.propose(county, reading.arrangement.year, reading.arrangement, visit.now)
        else:
            found = await self._rearranging.propose_back(county, back, visit.now, year or 0)
            if found is None:
                return await self._proposed(visit, None)
            made = found
        if isinstance(made, NotNow):
            return await self._proposed(visit, made)
        if seen is None or made.seen != seen:
            return await self._proposed(visit, made, overtaken=True)
        done = await self._rearranging.store(
            county, made.year, made.arrangement, seen=seen, back=back, by=visit.clerk.staff.id, now=visit.now
        )
        if isinstance(done, Overtaken):
            again = await self._rearranging.propose(county, made.year, made.arrangement, visit.now, back=back)
            return await self._proposed(visit, again, overtaken=True)
        if isinstance(done, NotNow):
            return await self._proposed(visit, done)
        await self._look()
        return web.Response(status=303, headers={"Location": f"{PREFIX}{_PATH}?year={done.year}&stored={done.number}"})

    async def _template(self, visit: Visit) -> web.Response:
        from bot.calendar_sheet import calendar_sheet  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        year = _number(visit.text("year")) or _today_year(visit) + 1
        if not _today_year(visit) <= year <= _today_year(visit) + 1:
            return await self._proposed(visit, NotNow("over", year))
        _, uploaded = await self._rearranging.present(visit.clerk.county.id)
        present = uploaded[year].arrangement if year in uploaded else None
        given = {hdrs.CONTENT_DISPOSITION: attached(visit.catalogue.say("console.files.calendar", year=year), "xlsx")}
        body = await asyncio.to_thread(calendar_sheet, year, present)
        return web.Response(body=body, content_type=_XLSX, headers=given)

    async def _not_understood(self, visit: Visit, reading: Reading) -> web.Response:
        wrong = [unread_said(one, visit.catalogue) for one in reading.wrong]
        return await self._shown(visit, year=reading.year, wrong=wrong, unused=reading.unused, status=422)

    async def _proposed(
        self,
        visit: Visit,
        made: Proposal | NotNow | None,
        *,
        unused: tuple[str | Unread, ...] = (),
        overtaken: bool = False,
    ) -> web.Response:
        say = visit.catalogue.say
        if made is None:
            return await self._shown(visit, wrong=[say("console.admin.calendar.no_version")], status=404)
        if isinstance(made, NotNow):
            return await self._shown(
                visit, year=made.year, wrong=[say(f"console.admin.calendar.{made.why}", year=made.year)], status=422
            )
        return await self._shown(
            visit, proposal=made, unused=unused, overtaken=overtaken, status=409 if overtaken else 200
        )

    async def _shown(
        self,
        visit: Visit,
        *,
        year: int | None = None,
        proposal: Proposal | None = None,
        wrong: list[str] | None = None,
        unused: tuple[str | Unread, ...] = (),
        overtaken: bool = False,
        status: int = 200,
    ) -> web.Response:
        county, this = visit.clerk.county, _today_year(visit)
        history = await self._rearranging.history(county.id)
        present, uploaded = await self._rearranging.present(county.id)
        years = sorted({this, this + 1, *(one for one in uploaded if one >= this)})
        shown = proposal.year if proposal else year if year in years else this
        version = None if proposal else uploaded.get(shown)
        arrangement = proposal.arrangement if proposal else version and version.arrangement
        calendar = proposal.after if proposal else present
        stored = _number(visit.request.query.get("stored", ""))
        return self._pages.page(
            "admin_calendar",
            visit,
            status=status,
            this=this,
            years=years,
            year=shown,
            version=version,
            published=shown <= calendar.last_year,
            missing=missing_year(present, visit.now),
            months=year_of_months(
                shown, calendar, arrangement.off if arrangement else (), proposal.days if proposal else ()
            ),
            lines=list(lines_of(arrangement)) if arrangement else [],
            text=visit.text("text"),
            chosen=_number(visit.text("year")) if wrong else None,
            proposal=proposal,
            agreed=printed(proposal.arrangement) if proposal and proposal.arrangement else "",
            works=calendar.is_workday,
            told=told,
            most=MOST_CASES,
            overtaken=history[0] if overtaken and history else None,
            wrong=wrong or [],
            unused=[one if isinstance(one, str) else unread_said(one, visit.catalogue) for one in unused],
            history=history,
            standing={one.number for one in uploaded.values()},
            names=await self._names(history),
            stored=next((one for one in history if one.number == stored), None),
        )

    async def _names(self, history: tuple[CalendarVersion, ...]) -> dict[str, str]:
        """Those who stored them, as far as they are members of staff."""
        found: dict[str, Any] = {one: await self._staffing.one(one) for one in {one.by for one in history}}
        return {name: staff.name for name, staff in found.items() if staff is not None}


async def _read(visit: Visit) -> Reading | None:
    """What was sent: a file before a text, for nobody chooses one without meaning it. None: neither."""
    year, file = _number(visit.text("year")), visit.form.get("file")
    data = b""
    if isinstance(file, FileField):
        with file.file as sent:
            data = sent.read()
    if data:
        from bot.calendar_sheet import read_calendar_sheet  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        return await asyncio.to_thread(read_calendar_sheet, data, year)
    text = visit.text("text")
    return read_notice(text, year) if text else None


def _number(text: str) -> int | None:
    """A number of a form or an address; None for anything else."""
    text = text.strip()
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= _DIGITS else None


def _today_year(visit: Visit) -> int:
    return visit.now.astimezone(CHINA).year
