"""The form as a page: the draft of the chat, section by section, until it is handed in (design §2.1, §2.2)."""

from typing import Final

from aiohttp import web

from bot.pages.filling import REVIEW, Filling
from bot.pages.leading import elsewhere, form_url, number
from bot.pages.posted import Posted
from bot.pages.problem import Problem
from bot.pages.rendering import Rendering
from bot.pages.route import PREFIX, Audience, Route
from bot.pages.visit import Visit
from dialogs.expiring import last_day
from dialogs.focus import noticed
from dialogs.on_page import page_drafts, reviewable
from handlers.form_desk import FormDesk
from handlers.web.form.view import FormPage
from handlers.wording.naming import draft_name
from handlers.wording.review import by_section, items
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.edition import EditionUnknown, form_of
from model.form import Form
from model.page import Agree, Begin, HandIn

_POSTED_MOST: Final = 32 * 1024 * 1024
"""Bytes of one form with its files: three of the largest, or many photos."""


class FormPages:
    """Over the desk where drafts lie."""

    def __init__(self, desk: FormDesk, rendering: Rendering) -> None:
        self._desk = desk
        self._rendering = rendering
        self._filling = Filling(desk, rendering)

    def routes(self) -> tuple[Route, ...]:
        """For whoever the platform has named to us: his drafts are those of his conversation."""
        return (
            Route("GET", "/form/{account}", Audience.PERSON, self._show),
            Route("POST", "/form/{account}", Audience.PERSON, self._act, most=_POSTED_MOST),
        )

    async def _show(self, visit: Visit) -> web.Response:
        talk, query = await self._talk(visit), visit.request.query
        if "draft" not in query:
            drafts = page_drafts(talk)
            if len(drafts) != 1 or talk.handed_in:
                return self._choice(visit, talk)
            return _to(visit, drafts[0])
        draft = await self._draft(visit, talk)
        if not isinstance(draft, Draft):
            return draft
        form = self._form(visit, draft)
        if not noticed(form, draft):
            return self._page("form_notice", visit, draft, notice=form.notice)
        name = query.get("section", "")
        if name == REVIEW:
            return self._review(visit, draft, form)
        page = FormPage(visit.catalogue, form, draft, talk=talk)
        sections = page.sections()
        if name in {one.id for one in sections}:
            return self._filling.section(visit, draft, sections, name)
        left = sum(one.left for one in sections)
        return self._page("form_start", visit, draft, form=form, sections=sections, left=left, until=last_day(self._county(visit), draft),
                          several=len(page_drafts(talk)) > 1, on=next((one for one in sections if one.left), None))  # fmt: skip

    async def _act(self, visit: Visit) -> web.Response:
        posted, person = visit.form, visit.person
        talk = await self._talk(visit)
        if "begin" in posted.fields:
            await self._desk.do(person.account, person.person, "", Begin(), talk.serial)
            drafts = page_drafts(await self._talk(visit))
            if not drafts:
                raise Problem(409, "draft_many")
            return _to(visit, next((one for one in reversed(drafts) if not one.answers), drafts[-1]))
        draft = await self._draft(visit, talk)
        if not isinstance(draft, Draft):
            return draft
        form = self._form(visit, draft)
        if "notice" in posted.fields:
            return await self._notice(visit, draft, posted)
        if "hand_in" in posted.fields:
            return await self._hand_in(visit, draft, posted)
        if not noticed(form, draft):
            return _to(visit, draft)
        return await self._filling.save(visit, self._county(visit), draft, form)

    async def _notice(self, visit: Visit, draft: Draft, posted: Posted) -> web.Response:
        deed = Agree(name="notice", version=number(posted.first("version")), agreed=posted.first("notice") == "yes")
        await self._do(visit, draft, deed)
        if not deed.agreed and all(one.id != draft.id for one in page_drafts(await self._talk(visit))):
            return self._page("form_declined", visit, draft)
        return _to(visit, draft)

    async def _hand_in(self, visit: Visit, draft: Draft, posted: Posted) -> web.Response:
        if posted.first("promise") != "yes":
            return self._review(visit, draft, self._form(visit, draft), lacks="promise")
        await self._do(visit, draft, HandIn(revision=number(posted.first("revision"))))
        after = await self._draft(visit, await self._talk(visit))
        if isinstance(after, Draft):  # it was changed elsewhere since he looked at it
            return self._review(visit, after, self._form(visit, after), lacks="changed")
        return after

    async def _draft(self, visit: Visit, talk: Conversation) -> Draft | web.Response:
        """The draft in the address; or where what came of it is shown. Raises Problem for one that there is not."""
        person, tail = visit.person, visit.request.query.get("draft", "")
        whole = self._desk.draft_id(person.account, person.person, tail)
        found = next((one for one in page_drafts(talk) if one.id == whole), None)
        if found is not None:
            return found
        if any(one.id == whole for one in talk.handed_in):
            case = await self._desk.registered(person.account, person.person, whole)
            if case is None:
                return self._page("form_waiting", visit, None)
        else:
            case = await self._desk.case_of(whole)
        if case is None:
            raise Problem(404, "draft_gone")
        return elsewhere(f"{PREFIX}/progress/{visit.account.id}?case={case.number}&received=yes")

    def _choice(self, visit: Visit, talk: Conversation) -> web.Response:
        """Several: which one. None: begin one."""
        county = self._county(visit)
        drafts = [{"name": draft_name(visit.catalogue, county, one), "filled": one.filled, "url": form_url(visit.account.id, one)}
                  for one in reversed(page_drafts(talk))]  # fmt: skip
        return self._page("form_choice", visit, None, drafts=drafts, waiting=len(talk.handed_in),
                          full=len(talk.applications) >= county.most_drafts)  # fmt: skip

    def _review(self, visit: Visit, draft: Draft, form: Form, lacks: str = "") -> web.Response:
        groups = by_section(form, items(form, draft))
        return self._page("form_review", visit, draft, groups=groups, ready=reviewable(form, draft), declaration=form.declaration,
                          lacks=lacks, status=422 if lacks else 200)  # fmt: skip

    def _page(
        self, name: str, visit: Visit, draft: Draft | None, *, status: int = 200, **facts: object
    ) -> web.Response:
        known = {
            "account": visit.account.id,
            "proof": visit.person.proof,
            "here": "" if draft is None else form_url(visit.account.id, draft),
        }
        revision = 0 if draft is None else draft.revision
        return self._rendering.page(name, visit, status=status, **known, revision=revision, **facts)

    async def _do(self, visit: Visit, draft: Draft, deed: Agree | HandIn) -> None:
        await self._desk.do(
            visit.person.account, visit.person.person, draft.id, deed, number(visit.form.first("revision"))
        )

    async def _talk(self, visit: Visit) -> Conversation:
        return await self._desk.talk(visit.person.account, visit.person.person)

    def _county(self, visit: Visit) -> County:
        return self._desk.county(visit.account.id)

    def _form(self, visit: Visit, draft: Draft) -> Form:
        try:
            return form_of(self._county(visit), draft)
        except EditionUnknown as unknown:  # another program of ours has it, and this one will soon
            raise Problem(503, "busy") from unknown


def _to(visit: Visit, draft: Draft) -> web.Response:
    return elsewhere(form_url(visit.account.id, draft))
