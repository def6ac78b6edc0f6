"""A message's way through the house: load, advance, effects, commit (design §2.1). Any process can serve any person."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeVar
from weakref import WeakValueDictionary

from dialogs.advance import advance
from dialogs.events import Submitted
from dialogs.expiring import next_due, run_out
from dialogs.human import ends_at
from dialogs.submitting import frozen
from dialogs.whose import Whose, at_sight, whose
from handlers.book import Again, Before, Book, Kept, Page
from handlers.editions import Learn, nothing_to_learn
from handlers.effects import ACTS, Effects
from handlers.elsewhere import Elsewhere
from handlers.expiring import Expiring
from handlers.extracting import Asking
from handlers.handing_in import HandingIn
from handlers.opt_in_offering import OptInOffering
from handlers.page_offering import PageOffering
from handlers.ports import Clock, CoreAway, Extractor
from handlers.room import ROOM, overfull
from handlers.wording.outcomes import MineErased, Told, Waiting
from handlers.wording.wording import Wording
from model.conversation import Conversation, Quota
from model.county import County
from model.edition import EditionUnknown
from model.message import (
    FROM_US,
    Actor,
    CardMessage,
    CardReadMessage,
    DeskMessage,
    FetchedMessage,
    FollowMessage,
    InvitationMessage,
    MenuMessage,
    Message,
    PageMessage,
    PhotoMessage,
    Reply,
    UnfollowMessage,
    Update,
    WithdrawnMessage,
)
from storage.newer import Newer
from storage.steps import Step

Result = TypeVar("Result")

_ATTEMPTS = 8
_SWEEP_AFTER = dt.timedelta(seconds=20)
_COMMITTED_BY = dt.timedelta(seconds=20)
"""When delivery looks for a reply that was announced before it was committed; told again after the commit, at once."""
_ASKED_AGAIN = dt.timedelta(seconds=3)
"""A message that is older may have been here before (platform rule: asked again after five seconds)."""


class Turns:
    """Handles updates of every account. Serialising the messages of one person inside a process only saves recomputing:
    correctness comes from the revision alone.
    """

    def __init__(
        self,
        counties: Mapping[str, County],
        accounts: Mapping[str, str],
        book: Book,
        effects: Effects,
        handing_in: HandingIn,
        clock: Clock,
        after: Callable[[Conversation], None] = lambda _: None,
        *,
        learn: Learn = nothing_to_learn,
        room: int = ROOM,
        expiring: Expiring | None = None,
        extractor: Extractor | None = None,
        waits: Callable[[Update], None] = lambda _: None,
        shared: Mapping[str, tuple[str, ...]] | None = None,
        reads: Collection[str] = (),
        offering: OptInOffering | None = None,
        pages: PageOffering | None = None,
    ) -> None:
        """`accounts` maps account ids to county ids; `after` hears of every committed conversation with work left; `learn`
        looks for other editions of a county; `room` are the bytes one conversation may take; `expiring` does what time
        asks for; `extractor` reads what the grammar left open, where one is switched on; `waits` hears of a message whose
        person waits for it; `shared` are the accounts that another program had before us, with the beginnings of the scenes of
        our own QR codes; `reads` are those that have the reading of cards switched on; `offering` asks people to agree to 订阅通知;
        `pages` offers them the form and the progress as pages.
        """
        self._pages = pages
        self._reads = reads
        self._offering = offering
        self._waits = waits
        self._shared = shared or {}
        self._expiring = expiring
        self._extractor = extractor
        self._counties = counties
        self._accounts = accounts
        self._book = book
        self._effects = effects
        self._handing_in = handing_in
        self._clock = clock
        self._after = after
        self._learn = learn
        self._room = room
        self._wordings = {name: Wording(county) for name, county in counties.items()}
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def wording(self, county: str) -> Wording:
        """The words of a county, as it is known now."""
        return self._wordings[county].knowing(self._counties[county])

    def county_of(self, account: str) -> County:
        """The county an account is bound to. Raises KeyError for an account that is not ours."""
        return self._counties[self._accounts[account]]

    def conversation_id(self, account: str, person: str) -> str:
        """One conversation per person and account."""
        return f"{account}:{person}"

    async def receive(self, update: Update) -> Reply | Elsewhere:
        """The reply to what came from outside, the same to a redelivery; of an account that another program had before us
        it may not be ours to answer, and then is not for its redeliveries either. Raises the store's errors.
        """
        scenes = self._shared.get(update.account)
        if scenes is None:
            return await self.answer(update)
        if at_sight(update.message, scenes) is not Whose.BOTH:
            return await self._answer_to(update, None, scenes)
        # The other program answers it in any case; a person we never met leaves no trace here.
        if isinstance(update.message, FollowMessage):
            update = update.model_copy(update={"message": update.message.model_copy(update={"quiet": True})})
        await self._answer_to(update, None, scenes)
        return Elsewhere()

    async def answer(self, update: Update, fresh: Callable[[], Awaitable[Message]] | None = None) -> Reply:
        """The reply to a message: the same to a redelivery, whenever it comes. Raises the store's errors.

        `fresh` makes the message anew at every try, from what is known once the conversation is loaded: what it tells
        can then not be older than what the conversation knows already.
        """
        found = await self._answer_to(update, fresh, None)
        if isinstance(found, Elsewhere):  # nobody was asked whose it is
            raise TypeError
        return found

    async def _answer_to(
        self, update: Update, fresh: Callable[[], Awaitable[Message]] | None, scenes: tuple[str, ...] | None
    ) -> Reply | Elsewhere:
        name = self.conversation_id(update.account, update.person)
        queue = self._queues.setdefault(name, asyncio.Lock())
        async with queue:
            asking = Asking(self._extractor, update, self._clock, self._waits)
            for number in range(_ATTEMPTS):
                attempt = partial(self._attempt, name, update, fresh, asking, scenes, again=number > 0)
                reply = await self._knowing(attempt)
                if reply is not None:
                    return reply
        raise RuntimeError("a conversation changed faster than it could be committed")

    async def answered_alike(self, update: Update, reply: Reply) -> Reply:
        """Words that were said once more had `reply`, that of the first time: it is kept for their own redeliveries too,
        wherever these come. The reply to give: one that is kept already counts. Raises the store's errors.
        """
        name = self.conversation_id(update.account, update.person)
        async with self._queues.setdefault(name, asyncio.Lock()):
            for _ in range(_ATTEMPTS):
                page = await self._book.open(self._fresh(name, update.account, update.person), update.key)
                if page.reply is not None:
                    return _answer(page.reply)
                county = self.county_of(update.account)
                kept = await self._commit(county, page, page.conversation, update.key, reply, Step.TURN)
                if kept is not None:
                    return kept
        raise RuntimeError("a conversation changed faster than it could be committed")

    async def settle(self, account: str, person: str) -> bool:
        """Finishes what a conversation has begun (a submission under way) and does what time asks for, for the sweeper.
        True if nothing is left to be done now.
        """
        name = self.conversation_id(account, person)
        async with self._queues.setdefault(name, asyncio.Lock()):
            page = await self._book.open(self._fresh(name, account, person), None)
            page, _ = await self._knowing(lambda: self._finish(self.county_of(account), page, None))
            county = self.county_of(account)
            if (ends := _talk_ends(county, page.conversation)) is not None and ends <= self._clock():
                return await self._end_human(page.conversation, ends)
            if self._expiring is not None:
                aged = await self._expiring.tend(county, page)
                if aged is None or self._expiring.due(county, aged.conversation):
                    return False
                page = aged
                if await self._expiring.end_talk(county, page):
                    return True
            if any(draft.state == "submitting" and draft.act is None for draft in page.conversation.drafts):
                return False
            if page.conversation.at_work:
                self._after(page.conversation)
            return not page.conversation.at_work

    async def _end_human(self, conversation: Conversation, ends: dt.datetime) -> bool:
        """Nobody has said anything for too long: the person is told so, and the program speaks again. Announced to the outbox before
        it is committed, as receipts are. True if somebody still has to look; the next time is entered then.
        """
        talk = conversation.human
        if talk is None:
            return True
        key = f"human:{talk.number}:{int(ends.timestamp())}"
        message = DeskMessage(do="time", talk=talk.number)
        update = Update(
            account=conversation.account, person=conversation.person, key=key, at=self._clock(), message=message
        )
        try:
            await self._handing_in.tell_later(conversation, key, self._clock() + _COMMITTED_BY)
            asking = Asking(None, update, self._clock, self._waits)
            attempt = partial(self._attempt, conversation.id, update, None, asking, None, again=False)
            if await self._knowing(attempt) is None:
                return False
            await self._handing_in.tell_later(conversation, key, self._clock())
        except CoreAway:
            return False
        return True

    async def next_due(self, account: str, person: str) -> int | None:
        """When something of the conversation falls due by itself (epoch milliseconds), None if nothing ever does."""
        return _later(self.county_of(account), await self.conversation(account, person))

    async def conversation(self, account: str, person: str) -> Conversation:
        """The conversation as it is now."""
        name = self.conversation_id(account, person)
        return (await self._book.open(self._fresh(name, account, person), None)).conversation

    async def page(self, account: str, person: str) -> Page:
        """The conversation with its record keys, for storing files."""
        name = self.conversation_id(account, person)
        return await self._book.open(self._fresh(name, account, person), None)

    async def _attempt(
        self,
        name: str,
        update: Update,
        fresh: Callable[[], Awaitable[Message]] | None,
        asking: Asking,
        scenes: tuple[str, ...] | None,
        *,
        again: bool,
    ) -> Reply | Elsewhere | None:
        """One try; None if somebody else changed the conversation meanwhile. `scenes`: it may not be ours."""
        county = self.county_of(update.account)
        page = await self._book.open(self._fresh(name, update.account, update.person), update.key)
        if page.reply is not None:
            return _answer(page.reply)
        if page.passed_by:
            return Elsewhere()
        if self._expiring is not None and run_out(county, page.conversation, self._clock()):
            aged = await self._expiring.tend(county, page)
            if aged is None:
                return None
            page = aged
        page, receipt = await self._finish(county, page, update.key)
        if receipt is not None:
            return receipt
        conversation = page.conversation
        actor = Actor(
            person=update.person,
            role=conversation.role,
            staff=conversation.roles[0].staff if conversation.role == "steward" else None,
        )
        message = self._readable(update) if fresh is None else await fresh()
        outcome = advance(county, conversation, message, actor, self._clock())
        theirs = scenes is not None and (
            whose(county, conversation, message, outcome.events, self._clock(), scenes) is Whose.THEIRS
        )
        heard = message if theirs else await asking.heard(county, conversation, outcome, message, actor)
        if heard is not message:
            outcome = advance(county, conversation, heard, actor, self._clock())
        before = None
        if not any(isinstance(event, ACTS) for event in outcome.events) and self._may_have_acted(update, page, again):
            before = await self._effects.recalled(county, conversation, update.key)
        if before is not None:
            after, told = before
            reply, after = self.wording(county.id).reply(_with_quota(after, message, self._clock()), told)
            return await self._commit(county, page, after, update.key, reply, Step.TURN)
        if theirs:
            return Elsewhere() if await self._book.pass_by(page, update.key) else None
        if overfull(page.size, self._room, conversation, outcome.conversation, message):
            full = Reply(text=self.wording(county.id).catalogue.say("full"))
            return await self._commit(county, page, conversation, update.key, full, Step.TURN)
        if isinstance(message, PageMessage) and not any(isinstance(event, Submitted) for event in outcome.events):
            return await self._commit(county, page, outcome.conversation, update.key, Reply(), Step.TURN)
        if any(isinstance(event, Submitted) for event in outcome.events):
            return await self._submit(county, page, _with_quota(outcome.conversation, message, self._clock()), update)
        after, told = await self._effects.carry_out(
            county, outcome.conversation, outcome.events, update.key, actor, self._clock()
        )
        after, told = await self._offered(after, told)
        reply, after = self.wording(county.id).reply(_with_quota(after, message, self._clock()), told)
        step = _step(message)
        if step is Step.FETCHED or isinstance(message, DeskMessage):  # nobody waits for an answer
            reply = reply.model_copy(update={"pushed": True})
        committed = await self._commit(county, page, after, update.key, reply, step)
        if committed is not None and self._expiring is not None:
            await self._expiring.prove([one.number for one in told if isinstance(one, MineErased)])
        if committed is not None:
            await self._effects.settled(county, told, self._clock())
        return committed

    async def _offered(self, after: Conversation, told: tuple[Told, ...]) -> tuple[Conversation, tuple[Told, ...]]:
        """What is told, with what is offered beside it."""
        if self._offering is not None:
            after, told = await self._offering.beside(after, told)
        return after, told if self._pages is None else self._pages.beside(after, told)

    def _readable(self, update: Update) -> Message:
        """The message, with what the core must know of the account: a document has a name, a photo has none."""
        message = update.message
        if not isinstance(message, PhotoMessage) or message.name or update.account not in self._reads:
            return message
        return message.model_copy(update={"readable": True})

    def _may_have_acted(self, update: Update, page: Page, again: bool) -> bool:
        """Whether a try before this one may have given the core a command, and then lost its conversation."""
        if isinstance(update.message, FROM_US | UnfollowMessage | PageMessage):
            return False
        acts = bool(page.conversation.roles or page.conversation.cases)
        return again or (acts and self._clock() - update.at > _ASKED_AGAIN)

    async def _commit(
        self, county: County, page: Page, after: Conversation, key: str, reply: Reply, step: Step
    ) -> Reply | None:
        due = None
        if after.at_work or any(draft.state == "submitting" for draft in after.drafts):
            due = int((self._clock() + _SWEEP_AFTER).timestamp() * 1000)
        later = _put_down(county, page, after)
        kept = await self._book.keep(page, after, step=step, key=key, reply=reply, work_due=due, later_due=later)
        match kept:
            case Before(reply=earlier):
                return _answer(earlier)
            case Again():
                return None
            case Kept():
                if after.at_work:
                    self._after(after)
                return reply

    async def _submit(self, county: County, page: Page, after: Conversation, update: Update) -> Reply | None:
        """First `submitting` is committed with the frozen form, without marking the message; then the core accepts it."""
        drafts = tuple(
            frozen(county, draft).model_copy(update={"handed_by": update.key})
            if draft.state == "submitting" and draft.handed_by is None
            else draft
            for draft in after.drafts
        )
        after = after.model_copy(update={"drafts": drafts})
        due = int((self._clock() + _SWEEP_AFTER).timestamp() * 1000)
        kept = await self._book.keep(page, after, step=Step.SUBMITTING, key=None, reply=Reply(), work_due=due)
        if not isinstance(kept, Kept):
            return None
        _, receipt = await self._finish(county, kept.page, update.key)
        return receipt

    async def _finish(self, county: County, page: Page, key: str | None) -> tuple[Page, Reply | None]:
        """Hands in what waits in `submitting`. The receipt is the reply to `key` if that message confirmed it.

        A receipt that cannot be the reply is announced to the outbox before it is committed: whoever dies in between has
        it pushed all the same. Who commits first decides how it is told, once: as the reply, or as the push.
        """
        for draft in page.conversation.drafts:
            if draft.state != "submitting" or draft.act is not None:
                continue
            mine = key is not None and draft.handed_by == key
            after, told = await self._handing_in.hand_in(
                county, page.conversation, draft, self._clock(), page.keys.get(draft.id)
            )
            waiting = any(isinstance(one, Waiting) for one in told)
            if waiting and not mine:
                continue  # said before; the sweeper tries again
            after, told = await self._offered(after, told)
            reply, after = self.wording(county.id).reply(after, told)
            told_by = draft.handed_by or f"receipt:{draft.id}"
            if not mine:
                if await self._book.said(page.conversation.id, told_by) is not None:
                    # The message was answered while it had to wait: the receipt is a message of its own.
                    told_by = f"receipt:{draft.id}"
                try:
                    await self._handing_in.tell_later(page.conversation, told_by, self._clock() + _COMMITTED_BY)
                except CoreAway:
                    continue
                reply = reply.model_copy(update={"pushed": True})
            step = Step.RECEIPT if mine else Step.SETTLED
            later = _put_down(county, page, after)
            kept = await self._book.keep(page, after, step=step, key=told_by, reply=reply, later_due=later)
            if not isinstance(kept, Kept):
                return page, None
            page = kept.page
            if mine:
                return page, reply
            with suppress(CoreAway):  # it is pushed a little later then
                await self._handing_in.tell_later(page.conversation, told_by, self._clock())
        return page, None

    async def _knowing(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """The work, done again if it met an edition that could be learnt; what is newer than that waits for whoever has it.

        Raises Newer: without an answer the platform delivers the message again, in time to another process.
        """
        try:
            return await work()
        except EditionUnknown as unknown:
            await self._learn(unknown.county)
        try:
            return await work()
        except EditionUnknown as unknown:
            raise Newer(str(unknown)) from unknown

    def _fresh(self, name: str, account: str, person: str) -> Conversation:
        return Conversation(id=name, account=account, person=person, county=self._accounts[account])


def _answer(kept: Reply) -> Reply:
    """What to answer to whoever asks again."""
    return Reply() if kept.pushed else kept


def _step(message: Message) -> Step:
    match message:
        case FetchedMessage() | CardReadMessage():
            return Step.FETCHED
        case InvitationMessage() | WithdrawnMessage() | CardMessage():
            return Step.INVITED
        case _:
            return Step.TURN


def _later(county: County, conversation: Conversation) -> int | None:
    due = next_due(county, conversation)
    return None if due is None else int(due.timestamp() * 1000)


def _talk_ends(county: County, conversation: Conversation) -> dt.datetime | None:
    return ends_at(county, conversation.human) if conversation.human is not None else None


def _put_down(county: County, page: Page, after: Conversation) -> int | None:
    """The instant to be put down in the work index; None where an earlier one is there from before."""
    due = _later(county, after)
    before = _later(county, page.conversation) if page.keys else None
    return None if due is None or (before is not None and before <= due) else due


def _with_quota(conversation: Conversation, message: Message, now: dt.datetime) -> Conversation:
    """What the person's message allows us to push (platform rule: 客服消息 windows)."""
    if isinstance(message, FROM_US | PageMessage):  # platform rule: what is done on a page opens no window
        return conversation
    if isinstance(message, UnfollowMessage):
        return conversation.model_copy(update={"quota": Quota(left_at=now)})
    if isinstance(message, FollowMessage):
        opened = "came_at"
    elif isinstance(message, MenuMessage) or getattr(message, "choice", None) is not None:
        opened = "tapped_at"
    else:
        opened = "wrote_at"
    quota = conversation.quota.model_copy(update={opened: now, "left_at": None})
    return conversation.model_copy(update={"quota": quota})
