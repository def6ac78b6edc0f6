"""After a steward has said whose an order is: what he sees next (J75)."""

from handlers.papers import task_of
from handlers.ports import RoutingCore
from handlers.steward import task_title
from model.case import Case
from model.commands.claims import Claim, PassOrder
from model.conversation import Conversation
from model.county import County
from model.message import Invitation


async def claimed(
    core: RoutingCore, county: County, conversation: Conversation, meant: Invitation, do: Claim | PassOrder, case: Case
) -> tuple[Conversation, Invitation | None]:
    """What was asked is gone; whoever has claimed the order sees it as his task. Raises `CoreAway`."""
    left = _without(conversation, meant)
    order = case.order(meant.order or "")
    if not isinstance(do, Claim) or order is None:
        return left, None
    submission = await core.submission(case.id)
    task = task_of(county, case, order, submission, task_title(county, case, order, submission))
    others = tuple(one for one in left.invitations if one.id != task.id)
    return left.model_copy(update={"invitations": (*others, task), "floor": task.id}), task


def still_asked(conversation: Conversation, invitation: Invitation, case: Case | None) -> Conversation:
    """Whose an order is is asked no more once it has a body."""
    order = case.order(invitation.order or "") if case else None
    return conversation if order is not None and order.candidates else _without(conversation, invitation)


def _without(conversation: Conversation, gone: Invitation) -> Conversation:
    left = tuple(one for one in conversation.invitations if one.id != gone.id)
    return conversation.model_copy(update={"invitations": left, "floor": None, "pushed": False})
