"""What a member of staff can do to an enquiry, given how it stands (J37–J42)."""

from model.county import County
from model.enquiry import Enquiry, Holder
from model.message import Act, Invitation
from model.staff import Staff
from routing.acts import act_of


def enquiry_acts(enquiry: Enquiry, me: Staff, county: County) -> tuple[Act, ...]:
    """Nothing for whom it does not concern, nor once it is closed; the first is the next step."""
    return tuple(act_of(do, county) for do in _allowed(enquiry, me))


def enquiry_invitation(enquiry: Enquiry, me: Staff, county: County, title: str) -> Invitation:
    """The enquiry as an invitation to this member of staff; its id is the enquiry's, so that a newer state replaces it."""
    acts = enquiry_acts(enquiry, me, county)
    return Invitation(id=enquiry.id, kind="enquiry", case=enquiry.id, number="", title=title, acts=acts)


def _allowed(enquiry: Enquiry, me: Staff) -> tuple[str, ...]:
    holder = Holder(kind="staff", id=me.id)
    if enquiry.closed_at is not None:
        return ()
    if holder in enquiry.reported_to:
        return "answer_enquiry", "hand_over", "refer_enquiry"
    if holder == enquiry.owner:
        report = () if enquiry.reported_to else ("report_enquiry",)
        return "answer_enquiry", "hand_over", "refer_enquiry", *report
    if enquiry.offered is not None and enquiry.offered.to == holder:
        return "accept_handover", "decline_handover"
    return ("take_enquiry",) if enquiry.owner.kind != "staff" and enquiry.owner.id in (me.body, me.county) else ()
