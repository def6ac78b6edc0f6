"""Sending one row of the outbox: composed as the case stands now, by the first way that is open, else to the worklist (design §2.4)."""

import asyncio
from collections.abc import Collection, Sequence

from bot.delivery import Announce
from bot.robots import Robots
from bot.ways.places import PREPARED_AT_ONCE, Places
from bot.ways.way import Closed, Way, tried
from handlers.book import Book
from handlers.digest import DIGESTS, Digest
from handlers.figures import FIGURES
from handlers.letter import Letter, Overtaken, Undeliverable
from handlers.notices import Notices
from handlers.paper_letters import PaperLetters
from handlers.ports import Clock
from handlers.reminding import REMINDER, reminder
from handlers.systems.gone import GONE, SystemGone
from handlers.turn import Turns
from model.delivery import Delivered, Failed, Obsolete, Outcome, Postponed, Row, Unknown, Unreachable
from model.message import CardMessage, Invitation, InvitationMessage, Message, Update, WithdrawnMessage
from storage.looks import PAPER
from storage.outbox import NO_REPLY

_TO_COMMIT = 3
"""Attempts at a reply that is not committed yet: the last of them is made five minutes after the first."""


class WeChatSender:
    """`bot.delivery.Sender` over the accounts of this process."""

    def __init__(
        self,
        accounts: Collection[str],
        ways: Sequence[Way],
        turns: Turns,
        book: Book,
        notices: Notices,
        clock: Clock,
        digest: Digest | None = None,
        gone: SystemGone | None = None,
        places: Places | None = None,
        robots: Robots | None = None,
        papers: PaperLetters | None = None,
    ) -> None:
        """The `ways` in the order of trying; without a `digest` nobody is told of his morning, without `gone` of a lost system,
        without `robots` no group of the figures, without `papers` nobody sees any.
        """
        self._papers = papers
        self._robots = robots
        self._gone = gone
        self._accounts = accounts
        self._ways = ways
        self._turns = turns
        self._book = book
        self._notices = notices
        self._digest = digest
        self._clock = clock
        self._places = places or Places()
        self._preparing = asyncio.Semaphore(PREPARED_AT_ONCE)

    async def send(self, row: Row, announce: Announce) -> Outcome:
        """See `Sender`. What a notice asks joins the conversation first, so that an answer can never be too early."""
        if row.kind == "reply":
            return await self._reply(row, announce)
        async with self._preparing:
            letter = await self._prepared(row)
        return await self._letter(row, letter, announce) if isinstance(letter, Letter) else letter

    async def _prepared(self, row: Row) -> Letter | Outcome:
        """The letter, with what it asks in the conversation; or why there is none to send."""
        letter = await self._notices.compose(row)
        if isinstance(letter, Overtaken):
            return Obsolete(reason=letter.reason)
        if isinstance(letter, Undeliverable):
            return Unreachable(reason=letter.reason)
        if not (letter.unbound or letter.account in self._accounts):
            return Unreachable(reason="account not served here")
        if letter.invitation is not None:
            letter = await self._joined(row, letter, letter.invitation)
        elif letter.withdraws:
            gone = WithdrawnMessage(invitation=letter.withdraws)
            at, key = self._clock(), f"outbox:{row.key}"
            await self._turns.answer(Update(account=letter.account, person=letter.person, key=key, at=at, message=gone))
        return letter

    async def _joined(self, row: Row, letter: Letter, invitation: Invitation) -> Letter:
        """The letter as it was when what it asks joined the conversation: read again there, or it could put a task
        back that its steward has done meanwhile.
        """
        now = letter

        async def fresh() -> Message:
            nonlocal now
            again = await self._notices.compose(row)
            now = again if isinstance(again, Letter) else letter
            if now.invitation is None:
                return WithdrawnMessage(invitation=invitation.id)
            return InvitationMessage(invitation=now.invitation, settles=now.withdraws)

        message = InvitationMessage(invitation=invitation, settles=letter.withdraws)
        key = f"outbox:{row.key}"
        update = Update(account=letter.account, person=letter.person, key=key, at=self._clock(), message=message)
        await self._turns.answer(update, fresh)
        return now

    async def _without_choices(self, row: Row, letter: Letter, invitation: Invitation) -> None:
        key, message = f"card:{row.key}:{row.attempt}", CardMessage(invitation=invitation.id)
        await self._turns.answer(
            Update(account=letter.account, person=letter.person, key=key, at=self._clock(), message=message)
        )

    async def _reply(self, row: Row, announce: Announce) -> Outcome:
        if row.template == FIGURES:
            return await self._robots.send(row, announce) if self._robots else Obsolete(reason="no robot")
        account, person = row.refs["account"], row.refs["person"]
        if row.template in DIGESTS:
            return await self._morning(row, announce)
        if row.template == GONE:
            return await self._system_gone(row, announce)
        if row.template == REMINDER:
            return await self._reminder(row, account, person, announce)
        if row.template == PAPER:
            return await self._paper(row, announce)
        reply = await self._book.said(self._turns.conversation_id(account, person), row.refs["key"])
        if reply is None:
            # It was announced before its commit, which is still to come: a sweeper makes up for whoever died, within a
            # minute. Later than that nothing will be committed under this key: what it was for has another one.
            return Failed(reason="no reply yet") if row.attempt <= _TO_COMMIT else Obsolete(reason=NO_REPLY)
        if not (reply.text or reply.buttons):
            return Obsolete(reason="nothing to say")
        # Announced, and then its own message came again and had it as the answer; of a late one nobody has heard.
        if not (reply.pushed or "late" in row.refs):
            return Obsolete(reason="answered")
        if account not in self._accounts:
            return Unreachable(reason="account not served here")
        letter = Letter(account, person, reply, None, "", {})
        return await self._letter(row, letter, announce)

    async def _reminder(self, row: Row, account: str, person: str, announce: Announce) -> Outcome:
        conversation = await self._turns.conversation(account, person)
        county = self._turns.county_of(account)
        letter = reminder(county, self._turns.wording(county.id), conversation, row)
        if letter is None:
            return Obsolete(reason="the draft does not rest any more")
        outcome = await self._letter(row, letter, announce)
        # Nobody is called up about a form he has not finished.
        return Obsolete(reason=outcome.reason) if isinstance(outcome, Unreachable) else outcome

    async def _paper(self, row: Row, announce: Announce) -> Outcome:
        async with self._preparing:
            letter = await self._papers.compose(row) if self._papers else Overtaken("no papers here")
        if isinstance(letter, Overtaken):
            return Obsolete(reason=letter.reason)
        outcome = await self._letter(row, letter, announce)
        # Nobody is called up about a picture, whether it has arrived or not: he asks for it again.
        return Obsolete(reason=outcome.reason) if isinstance(outcome, Unreachable | Unknown) else outcome

    async def _system_gone(self, row: Row, announce: Announce) -> Outcome:
        letter = await self._gone.compose(row) if self._gone else None
        if letter is None or letter.account not in self._accounts:
            return Unreachable(reason="nobody who supervises is bound")
        return await self._letter(row, letter, announce)

    async def _morning(self, row: Row, announce: Announce) -> Outcome:
        letter = await self._digest.compose(row) if self._digest else None
        if letter is None:
            return Obsolete(reason="nothing to do")
        if letter.account not in self._accounts:
            return Unreachable(reason="account not served here")
        outcome = await self._letter(row, letter, announce)
        # Nobody is called up to be told of his list: he has it under 任务.
        return Obsolete(reason=outcome.reason) if isinstance(outcome, Unreachable) else outcome

    async def _letter(self, row: Row, letter: Letter, announce: Announce) -> Outcome:
        """By the first way that is open to him; one that may have brought it already is the only one to be tried."""
        closed = {"chat": letter.unbound} if letter.unbound else {}
        for way in self._ways:
            if not way.serves(letter.account) or row.channel not in (None, way.name):
                continue
            with self._places.place(letter.account, way.name) as free:
                if not free:
                    return Postponed(reason=f"{way.name}=crowded")
                found = await way.send(row, letter, announce)
            if isinstance(found, Delivered | Unknown) and letter.invitation and letter.person and not way.shows_choices:
                await self._without_choices(row, letter, letter.invitation)
            if isinstance(found, Delivered):
                return found.model_copy(update={"reason": tried(closed)})
            if not isinstance(found, Closed):
                return found
            closed[way.name] = found.reason
        return Unreachable(reason=tried(closed) or "no open channel")
