"""From a question or a command to events of an enquiry, or to the reason why not (首问责任制, J37–J47)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from model.county import County
from model.decision import Refused
from model.enquiry import (
    AcceptHandover,
    AnswerEnquiry,
    AskEnquiry,
    DeclineHandover,
    Enquiry,
    EnquiryAnswered,
    EnquiryAsked,
    EnquiryClosed,
    EnquiryCommand,
    EnquiryEvent,
    EnquiryReported,
    EnquiryTaken,
    HandOver,
    HandoverAccepted,
    HandoverDeclined,
    HandoverOffered,
    Holder,
    HolderLeaves,
    HolderLeft,
    ReportEnquiry,
    TakeEnquiry,
    WarnEnquiry,
)
from model.login import at_console
from model.message import Actor
from model.staff import Staff
from routing.enquiry_warning import warn_enquiry
from routing.first_asked import first_asked, leaders, of_body
from routing.limits import due_of
from routing.refusal import No

LONGEST: Final = 400
"""Characters of a question or an answer: it must fit into what is pushed."""


def ask(
    asked: AskEnquiry, county: County, staff: Sequence[Staff], load: Mapping[str, int], now: dt.datetime
) -> tuple[EnquiryEvent, ...] | Refused:
    """The enquiry begins, with somebody who must see to it from the first moment, and by when (J37, J39).

    Refused `enquiry.empty`.
    """
    words = asked.words.strip()[:LONGEST]
    if not words:
        return Refused(code="enquiry.empty")
    limit = county.process.enquiries.limit
    kept = asked.model_dump(include={"county", "account", "person", "channel", "phone", "about", "case", "complaint"})
    first = first_asked(asked, county, staff, load)
    due = due_of(limit, county, now) if limit is not None else None
    return (EnquiryAsked(**kept, words=words, first_asked=first, due=due),)


def decide_enquiry(
    enquiry: Enquiry, command: EnquiryCommand, county: County, staff: Sequence[Staff], load: Mapping[str, int]
) -> tuple[EnquiryEvent, ...] | Refused:
    """The events that carry out `command`, or why it is refused; `staff` are the county's in service.

    An answer is followed by the closing, and nothing else closes an enquiry (J42). Codes: `not.yours`, `enquiry.closed`,
    `enquiry.not_free`, `enquiry.not_offered`, `enquiry.unknown_target`, `enquiry.own_target`, `enquiry.nobody_there`,
    `enquiry.answer_empty`, `enquiry.answer_long`, `enquiry.reported`, those of `routing.enquiry_warning`.
    """
    try:
        return _decided(enquiry, command, county, staff, load)
    except No as no:
        return no.refused


def _decided(
    enquiry: Enquiry, command: EnquiryCommand, county: County, staff: Sequence[Staff], load: Mapping[str, int]
) -> tuple[EnquiryEvent, ...]:
    if enquiry.closed_at is not None:
        raise No("enquiry.closed")
    if isinstance(command.do, HolderLeaves):
        return (_left(enquiry, command.do, command.actor, county, staff, load),)
    if isinstance(command.do, WarnEnquiry):
        return (warn_enquiry(enquiry, command.do, command.actor, county, staff),)
    speaker = _speaker(command.actor, staff)
    match command.do:
        case TakeEnquiry():
            return (_take(enquiry, speaker, county),)
        case HandOver() as do:
            return (_hand_over(enquiry, do, speaker, county, staff, load),)
        case AcceptHandover():
            return (HandoverAccepted(by=_offered(enquiry, speaker)),)
        case DeclineHandover(reason=reason):
            return (HandoverDeclined(by=_offered(enquiry, speaker), reason=reason.strip()),)
        case AnswerEnquiry() as do:
            return _answer(enquiry, do, speaker, county), EnquiryClosed()
        case ReportEnquiry():
            return (_report(enquiry, speaker, county, staff),)


def _speaker(actor: Actor, staff: Sequence[Staff]) -> Staff:
    """The member of staff who acts: all of them can be asked (J46), nobody else can answer. Who is signed in needs no WeChat."""
    for one in staff:
        known = actor.person in (one.person, at_console(one.id))
        if one.id == actor.staff and (known or actor.role == "staff"):
            return one
    raise No("not.yours")


def _own(enquiry: Enquiry, speaker: Staff) -> Holder:
    """The speaker as who has the enquiry: its owner, or one it was reported to."""
    me = _holder(speaker)
    if me != enquiry.owner and me not in enquiry.reported_to:
        raise No("not.yours")
    return me


def _left(
    enquiry: Enquiry, do: HolderLeaves, actor: Actor, county: County, staff: Sequence[Staff], load: Mapping[str, int]
) -> HolderLeft:
    """A colleague of his body has it, else its head or who supervises, else the window: never nobody (J37)."""
    if actor.role != "staff":
        raise No("role.wrong")
    gone = Holder(kind="staff", id=do.staff)
    offered = enquiry.offered
    if gone not in (enquiry.owner, *enquiry.reported_to) and (offered is None or offered.to != gone):
        raise No("not.yours")
    others = [one for one in staff if one.id != do.staff]
    heir = of_body(do.body, others, load) or leaders(do.body, county, others)[0]
    return HolderLeft(left=gone, to=heir if enquiry.owner == gone else enquiry.owner)


def _take(enquiry: Enquiry, speaker: Staff, county: County) -> EnquiryTaken:
    owner, desk = enquiry.owner, county.process.enquiries.desk
    if owner.kind == "staff":
        raise No("enquiry.not_free")
    if speaker.body != (owner.id if owner.kind == "body" else desk or speaker.body):
        raise No("not.yours")
    return EnquiryTaken(by=_holder(speaker))


def _hand_over(
    enquiry: Enquiry, do: HandOver, speaker: Staff, county: County, staff: Sequence[Staff], load: Mapping[str, int]
) -> HandoverOffered:
    me = _own(enquiry, speaker)
    to = do.to
    if to.kind == "body":
        body = county.body.get(to.id)
        if body is None:
            raise No("enquiry.unknown_target")
        others = [one for one in staff if one.id != speaker.id]
        found = of_body(to.id, others, load)
        if found is None:  # nobody could accept it: the person is told where it is instead (J41)
            raise No("enquiry.nobody_there", body=body.name, phone=body.phone, address=body.address)
        to = found
    if to.kind != "staff" or not any(one.id == to.id and one.reachable for one in staff):
        raise No("enquiry.unknown_target")
    if to == me:
        raise No("enquiry.own_target")
    return HandoverOffered(by=me, to=to, reason=do.reason.strip())


def _offered(enquiry: Enquiry, speaker: Staff) -> Holder:
    me = _holder(speaker)
    if enquiry.offered is None or enquiry.offered.to != me:
        raise No("enquiry.not_offered")
    return me


def _answer(enquiry: Enquiry, do: AnswerEnquiry, speaker: Staff, county: County) -> EnquiryAnswered:
    """Of another body's matter at least whose it is, with place and telephone; else words (J39, J41, J42)."""
    me = _own(enquiry, speaker)
    words = do.words.strip()
    if do.body is not None and do.body not in county.body:
        raise No("enquiry.unknown_target")
    if not words and do.body is None:
        raise No("enquiry.answer_empty")
    if len(words) > LONGEST:
        raise No("enquiry.answer_long", most=str(LONGEST))
    return EnquiryAnswered(by=me, words=words, body=do.body)


def _report(enquiry: Enquiry, speaker: Staff, county: County, staff: Sequence[Staff]) -> EnquiryReported:
    me = _own(enquiry, speaker)
    if enquiry.reported_at is not None and me in enquiry.reported_to:
        raise No("enquiry.reported")  # a leader has nobody above him here: he answers, or hands it on
    others = [one for one in staff if one.id != speaker.id]
    return EnquiryReported(by=me, to=leaders(speaker.body, county, others))


def _holder(one: Staff) -> Holder:
    return Holder(kind="staff", id=one.id)
