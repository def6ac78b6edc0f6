"""What is told of an appointment beside the usual facts, what it asks, and whether it still holds (X30, X36)."""

from typing import Any

from handlers.ports import RoutingCore
from handlers.titles import applicant_title
from handlers.wording.meeting import windows_named
from model.case import Case
from model.county import County
from model.delivery import Row
from model.event import Event, Recorded
from model.events.passed_visits import VisitLate, VisitUnreported
from model.events.scheduling import Reminded, TimesAsked, TimeSet, TimesUnmet
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyMoved, SurveyProposed
from model.events.works import AcceptanceReported, Connected
from model.message import Invitation
from model.times import APPLICANT, Gathering, Meeting
from routing.acts import survey_invitation, survey_invitation_id
from routing.half_days_named import said
from routing.meeting_acts import decision_invitation, times_invitation, times_invitation_id


async def meeting_facts(
    core: RoutingCore, county: County, case: Case, row: Row, recorded: Recorded, call: str
) -> dict[str, Any]:
    """`moved`: the steward who asked for another time; `decider` in words; `able`: who can when; `mine`: he had not said so;
    `example`: how he may say when he can.
    """
    event = recorded.event
    if not isinstance(event, TimesAsked | TimesUnmet | TimeSet | SurveyProposed | SurveyMoved | Reminded):
        return {}
    moved = await _mover(core, county, case, event)
    gathering = case.gatherings.get(event.appointment)
    decider = await core.steward(gathering.decider) if gathering and gathering.decider else None
    party = APPLICANT if row.recipient.kind == "applicant" else row.recipient.id
    return {
        "moved": moved,
        "decider": f"{county.body[decider.body].short}{decider.name}" if decider else "",
        "able": await _able(core, county, gathering, call) if gathering and isinstance(event, TimesUnmet) else [],
        "example": said(gathering.offers.get(party, ())) if gathering else "",
        "mine": isinstance(event, TimeSet | SurveyProposed) and party in event.unable,
    }


def speaking(case: Case, event: Event) -> str | None:
    """Who speaks for a time that is only being looked for (踏勘组织联络人, X153)."""
    orders = [case.order(one) for one in event.orders] if isinstance(event, TimesAsked) else []
    return next((one.steward for one in orders if one and one.steward), None)


async def _able(core: RoutingCore, county: County, gathering: Gathering, call: str) -> list[dict[str, Any]]:
    """Who can come when, in words."""
    found = []
    for one in gathering.asked:
        staff = None if one == APPLICANT else await core.steward(one)
        who = f"{county.body[staff.body].short}{staff.name}" if staff else call
        found.append({"who": who, "times": windows_named(gathering.times.get(one, ()), county.process.hours)})
    return found


async def _mover(core: RoutingCore, county: County, case: Case, event: Event) -> dict[str, Any] | None:
    """The steward whose wish set the time aside, with his body."""
    by = event.by if isinstance(event, SurveyMoved) else ""
    if isinstance(event, TimesAsked):
        appointment = case.appointments.get(event.appointment)
        by = appointment.moved_by if appointment and appointment.wish else ""
    staff = await core.steward(by) if by else None
    return {"staff": staff, "body": county.body[staff.body]} if staff else None


def meeting_invitation_of(county: County, case: Case, row: Row, event: Event, named: str) -> Invitation | None:
    """What such a notice asks of its reader, as the case stands now; None for another notice. `named` is the applicant."""
    party = APPLICANT if row.recipient.kind == "applicant" else row.recipient.id
    found: Invitation | None = None
    key = event.appointment if isinstance(event, TimesAsked | TimesUnmet | TimeSet | Reminded | VisitLate) else ""
    bound = case.appointments.get(key) or case.gatherings.get(key)
    title = applicant_title(county, case, bound.orders if bound is not None else (), named)
    match event:
        case TimesAsked():
            found = times_invitation(case, key, party, county, title)
        case TimesUnmet():
            found = decision_invitation(case, key, county, title)
        case TimeSet() | Reminded() | VisitLate() if party == APPLICANT:
            found = survey_invitation(case, key, county, title)
    return found if found is not None and found.acts else None


def times_settled(case: Case, row: Row, event: Event) -> str:
    """The question about a time that this notice settles: a time is there, or nobody need come any more. Empty where it
    settles none.
    """
    party = APPLICANT if row.recipient.kind == "applicant" else row.recipient.id
    if isinstance(event, OpinionGiven | AcceptanceReported | Connected):
        return _done_with(case, event) if party == APPLICANT else ""
    if not isinstance(event, TimeSet | SurveyProposed | SurveyAgreed) or event.appointment not in case.gatherings:
        return ""
    return times_invitation_id(case, event.appointment, party)


def _done_with(case: Case, event: OpinionGiven | AcceptanceReported | Connected) -> str:
    """What the applicant was asked about a time, once all is done that people were to meet for."""
    kinds: dict[str, Meeting] = {
        "opinion_given": "survey",
        "acceptance_reported": "acceptance",
        "connected": "connection",
    }
    about = [
        (key, case.gatherings.get(key), case.appointments.get(key))
        for key in {**case.gatherings, **case.appointments}
        if case.kind_of(key) == kinds[event.event]
    ]
    for key, gathering, appointment in reversed(about):
        if gathering is not None and event.order not in gathering.orders:
            continue
        if appointment is None:
            settled = gathering is not None and gathering.state == "settled"
            return times_invitation_id(case, key, APPLICANT) if settled else ""
        if not appointment.orders and (gathering is not None or key == event.order):
            return survey_invitation_id(case, key)
    return ""


def meeting_overtaken(case: Case, row: Row, event: Event) -> bool:
    """Whether it has been answered, settled or moved since."""
    match event:
        case TimesAsked(appointment=key, round=number):
            gathering = case.gatherings[key]
            party = APPLICANT if row.recipient.kind == "applicant" else row.recipient.id
            return gathering.round != number or gathering.state == "settled" or party in gathering.times
        case TimesUnmet(appointment=key, round=number):
            gathering = case.gatherings[key]
            return gathering.round != number or gathering.state != "deciding"
        case TimeSet(appointment=key, sequence=sequence):
            one = case.appointments[key]
            return one.sequence != sequence or not one.agreed
        case VisitUnreported(appointment=key, sequence=sequence) | VisitLate(appointment=key, sequence=sequence):
            one = case.appointments[key]
            return one.sequence != sequence or not one.agreed or not one.orders
        case Reminded(appointment=key, at_time=at):
            return case.appointments[key].at != at or not case.appointments[key].agreed
        case _:
            return False
