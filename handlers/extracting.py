"""One message and the extractor that may be asked about it: at most once, and only while its person can wait (ADR 12)."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from dialogs.advance import Outcome
from dialogs.left_open import left_open
from handlers.ports import Clock, Extractor
from model.conversation import Conversation
from model.county import County
from model.message import Actor, Message, Proposal, TextMessage, Update

_FRESH: Final = dt.timedelta(seconds=2)
"""A message that is older has waited already, or came again: its answer shall not wait for anybody else."""


class Asking:
    """What is proposed for one message. A turn that is computed again, for somebody else committed meanwhile, does not ask
    again: what was proposed is checked anew by the core.
    """

    def __init__(
        self, extractor: Extractor | None, update: Update, clock: Clock, waits: Callable[[Update], None]
    ) -> None:
        """`extractor` None: nobody is ever asked. `waits` hears of a message whose person waits for the extractor."""
        self._waits = waits
        self._extractor = extractor
        self._update = update
        self._clock = clock
        self._proposed: tuple[Proposal, ...] | None = None

    async def heard(
        self, county: County, conversation: Conversation, outcome: Outcome, message: Message, actor: Actor
    ) -> Message:
        """The message with what is proposed for it; the message itself where the grammar's `outcome` leaves nothing open."""
        if self._extractor is None or not isinstance(message, TextMessage):
            return message
        if self._proposed is None:
            now = self._clock()
            if now - self._update.at > _FRESH:
                return message
            left = left_open(county, conversation, outcome, message, actor, now)
            if left is None:
                return message
            self._waits(self._update)
            self._proposed = left.proposals(await self._extractor.propose(left))
        return message.model_copy(update={"proposed": self._proposed}) if self._proposed else message
