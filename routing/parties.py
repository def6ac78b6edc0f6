"""Who has to come to a survey beside the units that have orders: whoever leads, and the departments of the sheet (X31, X36)."""

from model.case import Case
from model.delivery import Recipient


def parties(case: Case) -> tuple[Recipient, ...]:
    """The organiser first, then the departments that have not found it good yet; a body where nobody is reached in chat.

    Who has found it good need not come again.
    """
    if case.lead is None:
        return ()
    if case.sheet is None:
        return (Recipient(kind="body", id=case.lead),)
    left = [row for row in case.sheet.rows if row.opinion is None or not row.opinion.passes]
    return (
        recipient_of(case.lead, case.sheet.organiser),
        *(recipient_of(row.body, row.officer) for row in left if row.body != case.lead),
    )


def recipient_of(body: str, staff: str | None) -> Recipient:
    """A member of staff, or his body where nobody of it can be reached."""
    return Recipient(kind="body", id=body) if staff is None else Recipient(kind="staff", id=staff)
