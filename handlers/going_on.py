"""What comes of a code of the hotline in chat: a question, the case with its progress, or why not."""

import datetime as dt

from dialogs import going_on
from dialogs.events import Asked, GoOnAsked, GoOnProved
from handlers.handing_over import Comer, HandingOver
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway
from handlers.wording.outcomes import ActRefused, CameOver, HandoverAsked, Told
from model.case import Case
from model.conversation import CaseLink, Conversation
from model.county import County
from model.decision import Refused


class GoingOn:
    """Carries out what the conversation asks of `HandingOver`, and words nothing of a case before it is his."""

    def __init__(self, handing_over: HandingOver, own: OwnCases) -> None:
        self._handing_over = handing_over
        self._own = own

    async def carry_out(
        self, county: County, conversation: Conversation, event: GoOnAsked | GoOnProved, key: str, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The conversation with the case linked, or with the question on the floor; and what is told."""
        who = Comer(conversation.account, conversation.person, key)
        again = conversation.model_copy(update={"floor": going_on.asked(event.code)})
        try:
            if isinstance(event, GoOnAsked):
                found = await self._handing_over.came(county, event.code, who, now)
                if found is None:
                    return again, (HandoverAsked(event.first),)
            else:
                found = await self._handing_over.proved(county, event.code, event.tail, who, now)
        except CoreAway:
            proves = isinstance(event, GoOnProved)  # the same four digits can be said again
            return (again if proves else conversation), (ActRefused(Refused(code="core.away")),)
        if isinstance(found, Refused):
            return (again if found.code == "handover.wrong" else conversation), (ActRefused(found),)
        return await self._his(county, conversation, found, now, again=isinstance(event, GoOnAsked))

    async def _his(
        self, county: County, conversation: Conversation, case: Case, now: dt.datetime, *, again: bool
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The case is his, now or (`again`) from before: it stands with his own, and he sees how it stands."""
        if all(one.case != case.id for one in conversation.cases):
            link = CaseLink(case=case.id, number=case.number, services=case.services)
            conversation = conversation.model_copy(update={"cases": (*conversation.cases, link)})
        conversation, shown = await self._own.progress(county, conversation, case.id, now)
        draft = conversation.draft()
        rest = (Asked(),) if draft is not None and draft.state == "filling" else ()  # he was asked before, and still is
        return conversation, (CameOver(case, again=again), *shown, *rest)
