"""What somebody wants to happen to a case (design §2.3)."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from model.commands.adding import AddService
from model.commands.approvals import (
    AcceptApproval,
    ApplyForApproval,
    DecideApproval,
    DropApproval,
    HandInToApproval,
    JoinApproval,
    PassApproval,
    ReturnApproval,
    SignCommitment,
)
from model.commands.backdating import AnswerBackdating, Backdate, CloseBackdating, ExplainBackdating
from model.commands.booking import MovePlan, RemindOfPlan
from model.commands.cells import FillCells
from model.commands.checks import FailCheck, PassCheck
from model.commands.claims import Claim, PassOrder
from model.commands.clock import Recount, Warn, WarnOfApproval
from model.commands.consultations import (
    AskConsultation,
    DeclineConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    RemindOfConsultation,
    SettleConsultation,
    TickItem,
)
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
from model.commands.external import ClearExternalLine, SetExternalLine
from model.commands.follow_up import CarryFollowUp, CloseFollowUp
from model.commands.handover import HandOver
from model.commands.intake import Amend, AnswerAmendment, Assign, Move, Take
from model.commands.joint import AcceptJoint, DeclineJoint, ProposeJoint, ShareJoint
from model.commands.passed_visits import ExplainVisit, PassVisit
from model.commands.rating import CallBack, GiveReason, Rate
from model.commands.relief import AskRelief, RefuseRelief
from model.commands.scheduling import CloseTimes, DecideTime, GiveTimes, Remind, ReportMissed
from model.commands.sheet import (
    ChooseDepartments,
    GiveRow,
    KeepCopy,
    PromiseCompletion,
    RemindDepartments,
    RemindOfSheet,
    RepeatSurvey,
    ReplaceOfficer,
    ReturnCopy,
)
from model.commands.supplements import AskMore, Check, HandIn, TickOriginal, Waive
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.telephone import ConfirmForm, FillForm
from model.commands.unreached import ReportUnreached, SayReachable
from model.commands.urging import ReplyToUrge, Urge
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt, ReportInside
from model.frozen import Frozen
from model.message import Actor

Do = Annotated[
    Take
    | ReportContact
    | ProposeSurvey
    | AgreeSurvey
    | MoveSurvey
    | GiveOpinion
    | GiveTimes
    | DecideTime
    | CloseTimes
    | Remind
    | ReportMissed
    | GiveScheme
    | ReportBuilt
    | ReportInside
    | ReportAcceptance
    | Connect
    | Assign
    | AskRelief
    | RefuseRelief
    | Move
    | Amend
    | AnswerAmendment
    | AddService
    | Urge
    | ReplyToUrge
    | ConfirmContact
    | DenyContact
    | ChangeContact
    | ReportUnreached
    | SayReachable
    | ExplainDelay
    | TellDelay
    | ExplainVisit
    | PassVisit
    | Backdate
    | ExplainBackdating
    | AnswerBackdating
    | CloseBackdating
    | Rate
    | GiveReason
    | CallBack
    | Withdraw
    | GiveEndReason
    | Resume
    | AnnounceEnd
    | KeepOn
    | Terminate
    | Decline
    | ConfirmDecline
    | ReturnDecline
    | Object
    | AskMore
    | HandIn
    | Check
    | Waive
    | TickOriginal
    | Warn
    | Recount
    | ApplyForApproval
    | JoinApproval
    | HandInToApproval
    | SignCommitment
    | DropApproval
    | AcceptApproval
    | ReturnApproval
    | DecideApproval
    | PassApproval
    | WarnOfApproval
    | ProposeJoint
    | AcceptJoint
    | DeclineJoint
    | ShareJoint
    | SetExternalLine
    | ClearExternalLine
    | ChooseDepartments
    | GiveRow
    | RemindDepartments
    | RemindOfSheet
    | ReplaceOfficer
    | RepeatSurvey
    | PromiseCompletion
    | KeepCopy
    | ReturnCopy
    | CloseFollowUp
    | CarryFollowUp
    | FillCells
    | Claim
    | PassOrder
    | PassCheck
    | FailCheck
    | FillForm
    | ConfirmForm
    | EndQuestions
    | MovePlan
    | RemindOfPlan
    | AskConsultation
    | NameConsultation
    | DeclineConsultation
    | RecordConsultation
    | GiveItem
    | SettleConsultation
    | TickItem
    | RemindOfConsultation
    | HandOver,
    Field(discriminator="do"),
]


class Command(Frozen):
    """What somebody wants to happen to a case; `id` comes from the inbound dedupe key and makes it happen once.

    `happened_at`: when the step that is entered with it was done, if that was earlier, and `late_reason` why it is only said now.
    """

    id: str
    case: str
    actor: Actor
    do: Do
    happened_at: dt.datetime | None = None
    late_reason: str = ""
