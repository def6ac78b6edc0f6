"""The page on which a department's surveyor signs its row of a survey sheet, on his own phone at the site (ADR 38)."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from aiohttp import web
from multidict import MultiDictProxy

from bot.pages.drawn import MOST_BYTES, NotDrawn, drawn
from bot.pages.problem import Problem
from bot.pages.rendering import Rendering
from bot.pages.route import PREFIX, Audience, Route
from bot.pages.visit import Visit
from handlers.sheet_signing import Given, Sheet, SheetSigning, Signed
from handlers.wording.catalogue import Catalogue
from model.decision import Refused

_CODE: Final = re.compile(r"[A-Za-z0-9_-]{20,32}")
_LONGEST: Final = {"opinion": 32, "surveyor": 32, "remark": 500, "basis": 500, "due": 10}
"""Characters of each field."""
_GONE: Final = {"sign.unknown": 404}
_SCRIPT: Final = "X-Kept"
"""A page's script asks with it, and is told in a few words whether what it keeps may be forgotten."""


class Wrong(Exception):
    """What was filled in will not do: at which field, and `pages.sign.wrong.<code>` says why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field
        self.code = code


class Sign:
    """`/pages/sign/<code>`. It lies outside the console, which may be reached from the county's own network only."""

    def __init__(self, signing: SheetSigning, rendering: Rendering, catalogues: Mapping[str, Catalogue]) -> None:
        self._signing = signing
        self._rendering = rendering
        self._catalogues = catalogues

    def routes(self) -> tuple[Route, ...]:
        """For whoever holds the code."""
        return (
            Route("GET", "/sign/{code}", Audience.HOLDER, self._page),
            Route("POST", "/sign/{code}", Audience.HOLDER, self._signed, most=MOST_BYTES + 16 * 1024),
        )

    async def _page(self, visit: Visit) -> web.Response:
        found = await self._signing.opened(_code(visit), visit.now)
        if isinstance(found, Refused):
            raise _problem(found)
        if isinstance(found, Signed):
            return self._done(visit, found)
        return self._form(visit, found)

    async def _signed(self, visit: Visit) -> web.Response:
        code = _code(visit)
        form = await visit.request.post()
        picture, signed = _read(form), form.get("typed") == "yes"
        said = {name: value.strip() if isinstance(value := form.get(name, ""), str) else "" for name in _LONGEST}
        found = await self._signing.opened(code, visit.now)
        if isinstance(found, Refused):
            raise _problem(found)
        sheet = found.sheet if isinstance(found, Signed) else found
        try:
            given = _given(said, sheet)
            image = None if isinstance(found, Signed) else _image(picture, signed=signed)
        except Wrong as wrong:
            return self._again(visit, sheet, said, wrong.field, wrong.code)
        done = await self._signing.sign(code, given, image, visit.now)
        if isinstance(done, Signed):
            return self._done(visit, done)
        if done.code.startswith("sign."):
            raise _problem(done)
        catalogue = self._catalogues[sheet.county.id]
        field = {"row.unknown": "opinion", "row.needs_text": "remark", "row.needs_basis": "basis", "row.past": "due"}
        text = catalogue.say(f"refused.{done.code}", **done.about)
        return self._form(visit, sheet, said, field.get(done.code, "opinion"), text, 422)

    def _again(self, visit: Visit, sheet: Sheet, said: Mapping[str, str], field: str, code: str) -> web.Response:
        text = self._catalogues[sheet.county.id].say(f"pages.sign.wrong.{code}")
        return self._form(visit, sheet, said, field, text, 422)

    def _form(
        self,
        visit: Visit,
        sheet: Sheet,
        said: Mapping[str, str] | None = None,
        field: str = "",
        problem: str = "",
        status: int = 200,
    ) -> web.Response:
        return self._shown(
            "sign",
            visit,
            sheet,
            status=status,
            said=dict.fromkeys(_LONGEST, "") | dict(said or {}),
            field=field,
            problem=problem,
            longest=_LONGEST,
            action=f"{PREFIX}/sign/{_code(visit)}",
            most=MOST_BYTES,
        )

    def _done(self, visit: Visit, done: Signed) -> web.Response:
        answer = self._shown("signed", visit, done.sheet, done=done)
        answer.headers[_SCRIPT] = "same" if done.same else "before"
        return answer

    def _shown(self, template: str, visit: Visit, sheet: Sheet, **facts: Any) -> web.Response:
        there = replace(visit, catalogue=self._catalogues[sheet.county.id])
        return self._rendering.page(template, there, sheet=sheet, **facts)


def _code(visit: Visit) -> str:
    code = visit.request.match_info["code"]
    if not _CODE.fullmatch(code):
        raise Problem(404, "sign_unknown")
    return code


def _problem(refused: Refused) -> Problem:
    return Problem(_GONE.get(refused.code, 410), refused.code.replace("sign.", "sign_"))


def _given(said: Mapping[str, str], sheet: Sheet) -> Given:
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            raise Wrong(name, "long")
    choice = next((one for one in sheet.choices if one.text == said["opinion"]), None)
    if choice is None:
        raise Wrong("opinion", "opinion")
    if not said["surveyor"]:
        raise Wrong("surveyor", "surveyor")
    try:
        due = dt.date.fromisoformat(said["due"]) if choice.follow_up and said["due"] else None
    except ValueError:
        raise Wrong("due", "due") from None
    remark = said["remark"] if choice.needs_text else ""
    return Given(choice.text, said["surveyor"], remark, said["basis"] if choice.needs_basis else "", due)


def _read(form: MultiDictProxy[Any]) -> bytes:
    """What was drawn. All files are closed: whoever sends others has sent nothing."""
    data = b""
    for name, sent in form.items():
        if isinstance(sent, web.FileField):
            with sent.file as file:
                data = file.read(MOST_BYTES + 1) if name == "drawn" else data
    return data


def _image(data: bytes, *, signed: bool) -> bytes | None:
    """What he drew; without a script his name, typed, stands for it, where he says that it is his (`signed`)."""
    if data:
        try:
            return drawn(data)
        except NotDrawn as error:
            raise Wrong("drawn", f"drawn_{error.code}") from None
    if not signed:
        raise Wrong("drawn", "drawn_empty")
    return None
