"""人工会话 as the rest of the house sees it: staff find it, and what nobody has answered in time is somebody's to answer (ADR 41)."""

import datetime as dt
from typing import Final

import structlog

from dialogs.events import Asked, HandedOver
from dialogs.human_events import HumanChanged, HumanEnded, HumanOpened, HumanSaid
from handlers.enquiring import Enquiring
from handlers.ports import CoreAway
from handlers.reaching import reaching
from handlers.wording.outcomes import Told
from model.conversation import Conversation
from model.county import County
from model.human import HumanLine, HumanTalk
from model.message import Actor
from routing.enquiries import LONGEST
from storage.human_talks import HumanTalks

HumanEvent = HumanOpened | HumanChanged | HumanSaid | HumanEnded
_JOINED: Final = "；"

log = structlog.get_logger()


class Attending:
    """Keeps the list of those who wait for staff. Each step may be repeated."""

    def __init__(self, talks: HumanTalks, enquiring: Enquiring | None) -> None:
        """`enquiring` gives what was not answered an owner."""
        self._talks = talks
        self._enquiring = enquiring

    async def carry_out(
        self, county: County, conversation: Conversation, event: HumanEvent, key: str, actor: Actor, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Staff find it as it stands now. A talk that cannot be entered does not begin: the person hears where to call, as where
        no staff answer. What is said in one that has begun is kept whether or not it can be entered.

        Raises `CoreAway` where a talk ends by time and what was said could not be given to anybody: it goes on until it can.
        """
        told: tuple[Told, ...] = (event,)
        passed = False
        if isinstance(event, HumanEnded) and event.by == "time" and event.waited and self._enquiring is not None:
            words = _left(county, event.left)
            told += await self._enquiring.pass_on(county, conversation, words, key, actor, now)
            passed = True
        if conversation.human is None:
            return conversation, told
        try:
            await self._enter(conversation, conversation.human, enquiry=passed)
        except CoreAway:
            log.warning("human_talk_unlisted", away=True)
            if isinstance(event, HumanOpened) and not event.again:
                return unopened(conversation, event)
        return conversation, told

    @reaching
    async def _enter(self, conversation: Conversation, talk: HumanTalk, *, enquiry: bool) -> None:
        await self._talks.put(conversation, talk, enquiry=enquiry)


def unopened(conversation: Conversation, event: HumanOpened) -> tuple[Conversation, tuple[Told, ...]]:
    """As if there were no staff to answer: where to call, and the question once more."""
    draft = conversation.draft()
    asked: tuple[Told, ...] = (Asked(),) if draft is not None and draft.state == "filling" else ()
    return conversation.model_copy(update={"human": event.before}), (HandedOver(), *asked)


def _left(county: County, lines: tuple[HumanLine, ...]) -> str:
    """What was said and not answered, as the words of an enquiry; what there is no room for is counted."""
    say = county.messages
    said = [one.text or say[f"human.kind.{one.kind}"].strip() for one in lines]
    if not said:
        return say["human.no_words"].strip()
    whole = _JOINED.join(said)
    if len(whole) <= LONGEST:
        return whole
    more = say["human.too_long"].strip()
    return whole[: LONGEST - len(more)] + more
