"""A case as the fold of its events (design §2.3)."""

from collections.abc import Iterable

from model.case import Case
from model.event import Recorded
from model.events.adding import ServiceAdded
from model.events.approvals import OfApproval
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.booking import PlanMoved, PlanReminded, TimePlanned
from model.events.cells import CellsFilled
from model.events.checks import CheckFailed, CheckPassed, RouteTaken
from model.events.claims import ClaimOffered, ClaimSettled
from model.events.clock import ClockPaused, ClockResumed, ClocksRecounted, ClockStarted, Warned
from model.events.consultations import OfConsultation
from model.events.contact import ApplicantContacted, ContactChanged, ContactConfirmed, ContactDenied
from model.events.decided import DecidedAnew
from model.events.delays import DelayAsked, DelayExplained, DelayTold
from model.events.ending import (
    DeclineProposed,
    DeclineReturned,
    EndAnnounced,
    EndReasonGiven,
    KeptOn,
    Objected,
    OrdersEnded,
    OrdersResumed,
)
from model.events.erasure import QuestionsEnded
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.follow_up import (
    ClosingHeld,
    FollowUpOpened,
    FollowUpReady,
    FollowUpReminded,
    FollowUpSettled,
)
from model.events.handover import CaseHandedOver
from model.events.intake import (
    AmendmentAnswered,
    AmendmentWished,
    CaseAccepted,
    CaseClosed,
    Moved,
    OrderAssigned,
    OrderRouted,
    TaskTaken,
)
from model.events.joint import OfJoint
from model.events.passed_visits import VisitExplained, VisitLate, VisitUnreported
from model.events.rating import CalledBack, Rated, ReasonGiven
from model.events.relief import ReliefAsked, ReliefRefused
from model.events.scheduling import (
    Missed,
    OthersAwaited,
    Reminded,
    TimesAsked,
    TimesClosed,
    TimeSet,
    TimesGiven,
    TimesUnmet,
)
from model.events.sheet import (
    CompletionPromised,
    CopyKept,
    CopyReturned,
    DepartmentsChosen,
    OfficerReplaced,
    RowGiven,
    RowsReminded,
    SheetAlarmSet,
    SheetConcluded,
    SheetOpened,
    SurveyRepeated,
)
from model.events.supplements import (
    OriginalReceived,
    SupplementAccepted,
    SupplementReturned,
    SupplementsAsked,
    SupplementsDeferred,
    SupplementsHandedIn,
    SupplementsOverdue,
    SupplementsReminded,
    SupplementWaived,
)
from model.events.survey import OpinionGiven, SurveyAgreed, SurveyJoined, SurveyMoved, SurveyProposed, SurveyReleased
from model.events.telephone import FormConfirmed, FormFilled, FormLeftOpen
from model.events.unreached import ApplicantHeard, CallFailed
from model.events.urging import UrgeAnswered, Urged
from model.events.works import AcceptanceReported, Connected, SchemeGiven, WorksReported
from routing.folds import (
    adding,
    appointments,
    approvals,
    backdating,
    booking,
    cells,
    checks,
    claims,
    clocks,
    consultations,
    contact,
    decided,
    delays,
    ending,
    external,
    handover,
    intake,
    joint,
    passed_visits,
    rating,
    relief,
    scheduling,
    sheet,
    supplements,
    survey,
    telephone,
    unreached,
    urging,
    works,
)


def fold(recorded: Iterable[Recorded], case: Case | None = None) -> Case:
    """The case that these events, in the order of their sequence from 1, make; those that follow on `case`, if it is given.
    Raises `ValueError` for another log.
    """
    for one in recorded:
        case = evolve(case, one)
    if case is None:
        raise ValueError("a case has at least one event")
    return case


def evolve(case: Case | None, recorded: Recorded) -> Case:
    """The case after one more event. Raises `ValueError` when the event is not the next one of this case."""
    event = recorded.event
    if case is None:
        if not isinstance(event, CaseAccepted) or recorded.sequence != 1:
            raise ValueError("a case begins with its acceptance")
        return _accepted(recorded, event)
    if recorded.sequence != case.version + 1 or recorded.case != case.id:
        raise ValueError(f"event {recorded.sequence} of {recorded.case} does not follow {case.version} of {case.id}")
    after = backdating.entered(case, _changed(case, recorded), recorded)
    return after.model_copy(update={"version": recorded.sequence})


def _accepted(recorded: Recorded, event: CaseAccepted) -> Case:
    return Case(
        id=recorded.case,
        number=event.number,
        county=event.county,
        process_version=event.process_version,
        submission=event.submission,
        account=event.account,
        person=event.person,
        accepted_at=recorded.at,
        services=event.services,
        joint=event.joint,
        lead=event.lead,
        steps=event.steps,
        limits=event.limits,
        possible_permits=event.possible_permits,
        promises=event.promises,
        departments=event.departments,
        wished=event.wished,
        orders=(),
        version=recorded.sequence,
    )


def _changed(case: Case, recorded: Recorded) -> Case:
    match recorded.event:
        case (
            OrderRouted()
            | OrderAssigned()
            | TaskTaken()
            | Moved()
            | AmendmentWished()
            | AmendmentAnswered()
            | CaseClosed() as event
        ):
            return intake.fold(case, recorded, event)
        case ReliefAsked() | ReliefRefused() as event:
            return relief.fold(case, event)
        case ApplicantContacted() | ContactConfirmed() | ContactDenied() | ContactChanged() as event:
            return contact.fold(case, recorded, event)
        case DelayAsked() | DelayExplained() | DelayTold() as event:
            return delays.fold(case, recorded, event)
        case VisitUnreported() | VisitLate() | VisitExplained() as event:
            return passed_visits.fold(case, event)
        case BackDated() | BackdatingClaimed() | BackdatingAsked() | BackdatingDecided() as event:
            return backdating.fold(case, recorded, event)
        case CallFailed() | ApplicantHeard() as event:
            return unreached.fold(case, recorded, event)
        case (
            SurveyProposed()
            | SurveyAgreed()
            | SurveyMoved()
            | SurveyReleased()
            | SurveyJoined()
            | OpinionGiven() as event
        ):
            return survey.fold(case, recorded, event)
        case OthersAwaited() as event:
            return scheduling.fold(case, recorded, event)
        case (TimesAsked() | TimesGiven() | TimesClosed() | TimesUnmet() | TimeSet() | Reminded() | Missed()) as event:
            return scheduling.fold(case, recorded, event)
        case SchemeGiven() | WorksReported() | AcceptanceReported() | Connected() as event:
            return works.fold(case, recorded, event)
        case ClockStarted() | ClockPaused() | ClockResumed() | ClocksRecounted() | Warned() as event:
            return clocks.fold(case, recorded, event)
        case Urged() | UrgeAnswered() as event:
            return urging.fold(case, recorded, event)
        case Rated() | ReasonGiven() | CalledBack() as event:
            return rating.fold(case, recorded, event)
        case (
            SupplementsDeferred()
            | SupplementsAsked()
            | SupplementsHandedIn()
            | SupplementAccepted()
            | SupplementReturned()
            | SupplementWaived()
            | OriginalReceived()
            | SupplementsReminded()
            | SupplementsOverdue()
        ) as event:
            return supplements.fold(case, recorded, event)
        case OfJoint() as event:
            return joint.fold(case, event)
        case OfConsultation() as event:
            return consultations.fold(case, recorded, event)
        case OfApproval() as event:
            return approvals.fold(case, recorded, event)
        case (
            OrdersEnded()
            | EndReasonGiven()
            | OrdersResumed()
            | EndAnnounced()
            | KeptOn()
            | DeclineProposed()
            | DeclineReturned()
            | Objected()
        ) as event:
            return ending.fold(case, recorded, event)
        case ExternalLineSet() | ExternalLineCleared() as event:
            return external.fold(case, recorded, event)
        case SheetOpened() | DepartmentsChosen() | RowGiven() | RowsReminded() | SheetConcluded() as event:
            return sheet.fold(case, recorded, event)
        case SurveyRepeated() | CompletionPromised() | CopyKept() | CopyReturned() as event:
            return sheet.fold(case, recorded, event)
        case FollowUpOpened() | FollowUpSettled() | FollowUpReminded() | FollowUpReady() | ClosingHeld() as event:
            return sheet.fold(case, recorded, event)
        case SheetAlarmSet() | OfficerReplaced() as event:
            return sheet.fold(case, recorded, event)
        case CellsFilled() as event:
            return cells.fold(case, recorded, event)
        case DecidedAnew() as event:
            return decided.fold(case, recorded, event)
        case ServiceAdded() as event:
            return adding.fold(case, event)
        case QuestionsEnded() as event:
            return appointments.unasked(case, event.orders)
        case FormLeftOpen() | FormFilled() | FormConfirmed() as event:
            return telephone.fold(case, event)
        case ClaimOffered() | ClaimSettled() as event:
            return claims.fold(case, event)
        case RouteTaken() | CheckPassed() | CheckFailed() as event:
            return checks.fold(case, recorded, event)
        case TimePlanned() | PlanMoved() | PlanReminded() as event:
            return booking.fold(case, recorded, event)
        case CaseHandedOver() as event:
            return handover.fold(case, event)
        case CaseAccepted():
            raise ValueError("a case is accepted once")
