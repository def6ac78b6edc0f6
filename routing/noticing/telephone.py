"""Who hears of a form that is filled in after a telephone call (X26)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.telephone import FormConfirmed, FormFilled, FormLeftOpen
from routing.noticing.addressing import to_applicant


def notices(case: Case, recorded: Recorded, event: FormLeftOpen | FormFilled | FormConfirmed) -> Iterator[Notice]:
    """The applicant, in WeChat: that he can fill in the rest himself, and what others have written for him.

    Who is only on the telephone is called by the steward anyway: the hotline is not asked to call him besides.
    """
    if not case.in_chat:
        return
    if isinstance(event, FormLeftOpen) and event.lacking:
        yield to_applicant(case, recorded, "applicant.form_open", f"{case.id}:form", None)
    if isinstance(event, FormFilled) and event.read_back:
        yield to_applicant(case, recorded, "applicant.form_read_back", f"{case.id}:form", event.order)
