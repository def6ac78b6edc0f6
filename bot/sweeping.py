"""The sweeper: finishes what a conversation has begun and nobody came back to (design §2.2)."""

import structlog

from bot.rounds import Rounds
from handlers.ports import Clock
from handlers.turn import Turns
from storage.conversations import Conversations, Work

_EVERY = 5.0
_AT_ONCE = 50
_AFTER_FAULT = 600.0
_UNFINISHED = 20.0

log = structlog.get_logger()


class Sweeper(Rounds):
    """Looks at the work index every few seconds; any number of processes may do so."""

    def __init__(self, store: Conversations, turns: Turns, clock: Clock) -> None:
        """Over the conversations and those who know how to finish them."""
        super().__init__(_EVERY)
        self._store = store
        self._turns = turns
        self._clock = clock
        self._put_off: dict[Work, tuple[float, float]] = {}

    async def round(self) -> int:
        """One round; how many conversations were finished.

        An entry that cannot be finished now stays in the index, but is put off by this process, ever longer, so that
        it keeps nobody else waiting; one whose conversation was committed anew is another entry.
        """
        now = self._clock().timestamp()
        found = await self._store.work(int(now * 1000), _AT_ONCE + len(self._put_off))
        self._put_off = {entry: self._put_off[entry] for entry in found if entry in self._put_off}
        due = [entry for entry in found if self._put_off.get(entry, (0.0, 0.0))[0] <= now]
        finished = 0
        for entry in due[:_AT_ONCE]:
            account, _, person = entry.conversation.partition(":")
            longest = _UNFINISHED
            try:
                if await self._turns.settle(account, person):
                    self._put_off.pop(entry, None)
                    finished += await self._store.work_done(*entry, await self._turns.next_due(account, person))
                    continue
            except Exception as error:
                log.error("sweeper.failed", error=type(error).__name__)
                longest = _AFTER_FAULT
            pause = min(longest, 2 * self._put_off.get(entry, (0.0, _EVERY / 2))[1])
            self._put_off[entry] = (now + pause, pause)
        return finished
