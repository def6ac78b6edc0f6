"""What a person does to his drafts on a page: each deed a message of his conversation, told twice it is done once (design §2.1)."""

import datetime as dt
import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from dialogs.on_page import page_draft
from handlers.fetching import ALLOWED
from handlers.ports import Clock, CoreAway, RoutingCore
from handlers.turn import Turns
from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.message import PageMessage, Update
from model.page import AddFile, Deed, HandIn
from model.values import StoredFile
from storage.files import FileStore
from storage.sniff import HEAD_BYTES, media_type
from storage.whole_file import is_whole

_CHAT_OPEN: Final = dt.timedelta(hours=47)
"""Platform rule: 48 hours after the person wrote nothing can be said in the chat any more; a little is left for the way."""


class FormDesk:
    """The drafts of one person at a time; nobody else's can be named."""

    def __init__(
        self,
        turns: Turns,
        core: RoutingCore,
        files: FileStore,
        clock: Clock,
        tell_later: Callable[[Update, dt.datetime], Awaitable[None]],
    ) -> None:
        """`tell_later` says the reply to a message in the chat, too. Methods raise the stores' errors and CoreAway."""
        self._turns = turns
        self._core = core
        self._files = files
        self._clock = clock
        self._tell_later = tell_later

    async def talk(self, account: str, person: str) -> Conversation:
        """The conversation as it is now."""
        return await self._turns.conversation(account, person)

    def county(self, account: str) -> County:
        """The county of an account, as it is known now."""
        return self._turns.county_of(account)

    def draft_id(self, account: str, person: str, tail: str) -> str:
        """The whole id of a draft, of which an address only holds the end: the rest of it is the person's own."""
        return f"{self._turns.conversation_id(account, person)}#{tail}"

    async def case_of(self, draft: str) -> Case | None:
        """What came of a draft that was handed in."""
        return await self._core.submitted(draft)

    async def registered(self, account: str, person: str, draft: str) -> Case | None:
        """The case of a draft that is being registered, if it can be now: by whoever is at it, or here."""
        try:
            await self._turns.settle(account, person)
            return await self._core.submitted(draft)
        except CoreAway:
            return None

    async def do(self, account: str, person: str, draft: str, deed: Deed, shown: int) -> bool:
        """Does it, once for what the page showed at revision `shown` of the draft. False: there is no room for more."""
        what = hashlib.sha256(f"{draft} {shown} {deed.model_dump_json()}".encode()).hexdigest()[:32]
        message = PageMessage(draft=draft, do=deed)
        update = Update(account=account, person=person, key=f"page:{what}", at=self._clock(), message=message)
        reply = await self._turns.answer(update)
        if isinstance(deed, HandIn) and reply.text:
            with suppress(CoreAway):  # it is safe; the chat hears of it once it has a number
                await self._say_in_chat(update, draft)
            return True
        return not reply.text

    async def upload(self, account: str, person: str, draft: Draft, field: str, data: bytes) -> str:
        """Keeps a file for a paper of this draft; why not (`file.type`, `file.many`, `file.gone`), "" if it did."""
        kind = media_type(data[:HEAD_BYTES])
        if kind not in ALLOWED or kind is None or not is_whole(data, kind):
            return "file.type"
        key = (await self._turns.page(account, person)).keys.get(draft.id)
        if key is None:
            return "file.gone"
        digest = await self._files.put(key, draft.id, data)
        file = StoredFile(digest=digest, media_type=kind, size=len(data))
        if not await self.do(account, person, draft.id, AddFile(field=field, file=file), draft.revision):
            return "file.many"
        after = page_draft(await self.talk(account, person), draft.id)
        answer = after.answers.get(field) if after is not None else None
        kept = (
            answer.value.files
            if answer is not None and answer.value is not None and answer.value.shape == "files"
            else ()
        )
        return "" if any(one.digest == digest for one in kept) else "file.many"

    async def _say_in_chat(self, update: Update, draft: str) -> None:
        """The receipt belongs into the chat as well, where it can be: whoever only uses the page reads it there."""
        wrote_at = (await self.talk(update.account, update.person)).quota.wrote_at
        if wrote_at is None or self._clock() - wrote_at > _CHAT_OPEN or await self._core.submitted(draft) is None:
            return
        await self._tell_later(update, self._clock())
