"""Who hears of a form that is filled in after a telephone call (X26)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.telephone import FormConfirmed, FormFilled, FormLeftOpen
from model.order import OrderState
from routing.noticing.addressing import notice_to, order_of, speaker_of, to_applicant
from routing.transitions import finished


def notices(case: Case, recorded: Recorded, event: FormLeftOpen | FormFilled | FormConfirmed) -> Iterator[Notice]:
    """The applicant, in WeChat: that he can fill in the rest himself, and what others have written for him.

    Who is only on the telephone is called by the steward anyway: the hotline is not asked to call him besides. Once he has
    declared it to be true, whoever waited for that goes on.
    """
    if isinstance(event, FormConfirmed) and event.declared:
        yield from _going_on(case, recorded)
    if isinstance(event, FormFilled):
        yield from _mended(case, recorded, event)
    if not case.in_chat:
        return
    if isinstance(event, FormLeftOpen) and event.lacking:
        yield to_applicant(case, recorded, "applicant.form_open", f"{case.id}:form", None)
    if isinstance(event, FormFilled) and (event.read_back or event.declares):
        yield to_applicant(case, recorded, "applicant.form_read_back", f"{case.id}:form", event.order)


def _going_on(case: Case, recorded: Recorded) -> Iterator[Notice]:
    """To those who have an order in hand; whoever took the declaration himself knows."""
    for order in case.orders:
        to = speaker_of(case, order)
        taken = order.state is not OrderState.ROUTED and not finished(order, case.steps_of(order))
        if to.kind == "staff" and taken and to.id != recorded.actor.staff:
            yield notice_to(recorded, to, "steward.form_confirmed", f"{order.id}:form", order.id)


def _mended(case: Case, recorded: Recorded, event: FormFilled) -> Iterator[Notice]:
    """What the applicant has put right, to those who had it before them otherwise."""
    for name in event.mended:
        order = order_of(case, name)
        if order.state is not OrderState.ROUTED and speaker_of(case, order).kind == "staff":
            yield notice_to(recorded, speaker_of(case, order), "steward.form_mended", f"{name}:mended", name)
