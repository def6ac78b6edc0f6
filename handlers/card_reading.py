"""Photos of cards are read: durable jobs of the conversation (ADR 30)."""

import datetime as dt
from functools import partial
from typing import Final

from handlers.beside import Beside
from handlers.ports import CardReader, Clock, Letters, Unread
from handlers.turn import Turns
from model.conversation import Conversation, ReadJob
from model.message import CardReadMessage

_PATIENCE: Final = dt.timedelta(minutes=10)
"""After that nobody waits for it any more: it was typed long ago."""


class CardReading:
    """Carries out the readings of conversations. Each may be repeated: the message's key is the job's id, and what was read is
    kept nowhere else.
    """

    def __init__(self, turns: Turns, reader: CardReader, letters: Letters, clock: Clock) -> None:
        """`reader` is the platform's side, `letters` tells the person."""
        self._beside = Beside(turns, letters, clock)
        self._reader = reader
        self._clock = clock
        self.finish = self._beside.finish

    def begin(self, conversation: Conversation) -> None:
        """Starts the readings of this conversation that are not under way in this process."""
        for job in conversation.readings:
            self._beside.begin(job, partial(self._read, conversation))

    async def _read(self, conversation: Conversation, job: ReadJob) -> None:
        found = await self._reader.read(conversation.account, conversation.id, job.media_id, job.card)
        if found is None:
            if self._clock() - job.since < _PATIENCE:
                return  # the sweeper asks again
            found = Unread("card.away")
        message = (
            CardReadMessage(job=job.id, refused=found.code)
            if isinstance(found, Unread)
            else CardReadMessage(job=job.id, parts=dict(found))
        )
        await self._beside.join(conversation.account, conversation.person, f"card:{job.id}", message)
