"""`/console/window/<case>/add`: 加办 as a form: which services, then what they bring, then it is read to the caller (X19, X24)."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import Final

from aiohttp import web

from bot.console.pages import Pages
from bot.console.posted import posted_of
from bot.console.rest_form import MOST
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.console.window_case import AT_WINDOW, WindowCase, elsewhere, key_of
from dialogs.as_data.entering import Posted
from handlers.ports import RoutingCore
from handlers.web.form.shape import SectionView
from handlers.web.form.view import FormPage
from handlers.window_adding import read_out
from handlers.window_forms import at_window
from handlers.window_part import Entry, Part
from model.case import Case
from model.command import Command
from model.decision import Done, Refused
from model.edition import form_of, on_form, under

_REQUEST: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MANY: Final = 20
"""Services in one form; a county has fewer."""


class AddForm:
    """One page. Without a service it asks which; what was read aloud is done only as it was read."""

    def __init__(self, core: RoutingCore, pages: Pages, window: WindowCase) -> None:
        self._core = core
        self._pages = pages
        self._window = window

    def routes(self) -> tuple[Route, ...]:
        """The form, empty and filled in."""
        path = "/window/{case}/add"
        return Route("GET", path, AT_WINDOW, self._page), Route("POST", path, AT_WINDOW, self._sent, most=MOST)

    async def _page(self, visit: Visit) -> web.Response:
        case = await self._window.opened(visit)
        part = await self._part(visit, case, visit.request.query.getall("service", [])[:_MANY])
        return await self._shown(visit, case, part)

    async def _sent(self, visit: Visit) -> web.Response:
        case, request = await self._window.opened(visit), visit.text("request")
        wanted = [one for one in visit.form.getall("service", []) if isinstance(one, str)][:_MANY]
        part = await self._part(visit, case, wanted)
        if part is None or not _REQUEST.fullmatch(request):
            return await self._shown(visit, case, part, status=422)
        key = key_of(case, "add", request)
        if isinstance(await self._core.done(key), Done):  # clicked twice, or the answer was lost
            return elsewhere(case, "add", request)
        posted = posted_of(visit)
        entry = part.entered(posted) if part.services else None
        if (refused := part.why_not(wanted)) is not None:  # a colleague, or he himself, was first
            return await self._shown(visit, case, part, entry, posted, refused=refused, status=409)
        if entry is None:
            return await self._shown(visit, case, part, status=422)
        if not entry.whole:
            return await self._shown(visit, case, part, entry, posted, status=422)
        do = part.command(entry)
        if isinstance(do, Refused):
            return await self._shown(visit, case, part, entry, posted, refused=do, status=422)
        aloud = read_out(do, case, under(visit.clerk.county, case.process_version))
        if visit.text("read") != "1" or visit.text("heard") != _mark(aloud):
            return await self._shown(visit, case, part, entry, posted, aloud=aloud)
        command = Command(id=key, case=case.id, actor=at_window(visit.clerk.staff.id), do=do)
        done = await self._core.execute(command, visit.now)
        if isinstance(done, Refused):
            return await self._shown(visit, case, part, entry, posted, refused=done, status=422)
        return elsewhere(case, "add", request)

    async def _part(self, visit: Visit, case: Case, wanted: Sequence[str]) -> Part | None:
        """What these services bring; None where the form of the case is deleted."""
        signed = await self._core.submission(case.id)
        if signed is None:
            return None
        return Part(case, visit.clerk.county, signed, wanted, visit.clerk.staff.id, visit.now)

    async def _shown(
        self,
        visit: Visit,
        case: Case,
        part: Part | None,
        entry: Entry | None = None,
        posted: Posted | None = None,
        *,
        refused: Refused | None = None,
        aloud: str = "",
        status: int = 200,
    ) -> web.Response:
        """The services to choose from, or the form of those that were chosen, with what was entered."""
        sections: tuple[SectionView, ...] = ()
        if part is not None and part.services:
            draft = entry.draft if entry is not None else part.empty()
            form = form_of(on_form(visit.clerk.county, draft.form_version), draft)
            results = entry.results if entry is not None else None
            sections = FormPage(visit.catalogue, form, draft, posted=posted, results=results).sections()
        return self._pages.page(
            "add_form",
            visit,
            status=status,
            case=case,
            services=part.left if part is not None else (),
            chosen=part.services if part is not None else (),
            sections=sections,
            problem=visit.catalogue.say(f"refused.{refused.code}", **refused.about) if refused is not None else "",
            more=entry is not None and entry.more,
            aloud=aloud,
            heard=_mark(aloud) if aloud else "",
            request=secrets.token_urlsafe(18),
            at=f"{PREFIX}/window/{case.id}",
        )


def _mark(aloud: str) -> str:
    """Of what was read to him: other words have to be read anew."""
    return hashlib.sha256(aloud.encode()).hexdigest()[:16]
