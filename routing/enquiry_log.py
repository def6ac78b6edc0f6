"""An enquiry as the fold of its events (J47)."""

import datetime as dt
from collections.abc import Iterable

from model.enquiry import (
    Enquiry,
    EnquiryAnswer,
    EnquiryAnswered,
    EnquiryAsked,
    EnquiryClosed,
    EnquiryEvent,
    EnquiryRecorded,
    EnquiryReported,
    EnquiryTaken,
    EnquiryWarned,
    Handover,
    HandoverAccepted,
    HandoverDeclined,
    HandoverOffered,
    HolderLeft,
)
from model.message import Actor


def record_enquiry(
    events: Iterable[EnquiryEvent], *, enquiry: str, after: int, actor: Actor, now: dt.datetime
) -> tuple[EnquiryRecorded, ...]:
    """The events with their places in the log, the first at `after` + 1."""
    return tuple(
        EnquiryRecorded(enquiry=enquiry, sequence=sequence, at=now, actor=actor, event=event)
        for sequence, event in enumerate(events, start=after + 1)
    )


def fold_enquiry(recorded: Iterable[EnquiryRecorded]) -> Enquiry:
    """The enquiry that these events, in order, make. Raises `ValueError` for another log."""
    enquiry: Enquiry | None = None
    for one in recorded:
        enquiry = evolve_enquiry(enquiry, one)
    if enquiry is None:
        raise ValueError("an enquiry has at least one event")
    return enquiry


def evolve_enquiry(enquiry: Enquiry | None, recorded: EnquiryRecorded) -> Enquiry:
    """The enquiry after one more event. Raises `ValueError` when the event is not its next one."""
    event = recorded.event
    if enquiry is None:
        if not isinstance(event, EnquiryAsked) or recorded.sequence != 1:
            raise ValueError("an enquiry begins with a question")
        asked = event.model_dump(exclude={"event", "first_asked", "due"})
        return Enquiry(
            id=recorded.enquiry,
            **asked,
            asked_at=recorded.at,
            first_asked=event.first_asked,
            owner=event.first_asked,
            due=event.due,
            version=1,
        )
    if recorded.sequence != enquiry.version + 1 or recorded.enquiry != enquiry.id:
        raise ValueError(f"event {recorded.sequence} does not follow {enquiry.version} of {enquiry.id}")
    return enquiry.model_copy(update={**_changes(enquiry, recorded), "version": recorded.sequence})


def _changes(enquiry: Enquiry, recorded: EnquiryRecorded) -> dict[str, object]:
    match recorded.event:
        case EnquiryTaken(by=by):
            return {"owner": by}
        case HandoverOffered(by=by, to=to, reason=reason):
            link = Handover(by=by, to=to, at=recorded.at, reason=reason)
            return {"handovers": (*_ended(enquiry, replaced_at=recorded.at), link)}
        case HandoverAccepted(by=by):
            return {"owner": by, "handovers": _ended(enquiry, accepted_at=recorded.at)}
        case HandoverDeclined():
            return {"handovers": _ended(enquiry, declined_at=recorded.at)}
        case HolderLeft(left=left, to=to):
            waits = enquiry.offered is not None and enquiry.offered.to == left
            reported = tuple(one for one in enquiry.reported_to if one != left)
            chain = _ended(enquiry, declined_at=recorded.at) if waits else enquiry.handovers
            if enquiry.offered is not None and enquiry.offered.to == to:  # it came to him another way
                chain = _ended(enquiry, accepted_at=recorded.at)
            return {"owner": to, "handovers": chain, "reported_to": reported}
        case EnquiryReported(to=to):
            return {"reported_to": to, "reported_at": recorded.at}
        case EnquiryAnswered(by=by, words=words, body=body):
            answer = EnquiryAnswer(by=by, words=words, body=body, at=recorded.at)
            return {"answer": answer, "handovers": _ended(enquiry, replaced_at=recorded.at)}
        case EnquiryWarned(share=share):
            return {"warned": share}
        case EnquiryClosed():
            return {"closed_at": recorded.at}
        case EnquiryAsked():
            raise ValueError("an enquiry is asked once")


def _ended(enquiry: Enquiry, **how: object) -> tuple[Handover, ...]:
    """The chain, with the link that waits ended so."""
    return tuple(one.model_copy(update=how) if one.open else one for one in enquiry.handovers)
