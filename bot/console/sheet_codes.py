"""The codes by which departments sign their rows of a survey sheet: made here, shown once, as a picture to be scanned and a link."""

from typing import Final, Literal, NamedTuple

import segno
import structlog
from aiohttp import web

from bot.console.case_access import may_open
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Clerk, Visit
from bot.pages.problem import Problem
from bot.pages.route import PREFIX as OUTSIDE
from handlers.casework import Casework
from handlers.sheet_signing import SheetSigning
from model.case import Case
from model.decision import Refused
from model.login import Role
from model.sheet import Row
from model.sheet_code import SheetCode
from routing.conclusion import surveying

_ROLES: Final = frozenset({Role.WINDOW, Role.STEWARD, Role.LEAD})

log = structlog.get_logger()


class Line(NamedTuple):
    """A row of the sheet, and the newest code that was made for it."""

    row: Row
    body: str
    wanted: bool
    code: SheetCode | None


class SheetCodesPage:
    """`/console/window/<case>/codes`: for the window, and for stewards of the body that leads (X38)."""

    def __init__(self, core: Casework, signing: SheetSigning, address: str, pages: Pages) -> None:
        """`address`: where people reach us, "" where nobody said."""
        self._core = core
        self._signing = signing
        self._address = address
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The rows, and a new code for one of them."""
        return (
            Route("GET", "/window/{case}/codes", _ROLES, self._page),
            Route("POST", "/window/{case}/codes", _ROLES, self._made),
        )

    async def _opened(self, visit: Visit) -> Case:
        case = await self._core.case(visit.path["case"])
        if case is None or not may_open(visit.clerk, case):
            raise Problem(404, "no_case")
        if _role(visit.clerk, case) is None:
            raise Problem(403, "not_for_you")
        return case

    async def _page(self, visit: Visit) -> web.Response:
        return await self._shown(visit, await self._opened(visit))

    async def _made(self, visit: Visit) -> web.Response:
        case, clerk, body = await self._opened(visit), visit.clerk, visit.text("body")
        if not self._address:
            raise Problem(503, "no_address")
        role = _role(clerk, case) or "steward"
        made = await self._signing.offer(case, body, clerk.staff.id, role, visit.now)
        if isinstance(made, Refused):
            about = {"body": clerk.county.body[body].short} if body in clerk.county.body else {}
            return await self._shown(
                visit, case, problem=visit.catalogue.say(f"refused.{made.code}", **about, **made.about)
            )
        code, until = made
        log.info("sheet_code.made", case=case.id, body=body, by=clerk.staff.id)
        link = f"{self._address}{OUTSIDE}/sign/{code}"
        picture = segno.make(link, error="m").svg_data_uri(scale=8, border=4)
        return await self._shown(
            visit, case, link=link, picture=picture, until=until, named=clerk.county.body[body].short
        )

    async def _shown(
        self,
        visit: Visit,
        case: Case,
        *,
        problem: str = "",
        link: str = "",
        picture: str = "",
        until: object = None,
        named: str = "",
    ) -> web.Response:
        county, sheet = visit.clerk.county, case.sheet
        codes = {one.body: one for one in await self._signing.of_case(case)}
        wanted = {row.body for row in sheet.wanted} if sheet else set[str]()
        failed = {row.body for row in sheet.rows if row.opinion and not row.opinion.passes} if sheet else set[str]()
        lines = [
            Line(row, county.body[row.body].short, row.body in wanted | failed, codes.get(row.body))
            for row in (sheet.rows if sheet else ())
        ]
        return self._pages.page(
            "sheet_codes",
            visit,
            status=422 if problem else 200,
            case=case,
            lines=lines,
            begun=surveying(case),
            problem=problem,
            link=link,
            picture=picture,
            until=until,
            named=named,
            window=Role.WINDOW in visit.clerk.roles,
        )


def _role(clerk: Clerk, case: Case) -> Literal["staff", "steward"] | None:
    """As what he makes a code; None: he may not."""
    if Role.WINDOW in clerk.roles:
        return "staff"
    return "steward" if clerk.staff.body == case.lead else None
