"""The first contact (对接, X20), as reported and as the applicant says; his number."""

from typing import Literal

from model.frozen import Frozen


class ReportContact(Frozen):
    """已联系: the applicant was reached; `outline`: what is thought of building, of a telephone application (X25)."""

    do: Literal["contact"] = "contact"
    order: str
    outline: str = ""


class ConfirmContact(Frozen):
    """联系到了: the applicant says that he was reached, as his steward reported."""

    do: Literal["confirm_contact"] = "confirm_contact"
    order: str


class DenyContact(Frozen):
    """没有: nobody has reached him."""

    do: Literal["deny_contact"] = "deny_contact"
    order: str


class ChangeContact(Frozen):
    """换电话: the applicant is to be called at another number from now on."""

    do: Literal["change_contact"] = "change_contact"
    phone: str
