"""What happened to a case: its audit trail, the applicant's timeline, the source of bulletins (design §2.3)."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from model.events.adding import ServiceAdded
from model.events.approvals import (
    ApprovalAccepted,
    ApprovalApplied,
    ApprovalDecided,
    ApprovalDropped,
    ApprovalHandedIn,
    ApprovalJoined,
    ApprovalPassed,
    ApprovalRecounted,
    ApprovalReturned,
    ApprovalWarned,
    CommitmentSigned,
)
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.booking import PlanMoved, PlanReminded, TimePlanned
from model.events.cells import CellsFilled
from model.events.checks import CheckFailed, CheckPassed, RouteTaken
from model.events.claims import ClaimOffered, ClaimSettled
from model.events.clock import ClockPaused, ClockResumed, ClocksRecounted, ClockStarted, Warned
from model.events.consultations import (
    ConsultationAsked,
    ConsultationDeclined,
    ConsultationHeld,
    ConsultationLate,
    ConsultationNamed,
    ConsultationNear,
    ConsultationSettled,
    ItemDone,
    ItemDue,
    ItemGiven,
    ItemLate,
)
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
from model.events.joint import JointAccepted, JointDeclined, JointProposed, JointShared
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
from model.frozen import Frozen
from model.message import Actor

Event = Annotated[
    CaseAccepted
    | OrderRouted
    | OrderAssigned
    | ReliefAsked
    | ReliefRefused
    | TaskTaken
    | ApplicantContacted
    | SurveyProposed
    | SurveyAgreed
    | SurveyMoved
    | SurveyReleased
    | SurveyJoined
    | OpinionGiven
    | TimesAsked
    | OthersAwaited
    | TimesGiven
    | TimesClosed
    | TimesUnmet
    | TimeSet
    | Reminded
    | Missed
    | SchemeGiven
    | WorksReported
    | ClockStarted
    | AcceptanceReported
    | Connected
    | Moved
    | AmendmentWished
    | AmendmentAnswered
    | ClockPaused
    | ClocksRecounted
    | ClockResumed
    | Warned
    | Urged
    | UrgeAnswered
    | ContactConfirmed
    | ContactDenied
    | ContactChanged
    | CallFailed
    | ApplicantHeard
    | DelayAsked
    | DelayExplained
    | DelayTold
    | VisitUnreported
    | VisitLate
    | VisitExplained
    | BackDated
    | BackdatingClaimed
    | BackdatingAsked
    | BackdatingDecided
    | Rated
    | ReasonGiven
    | CalledBack
    | SupplementsDeferred
    | SupplementsAsked
    | SupplementsHandedIn
    | SupplementAccepted
    | SupplementReturned
    | SupplementWaived
    | OriginalReceived
    | SupplementsReminded
    | SupplementsOverdue
    | ApprovalApplied
    | ApprovalJoined
    | ApprovalPassed
    | ApprovalAccepted
    | ApprovalReturned
    | ApprovalHandedIn
    | CommitmentSigned
    | ApprovalDecided
    | ApprovalDropped
    | ApprovalWarned
    | ApprovalRecounted
    | JointProposed
    | JointAccepted
    | JointDeclined
    | JointShared
    | OrdersEnded
    | EndReasonGiven
    | OrdersResumed
    | EndAnnounced
    | KeptOn
    | DeclineProposed
    | DeclineReturned
    | Objected
    | CaseClosed
    | ExternalLineSet
    | ExternalLineCleared
    | SheetOpened
    | DepartmentsChosen
    | RowGiven
    | RowsReminded
    | SheetConcluded
    | SurveyRepeated
    | CompletionPromised
    | CopyKept
    | CopyReturned
    | FollowUpOpened
    | FollowUpSettled
    | FollowUpReminded
    | FollowUpReady
    | SheetAlarmSet
    | OfficerReplaced
    | ClosingHeld
    | CellsFilled
    | ClaimOffered
    | ClaimSettled
    | RouteTaken
    | CheckPassed
    | CheckFailed
    | FormLeftOpen
    | FormFilled
    | FormConfirmed
    | QuestionsEnded
    | DecidedAnew
    | ServiceAdded
    | TimePlanned
    | PlanMoved
    | PlanReminded
    | ConsultationAsked
    | ConsultationNamed
    | ConsultationDeclined
    | ConsultationNear
    | ConsultationLate
    | ConsultationHeld
    | ItemGiven
    | ConsultationSettled
    | ItemDue
    | ItemLate
    | ItemDone
    | CaseHandedOver,
    Field(discriminator="event"),
]


class Recorded(Frozen):
    """An event as kept: its place in the case's log (from 1), when, by whom, under which process and calendar."""

    case: str
    sequence: int
    at: dt.datetime
    actor: Actor
    process_version: int
    calendar: str
    event: Event
