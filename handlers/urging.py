"""催一下: passed on to whoever has the case, once; he who asks again hears by when an answer comes."""

import datetime as dt

from dialogs.events import UrgeAsked
from handlers.mine import AWAY
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import ActRefused, ProgressKnown, Told, Urged
from model.command import Command
from model.commands.urging import Urge
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.message import Actor


class Urging:
    """What an applicant can do while he waits."""

    def __init__(self, core: RoutingCore, own: OwnCases) -> None:
        """Over the routing core; `own` knows his cases."""
        self._core = core
        self._own = own

    async def urge(
        self, county: County, conversation: Conversation, event: UrgeAsked, key: str, actor: Actor, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Of the one case that is open, or that is named; of several he says which, and without one he sees how things stand."""
        try:
            cases = await self._core.cases(conversation.account, conversation.person)
            left = [one for one in cases if event.case in (None, one.id) and one.closed_at is None]
            if not left:
                return await self._own.progress(county, conversation, event.case, now)
            if len(left) > 1:
                return await self._own.choose(conversation, cases, left, "urge", "u")
            speaker = actor.model_copy(update={"role": "applicant", "staff": None})
            done = await self._core.execute(Command(id=key, case=left[0].id, actor=speaker, do=Urge()), now)
            if isinstance(done, Refused) and done.code == "urge.already":
                return conversation, (Urged(left[0], again=True),)
        except CoreAway:
            return conversation, (ProgressKnown(None) if event.case is None else ActRefused(AWAY),)
        if isinstance(done, Refused):
            return conversation, (ActRefused(done),)
        return conversation, (Urged(done.case, again=False),)
