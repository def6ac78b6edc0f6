"""评价: an applicant rates a case that is closed; after a bad mark he is asked why (J35, J91)."""

import datetime as dt

from dialogs.events import Invited, RatingAsked
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import ProgressKnown, RatingTaken, Told
from model.case import Case
from model.command import Do
from model.commands.rating import GiveReason
from model.conversation import Conversation
from model.county import County
from model.edition import under
from model.message import Invitation
from routing.acts import rating_invitation
from routing.rating import in_time


class Ratings:
    """The marks a person can give, or change."""

    def __init__(self, core: RoutingCore, own: OwnCases) -> None:
        """Over the routing core; `own` knows his cases."""
        self._core = core
        self._own = own

    async def ask(
        self, county: County, conversation: Conversation, event: RatingAsked, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The marks of the one case that can be rated; of several he says which, and without one he sees how things stand."""
        try:
            cases = await self._core.cases(conversation.account, conversation.person)
            left = [one for one in cases if event.case in (None, one.id) and ratable(county, one, now)]
            given = [one for one in cases if event.case in (None, one.id) and one.rating is not None]
            if not left and len(given) == 1:
                return conversation, (RatingTaken(given[0], None),)
            if not left:
                return await self._own.progress(county, conversation, event.case, now)
            if len(left) > 1:
                return await self._own.choose(conversation, cases, left, "rate", "v")
        except CoreAway:
            return conversation, (ProgressKnown(None),)
        invitation = rating_invitation(left[0], county, left[0].number)
        if invitation is None:
            return conversation, (ProgressKnown(None),)
        return _with(conversation, invitation), (RatingTaken(left[0], None, open=True), Invited(invitation))


def ratable(county: County, case: Case, now: dt.datetime) -> bool:
    """Whether a mark can be given to it now, or changed."""
    rule = under(county, case.process_version).process.rating
    given = case.rating is not None and case.rating.changed
    return rule is not None and in_time(case, rule, now) and not given


def rated(
    county: County, conversation: Conversation, meant: Invitation, do: Do, case: Case
) -> tuple[Conversation, tuple[Told, ...]]:
    """After a mark, or the reason for it: who was not content is asked why, and all is said that can be said then."""
    others = tuple(one for one in conversation.invitations if one.kind != "rating" or one.case != case.id)
    conversation = conversation.model_copy(update={"invitations": others, "floor": None, "pushed": False})
    asked = None
    if not isinstance(do, GiveReason) and case.rating is not None and case.rating.bad:
        asked = rating_invitation(case, county, meant.title, reason=True)
    if asked is not None and asked.acts:
        conversation = _with(conversation, asked)
    return conversation, (RatingTaken(case, asked, reason=isinstance(do, GiveReason), given=True),)


def _with(conversation: Conversation, invitation: Invitation) -> Conversation:
    others = tuple(one for one in conversation.invitations if one.id != invitation.id)
    return conversation.model_copy(
        update={"invitations": (*others, invitation), "floor": invitation.id, "pushed": False}
    )
