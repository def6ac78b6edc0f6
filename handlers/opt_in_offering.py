"""When a person is asked to agree to 订阅通知: right after he has handed in, and where he has just done something about a case."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from handlers.ports import Clock, OptInOffers
from handlers.wording.added import Added
from handlers.wording.outcomes import (
    Acted,
    Bound,
    ContactAnswered,
    FormTold,
    OptInOffered,
    PlanTold,
    ProgressKnown,
    Registered,
    Supplied,
    SurveyAnswered,
    TimesTaken,
    Told,
    Urged,
)
from model.conversation import Conversation

_HANDED_IN: Final = Registered | Added
_ABOUT_A_CASE: Final = (
    SurveyAnswered
    | TimesTaken
    | ContactAnswered
    | FormTold
    | PlanTold
    | Supplied
    | Urged
    | ProgressKnown
    | Acted
    | Bound
)
"""He is here, of his own will, and more is to come of it: each opt-in allows one message."""
_AGAIN: Final = dt.timedelta(days=1)
"""Who has been asked and did nothing about it is left alone for so long, unless he hands in something more."""


class OptInOffering:
    """Puts the offer behind what a turn tells; nothing where there is nothing to be agreed to."""

    def __init__(self, offers: OptInOffers, clock: Clock) -> None:
        self._offers = offers
        self._clock = clock

    async def beside(self, conversation: Conversation, told: Sequence[Told]) -> tuple[Conversation, tuple[Told, ...]]:
        """What is told with the offer, and the conversation that remembers it."""
        now, last = self._clock(), conversation.opt_in_offered
        rested = last is None or now - last >= _AGAIN
        if not any(isinstance(one, _HANDED_IN) or (rested and _is_moment(one)) for one in told):
            return conversation, tuple(told)
        link = await self._offers.link(conversation.account, conversation.person, conversation.role)
        if link is None:
            return conversation, tuple(told)
        return conversation.model_copy(update={"opt_in_offered": now}), (*told, OptInOffered(link))


def _is_moment(one: Told) -> bool:
    if isinstance(one, ProgressKnown):  # of what is over nothing more is to come
        return any(case.closed_at is None for case, _ in one.cases or ())
    return isinstance(one, _ABOUT_A_CASE)
