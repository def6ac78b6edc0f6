"""已联系, as the applicant sees it: he can say that nobody reached him, and then the duty is open again (X20)."""

import datetime as dt

from model.case import Case
from model.commands.contact import ChangeContact, ConfirmContact, DenyContact, ReportContact
from model.county import County
from model.events.contact import ApplicantContacted, ContactChanged, ContactConfirmed, ContactDenied
from model.order import Order
from routing.limits import due_of
from routing.refusal import No
from routing.telephone import outline_of


def contacted(
    case: Case, order: Order, do: ReportContact, steward: str, county: County, now: dt.datetime
) -> ApplicantContacted:
    """A steward's report; the applicant is asked where the county does so, and his silence counts as a yes.

    Raises `No`: those of `outline_of`.
    """
    due, check = order.due("contact"), county.process.contact_check
    return ApplicantContacted(
        order=order.id,
        steward=steward,
        late=due is not None and now > due.at,
        outline=outline_of(case, do.outline, county),
        ask_until=due_of(check, county, now).at if check is not None else None,
    )


def changed(case: Case, do: ChangeContact) -> ContactChanged:
    """Another number. Raises `No`: `change_contact.empty`, `change_contact.already`."""
    phone = do.phone.strip()
    if not phone:
        raise No("change_contact.empty")
    if phone == case.contact:
        raise No("change_contact.already")
    return ContactChanged(phone=phone)


def answered(order: Order, do: ConfirmContact | DenyContact, now: dt.datetime) -> ContactConfirmed | ContactDenied:
    """What he says to it. Raises `No`: `<do>.already` when he was not asked or has said it, `deny_contact.too_late`."""
    if order.deniable_until is None:
        raise No(f"{do.do}.already")
    if isinstance(do, ConfirmContact):
        return ContactConfirmed(order=order.id)
    if now > order.deniable_until:
        raise No("deny_contact.too_late")
    return ContactDenied(order=order.id)
