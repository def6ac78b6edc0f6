"""人工会话 at the console: who waits, what was said, and what staff do; their words reach the person as pushes (ADR 41)."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from handlers.book import TALK
from handlers.ports import Clock, Letters
from handlers.reaching import reaching
from handlers.turn import Turns
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.human import SAID, HumanLine, HumanTalk
from model.message import DeskMessage, Update
from model.staff import Staff
from storage.files import FileStore
from storage.human_talks import SUBJECT, HumanTalks, Waiting
from storage.vault import Unreadable

Deed = Literal["take", "say", "end"]

_WITHIN: Final = dt.timedelta(hours=48)
"""So long a push of what staff said is tried: later the person has no open window (platform rule), and it is to be called."""
_COMMITTED_BY: Final = dt.timedelta(seconds=20)


class Opened(NamedTuple):
    """A talk with its words; `became` says of the pushes of staff's, by the key of their line, what became of them."""

    waiting: Waiting
    conversation: Conversation
    talk: HumanTalk
    became: Mapping[str, str]


class Inbox:
    """All of it for the clerks of one county. Raises `CoreAway` and the store's errors; every deed may be repeated with its key."""

    def __init__(
        self,
        turns: Turns,
        talks: HumanTalks,
        letters: Letters,
        push_key: Callable[[str, str, str], str],
        clock: Clock,
        files: FileStore,
    ) -> None:
        """`push_key` is how the outbox calls the push of the reply to a message, by account, person and the message's key; `files` has
        what people sent.
        """
        self._turns = turns
        self._talks = talks
        self._letters = letters
        self._push_key = push_key
        self._clock = clock
        self._files = files

    @reaching
    async def waiting(self, county: County) -> tuple[Waiting, ...]:
        """The talks that are on: who waits, the longest first; then who was answered."""
        return await self._talks.open_of(county.id)

    @reaching
    async def count(self, county: County) -> int:
        """How many wait for a word of staff."""
        return await self._talks.waits(county.id)

    @reaching
    async def opened(self, county: County, row: int) -> Opened | None:
        """One of them, also after its end, as long as it is kept; None if there is none of this county."""
        found = await self._talks.one(county.id, row)
        if found is None:
            return None
        conversation = await self._turns.conversation(found.account, found.person)
        if conversation.human is None:
            return None
        keys = {self._pushed(found, one.key): one.key for one in conversation.human.lines if one.staff}
        became = await self._talks.arrived(list(keys)) if keys else {}
        told = {name: became.get(push, "waits") for push, name in keys.items()}
        return Opened(found, conversation, conversation.human, told)

    async def media(self, one: Opened, line: HumanLine) -> bytes | None:
        """What came with this line; None where there is nothing, or it is there no more. Raises `OSError`."""
        page = await self._turns.page(one.waiting.account, one.waiting.person)
        key = page.keys.get(TALK)
        if key is None or line.media is None or line.media.file is None:
            return None
        try:
            return await self._files.get(key, line.media.record, line.media.file.digest)
        except Unreadable:
            return None

    async def do(
        self, one: Opened, staff: Staff, deed: Deed, talk: int, request: str, *, text: str = "", over: str = ""
    ) -> Refused | None:
        """Take it, say something, or end it; once for each `request`. What came too late does nothing, and is refused.

        Codes: `human.over` (it has ended), `human.taken` (somebody else has it), `human.empty`, `human.long`.
        """
        words = text.strip().replace("\r\n", "\n")
        if deed == "say" and not words:
            return Refused(code="human.empty")
        if len(words) > SAID:
            return Refused(code="human.long", about={"most": str(SAID), "has": str(len(words))})
        account, person = one.waiting.account, one.waiting.person
        pushed = deed != "take"
        key = f"desk:{staff.id}:{deed}:{request}"
        message = DeskMessage(do=deed, talk=talk, key=key, staff=staff.id, name=staff.name, text=words, over=over)
        known = one.talk.open and one.talk.number == talk and one.talk.taken_by in ("", staff.id)
        if pushed and not known:  # nothing is announced that is not said
            return _refusal(one.conversation, staff, deed, talk, key)
        about = f"{SUBJECT}{one.waiting.row}"
        now = self._clock()
        if pushed:  # before it is committed: whoever dies in between has it pushed all the same
            await self._letters.reply(account, person, key, now + _COMMITTED_BY, now + _WITHIN, about)
        await self._turns.answer(Update(account=account, person=person, key=key, at=now, message=message))
        if pushed:
            await self._letters.reply(account, person, key, self._clock(), now + _WITHIN, about)
        return _refusal(await self._turns.conversation(account, person), staff, deed, talk, key)

    def _pushed(self, one: Waiting, key: str) -> str:
        return self._push_key(one.account, one.person, key)


def _refusal(after: Conversation, staff: Staff, deed: Deed, number: int, key: str) -> Refused | None:
    """Why it was not done, as the conversation stands after it; None: it was, now or when it was sent before."""
    talk = after.human
    if deed == "say" and talk is not None and any(one.key == key for one in talk.lines):
        return None
    if talk is None or talk.number != number:
        return Refused(code="human.over")
    if not talk.open:
        return None if deed == "end" and talk.ended_by == "staff" else Refused(code="human.over")
    if talk.taken_by == staff.id and deed == "take":
        return None
    return Refused(code="human.taken", about={"name": talk.taken_name})
