"""Where every message is received: turned down with a word, or given a turn whose answer comes in time (ADR 7, ADR 8).

A turn outlives the request that began it. A redelivery that comes while it runs waits for the same turn.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import structlog

from bot.journal import where
from bot.limits import Allowance, Buckets, Limits
from bot.line import Line, TooLong, TooMany
from bot.recent import Recent
from handlers.elsewhere import Elsewhere
from handlers.ports import Clock, CoreAway
from model.message import Message, Reply, TextMessage, UnfollowMessage, Update
from storage.fate import watching
from storage.newer import Newer
from storage.port import StoreAway, StoreBusy

Answer = Callable[[Update], Awaitable[Reply | Elsewhere]]
"""Handles a message and commits; computing the same key again returns the same."""

LAST: Final = 3
"""Platform rule: up to three deliveries of one message; after the last, silence would show as a failure."""
MAYBE_SECOND: Final = 4.0
"""Seconds after which a message may be the second delivery of one that another process knows more of."""
_FIND_OUT: Final = 15.0
_AGAIN: Final = 0.2
_MEMORY: Final = 10_000
_NOTHING_DONE: Final = frozenset({"busy", "shed"})

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Said:
    """The answer that ends the deliveries of this message; an empty reply says nothing. `outcome` is for the log."""

    reply: Reply
    outcome: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """No answer now: the platform shall deliver the message again."""

    outcome: str


@dataclass(slots=True)
class _Turn:
    task: "asyncio.Task[Said | Elsewhere | None]"
    deliveries: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    """What a person said last, of whose fate he was told nothing certain."""

    key: str
    message: Message = field(repr=False)


class Reception:
    """Receives the messages of all accounts in one process."""

    def __init__(
        self,
        answer: Answer,
        say: Callable[[Update, str, int], Reply],
        *,
        clock: Clock,
        limits: Limits | None = None,
        away: Callable[[], bool] = lambda: False,
        lag: Callable[[], float] = lambda: 0.0,
        alike: Callable[[Update, Reply], Awaitable[Reply]],
        tell_later: Callable[[Update], Awaitable[None]] | None = None,
    ) -> None:
        """`say` words a text of the catalogue (`busy`, `busy_unsure`, `limited`, `overlong`) with a number in it for this
        person; `away` is whether the conversations cannot be reached just now, `lag` how many seconds late the event
        loop stays; `alike` keeps the reply of words said once more, which is that of the first time; `tell_later` pushes the
        reply of a message whose person was told that nobody knows.
        """
        self._answer = answer
        self._alike = alike
        self._say = say
        self._clock = clock
        self._limits = limits = limits or Limits()
        self._away = away
        self._lag = lag
        self._tell_later = tell_later
        self._telling: set[asyncio.Task[None]] = set()
        self._buckets = Buckets(burst=limits.burst, rate=limits.rate, silence=limits.silence)
        self.line = Line(at_once=limits.at_once, each=limits.each, most=limits.waiting, seconds=limits.wait)
        self._turns: dict[str, _Turn] = {}
        self._answered: Recent[str, bool] = Recent(_MEMORY)  # and whether something may have been done
        self._unanswered: Recent[str, int] = Recent(_MEMORY)
        self._unsure: Recent[str, _Words] = Recent(_MEMORY)
        self._same_as: Recent[str, str] = Recent(_MEMORY)
        self._last_said: Recent[str, str] = Recent(_MEMORY)

    async def receive(self, update: Update, seconds: float) -> Said | Elsewhere | NotYet:
        """The answer to a message, within `seconds`."""
        key = update.key
        turn = self._turns.get(key)
        if turn is None:
            turned_down = self._turned_down(update)
            if turned_down is not None:
                return turned_down
            turn = self._begin(update)
        turn.deliveries += 1
        done, _ = await asyncio.wait({turn.task}, timeout=max(seconds, 0))
        found = turn.task.result() if done and not turn.task.cancelled() else None
        if found is not None:
            self._answered.put(key, isinstance(found, Said) and found.outcome not in _NOTHING_DONE)
            return found
        if turn.deliveries < LAST:
            self._unanswered.put(key, turn.deliveries)
            return NotYet("failed" if done else "late")
        if not done:
            turn.task.add_done_callback(partial(self._ended_late, update))
        return self._not_sure(update)

    def _ended_late(self, update: Update, task: asyncio.Task[Said | Elsewhere | None]) -> None:
        """The turn was done after all: a receipt must not be lost because nobody waited for it any more."""
        said = None if task.cancelled() or task.exception() else task.result()
        if self._tell_later is None or not isinstance(said, Said) or said.outcome != "answered":
            return
        if update.key in self._answered:
            return
        if self._last_said.get(self._asked(update).key) not in (None, update.key):
            return  # the words were said once more, and that message has the answer
        telling = asyncio.create_task(self._tell(self._tell_later, update))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _tell(self, tell_later: Callable[[Update], Awaitable[None]], update: Update) -> None:
        try:
            await tell_later(self._asked(update))
        except CoreAway:
            log.warning("turn.untold")

    async def finish(self, seconds: float) -> int:
        """Wait for the turns under way, at most `seconds`; how many were still running then."""
        if not self._turns:
            return 0
        _, pending = await asyncio.wait({turn.task for turn in self._turns.values()}, timeout=seconds)
        return len(pending)

    def _turned_down(self, update: Update) -> Said | None:
        """What can be said without a turn; redeliveries of a message that had one count for nothing."""
        begun = self._begun(update)
        if not begun:
            if not isinstance(update.message, UnfollowMessage):
                allowed = self._buckets.take(_person(update))
                if allowed is not Allowance.HEARD:
                    return self._limited(update, allowed)
            if isinstance(update.message, TextMessage) and len(update.message.text) > self._limits.text:
                return Said(self._say(update, "overlong", self._limits.text), "overlong")
        if self._away():
            return self._not_done(update, "busy")
        if not begun and self._lag() > self._limits.lag:  # what was begun has its reply, and hears it
            return self._not_done(update, "shed")
        return None

    def _begin(self, update: Update) -> _Turn:
        before = self._unsure.pop(_person(update))
        if before is not None and before.message == update.message:
            self._same_as.put(update.key, before.key)
            self._last_said.put(before.key, update.key)
        turn = _Turn(asyncio.create_task(self._serve(update)), self._unanswered.get(update.key) or 0)
        self._turns[update.key] = turn
        turn.task.add_done_callback(lambda _: self._turns.pop(update.key, None))
        return turn

    def _asked(self, update: Update) -> Update:
        """The message as the turns know it: words said once more have the key of the first time."""
        same = self._same_as.get(update.key)
        return update if same is None else update.model_copy(update={"key": same})

    async def _serve(self, update: Update) -> Said | Elsewhere | None:
        person = _person(update)
        try:
            await self.line.join(person)
        except TooLong:
            return self._not_done(update, "shed")
        except TooMany:
            return self._limited(update, self._buckets.spend(person))
        try:
            return await self._found(update)
        finally:
            self.line.leave(person)

    async def _found(self, update: Update) -> Said | Elsewhere | None:
        """The reply, or that it is not ours; that we are busy, if nothing of the turn was written; None, if that cannot be
        known.

        While it is not known, the same message is computed again: it either finds its own commit or makes it.
        """
        until, asked = time.monotonic() + _FIND_OUT, self._asked(update)
        with watching() as fate:
            while True:
                try:
                    reply = await self._answer(asked)
                    if isinstance(reply, Elsewhere):
                        return reply
                    if asked.key != update.key:
                        reply = await self._alike(update, reply)
                except Newer:
                    return None  # without an answer the platform asks again, in time another process
                except (StoreAway, StoreBusy) as error:
                    if not fate.written:
                        return self._not_done(update, "busy")
                    if time.monotonic() > until:
                        log.error("turn.unknown", error=type(error).__name__)
                        return None
                except Exception as error:
                    log.error("turn.failed", error=type(error).__name__, where=where(error))
                    return None
                else:
                    return Said(reply, "answered" if reply.text or reply.buttons else "quiet")
                await asyncio.sleep(_AGAIN)

    def _begun(self, update: Update) -> bool:
        """Whether this message has had a turn here, whatever its person heard of it."""
        return update.key in self._answered or update.key in self._unanswered

    def _not_done(self, update: Update, outcome: str) -> Said:
        """Not done, say it again; or, of what may have been done before, that we do not know."""
        age = (self._clock() - update.at).total_seconds()
        met = self._answered.get(update.key) or update.key in self._unanswered or update.key in self._same_as
        if age < MAYBE_SECOND and not met and self._first_said(update) is None:
            return Said(self._say(update, "busy", 0), outcome)
        return self._not_sure(update)

    def _not_sure(self, update: Update) -> Said:
        """If the same words come next, they are taken for the same message: it happens once, whatever became of it."""
        key = self._first_said(update) or self._asked(update).key
        self._unsure.put(_person(update), _Words(key, update.message))
        return Said(self._say(update, "busy_unsure", 0), "unsure")

    def _first_said(self, update: Update) -> str | None:
        """The key of the same words, of whose fate the person has just been told nothing certain."""
        before = self._unsure.get(_person(update))
        return before.key if before is not None and before.message == update.message else None

    def _limited(self, update: Update, allowed: Allowance) -> Said:
        if allowed is Allowance.SILENT:
            return Said(Reply(), "silenced")
        return Said(self._say(update, "limited", int(self._limits.silence)), "limited")


def _person(update: Update) -> str:
    return f"{update.account}:{update.person}"
