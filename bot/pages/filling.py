"""One section of a form on a page: shown, and saved with its files, consents and what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Final

from aiohttp import web

from bot.pages.leading import elsewhere, form_url, number
from bot.pages.posted import Posted, Upload
from bot.pages.rendering import Rendering
from bot.pages.visit import Visit
from dialogs.as_data.edits import Other, Result, Wrong, edits, left_empty, results
from dialogs.on_page import page_draft
from handlers.form_desk import FormDesk
from handlers.web.form.shape import SectionView
from handlers.web.form.view import FormPage
from model.county import County
from model.draft import Draft
from model.form import Form
from model.page import Agree, RemoveFile, Save

REVIEW: Final = "review"
"""Stands where the name of a section does."""
_FILE: Final = ".file"
"""What the name of an input for files ends with."""


class Filling:
    """Shows and saves sections; where a form has ended the rest is `bot.pages.form`'s."""

    def __init__(self, desk: FormDesk, rendering: Rendering) -> None:
        self._desk = desk
        self._rendering = rendering

    def section(
        self,
        visit: Visit,
        draft: Draft,
        sections: Sequence[SectionView],
        name: str,
        *,
        status: int = 200,
        full: bool = False,
    ) -> web.Response:
        """The page of one section."""
        at = next(n for n, one in enumerate(sections) if one.id == name)
        here = form_url(visit.account.id, draft)
        following = sections[at + 1].id if at + 1 < len(sections) else REVIEW
        before = sections[at - 1].id if at else ""
        return self._rendering.page(
            "form_section",
            visit,
            status=status,
            account=visit.account.id,
            proof=visit.person.proof,
            revision=draft.revision,
            section=sections[at],
            number=at + 1,
            total=len(sections),
            here=here,
            full=full,
            back=f"{here}&section={before}" if before else here,
            skip=f"{here}&section={following}",
            files=any(one.input == "files" for one in sections[at].fields),
        )

    async def save(self, visit: Visit, county: County, draft: Draft, form: Form) -> web.Response:
        """Keeps what is valid of a posted section; then the next one, or this one again with what is wrong."""
        posted, goes_on = visit.form, visit.form.first("do") == "next"
        name = visit.request.query.get("section", "")
        changed = edits(form, posted.fields)
        wanted = (*changed, *(left_empty(form, posted.fields, draft) if goes_on else ()))
        room = await self._do(visit, draft, Save(edits=wanted)) if wanted else True
        refused = await self._upload(visit, draft, form, posted)
        jump = await self._consent(visit, draft, form, posted) or await self._remove(visit, draft, posted)
        talk = await self._desk.talk(visit.person.account, visit.person.person)
        after = page_draft(talk, draft.id)
        plain = FormPage(visit.catalogue, form, after, talk=talk).sections() if after is not None else ()
        here = next((one for one in plain if one.id == name), None)
        if (
            after is None or here is None
        ):  # handed in or thrown away in the chat meanwhile; or there is no such section any more
            return elsewhere(form_url(visit.account.id, draft))
        found = {**(_left(here) if goes_on else {}), **results(county, form, after, changed, visit.now)}
        if refused or not room or any(isinstance(one, Wrong | Other) for one in found.values()):
            shown = FormPage(
                visit.catalogue, form, after, talk=talk, posted=posted.fields, results=found, refused=refused
            )
            return self.section(visit, after, shown.sections(), name, status=422, full=not room)
        where = f"{_next(plain, name)}" if goes_on and not jump else f"{name}{jump or '&saved=yes'}"
        return elsewhere(f"{form_url(visit.account.id, after)}&section={where}")

    async def _upload(self, visit: Visit, draft: Draft, form: Form, posted: Posted) -> Mapping[str, str]:
        """Why files were not taken, by field."""
        refused, say = dict[str, str](), visit.catalogue.say
        for name, uploads in posted.files.items():
            field = form.fields.get(name.removesuffix(_FILE))
            if field is None or field.kind != "attachment" or not name.endswith(_FILE):
                continue
            codes = [await self._one(visit, draft, field.id, one) for one in uploads]
            said = dict.fromkeys(say(f"entry.{code}", most=field.most) for code in codes if code)
            if said:
                refused[field.id] = "".join(said)
        return refused

    async def _one(self, visit: Visit, draft: Draft, field: str, upload: Upload) -> str:
        if upload.data is None:
            return "file.large"
        return await self._desk.upload(visit.person.account, visit.person.person, draft, field, upload.data)

    async def _consent(self, visit: Visit, draft: Draft, form: Form, posted: Posted) -> str:
        name, version, said = (*posted.first("consent").split("."), "", "")[:3]
        if name not in form.consents or said not in ("yes", "no"):
            return ""
        await self._do(visit, draft, Agree(name=name, version=number(version), agreed=said == "yes"))
        field = next((one.id for one in form.fields.values() if one.consent == name), "")
        return f"#field-{field}"

    async def _remove(self, visit: Visit, draft: Draft, posted: Posted) -> str:
        field, _, digest = posted.first("remove").partition(".")
        if not digest or field not in draft.answers:
            return ""
        await self._do(visit, draft, RemoveFile(field=field, digest=digest))
        return f"#field-{field}"

    async def _do(self, visit: Visit, draft: Draft, deed: Save | Agree | RemoveFile) -> bool:
        shown = number(visit.form.first("revision"))
        return await self._desk.do(visit.person.account, visit.person.person, draft.id, deed, shown)


def _left(here: SectionView) -> dict[str, Result]:
    """Whoever goes on is told what is still to be answered here, or to be left open on purpose."""
    return {
        one.id: Wrong(None)
        for one in here.fields
        if one.state == "open" and one.need != "optional" and not one.on_its_way
    }


def _next(sections: Sequence[SectionView], name: str) -> str:
    """The section after this one in which something is left, or the next; the review where nothing is left at all."""
    after = sections[next(n for n, one in enumerate(sections) if one.id == name) + 1 :]
    if not any(one.left for one in sections):
        return REVIEW
    return next((one.id for one in (*after, *sections) if one.left), REVIEW)
