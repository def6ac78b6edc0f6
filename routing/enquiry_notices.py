"""Who is told what of an enquiry: whoever has it, whoever had it, and the one who asked (J37–J42, J47)."""

from collections.abc import Iterable, Iterator

from model.delivery import Recipient
from model.enquiry import (
    Enquiry,
    EnquiryAnswered,
    EnquiryAsked,
    EnquiryClosed,
    EnquiryDecision,
    EnquiryNotice,
    EnquiryRecorded,
    EnquiryReported,
    EnquiryTaken,
    EnquiryWarned,
    HandoverAccepted,
    HandoverDeclined,
    HandoverOffered,
    Holder,
    HolderLeft,
)
from routing.enquiry_log import evolve_enquiry


def decided(before: Enquiry | None, recorded: tuple[EnquiryRecorded, ...]) -> EnquiryDecision:
    """The events with the enquiry after them and their notices. Raises `ValueError` for none."""
    found = list[EnquiryNotice]()
    after = before
    for one in recorded:
        earlier, after = after, evolve_enquiry(after, one)
        found += _notices(earlier, after, one)
    if after is None:
        raise ValueError("a decision has at least one event")
    return EnquiryDecision(enquiry=after, recorded=recorded, notices=tuple({one.key: one for one in found}.values()))


def _notices(before: Enquiry | None, after: Enquiry, recorded: EnquiryRecorded) -> Iterator[EnquiryNotice]:
    event = recorded.event

    def tell(to: Holder, template: str) -> EnquiryNotice:
        kept = template if to.kind == "staff" else "enquiry.window"
        recipient = Recipient(kind=to.kind, id=to.id)
        return EnquiryNotice(recipient=recipient, template=kept, enquiry=after.id, event=recorded.sequence)

    def tell_asker(template: str) -> EnquiryNotice:
        """The one who asked; a caller is called back by the window (J43)."""
        kind, to = ("applicant", after.person) if after.person else ("window", after.county)
        recipient = Recipient.model_validate({"kind": kind, "id": to})
        return EnquiryNotice(recipient=recipient, template=template, enquiry=after.id, event=recorded.sequence)

    waiting = before.offered if before else None
    match event:
        case EnquiryAsked(first_asked=first):
            yield tell(first, "enquiry.asked")
        case EnquiryTaken():
            yield tell_asker("enquiry.moved")
        case HandoverOffered(to=to):
            yield tell(to, "enquiry.offered")
            if waiting is not None and waiting.to != to:
                yield tell(waiting.to, "enquiry.gone")
        case HandoverAccepted() if before is not None and waiting is not None:
            for one in _others((before.owner, waiting.by, *before.reported_to), event.by):
                yield tell(one, "enquiry.accepted")
            yield tell_asker("enquiry.moved")
        case HandoverDeclined() if waiting is not None:
            yield tell(waiting.by, "enquiry.declined")
        case HolderLeft(left=left, to=to) if before is not None:
            if before.owner == left:
                yield tell(to, "enquiry.inherited")
                yield tell_asker("enquiry.moved")
            if waiting is not None and waiting.to == left and waiting.by != left:
                yield tell(waiting.by, "enquiry.declined")
        case EnquiryReported(to=those):
            for one in those:
                yield tell(one, "enquiry.reported")
        case EnquiryWarned(told=those):
            for one in those:
                yield tell(one, "enquiry.warning" if one == after.owner else "enquiry.late")
        case EnquiryAnswered(by=by) if before is not None:
            yield tell_asker("enquiry.answered")
            for one in _others((before.owner, *before.reported_to), by):
                yield tell(one, "enquiry.settled")
            for one in _others((waiting.to,) if waiting else (), by):
                yield tell(one, "enquiry.gone")
        case EnquiryClosed():
            return


def _others(holders: Iterable[Holder], but: Holder) -> Iterator[Holder]:
    """Each of them once, who can be written to, without the one who did it."""
    yield from (one for one in dict.fromkeys(holders) if one != but and one.kind == "staff")
