"""What an applicant hears who has just taken his case over from the hotline (交接)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from routing.noticing.addressing import to_applicant


def notices(case: Case, recorded: Recorded) -> Iterator[Notice]:
    """That he can fill in the rest himself now, and what others have written for him: in WeChat he was told neither (X26).

    What else waited for a call to him is told him by the rows that waited (`storage.handed_over`).
    """
    form = case.telephone
    if form is None or case.closed_at is not None:
        return
    if form.read_back or form.put:
        yield to_applicant(case, recorded, "applicant.form_read_back", f"{case.id}:form", None)
    elif form.lacking:
        yield to_applicant(case, recorded, "applicant.form_open", f"{case.id}:form", None)
