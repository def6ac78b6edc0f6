"""Who hears of a planned time, of another one, and that it comes near (X21)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.booking import PlanMoved, PlanReminded, TimePlanned
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant


def notices(case: Case, recorded: Recorded, event: TimePlanned | PlanMoved | PlanReminded) -> Iterator[Notice]:
    """The applicant, unless he moved it himself: he was answered in the conversation; and whoever works for him."""
    subject = f"{case.id}:plan"
    if isinstance(event, TimePlanned):
        yield to_applicant(case, recorded, "applicant.planned", subject, None)
        return
    moved = isinstance(event, PlanMoved)
    if not moved or recorded.actor.role != "applicant":
        name = "applicant.plan_moved" if moved else "applicant.plan_near"
        yield to_applicant(case, recorded, name, subject, None)
    told = {(to.kind, to.id): (to, one) for one in event.orders for to in (speaker_of(case, order_of(case, one)),)}
    for to, order in told.values():
        if to.kind == "staff":
            yield notice_to(recorded, to, "steward.plan_moved" if moved else "steward.plan_near", subject, order)
        elif to.kind == "body" and moved:
            yield notice_to(recorded, to, "body.plan_moved", subject, order)
