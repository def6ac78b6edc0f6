"""What is said at once of a step that was done before it was entered (X59)."""

from collections.abc import Iterator

from handlers.wording.dues import Say
from model.backdating import STEPS
from model.message import Act
from model.order import Order


def told(say: Say, act: Act, order: Order | None) -> Iterator[str]:
    """By which time the step is judged for now, and what that waits for; nothing where no other time was said."""
    entered = order.entered if order is not None else None
    if order is None or entered is None:
        return
    claim = order.backdating_of(entered.sequence)
    match act.id.partition("."):
        case ("answer_backdating", _, verdict):
            yield say("backdating.agreed" if verdict == "yes" else "backdating.refused")
        case ("explain_backdating", _, _):
            yield say("backdating.asked")
        case (do, _, _) if do not in (*STEPS, "backdate"):
            return
        case _ if claim is not None:
            yield say("backdating.waits", at=claim.happened_at)
        case _ if entered.happened_at != entered.at:
            yield say("backdating.stands", at=entered.happened_at)
