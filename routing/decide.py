"""From a command to events, or to the reason why not (design §2.3)."""

import datetime as dt
from collections.abc import Sequence
from functools import reduce

from model.calendar import CHINA, Due
from model.case import (
    AcceptanceReported,
    AgreeSurvey,
    Amend,
    AmendmentWished,
    Assign,
    CallBack,
    Case,
    CaseClosed,
    ChangeContact,
    Command,
    ConfirmContact,
    Connect,
    Connected,
    DenyContact,
    Do,
    Event,
    GiveOpinion,
    GiveReason,
    GiveScheme,
    Move,
    MoveSurvey,
    OpinionGiven,
    Order,
    OrderAssigned,
    ProposeSurvey,
    Rate,
    Refused,
    ReplyToUrge,
    ReportAcceptance,
    ReportBuilt,
    ReportContact,
    ReportInside,
    SurveyAgreed,
    SurveyMoved,
    SurveyReleased,
    Take,
    TaskTaken,
    Urge,
    Warn,
)
from model.county import County
from model.edition import under
from model.message import Actor
from model.process import Opinion, Step
from model.staff import Staff
from routing.assign import assign
from routing.clocks import started
from routing.contact import answered, changed, contacted
from routing.evolve import evolve
from routing.limits import due_of
from routing.moving import move
from routing.rating import call_back, rate, reason
from routing.record import record
from routing.refusal import No
from routing.survey import answer, propose
from routing.transitions import TABLE, finished, verdict
from routing.urging import reply, urge
from routing.warning import warn
from routing.works import built, built_inside, give_scheme


def decide(
    case: Case, command: Command, county: County, now: dt.datetime, stewards: Sequence[Staff]
) -> tuple[Event, ...] | Refused:
    """The events that carry out `command` at `now`, or why it is refused. `stewards` are the county's in service.

    The case is decided under the process it began under, or was moved to. Raises `EditionUnknown` where that is unknown.

    When it leaves nothing to do for any order, the case is closed with it (办结). Codes: `case.closed`, `role.wrong`,
    `not.yours`, `order.unknown`, `order.unassigned`, `step.absent`, `<do>.too_early`, `<do>.already`; `survey.none`,
    `survey.outdated`, `survey.past`, `survey.too_far`, `survey.odd_hour`, `survey.wish_empty`; `opinion.unknown`,
    `opinion.needs_text`, `scheme.empty`, `scheme.days`, `built_inside.nothing`, `acceptance.unknown`,
    `acceptance.needs_text`; `assign.unknown`; `amend.empty`; `urge.nothing`, `urge.already`, `reply_urge.nothing`,
    `reply_urge.empty`; those of `routing.rating`;
    `move.unknown`, `move.step_gone`, `move.step_passed`; `warn.nothing`, `warn.early`.
    """
    county = under(county, case.process_version)
    try:
        event = _event(case, command, county, now, stewards)
    except No as no:
        return no.refused
    events = (event, *_released(case, command.do))
    recorded = record(events, case_id=case.id, after=case.version, actor=command.actor, county=county, now=now)
    after = reduce(evolve, recorded, case)
    if case.closed_at is not None:
        return events
    if all(finished(order.state, case.steps) for order in after.orders):
        return *events, CaseClosed()
    return *events, *started(case, after, county, now)


def _event(case: Case, command: Command, county: County, now: dt.datetime, stewards: Sequence[Staff]) -> Event:
    do, actor = command.do, command.actor
    if actor.role not in TABLE[do.do].by:
        raise No("role.wrong")
    if actor.role == "steward" and not any(one.id == actor.staff and one.person == actor.person for one in stewards):
        raise No("not.yours")  # out of service, or bound as somebody else by now
    if actor.role == "applicant" and actor.person != case.person:
        raise No("not.yours")
    if case.closed_at is not None and not _after_closing(do):
        raise No("case.closed", number=case.number)
    match do:
        case AgreeSurvey() | MoveSurvey():
            return _answered(case, do, now)
        case Assign():
            return _assign(case, do, county, now, stewards)
        case Move():
            return move(case, do, county)
        case Amend():
            return _amended(do)
        case ReportInside() if actor.role != "steward":
            return built_inside(case, do)
        case Warn():
            return warn(case, do, county, now, stewards)
        case Rate():
            return rate(case, do, county, now, stewards)
        case GiveReason():
            return reason(case, do)
        case CallBack():
            return call_back(case, do, actor)
        case ChangeContact():
            return changed(case, do)
        case ConfirmContact() | DenyContact():
            order = _find(case, do.order)
            _allowed(case, do.do, order)
            return answered(order, do, now)
        case Urge():
            return urge(case, do, county, now, stewards)
        case ReplyToUrge():
            order = _find(case, do.order)
            if actor.role == "steward":  # the window answers for a body that nobody of is reached
                _own(order, actor, ())
            return reply(order, do, actor)
        case _:
            order = _find(case, do.order or "")
            steward = _own(order, actor, stewards if isinstance(do, Take) else ())
            _allowed(case, do.do, order)
            return _work(case, do, order, steward, county, now)


def _after_closing(do: Do) -> bool:
    """What may still happen to a case that is closed: its rating, and the call that comes of it."""
    return isinstance(do, Rate | GiveReason | CallBack) or (isinstance(do, Warn) and do.step == "call_back")


def _amended(do: Amend) -> AmendmentWished:
    """Allowed until the case is closed: then it is an archive."""
    wish = do.wish.strip()
    if not wish:
        raise No("amend.empty")
    return AmendmentWished(wish=wish)


def _answered(case: Case, do: AgreeSurvey | MoveSurvey, now: dt.datetime) -> SurveyAgreed | SurveyMoved:
    """The applicant's answer, allowed for every order that the appointment binds."""
    given = answer(case, do, now)
    for order in given.orders:
        _allowed(case, do.do, _find(case, order))
    return given


def _work(
    case: Case,
    do: Take
    | ReportContact
    | ProposeSurvey
    | GiveOpinion
    | GiveScheme
    | ReportBuilt
    | ReportInside
    | ReportAcceptance
    | Connect,
    order: Order,
    steward: str,
    county: County,
    now: dt.datetime,
) -> Event:
    """What a steward does to his order."""
    match do:
        case Take():
            return TaskTaken(order=order.id, steward=steward)
        case ReportContact():
            return contacted(order, steward, county, now)
        case ProposeSurvey():
            return propose(case, order, do.at, steward, county.process.survey, now)
        case GiveOpinion():
            given = _opinion(do.do, do.opinion, do.remark, county.process.survey.opinions)
            return OpinionGiven(
                order=order.id, steward=steward, opinion=given.text, remark=do.remark.strip(), passes=given.passes
            )
        case GiveScheme():
            return give_scheme(do, order, steward, county)
        case ReportBuilt():
            return built(do, order)
        case ReportInside():
            return built_inside(case, do)
        case ReportAcceptance():
            given = _opinion(do.do, do.result, do.remark, county.process.acceptance)
            return AcceptanceReported(
                order=order.id, steward=steward, result=given.text, remark=do.remark.strip(), passes=given.passes
            )
        case Connect():
            return Connected(order=order.id, steward=steward)


def _find(case: Case, order_id: str) -> Order:
    order = case.order(order_id)
    if order is None:
        raise No("order.unknown")
    return order


def _own(order: Order, actor: Actor, takers: Sequence[Staff]) -> str:
    """The acting steward's id, if the order is his; one that nobody has may be taken by `takers` of its body."""
    if order.candidates:
        raise No("order.unassigned")
    free = order.steward is None and any(one.id == actor.staff and one.body == order.body for one in takers)
    if actor.staff is None or not (free or order.steward == actor.staff):
        raise No("not.yours")
    return actor.staff


def _allowed(case: Case, do: str, order: Order) -> None:
    match verdict(do, order.state, case.steps):
        case "absent":
            raise No("step.absent")
        case "too_early" | "already" as when:
            raise No(f"{do}.{when}")
        case "allowed":
            return


def _opinion(do: str, text: str, remark: str, choices: Sequence[Opinion]) -> Opinion:
    """The county's opinion of these words; 不符合 and the like need their reasons (X41)."""
    opinion = next((one for one in choices if one.text == text), None)
    if opinion is None:
        raise No(f"{do}.unknown", choices="、".join(one.text for one in choices))
    if opinion.needs_text and not remark.strip():
        raise No(f"{do}.needs_text", opinion=opinion.text)
    return opinion


def _assign(case: Case, do: Assign, county: County, now: dt.datetime, stewards: Sequence[Staff]) -> OrderAssigned:
    order = _find(case, do.order)
    _allowed(case, do.do, order)
    named = do.steward is None or any(one.id == do.steward and one.body == do.body for one in stewards)
    if all(body.id != do.body for body in county.bodies) or not named:
        raise No("assign.unknown")
    steward = do.steward or assign(stewards, do.body, None, now.astimezone(CHINA).date())
    if (steward, do.body) == (order.steward, order.body) and not order.candidates:
        raise No("assign.already")
    # For another body the limits start when it receives the order (R33); a colleague takes over the clocks too.
    moved = do.body != order.body or bool(order.candidates)
    return OrderAssigned(
        order=order.id,
        body=do.body,
        steward=steward,
        previous=order.steward,
        contact_due=_anew(order, "contact", county, now) if moved else order.due("contact"),
        survey_due=_anew(order, "survey", county, now) if moved else order.due("survey"),
    )


def _released(case: Case, do: Do) -> tuple[SurveyReleased, ...]:
    """The times that go with a change of steward, because the new one cannot keep them."""
    if not isinstance(do, Assign) or not do.anew:
        return ()
    return tuple(
        SurveyReleased(appointment=key, at_time=one.at, orders=one.orders, sequence=one.sequence)
        for key, one in case.appointments.items()
        if do.order in one.orders and not one.wish and not one.released
    )


def _anew(order: Order, step: Step, county: County, now: dt.datetime) -> Due | None:
    """The same limit, beginning now or at the applicant's planned time (R27); what is done stays done."""
    clock = order.clocks.get(step)
    if clock is None or clock.met_at is not None:
        return order.due(step)
    return due_of(clock.due, county, max([now, *(pause.until for pause in clock.pauses)]))
