"""What time does to a conversation: a draft's one reminder, its end, and the end of a talk nobody goes on with."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

import structlog

from dialogs.expiring import reminded, run_out, runs_out, talk_ends, to_forget, to_remind, without
from dialogs.human import forgotten
from handlers.book import Book, Kept, Page
from handlers.ports import Clock, CoreAway, Erasing, Letters
from handlers.reaching import reaching
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.erasure import Erasure
from model.message import Reply
from storage.steps import Step

log = structlog.get_logger()


class Talks(Protocol):
    """Who talks to staff, or has."""

    async def forget(self, account: str, person: str, before: dt.datetime) -> None:
        """What this person said before then is not kept any more."""


class Expiring:
    """Brings conversations up to date with the clock. Each step may be repeated, by any process.

    A reminder is in the outbox, under a key of its own, before the draft knows of it; an erasure is announced before
    the commit that destroys the keys, and proved after it.
    """

    def __init__(
        self, book: Book, letters: Letters, erasing: Erasing, clock: Clock, talks: Talks | None = None
    ) -> None:
        """`letters` reminds, `erasing` keeps the account; `talks` knows who talks to staff."""
        self._talks = talks
        self._book = book
        self._letters = letters
        self._erasing = erasing
        self._clock = clock

    def due(self, county: County, conversation: Conversation) -> bool:
        """Whether anything is to be done now."""
        now = self._clock()
        return bool(
            run_out(county, conversation, now)
            or to_remind(county, conversation, now)
            or to_forget(county, conversation, now)
        )

    async def tend(self, county: County, page: Page) -> Page | None:
        """The page after what was due; as it was if the records are away; None if somebody changed it meanwhile."""
        now = self._clock()
        gone, resting = run_out(county, page.conversation, now), to_remind(county, page.conversation, now)
        over = to_forget(county, page.conversation, now)
        if not (gone or resting or over):
            return page
        try:
            numbers = [await self._erasing.mark(_draft(page.conversation, draft), now) for draft in gone]
            if over:
                numbers.append(await self._erasing.mark(_said(page.conversation), now))
            for draft in resting:
                await self._remind(county, page.conversation, draft, now)
            if over and self._talks is not None:
                await self._unlisted(page.conversation)
        except CoreAway:
            return page
        after = reminded(without(page.conversation, gone, now) if gone else page.conversation, resting)
        after = forgotten(after) if over else after
        kept = await self._book.keep(page, after, step=Step.EXPIRED, key=None, reply=Reply())
        if not isinstance(kept, Kept):
            return None
        await self.prove(numbers)
        return kept.page

    async def end_talk(self, county: County, page: Page) -> bool:
        """Erases a conversation that nobody has gone on with for so long; False if it is not over, or changed meanwhile."""
        now = self._clock()
        ends = talk_ends(county, page.conversation)
        if ends is None or ends > now or page.spare():
            return False
        what = Erasure(
            kind="talk",
            rule="talk",
            county=county.id,
            record=f"{page.conversation.id}:{page.revision}:{ends.date()}",
            conversation=page.conversation.id,
            revision=page.revision,
        )
        try:
            number = await self._erasing.mark(what, now)
        except CoreAway:
            return False
        if not await self._book.forget(page):
            return False
        await self.prove([number])
        return True

    async def _remind(self, county: County, conversation: Conversation, draft: Draft, now: dt.datetime) -> None:
        await self._letters.remind(conversation.account, conversation.person, draft, now, runs_out(county, draft))

    @reaching
    async def _unlisted(self, conversation: Conversation) -> None:
        if self._talks is not None:
            await self._talks.forget(conversation.account, conversation.person, self._clock())

    async def prove(self, numbers: Sequence[str]) -> None:
        """The keys are destroyed: the account of these erasures is brought to its end."""
        for number in numbers:
            try:
                await self._erasing.finish(number, self._clock())
            except CoreAway:
                log.info("erasure_unproved")  # the retention job goes on from its mark


def _draft(conversation: Conversation, draft: Draft) -> Erasure:
    return Erasure(
        kind="draft",
        rule="drafts",
        county=conversation.county,
        record=draft.id,
        conversation=conversation.id,
        drafts=(draft.id,),
    )


def _said(conversation: Conversation) -> Erasure:
    """What was said to staff, and the photos with it: the key goes with this commit."""
    number = conversation.human.number if conversation.human is not None else 0
    return Erasure(
        kind="talk",
        rule="inbox",
        county=conversation.county,
        record=f"{conversation.id}:{conversation.wiped}:human:{number}",
        conversation=conversation.id,
        revision=conversation.wiped,
    )
