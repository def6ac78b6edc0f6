"""From a command to events, or to the reason why not (design §2.3)."""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Final

from model.case import Case
from model.command import Command, Do
from model.commands.adding import AddService
from model.commands.approvals import HandInToApproval, OfApprovals
from model.commands.backdating import AnswerBackdating, Backdate, CloseBackdating, ExplainBackdating
from model.commands.booking import MovePlan, RemindOfPlan
from model.commands.cells import FillCells
from model.commands.checks import FailCheck, PassCheck
from model.commands.claims import Claim, PassOrder
from model.commands.clock import Recount, Warn, WarnOfApproval
from model.commands.consultations import OfConsultations
from model.commands.contact import ChangeContact, ConfirmContact, DenyContact, ReportContact
from model.commands.delays import ExplainDelay, TellDelay
from model.commands.ending import (
    AnnounceEnd,
    ConfirmDecline,
    Decline,
    GiveEndReason,
    KeepOn,
    Object,
    Resume,
    ReturnDecline,
    Terminate,
    Withdraw,
)
from model.commands.erasure import EndQuestions
from model.commands.handover import HandOver
from model.commands.intake import Amend, AnswerAmendment, Assign, Move, Take
from model.commands.joint import OfJointWorks
from model.commands.passed_visits import ExplainVisit, PassVisit
from model.commands.rating import CallBack, GiveReason, Rate
from model.commands.relief import AskRelief, RefuseRelief
from model.commands.scheduling import CloseTimes, DecideTime, GiveTimes, Remind, ReportMissed
from model.commands.supplements import AskMore, Check, HandIn, TickOriginal, Waive
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.telephone import ConfirmForm, FillForm
from model.commands.unreached import ReportUnreached, SayReachable
from model.commands.urging import ReplyToUrge, Urge
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt, ReportInside
from model.county import County
from model.decision import Refused
from model.edition import under
from model.event import Event
from model.events.contact import ContactConfirmed, ContactDenied
from model.events.intake import CaseClosed, TaskTaken
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyMoved
from model.events.unreached import ApplicantHeard
from model.events.works import AcceptanceReported, Connected
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.allowing import allowed, complete, found, own, speaks_for
from routing.amendments import amending
from routing.approval_warning import warn_of_approval
from routing.approvals import approvals
from routing.assigning import assigning, released
from routing.backdating import backdating, entered_late
from routing.booking import planning
from routing.cells import fill_cells
from routing.checks import cleared, fail_check, pass_check
from routing.claims import claiming
from routing.clocks import started
from routing.consultations import called_off, consultations
from routing.contact import answered, changed, contacted
from routing.delays import delays
from routing.ending import ending
from routing.erasing import end_questions
from routing.evolve import evolve
from routing.follow_ups import all_finished, held_open
from routing.following import following
from routing.gathering import close_times, decide_time, followed, give_times
from routing.handover import hand_over
from routing.moving import move
from routing.neighbours import joint_works
from routing.open_form import completing, filled_in
from routing.opinion import opinion_of
from routing.passed_visits import passed_visits
from routing.pausing import pauses
from routing.rating import about_rating
from routing.record import record
from routing.recounting import recount
from routing.refusal import No
from routing.reminding import remind
from routing.sheet import SheetDo, for_the_sheet, on_sheet
from routing.supplement_times import ran
from routing.supplements import ask, check, hand_in, tick_original, waive
from routing.survey import answer, missed, propose
from routing.transitions import TABLE
from routing.unreached import call_failed, heard, reachable
from routing.urging import reply, urge
from routing.visits import visited
from routing.warning import warn
from routing.works import built, built_inside, give_scheme


def decide(
    case: Case, command: Command, county: County, now: dt.datetime, stewards: Sequence[Staff]
) -> tuple[Event, ...] | Refused:
    """The events that carry out `command` at `now`, or why it is refused. `stewards` are the county's in service.

    The case is decided under the process it began under, or was moved to. Raises `EditionUnknown` where that is unknown.

    When it leaves nothing to do for any order, the case is closed with it (办结). Codes: `case.closed`, `case.ended`,
    `order.ended`, `role.wrong`,
    `not.yours`, `order.unknown`, `order.unassigned`, `step.absent`, `<do>.too_early`, `<do>.already`; `survey.none`,
    `survey.outdated`, `survey.past`, `survey.too_far`, `survey.odd_hour`, `survey.wish_empty`; those of `routing.gathering`,
    `routing.reminding` and `routing.survey`; `opinion.unknown`,
    `opinion.needs_text`, `scheme.empty`, `scheme.days`, `built_inside.nothing`, `acceptance.unknown`,
    `acceptance.needs_text`; `assign.unknown`, `assign.away`; those of
    `routing.relief`; those of `routing.amendments` and `routing.adding`; `urge.nothing`, `urge.already`, `reply_urge.nothing`,
    `reply_urge.empty`; those of `routing.rating`;
    `move.unknown`, `move.step_gone`, `move.step_passed`; `warn.nothing`, `warn.early`, `recount.nothing`; those of
    `routing.booking`, `routing.open_form`, `routing.unreached`, `routing.delays`, `routing.backdating`,
    `routing.passed_visits`, `routing.cells`, `routing.checks`,
    `routing.claims`, `routing.handover`,
    `routing.ending`, `routing.supplements`, `step.waits`, `built.permits`, those of
    `routing.approvals`, `routing.neighbours` and `routing.consultations`.
    """
    county = under(county, case.process_version)
    try:
        first = _event(case, command, county, now, stewards)
        late = entered_late(case, command, county, now, stewards)
    except No as no:
        return no.refused

    def happened(before: Case, events: Sequence[Event]) -> Case:
        recorded = record(events, case_id=case.id, after=before.version, actor=command.actor, county=county, now=now)
        return reduce(evolve, recorded, before)

    led = first if isinstance(first, tuple) else (first,)
    done = (*led, *late, *released(case, command.do), *heard(case, command.do, command.actor, led))
    events, after = _with_what_follows(case, done, command, county, now, stewards)
    if case.closed_at is not None:
        return events
    if all_finished(after):
        left = held_open(after, county, stewards)
        if left is None:
            return *events, *called_off(after), CaseClosed()
        return events if all_finished(case) else (*events, left)
    begun = tuple(started(case, after, county, now))
    return *events, *begun, *pauses(happened(after, begun), county, now)


def _with_what_follows(
    case: Case, first: Iterable[Event], command: Command, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> tuple[tuple[Event, ...], Case]:
    """These events, what follows from each of them for the sheet and the times of the case, and the case after all."""
    waiting, events, after = deque(first), list[Event](), case
    while waiting:
        event = waiting.popleft()
        placed = record((event,), case_id=case.id, after=after.version, actor=command.actor, county=county, now=now)
        before, after = after, evolve(after, placed[0])
        events.append(event)
        waiting.extend(following(before, after, event, county, now, staff))
        waiting.extend(followed(after, event, county, now, staff))
        waiting.extend(visited(after, event, county, now, staff))
    return tuple(events), after


def _event(  # noqa: PLR0915 - one case per command
    case: Case, command: Command, county: County, now: dt.datetime, stewards: Sequence[Staff]
) -> Event | tuple[Event, ...]:
    do, actor = command.do, command.actor
    if actor.role not in TABLE[do.do].by:
        raise No("role.wrong")
    if actor.role == "steward" and not any(speaks_for(actor, one) for one in stewards):
        raise No("not.yours")  # out of service, or bound as somebody else by now
    if actor.role == "applicant" and actor.person != case.person and not isinstance(do, HandOver):
        raise No("not.yours")
    if case.closed_at is not None and not _after_closing(do):
        raise No("case.closed" if case.served else "case.ended", number=case.number)
    match do:
        case AgreeSurvey() | MoveSurvey():
            return _answered(case, do, actor, county, now)
        case GiveTimes():
            return give_times(case, do, actor, county, now, stewards)
        case DecideTime():
            return decide_time(case, do, actor, county, now, stewards)
        case CloseTimes():
            return close_times(case, do, county, now, stewards)
        case Remind():
            return remind(case, do, now)
        case ReportMissed():
            return missed(case, do, actor, now)
        case _ if isinstance(do, SheetDo):
            return on_sheet(case, do, actor, county, now, stewards)
        case Assign() | AskRelief() | RefuseRelief():
            return assigning(case, do, actor, county, now, stewards)
        case Move():
            return move(case, do, county)
        case Amend() | AnswerAmendment() | AddService():
            return amending(case, do, actor, county, now, stewards)
        case (
            AnnounceEnd()
            | ConfirmDecline()
            | Decline()
            | GiveEndReason()
            | KeepOn()
            | Object()
            | Resume()
            | ReturnDecline()
            | Terminate()
            | Withdraw()
        ):
            return ending(case, do, actor, county, now, stewards)
        case ReportInside() if actor.role != "steward":
            return built_inside(case, do)
        case Warn():
            return _of_a_limit(case, do, county, now, stewards)
        case OfApprovals():
            return approvals(case, do, actor, county, now, stewards)
        case OfJointWorks():
            return joint_works(case, do, actor, county, now, stewards)
        case OfConsultations():
            return consultations(case, do, actor, county, now, stewards)
        case WarnOfApproval():
            return warn_of_approval(case, do, county, now, stewards)
        case Recount():
            return recount(case, county, do.days)
        case Rate() | GiveReason() | CallBack():
            return about_rating(case, do, actor, county, now, stewards)
        case ChangeContact():
            return changed(case, do)
        case ExplainVisit() | PassVisit():
            return passed_visits(case, do, actor, county, now)
        case ExplainDelay() | TellDelay():
            return delays(case, do, actor, county, now, stewards)
        case Backdate() | ExplainBackdating() | AnswerBackdating() | CloseBackdating():
            return backdating(case, do, actor, county, now, stewards)
        case ConfirmContact() | DenyContact() | SayReachable():
            return _of_being_called(case, do, now)
        case Claim() | PassOrder():
            return claiming(case, do, actor, county, now, stewards)
        case MovePlan() | RemindOfPlan():
            return planning(case, do, county, now)
        case EndQuestions():
            return end_questions(case)
        case HandOver():
            return hand_over(case, do, actor, stewards)
        case FillForm() | ConfirmForm():
            return completing(case, do, actor, county, now)
        case FillCells():
            return fill_cells(case, do, actor, county, now)
        case HandIn():
            return hand_in(case, do, actor)
        case TickOriginal() if actor.role == "staff":
            return tick_original(case, found(case, do.order), do, actor.staff or "")
        case Urge():
            return urge(case, do, county, now, stewards)
        case ReplyToUrge():
            order = found(case, do.order)
            if actor.role == "steward":  # the window answers for a body that nobody of is reached
                own(order, actor, ())
            return reply(order, do, actor)
        case _:
            order = found(case, do.order or "")
            steward = own(order, actor, stewards if isinstance(do, Take) else ())
            if order.declining is not None:
                raise No("decline.waits")
            allowed(case, do.do, order)
            complete(case, order, do.do, county)
            filled_in(case, order, do.do, county)
            for_the_sheet(case, order, county)
            return _work(case, do, order, steward, county, now)


_AFTER_CLOSING: Final = (
    *(Rate, GiveReason, CallBack, Resume, GiveEndReason, Object, HandOver),
    *(Backdate, ExplainBackdating, AnswerBackdating, CloseBackdating),
)


def _after_closing(do: Do) -> bool:
    """What may still happen to a case that is closed: its rating, the call that comes of it, what was to follow (容缺),
    what is said of its end, when its last step was done, and that the hotline hands it over.
    """
    if isinstance(do, HandInToApproval) or (isinstance(do, WarnOfApproval) and do.items):
        return True
    return isinstance(do, _AFTER_CLOSING) or (isinstance(do, Warn) and do.step == "call_back")


def _answered(
    case: Case, do: AgreeSurvey | MoveSurvey, actor: Actor, county: County, now: dt.datetime
) -> SurveyAgreed | SurveyMoved:
    """The answer, allowed for every order that the appointment binds."""
    given = answer(case, do, actor, county.process, now)
    for order in given.orders if case.kind_of(given.appointment) == "survey" else ():
        allowed(case, do.do, found(case, order))
    return given


def _of_a_limit(
    case: Case, do: Warn, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Event | tuple[Event, ...]:
    if do.step in ("deferred", "correction"):
        return ran(case, do, do.step, county, now)
    return warn(case, do, county, now, staff)


def _of_being_called(
    case: Case, do: ConfirmContact | DenyContact | SayReachable, now: dt.datetime
) -> ContactConfirmed | ContactDenied | ApplicantHeard:
    order = found(case, do.order)
    allowed(case, do.do, order)
    return reachable(case, order) if isinstance(do, SayReachable) else answered(order, do, now)


def _work(
    case: Case,
    do: Take
    | ReportContact
    | ReportUnreached
    | ProposeSurvey
    | GiveOpinion
    | GiveScheme
    | ReportBuilt
    | ReportInside
    | ReportAcceptance
    | AskMore
    | Check
    | Waive
    | TickOriginal
    | PassCheck
    | FailCheck
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
            return contacted(case, order, do, steward, county, now)
        case ReportUnreached():
            return call_failed(order, steward, county, now)
        case ProposeSurvey():
            return propose(case, order, do.at, steward, county.process.survey, now)
        case GiveOpinion():
            given = opinion_of(do.do, do.opinion, do.remark, county.process.survey.opinions)
            return OpinionGiven(
                order=order.id,
                steward=steward,
                opinion=given.text,
                remark=do.remark.strip(),
                passes=given.passes,
                site=do.site,
            )
        case GiveScheme():
            return give_scheme(case, do, order, steward, county)
        case ReportBuilt():
            return built(case, do, order, county)
        case ReportInside():
            return built_inside(case, do)
        case ReportAcceptance():
            given = opinion_of(do.do, do.result, do.remark, county.process.acceptance)
            return AcceptanceReported(
                order=order.id,
                steward=steward,
                result=given.text,
                remark=do.remark.strip(),
                passes=given.passes,
                mend=() if given.passes else do.mend,
            )
        case AskMore():
            return ask(case, order, do, steward, county, now)
        case Check():
            return check(case, order, do, steward, county, now)
        case Waive():
            return waive(case, order, do, steward)
        case TickOriginal():
            return tick_original(case, order, do, steward)
        case PassCheck():
            return pass_check(order, do, steward)
        case FailCheck():
            return fail_check(order, do, steward)
        case Connect():
            cleared(order)
            return Connected(order=order.id, steward=steward)
