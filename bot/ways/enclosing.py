"""A paper that goes with a letter: given to the platform once for all who look at it, and sent by the id it has there."""

from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from bot.channels.wechat.errors import FILE_UNREADABLE, Correction
from bot.channels.wechat.results import Failed as NotDone
from bot.channels.wechat.results import NoAnswer, Refusal, Sent, Uploaded
from bot.channels.wechat.sdk import Upload
from bot.channels.wechat.tokens import TokenCache, Tokens
from bot.ways.gate import MEDIA, Gate
from bot.ways.way import Closed
from handlers.letter import Enclosed
from handlers.ports import Clock
from model.delivery import Failed, Outcome, Postponed

KEPT_SECONDS: Final = 86_400.0
"""Less than the three days for which the platform keeps it: the id is with us no longer than it is of use."""


class Shelf(Protocol):
    """Where a platform keeps the temporary files of one account."""

    async def upload(self, upload: Upload, kind: str, /) -> Uploaded | NotDone:
        """Give it one."""


class Enclosing:
    """The ids under which the platforms have our papers, shared by all processes as tokens are."""

    def __init__(self, cache: TokenCache, gate: Gate, clock: Clock) -> None:
        """`cache` is that of the ids (`kind` "media")."""
        self._cache = cache
        self._gate = gate
        self._clock = clock

    async def send(
        self,
        account: str,
        shelf: Shelf,
        enclosed: Enclosed,
        kind: str,
        conversation: str,
        send: Callable[[str], Awaitable[Sent | NotDone]],
    ) -> Sent | NotDone | Outcome | None:
        """Sends it by its id, uploaded now if the platform has it not, and once more if it knows the id no longer.

        `send` announces and sends. None: the platform takes it not, or none today, and it has to be said in words.
        Raises the store's errors.
        """
        for _ in range(2):
            asked = _Asked(account, shelf, enclosed, kind, self._gate)
            ids = Tokens(f"{account}:{enclosed.digest}", self._cache, asked, self._clock)
            found = await ids.current()
            if asked.held is not None:
                return None if isinstance(asked.held, Closed) else asked.held
            if isinstance(found, NoAnswer):  # whatever became of it, nobody has been sent anything
                return Failed(reason=f"upload {found.reason}")
            if isinstance(found, Refusal):
                return await self._refused(account, conversation, found)
            sent = await send(found)
            if not isinstance(sent, Refusal) or sent.meaning.correction not in _OF_THE_FILE:
                return sent
            await ids.refused(found)
            if sent.meaning.correction is Correction.BAD_FILE:
                return None
        return None

    async def _refused(self, account: str, conversation: str, refusal: Refusal) -> Outcome | None:
        if refusal.meaning.correction in _OF_THE_FILE:
            return None
        learnt = await self._gate.learn(account, MEDIA, conversation, refusal)
        return None if isinstance(learnt, Closed) else learnt


_OF_THE_FILE: Final = (Correction.BAD_FILE, Correction.MEDIA_GONE)


class _Asked:
    """`TokenSource` of one file: gives it to the platform, if the gate lets it pass."""

    def __init__(self, account: str, shelf: Shelf, enclosed: Enclosed, kind: str, gate: Gate) -> None:
        self._account = account
        self._shelf = shelf
        self._enclosed = enclosed
        self._kind = kind
        self._gate = gate
        self.held: Postponed | Closed | None = None

    async def fetch_token(self) -> tuple[str, float] | NotDone:
        one = self._enclosed
        data = await one.load()
        if data is None:
            return Refusal.of(FILE_UNREADABLE, "the file cannot be read here")
        self.held = await self._gate.admit(self._account, MEDIA)
        if self.held is not None:
            return NoAnswer("held", may_have_arrived=False)
        found = await self._shelf.upload(Upload(one.name, one.media_type, data), self._kind)
        return (found.media_id, KEPT_SECONDS) if isinstance(found, Uploaded) else found
