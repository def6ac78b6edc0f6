"""The first contact (对接, X20), as reported and as the applicant says; his number."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class ApplicantContacted(Frozen):
    """A steward reports that he reached the applicant; `late` if after the deadline. He is asked, and can deny it `ask_until`.

    `outline`: what he thinks of building (方案大致内容), where it was applied for by telephone (X25).
    """

    event: Literal["applicant_contacted"] = "applicant_contacted"
    order: str
    steward: str
    late: bool = False
    ask_until: dt.datetime | None = None
    outline: str = ""


class ContactConfirmed(Frozen):
    """The applicant says that he was reached."""

    event: Literal["contact_confirmed"] = "contact_confirmed"
    order: str


class ContactDenied(Frozen):
    """He says that nobody has reached him: the duty is open again, its clock runs on as if it had never been met (X20)."""

    event: Literal["contact_denied"] = "contact_denied"
    order: str


class ContactChanged(Frozen):
    """He is to be called at this number; the one before stays in what he handed in, and in the log."""

    event: Literal["contact_changed"] = "contact_changed"
    phone: str
