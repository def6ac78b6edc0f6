"""代填: a clerk types what a caller says, and with the basic facts it becomes a case (X24, X26, R32), or what a visitor brings (J21).

The draft lies in a conversation of its own, by the same book as those of the chat; whoever lost his browser finds it again.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from dialogs.dictating import Heard, agreed, begin, dictate
from dialogs.submitting import frozen, submission_of
from dialogs.visible import visible_fields
from handlers.book import Again, Book, Page
from handlers.found_by import Keys, keys_of
from handlers.hotline.giving import Giving, talk_of
from handlers.hotline.standing import Standing, Taken, exact
from handlers.ports import Clock, RoutingCore
from handlers.reaching import reaching
from handlers.web.api.call import account_of
from model.case import CALLER, Case
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.draft import Answer, Draft
from model.intake import By, Intake, Spoken
from model.message import Actor, Reply
from model.staff import Staff
from model.submission import Submission
from model.values import Declared
from storage.intakes import Intakes
from storage.steps import Step

_ATTEMPTS: Final = 8
_ID_BYTES: Final = 8
Change = Callable[[County, Conversation, Actor, dt.datetime], Heard]
"""What becomes of the conversation; computed again where somebody else was first."""


class Intaking:
    """Every step may be repeated, by any process. Raises the stores' errors and `CoreAway`."""

    def __init__(
        self,
        core: RoutingCore,
        book: Book,
        intakes: Intakes,
        counties: Mapping[str, County],
        clock: Clock,
        draw: Callable[[], str] = lambda: secrets.token_hex(_ID_BYTES),
    ) -> None:
        """`draw` gives the id of the next one."""
        self._core = core
        self._book = book
        self._intakes = intakes
        self._counties = counties
        self._clock = clock
        self._draw = draw
        self._giving = Giving(book, intakes)

    @reaching
    async def begin(self, clerk: Staff, by: By) -> Intake:
        """A new one, with an empty draft."""
        now, name = self._clock(), self._draw()
        one = Intake(id=name, county=clerk.county, clerk=clerk.id, by=by, opened_at=now, changed_at=now)
        await self._intakes.begin(one)
        await self._change(one, lambda county, talk, actor, at: Heard(begin(county, talk, actor, at)), _actor(clerk))
        return one

    @reaching
    async def open_of(self, clerk: Staff) -> tuple[Standing, ...]:
        """Those that this clerk has open, the newest first; what nobody has touched for as long as drafts are kept is over."""
        county = self._counties[clerk.county]
        await self._intakes.forget(county.id, self._clock() - dt.timedelta(days=county.retention.drafts))
        return tuple([await self._standing(one) for one in await self._intakes.open_of(county.id, clerk.id)])

    @reaching
    async def one(self, county: str, name: str) -> Standing | None:
        """The one of this id, if it is of this county."""
        found = await self._intakes.one(county, name)
        return None if found is None else await self._standing(found)

    @reaching
    async def hear(self, standing: Standing, clerk: Staff, text: str, choice: str = "") -> Taken:
        """Words of the caller, or one of the choices that the question has."""
        return await self._heard(
            standing, clerk, lambda county, talk, actor, at: dictate(county, talk, text, actor, at, choice=choice)
        )

    def guessed(self, standing: Standing, clerk: Staff, text: str) -> Taken:
        """How it would stand after these words, while they are still being typed; nothing is kept."""
        if standing.draft is None or standing.draft.state != "filling":
            return Taken(standing, unheard="over")
        heard = dictate(standing.county, standing.conversation, text, _actor(clerk), self._clock())
        after = replace(standing, conversation=heard.conversation, draft=heard.conversation.draft())
        return Taken(after, heard.events, heard.unheard)

    @reaching
    async def changed(self, standing: Standing, clerk: Staff, change: Change) -> Taken:
        """What a clerk has done to the form itself."""
        return await self._heard(standing, clerk, change)

    @reaching
    async def noticed(self, standing: Standing, clerk: Staff) -> Taken:
        """The notice was read to him word by word, and he agrees (口头同意): by whom, when, and which version it was."""
        return await self._heard(standing, clerk, agreed)

    @reaching
    async def read_back(self, standing: Standing, clerk: Staff) -> Standing:
        """All that was understood was read to him, and it is right."""
        if standing.draft is None:
            return standing
        said = Spoken(by=clerk.id, at=self._clock(), version=standing.draft.revision)
        await self._intakes.heard(standing.intake.id, read_back=said)
        return await self._again(standing)

    @reaching
    async def drop(self, standing: Standing) -> None:
        """作废: what was said is deleted, unless it is about to be its applicant's."""
        if await self._forget(standing.intake):
            await self._intakes.ended(standing.intake.id, "dropped", self._clock())

    @reaching
    async def register(self, standing: Standing, clerk: Staff, *, declared: bool = False) -> Case | Refused:
        """The case that it becomes; the same again however often it is asked for. `declared`: a visitor has signed the declaration.

        Refused `intake.over`, `intake.notice`, `intake.lacking`, `intake.declaration`, those of the core.
        """
        intake = standing.intake
        if intake.case is not None:
            return await self._core.case(intake.case) or Refused(code="case.unknown")
        page = await self._book.open(talk_of(intake), None)
        draft = page.conversation.draft()
        if draft is None or draft.state == "leaving" or intake.state != "open":
            return Refused(code="intake.over")
        now = self._clock()
        if draft.state != "submitting":
            if (no := _not_yet(standing, declared=declared)) is not None:
                return no
            ready = self._confirmed(standing, draft, clerk, now, declared=declared)
            after = page.conversation.with_draft(frozen(standing.county, ready))
            kept = await self._book.keep(page, after, step=Step.SUBMITTING, key=None, reply=Reply())
            if isinstance(kept, Again):
                return Refused(code="intake.changed")
            draft = after.draft() or draft
        done = await self._core.accept(_submission(standing.county, intake, draft), now)
        if isinstance(done, Refused):
            return done
        await self._intakes.ended(intake.id, "registered", now, done.id)
        await self._forget(intake)
        return done

    @reaching
    async def keys(self, standing: Standing) -> Keys:
        """By what others like it are found."""
        return keys_of(standing.county, standing.draft.answers) if standing.draft is not None else {}

    @reaching
    async def alike(self, standing: Standing) -> tuple[tuple[Intake, tuple[str, ...]], ...]:
        """Other open ones that say the same of something."""
        keys = exact(keys_of(standing.county, standing.draft.answers)) if standing.draft is not None else {}
        if not keys:
            return ()
        found = await self._intakes.alike(standing.county.id, keys, standing.intake.id)
        known = [(await self._intakes.one(standing.county.id, name), kinds) for name, kinds in found.items()]
        return tuple((one, kinds) for one, kinds in known if one is not None)

    def _confirmed(self, standing: Standing, draft: Draft, clerk: Staff, now: dt.datetime, *, declared: bool) -> Draft:
        """As it is handed in: what was not read back to him is not confirmed, whoever is sure of it."""
        sure = standing.read_back
        answers = {name: one.model_copy(update={"confirmed": sure}) for name, one in draft.answers.items()}
        form = standing.form
        ends = next((one for one in visible_fields(form, answers) if one.kind == "declaration"), None)
        if declared and form.declaration is not None and ends is not None:
            said = Declared(version=form.declaration.version)
            answers[ends.id] = Answer(value=said, by=clerk.id, role="staff", at=now)
        kept = {"answers": answers, "state": "submitting", "submitted_at": now, "attention": None}
        return draft.model_copy(update=kept | {"handed_by": f"intake:{standing.intake.id}"})

    async def _heard(self, standing: Standing, clerk: Staff, change: Change) -> Taken:
        if standing.draft is None or standing.draft.state != "filling":
            return Taken(standing, unheard="over")
        heard = await self._change(standing.intake, change, _actor(clerk))
        after = await self._again(standing)
        if heard.unheard or after.draft is None:
            return Taken(after, unheard=heard.unheard or "over")
        now, notice = self._clock(), after.draft.agreements.get("notice")
        if notice is not None and notice.agreed and after.intake.notice is None:
            await self._intakes.heard(after.intake.id, notice=Spoken(by=clerk.id, at=notice.at, version=notice.version))
        await self._intakes.understood(
            after.intake.id, after.draft.revision, keys_of(after.county, after.draft.answers), now
        )
        return Taken(await self._again(after), heard.events)

    async def _change(self, intake: Intake, change: Change, actor: Actor) -> Heard:
        county = self._counties[intake.county]
        for _ in range(_ATTEMPTS):
            page = await self._book.open(talk_of(intake), None)
            draft = page.conversation.draft()
            if draft is not None and draft.state != "filling":  # taken over, or registered, in this moment
                return Heard(page.conversation)
            heard = change(county, page.conversation, actor, self._clock())
            if heard.unheard or heard.conversation is page.conversation:
                return heard
            kept = await self._book.keep(page, _quiet(heard.conversation), step=Step.TURN, key=None, reply=Reply())
            if not isinstance(kept, Again):
                return heard
        raise RuntimeError("an intake changed faster than it could be committed")

    async def _forget(self, intake: Intake) -> bool:
        """False: it is promised to its applicant, and stays until he has it."""
        for _ in range(_ATTEMPTS):
            page = await self._book.open(talk_of(intake), None)
            draft = page.conversation.draft()
            if draft is not None and draft.state == "leaving":
                return False
            if not page.keys or await self._book.forget(page):
                return True
        raise RuntimeError("an intake changed faster than it could be deleted")

    async def _again(self, standing: Standing) -> Standing:
        return await self.one(standing.county.id, standing.intake.id) or standing

    async def _standing(self, one: Intake) -> Standing:
        county = self._counties[one.county]
        page: Page = await self._book.open(talk_of(one), None)
        draft = page.conversation.draft() if one.state == "open" else None
        if draft is None or draft.state != "leaving":
            return Standing(one, county, page.conversation, draft)
        # Whoever brought it over may have died before he could say so here.
        if await self._giving.arrived(county.id, one.id, self._clock()):
            one = await self._intakes.one(county.id, one.id) or one
        return Standing(one, county, page.conversation, None, leaving=one.state == "open")


def _not_yet(standing: Standing, *, declared: bool) -> Refused | None:
    fields = standing.form.fields
    if not standing.noticed:
        return Refused(code="intake.notice")
    if standing.lacking:
        return Refused(
            code="intake.lacking", about={"lacking": "、".join(fields[one].called for one in standing.lacking)}
        )
    if standing.intake.by == "window" and not (declared and standing.read_back):
        return Refused(code="intake.declaration")
    return None


def _submission(county: County, intake: Intake, draft: Draft) -> Submission:
    """Of nobody in WeChat: until it is handed over to him the hotline keeps it for him."""
    account = account_of(county.id)
    person = f"{CALLER}{hashlib.sha256(draft.id.encode()).hexdigest()[:32]}"
    talk = Conversation(id=f"{account}:{person}", account=account, person=person, county=county.id)
    return submission_of(county, talk, draft).model_copy(update={"channel": intake.by})


def _actor(clerk: Staff) -> Actor:
    return Actor(person=clerk.id, role="staff", staff=clerk.id)


def _quiet(conversation: Conversation) -> Conversation:
    """Nobody is reminded of it: there is nobody to write to."""
    drafts = tuple(one.model_copy(update={"reminded": one.changed_at}) for one in conversation.drafts)
    return conversation.model_copy(update={"drafts": drafts})
