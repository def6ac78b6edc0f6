"""Who is told what of an event: event × recipient -> notice (X36, X55, X162, J93)."""

from collections.abc import Iterable, Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.adding import ServiceAdded
from model.events.approvals import OfApproval
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.booking import PlanMoved, PlanReminded, TimePlanned
from model.events.cells import CellsFilled
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
from routing.noticing import (
    approvals,
    backdating,
    booking,
    cells,
    claims,
    consultations,
    contact,
    decided,
    delays,
    ending,
    erasure,
    handover,
    intake,
    joint,
    passed_visits,
    rating,
    recounting,
    relief,
    scheduling,
    sheet,
    sheet_owed,
    supplements,
    survey,
    telephone,
    unreached,
    urging,
    warning,
    works,
)


def notices(case: Case, recorded: Iterable[Recorded]) -> tuple[Notice, ...]:
    """The notices of these events; `case` is the case after the last of them.

    Nothing is said about the acceptance (the conversation says it at once), nor about a contact (the applicant was
    there). A person who fills several places, such as a steward with two orders, is told once.
    """
    found = (notice for one in recorded for notice in _notices(case, one))
    return tuple({notice.key: notice for notice in found}.values())


def _notices(case: Case, recorded: Recorded) -> Iterator[Notice]:  # noqa: PLR0915 - one case per event
    match recorded.event:
        case (
            OrderRouted()
            | OrderAssigned()
            | TaskTaken()
            | AmendmentWished()
            | AmendmentAnswered()
            | ServiceAdded()
            | CaseClosed() as event
        ):
            yield from intake.notices(case, recorded, event)
        case ApplicantContacted() | ContactChanged() | ContactDenied() as event:
            yield from contact.notices(case, recorded, event)
        case DelayAsked() | DelayExplained() | DelayTold() as event:
            yield from delays.notices(case, recorded, event)
        case VisitUnreported() | VisitLate() | VisitExplained() as event:
            yield from passed_visits.notices(case, recorded, event)
        case BackdatingClaimed() | BackdatingAsked() | BackdatingDecided() as event:
            yield from backdating.notices(recorded, event)
        case CallFailed() | ApplicantHeard() as event:
            yield from unreached.notices(case, recorded, event)
        case (
            SurveyProposed()
            | SurveyAgreed()
            | SurveyMoved()
            | SurveyReleased()
            | SurveyJoined()
            | OpinionGiven() as event
        ):
            yield from survey.notices(case, recorded, event)
        case SchemeGiven() | WorksReported() | AcceptanceReported() | Connected() as event:
            yield from works.notices(case, recorded, event)
        case TimesAsked() | TimesUnmet() | TimeSet() | Reminded() as event:
            yield from scheduling.notices(case, recorded, event)
        case Urged() | UrgeAnswered() as event:
            yield from urging.notices(case, recorded, event)
        case ReliefAsked() | ReliefRefused() as event:
            yield from relief.notices(case, recorded, event)
        case ClocksRecounted() as event:
            yield from recounting.notices(case, recorded, event)
        case Warned() as event:
            yield from warning.notices(case, recorded, event)
        case Rated() | ReasonGiven() as event:
            yield from rating.notices(case, recorded, event)
        case OfJoint() as event:
            yield from joint.notices(case, recorded, event)
        case OfConsultation() as event:
            yield from consultations.notices(case, recorded, event)
        case OfApproval() as event:
            yield from approvals.notices(case, recorded, event)
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
            yield from supplements.notices(case, recorded, event)
        case ClockPaused(cause="materials") as event:
            yield from supplements.waits(case, recorded, event)
        case ExternalLineSet() | ExternalLineCleared() | SheetOpened() | DepartmentsChosen() | RowGiven() as event:
            yield from sheet.notices(case, recorded, event)
        case (
            RowsReminded()
            | SheetConcluded()
            | SurveyRepeated()
            | CompletionPromised()
            | FollowUpSettled()
            | ClosingHeld()
        ) as event:
            yield from sheet.notices(case, recorded, event)
        case FollowUpReminded() | FollowUpReady() | OfficerReplaced() as event:
            yield from sheet_owed.notices(case, recorded, event)
        case QuestionsEnded() as event:
            yield from erasure.notices(case, recorded, event)
        case FormLeftOpen() | FormFilled() | FormConfirmed() as event:
            yield from telephone.notices(case, recorded, event)
        case CaseHandedOver():
            yield from handover.notices(case, recorded)
        case DecidedAnew() as event:
            yield from decided.notices(case, recorded, event)
        case CellsFilled() as event:
            yield from cells.notices(case, recorded, event)
        case ClaimOffered() | ClaimSettled() as event:
            yield from claims.notices(recorded, event)
        case TimePlanned() | PlanMoved() | PlanReminded() as event:
            yield from booking.notices(case, recorded, event)
        case (
            CaseAccepted()
            | FollowUpOpened()
            | CopyKept()
            | CopyReturned()
            | SheetAlarmSet()
            | EndReasonGiven()
            | Objected()
            | BackDated()
            | TimesGiven()
            | TimesClosed()
            | Missed()
            | OthersAwaited()
            | ContactConfirmed()
            | Moved()
            | CalledBack()
            | ClockPaused()
            | ClockResumed()
            | ClockStarted()
        ):
            return
        case (
            OrdersEnded() | OrdersResumed() | EndAnnounced() | KeptOn() | DeclineProposed() | DeclineReturned()
        ) as event:
            yield from ending.notices(case, recorded, event)
