"""What comes of a code of the hotline in chat: a question, the case with its progress, or why not."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from dialogs import going_on
from dialogs.events import Asked, GoOnAsked, GoOnProved
from dialogs.giving_over import taken_over
from handlers.handing_over import Brought, Comer, HandingOver
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway
from handlers.wording.outcomes import ActRefused, CameOver, DraftCameOver, HandoverAsked, Told
from model.case import Case
from model.conversation import CaseLink, Conversation
from model.county import County
from model.decision import Refused
from storage.port import StoreAway, StoreBusy


class GoingOn:
    """Carries out what the conversation asks of `HandingOver`, and words nothing of a case before it is his."""

    def __init__(self, handing_over: HandingOver, own: OwnCases) -> None:
        self._handing_over = handing_over
        self._own = own

    async def carry_out(
        self, county: County, conversation: Conversation, event: GoOnAsked | GoOnProved, key: str, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The conversation with the case linked, or with the question on the floor; and what is told."""
        full = len(conversation.applications) >= county.most_drafts
        roles = tuple(one.staff for one in conversation.roles)
        who = Comer(conversation.account, conversation.person, key, conversation.taken_over, full, roles)
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
        if isinstance(found, Brought):
            return _brought(county, conversation, found, now)
        return await self._his(county, conversation, found, now, again=isinstance(event, GoOnAsked))

    async def settled(self, county: County, told: Sequence[Told], now: dt.datetime) -> None:
        """The conversation is stored, with what came over."""
        for one in told:
            if isinstance(one, DraftCameOver):
                with suppress(CoreAway, StoreAway, StoreBusy):  # whoever looks at the intake next does it
                    await self._handing_over.settled(county.id, one.intake, now)

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


def _brought(
    county: County, conversation: Conversation, found: Brought, now: dt.datetime
) -> tuple[Conversation, tuple[Told, ...]]:
    """The draft is his, now or from before, and he goes on with it."""
    if found.draft is None:
        draft = conversation.draft()
        rest = (Asked(),) if draft is not None and draft.state == "filling" else ()
        return conversation, (DraftCameOver(found.intake, again=True), *rest)
    after, events = taken_over(county, conversation, found.intake, found.draft, now)
    return after, (DraftCameOver(found.intake, again=False, filled=found.draft.filled), *events)
