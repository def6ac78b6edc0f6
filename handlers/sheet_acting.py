"""The sheet of a survey on the screen of whoever has a part in it: shown, acted on, shown as it stands then (X31–X42)."""

from handlers.mine import AWAY
from handlers.ports import CoreAway, RoutingCore
from handlers.sheet_printed import sheet_printed
from handlers.sheeting import sheet_title
from handlers.wording.outcomes import Acted, ActRefused, SheetShown, Told
from model.case import Case
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.message import Act, Invitation
from routing.sheet_acts import sheet_body, sheet_invitation


async def sheet_of(core: RoutingCore, county: County, case: Case, body: str) -> Invitation:
    """What is left to do about it for a body. Raises `CoreAway`."""
    title = sheet_title(county, case, body, await core.submission(case.id))
    return sheet_invitation(case, body, county, title)


async def sheet_viewed(
    core: RoutingCore, county: County, conversation: Conversation, invitation: Invitation
) -> tuple[Conversation, tuple[Told, ...]]:
    """看意见表: the sheet as it stands, and what can be done about it now."""
    try:
        case = await core.case(invitation.case)
        lines = await sheet_printed(core, county, case) if case else ()
        fresh = await sheet_of(core, county, case, sheet_body(invitation.id)) if case else None
    except CoreAway:
        return conversation, (ActRefused(AWAY),)
    if not lines or fresh is None:
        return conversation, (ActRefused(Refused(code="sheet.none")),)
    return _with(conversation, fresh), (SheetShown(lines, fresh),)


async def sheet_done(
    core: RoutingCore, county: County, conversation: Conversation, meant: Invitation, act: Act, case: Case
) -> tuple[Conversation, tuple[Told, ...]]:
    """The sheet as it stands now in the place of what was acted on. Raises `CoreAway`."""
    fresh = await sheet_of(core, county, case, sheet_body(meant.id))
    return _with(conversation, fresh), (Acted(act, case, None, fresh if fresh.acts else None),)


def _with(conversation: Conversation, fresh: Invitation) -> Conversation:
    others = tuple(one for one in conversation.invitations if one.id != fresh.id)
    kept, floor = ((*others, fresh), fresh.id) if fresh.acts else (others, None)
    return conversation.model_copy(update={"invitations": kept, "floor": floor, "pushed": False})
