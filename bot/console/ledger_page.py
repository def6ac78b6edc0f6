"""台账: the orders of a county, or of a body, as a workbook; filtered, masked unless whoever supervises wants to see it all (J34)."""

import asyncio
import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from aiohttp import hdrs, web

from bot.console.attached import attached
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.supervising import HEADS, chosen, known, viewer_of
from bot.console.visit import Visit
from bot.pages.problem import BUSY, Problem
from handlers.ledger import Ledger
from handlers.ledger_looks import noted
from model.calendar import CHINA
from model.ledger import Wanted
from storage.looks import Looks

_CENTURY: Final = 20
_FIELDS: Final = ("body", "service", "state", "town", "first", "last", "late", "whole")


class LedgerPage:
    """The filters, and the workbook; one is made at a time, so that nobody else waits for it."""

    def __init__(self, ledger: Ledger, looks: Looks, folder: Path, pages: Pages) -> None:
        """`folder` is where a workbook lies while it is written: with the other data, not where all may look."""
        self._ledger = ledger
        self._looks = looks
        self._folder = folder
        self._pages = pages
        self._alone = asyncio.Lock()

    def routes(self) -> tuple[Route, ...]:
        """A head gets his own body's, masked."""
        return (
            Route("GET", "/supervision/ledger", HEADS, self._page),
            Route("POST", "/supervision/ledger", HEADS, self._file),
        )

    async def _page(self, visit: Visit) -> web.Response:
        return self._shown(visit, {})

    async def _file(self, visit: Visit) -> web.Response:
        viewer, county = viewer_of(visit.clerk), visit.clerk.county
        problems = _problems(visit)
        if problems:
            return self._shown(visit, problems)
        if self._alone.locked():
            raise Problem(BUSY, "busy", again="/console/supervision/ledger")
        from bot.ledger_book import XLSX, write_ledger  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        whole = viewer.supervises and visit.text("whole") == "yes"
        async with self._alone:
            lines = self._ledger.lines(county.id, self._wanted(visit), visit.now, masked=not whole)
            if whole:
                lines = noted(lines, self._looks, county.id, viewer.staff, visit.now)
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with TemporaryDirectory(dir=self._folder, prefix="ledger-") as folder:
                file = Path(folder) / "ledger.xlsx"
                if not await write_ledger(lines, visit.catalogue, file):
                    return self._shown(visit, {}, nothing=True)
                body = await asyncio.to_thread(file.read_bytes)
        at = f"{visit.now.astimezone(CHINA):%Y%m%d-%H%M}"
        name = visit.catalogue.say("console.files.ledger", title=visit.catalogue.say("ledger.title"), at=at)
        return web.Response(body=body, content_type=XLSX, headers={hdrs.CONTENT_DISPOSITION: attached(name, "xlsx")})

    def _wanted(self, visit: Visit) -> Wanted:
        """What was chosen of what there is; of a head his own body, whatever he sends."""
        viewer, county = viewer_of(visit.clerk), visit.clerk.county
        said = {name: visit.text(name) for name in _FIELDS}
        last = _day(said["last"])
        return Wanted.model_validate(
            {
                "body": viewer.body or chosen(said, "body", list(county.body)) or None,
                "service": chosen(said, "service", list(county.service)) or None,
                "state": chosen(said, "state", ("open", "closed")),
                "town": chosen(said, "town", county.towns),
                "since": _day(said["first"]),
                "until": last + dt.timedelta(days=1) if last is not None else None,
                "late_at": visit.now if said["late"] == "yes" else None,
            }
        )

    def _shown(self, visit: Visit, problems: dict[str, str], *, nothing: bool = False) -> web.Response:
        county, viewer = visit.clerk.county, viewer_of(visit.clerk)
        return self._pages.page(
            "supervision/ledger",
            visit,
            status=400 if problems else 200,
            **known(visit),
            bodies=[(one.id, one.short) for one in county.bodies] if viewer.supervises else [],
            services=[(one.id, one.name) for one in county.services],
            towns=[(one, one) for one in county.towns],
            said={name: visit.text(name) for name in _FIELDS},
            problems=problems,
            nothing=nothing,
        )


def _problems(visit: Visit) -> dict[str, str]:
    """Which days are none (`day`), or the wrong way round (`order`), by their field."""
    days = {name: _day(visit.text(name)) for name in ("first", "last")}
    problems = {name: "day" for name, day in days.items() if visit.text(name) and day is None}
    first, last = days["first"], days["last"]
    return problems | ({"last": "order"} if first is not None and last is not None and last < first else {})


def _day(said: str) -> dt.datetime | None:
    """Midnight of the day; none of a century that no ledger has."""
    try:
        day = dt.date.fromisoformat(said)
    except ValueError:
        return None
    return dt.datetime.combine(day, dt.time(), CHINA) if day.year // 100 == _CENTURY else None
