"""The draft of an intake on its way to its applicant: promised to one conversation, then in it, then gone from here (ADR 40).

Whoever dies on the way loses nothing: a draft that is promised stays until the other conversation has it, and comes no second time.
"""

import datetime as dt
from typing import Final

from dialogs.giving_over import leaving
from handlers.book import Again, Book
from handlers.ports import KeptDraft
from handlers.reaching import reaching
from model.conversation import Conversation
from model.draft import Draft
from model.intake import Intake
from model.message import Reply
from storage.intakes import Intakes
from storage.steps import Step

_ATTEMPTS: Final = 8


class Giving:
    """Implements `handlers.ports.KeptDrafts` over the conversations and the intakes in SQL."""

    def __init__(self, book: Book, intakes: Intakes) -> None:
        self._book = book
        self._intakes = intakes

    @reaching
    async def kept(self, county: str, intake: str) -> KeptDraft | None:
        """See `KeptDrafts`."""
        one = await self._intakes.one(county, intake)
        if one is None:
            return None
        draft = (await self._book.open(talk_of(one), None)).conversation.draft() if one.state == "open" else None
        return KeptDraft(one, draft)

    @reaching
    async def leave(self, county: str, intake: str, to: str, revision: int, now: dt.datetime) -> Draft | None:
        """See `KeptDrafts`. The conversation's revision decides, against whoever types or registers at the same time."""
        one = await self._intakes.one(county, intake)
        if one is None or one.state != "open":
            return None
        for _ in range(_ATTEMPTS):
            page = await self._book.open(talk_of(one), None)
            draft = page.conversation.draft()
            gone = None if draft is None else leaving(draft, to, now)
            if draft is None or gone is None or gone is draft:
                return gone
            if draft.revision != revision:
                return None
            after = page.conversation.with_draft(gone)
            kept = await self._book.keep(page, after, step=Step.TURN, key=None, reply=Reply())
            if not isinstance(kept, Again):
                return gone
        raise RuntimeError("an intake changed faster than it could be committed")

    @reaching
    async def arrived(self, county: str, intake: str, now: dt.datetime) -> bool:
        """See `KeptDrafts`."""
        one = await self._intakes.one(county, intake)
        if one is None or one.state != "open":
            return one is not None and one.state == "handed_over"
        page = await self._book.open(talk_of(one), None)
        draft = page.conversation.draft()
        if draft is None or draft.state != "leaving":
            return False
        account, _, person = draft.goes_to.partition(":")
        his = Conversation(id=draft.goes_to, account=account, person=person, county=county)
        if intake not in (await self._book.open(his, None)).conversation.taken_over:
            return False
        await self._intakes.ended(intake, "handed_over", now)
        await self._book.forget(page)  # nobody changes it any more
        return True


def talk_of(intake: Intake) -> Conversation:
    """The conversation of an intake, as it is before anything was said."""
    return Conversation(id=intake.conversation, account=intake.account, person=intake.id, county=intake.county)
