"""A limit to answer that is running out, or has: whoever has the enquiry hears of it, and who watches over him (J35, J39)."""

from collections.abc import Iterator, Sequence

from model.county import County
from model.enquiry import Enquiry, EnquiryWarned, Holder, WarnEnquiry
from model.message import Actor
from model.process import Receiver
from model.staff import Staff
from routing.refusal import No


def warn_enquiry(
    enquiry: Enquiry, do: WarnEnquiry, actor: Actor, county: County, staff: Sequence[Staff]
) -> EnquiryWarned:
    """One warning of this share of the limit, as of an order; a later one leaves out what was not given in time.

    Raises `No`: `role.wrong`, `warn.nothing` if it was given or is not to be given.
    """
    if actor.role != "clock":
        raise No("role.wrong")
    due = enquiry.due
    coming = (one for one in (due.warnings if due else ()) if one.share > enquiry.warned)
    if due is None or not any((one.share, one.at) == (do.share, do.at) for one in coming):
        raise No("warn.nothing")
    rule = next((one for one in county.process.warnings if one.share == do.share), None)
    tell = rule.tell if rule else ()
    told = dict.fromkeys(one for receiver in tell for one in _told(receiver, enquiry, county, staff))
    nobody = (Holder(kind="window", id=county.id),)
    return EnquiryWarned(share=do.share, due=due.at, told=tuple(told) or nobody)


def _told(receiver: Receiver, enquiry: Enquiry, county: County, staff: Sequence[Staff]) -> Iterator[Holder]:
    """Who this is, nobody if there is none: the steward is whoever has it."""
    able = [one for one in staff if one.reachable]
    match receiver:
        case "steward":
            yield enquiry.owner
        case "window":
            yield Holder(kind="window", id=county.id)
        case "lead":
            body = _body(enquiry.owner, staff)
            yield from (Holder(kind="staff", id=one.id) for one in able if one.duty == "lead" and one.body == body)
        case "supervisor":
            yield from (Holder(kind="staff", id=one.id) for one in able if one.duty == "supervisor")


def _body(owner: Holder, staff: Sequence[Staff]) -> str | None:
    if owner.kind == "body":
        return owner.id
    return next((one.body for one in staff if one.id == owner.id), None)
