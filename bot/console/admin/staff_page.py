"""`/console/admin/staff`: who serves in the county, and a whole list of them brought in from Excel."""

from collections.abc import Mapping
from typing import Final

from aiohttp import hdrs, web
from aiohttp.web_request import FileField

from bot.console.attached import attached
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from bot.roster.sheet import MOST_BYTES
from bot.staff_cli import StaffMistake
from handlers.people.desk import People
from handlers.people.noting import By
from model.calendar import CHINA
from model.login import Login, Role
from model.staff import Staff
from storage.logins import Logins
from storage.staffing import Staffing

_ADMIN: Final = frozenset({Role.ADMIN})
_PATH: Final = "/admin/staff"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OVERHEAD: Final = 10_000
"""Bytes of a form around the file in it."""


class StaffPage:
    """The list, the empty sheet, and the form that takes a filled one."""

    def __init__(self, staffing: Staffing, logins: Logins, people: People, pages: Pages) -> None:
        self._staffing = staffing
        self._logins = logins
        self._people = people
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page, the form that imports, and the empty sheet: a file, which no link should open instead of a page."""
        return (
            Route("GET", _PATH, _ADMIN, self._page),
            Route("POST", _PATH, _ADMIN, self._import, most=MOST_BYTES + _OVERHEAD),
            Route("POST", f"{_PATH}/template", _ADMIN, self._template),
        )

    async def _page(self, visit: Visit) -> web.Response:
        return await self._shown(visit)

    async def _template(self, visit: Visit) -> web.Response:
        from bot.roster.template import template  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        county = visit.clerk.county
        given = {hdrs.CONTENT_DISPOSITION: attached(visit.catalogue.say("console.files.staff"), "xlsx")}
        return web.Response(body=template(county), content_type=_XLSX, headers=given)

    async def _import(self, visit: Visit) -> web.Response:
        from bot.roster_cli import compared, entered, told  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        file, county = visit.form.get("file"), visit.clerk.county
        data = b""
        if isinstance(file, FileField):
            with file.file as sent:
                data = sent.read()
        if not data:
            return await self._shown(visit, wrong=[visit.catalogue.say("console.admin.staff.no_file")], status=400)
        by = By(visit.clerk.staff.id, visit.now)
        dry = visit.text("enter") != "yes"
        try:
            plan, notes, version = await compared(self._staffing, county, visit.catalogue, data)
            codes = {} if dry else await entered(self._people, county, visit.catalogue, plan, version, by)
        except StaffMistake as error:
            return await self._shown(visit, wrong=str(error).splitlines(), status=422)
        return await self._shown(visit, done=[*notes, *told(county, visit.catalogue, plan, codes, dry=dry)])

    async def _shown(
        self, visit: Visit, *, done: list[str] | None = None, wrong: list[str] | None = None, status: int = 200
    ) -> web.Response:
        county = visit.clerk.county
        query = visit.request.query
        words, body, left = query.get("words", "").strip(), query.get("body", ""), query.get("left", "") == "yes"
        people = await (self._staffing.left(county.id) if left else self._staffing.of_county(county.id))
        logins = {one.staff: one for one in await self._logins.of_county(county.id)}
        people = tuple(
            one
            for one in people
            if (not body or one.body == body)
            and (not words or any(words in each for each in (one.name, one.phone, one.id, _name(logins, one))))
        )
        order = {body.id: place for place, body in enumerate(county.bodies)}
        people = tuple(sorted(people, key=lambda one: (order.get(one.body, len(order)), one.name)))
        return self._pages.page(
            "admin_staff",
            visit,
            status=status,
            people=people,
            done=done or [],
            wrong=wrong or [],
            logins=logins,
            words=words,
            body=body,
            left=left,
            today=visit.now.astimezone(CHINA).date(),
        )


def _name(logins: Mapping[str, Login], one: Staff) -> str:
    return logins[one.id].name if one.id in logins else ""
