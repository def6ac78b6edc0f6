"""What came of the effects of a turn: facts that stand beside the dialogue's own events in a reply."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dialogs.events import Choosing, DialogueEvent
from handlers.ports import Questions
from handlers.wording.added import AddBegun, Added
from handlers.wording.holders import Called
from handlers.wording.papers import PapersTold
from handlers.wording.paused import NotPaused, PausedTold
from handlers.wording.reassigned import Reassigned, ReliefTold
from handlers.wording.terminating import TerminationTold
from model.calendar import Due
from model.case import Case
from model.commands.scheduling import DecideTime, GiveTimes, ReportMissed
from model.county import Body, County
from model.decision import Refused
from model.draft import Answer, Draft
from model.enquiry import Enquiry
from model.message import Act, Invitation
from model.order import Order
from model.staff import Absence, Staff
from model.submission import Submission
from model.supplement import Supplement
from routing.bulletin import Figures
from routing.timeline import Milestone

_OFFERED = 8


News = Literal["push", "sms", "ask"]
"""How an account's applicants hear of what comes: pushed here; its kind may not (订阅号), so by SMS, or only if they ask."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The submission has become a case (已收到, not yet 受理)."""

    case: Case
    submission: Submission
    news: News = "push"


@dataclass(frozen=True, slots=True)
class OptInOffered:
    """He is asked to agree to 订阅通知, on the page behind `link`."""

    link: str


@dataclass(frozen=True, slots=True)
class PageOffered:
    """The same on a page: the form, or how the cases stand."""

    page: Literal["form", "progress"]
    link: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The submission is safe, but the routing core cannot be reached now; the number follows."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Acted:
    """A steward's act was recorded; `following` is his task as it stands now, None if nothing is left to do."""

    act: Act
    case: Case
    order: Order | None
    following: Invitation | None


@dataclass(frozen=True, slots=True)
class TimesTaken:
    """Somebody said when he can come, decided on a time, or was there alone; `following` is what he can still say."""

    case: Case
    do: GiveTimes | DecideTime | ReportMissed
    following: Invitation | None


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """The applicant agreed to a survey time, or asked for another (`wish`); `following` is what he can still answer."""

    case: Case
    appointment: str
    wish: str | None
    address: str
    steward: Staff | None
    following: Invitation | None


@dataclass(frozen=True, slots=True)
class ActRefused:
    """The routing core refused the act on this invitation, or this draft, with a reason."""

    refused: Refused
    invitation: Invitation | None = None
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class ProgressKnown:
    """The person's cases with the stewards of their orders; None: they cannot be read now.

    `done`: what was done to each order; `now`: when that is told.
    """

    cases: tuple[tuple[Case, dict[str, Staff]], ...] | None
    offers: tuple[str, ...] = ()
    """What can be done about the one case that is shown, as choices (see `model.conversation.Offer`)."""
    numbered: bool = True
    done: Mapping[str, Sequence[Milestone]] = field(default_factory=dict)
    now: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Urged:
    """催办 was passed on just now, or (`again`) had been before: the case tells when, and by when an answer comes."""

    case: Case
    again: bool


@dataclass(frozen=True, slots=True)
class SupplementsKnown:
    """What a case still lacks (None: nothing does), on this form; `shown` is the list to hand it in."""

    case: Case | None
    county: County
    shown: Invitation | None


@dataclass(frozen=True, slots=True)
class Supplied:
    """These came in for a case; `shown` is what can be handed in still, None once nothing is lacking."""

    case: Case
    came: tuple[Supplement, ...]
    county: County
    shown: Invitation | None


@dataclass(frozen=True, slots=True)
class ContactAnswered:
    """The applicant said that he was reached, that he was not, or that he can be called now."""

    case: Case
    answer: Literal["yes", "no", "reachable"]


@dataclass(frozen=True, slots=True)
class FormTold:
    """The applicant has filled in the rest of a form, or said that what was written for him is right."""

    case: Case
    what: Literal["filled", "right", "mended"]
    following: Invitation | None = None


@dataclass(frozen=True, slots=True)
class PlanTold:
    """The applicant has moved the time he had planned, or (`now`) wants it begun at once."""

    case: Case
    now: bool


@dataclass(frozen=True, slots=True)
class EndingAnswered:
    """The applicant goes on with an order that was to be terminated, or objects to a refusal: `owner` sees to that (J44)."""

    case: Case
    order: Order | None
    owner: Called | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """撤回 was done for these orders, or (`resumed`) taken back; until then it can be taken back."""

    case: Case
    orders: tuple[Order, ...]
    until: dt.datetime | None = None
    resumed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RatingTaken:
    """A mark, or (`reason`) the reason for it, was given; not `given`: it is only asked for, or shown where it is not `open`
    any more. `following` asks for the reason.
    """

    case: Case
    following: Invitation | None
    reason: bool = False
    given: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class SheetShown:
    """The sheet of a survey as it stands, line by line; `following` is what can be done about it."""

    lines: tuple[str, ...]
    following: Invitation


@dataclass(frozen=True, slots=True)
class HandoverAsked:
    """A code of the hotline is good; he is to show that he is the caller. `first`: he has never been here."""

    first: bool


@dataclass(frozen=True, slots=True)
class CameOver:
    """The hotline has handed this case over to him, now or (`again`) before."""

    case: Case
    again: bool


@dataclass(frozen=True, slots=True)
class DraftCameOver:
    """What the hotline had filled in for him (`filled` answers) is his draft now, or (`again`) was before."""

    intake: str
    again: bool
    filled: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """A binding code was redeemed."""

    staff: Staff


@dataclass(frozen=True, slots=True)
class MineKnown:
    """What we hold about the person beside the drafts in the conversation: his cases; None: they cannot be read now."""

    cases: tuple[tuple[Case, Submission | None], ...] | None

    @property
    def amendable(self) -> tuple[Case, ...]:
        """The cases that can be amended: those still open; so many as can be offered."""
        return tuple(case for case, _ in self.cases or () if case.closed_at is None)[:_OFFERED]


@dataclass(frozen=True, slots=True)
class Amended:
    """What is to be amended was passed on to whoever works on the case; `asked`: they say whether it can be."""

    case: Case
    wish: str
    asked: bool = True


@dataclass(frozen=True, slots=True)
class MineErased:
    """Everything was erased that may be, `drafts` of them drafts; `number` names the proof. `questions`: those he has asked;
    `ended`: those asked of him are asked no more.
    """

    number: str
    drafts: int
    cases: tuple[Case, ...]
    questions: Questions
    ended: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceKnown:
    """An absence was entered, or (None) all are ended; so many tasks stay with him.

    So many applications for permits were `passed` on to colleagues, so many are `kept`: until it has `begun`, or for want of any.
    """

    absence: Absence | None
    open_tasks: int
    passed: int = 0
    kept: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class BulletinKnown:
    """通报: the figures of a month by body, counted until this instant."""

    month: dt.date
    until: dt.datetime
    figures: Mapping[str, Figures]


class DirectoryEntry(NamedTuple):
    """A body with whoever of it would get a task today, and who heads it; None: nobody known."""

    body: Body
    steward: Staff | None
    head: Staff | None


@dataclass(frozen=True, slots=True)
class DirectoryKnown:
    """通讯录: whom to call at each body."""

    entries: tuple[DirectoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A choice with what the routing core knows of the cases among it: what was handed in, and which are closed (办结) or
    ended otherwise; `labels` of choices that name neither draft nor case, `facts` for the question.
    """

    choosing: Choosing
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopyAway:
    """Nothing can be copied from that case: its record is erased, or cannot be read now."""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A question became an enquiry: who has it (首问责任人)."""

    enquiry: Enquiry
    owner: Called


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an enquiry could go to: `staff:<id>` or `body:<id>`, and the name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TargetsOffered:
    """To whom, or whose matter it is (`how`: see `dialogs.enquiring`)."""

    invitation: Invitation
    how: str
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class EnquiryActed:
    """Something was done to an enquiry; `to` is whom the reply names, `following` what can be done to it next."""

    do: str
    enquiry: Enquiry
    title: str
    to: Called | None
    following: Invitation | None


Told = (
    PassedOn
    | TargetsOffered
    | EnquiryActed
    | Reassigned
    | ReliefTold
    | TerminationTold
    | PapersTold
    | PausedTold
    | NotPaused
    | MineKnown
    | MineErased
    | Amended
    | AbsenceKnown
    | BulletinKnown
    | DirectoryKnown
    | DialogueEvent
    | Registered
    | OptInOffered
    | PageOffered
    | AddBegun
    | Added
    | Waiting
    | Acted
    | SurveyAnswered
    | TimesTaken
    | ActRefused
    | ProgressKnown
    | Urged
    | RatingTaken
    | EndingAnswered
    | PlanTold
    | Withdrawn
    | ContactAnswered
    | FormTold
    | SupplementsKnown
    | Supplied
    | Bound
    | HandoverAsked
    | CameOver
    | DraftCameOver
    | SheetShown
    | Listed
    | CopyAway
)
