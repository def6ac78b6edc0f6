"""A joint case (联合办件) and its orders (单项工单), and what comes of a command (design §2.3, §5)."""

import datetime as dt
from enum import StrEnum
from typing import Literal

from model.calendar import Due, Length, WarningTime
from model.command import (
    AgreeSurvey,
    Amend,
    Assign,
    CallBack,
    ChangeContact,
    Command,
    ConfirmContact,
    Connect,
    DenyContact,
    Do,
    GiveOpinion,
    GiveReason,
    GiveScheme,
    Move,
    MoveSurvey,
    ProposeSurvey,
    Rate,
    ReplyToUrge,
    ReportAcceptance,
    ReportBuilt,
    ReportContact,
    ReportInside,
    Take,
    Urge,
    Warn,
)
from model.delivery import Notice, Recipient
from model.event import (
    AcceptanceReported,
    AmendmentWished,
    ApplicantContacted,
    CalledBack,
    CaseAccepted,
    CaseClosed,
    ClockPaused,
    ClockStarted,
    Connected,
    ContactChanged,
    ContactConfirmed,
    ContactDenied,
    Event,
    Moved,
    OpinionGiven,
    OrderAssigned,
    OrderRouted,
    Part,
    Rated,
    ReasonGiven,
    Recorded,
    SchemeGiven,
    SurveyAgreed,
    SurveyMoved,
    SurveyProposed,
    SurveyReleased,
    TaskTaken,
    Told,
    UrgeAnswered,
    Urged,
    Warned,
    WorksReported,
)
from model.frozen import Frozen
from model.process import Step, Timed

# One door to the vocabulary of a case: commands and events are part of it.
__all__ = [
    "JOINT",
    "AcceptanceReported",
    "AgreeSurvey",
    "Amend",
    "AmendmentWished",
    "ApplicantContacted",
    "Appointment",
    "Assign",
    "CallBack",
    "CalledBack",
    "Case",
    "CaseAccepted",
    "CaseClosed",
    "ChangeContact",
    "Clock",
    "ClockPaused",
    "ClockStarted",
    "Command",
    "ConfirmContact",
    "Connect",
    "Connected",
    "ContactChanged",
    "ContactConfirmed",
    "ContactDenied",
    "Decision",
    "DenyContact",
    "Do",
    "Done",
    "Event",
    "GiveOpinion",
    "GiveReason",
    "GiveScheme",
    "Move",
    "MoveSurvey",
    "Moved",
    "Notice",
    "Opinion",
    "OpinionGiven",
    "Order",
    "OrderAssigned",
    "OrderRouted",
    "OrderState",
    "Part",
    "Pause",
    "ProposeSurvey",
    "Rate",
    "Rated",
    "Rating",
    "ReasonGiven",
    "Recipient",
    "Recorded",
    "Refused",
    "ReplyToUrge",
    "ReportAcceptance",
    "ReportBuilt",
    "ReportContact",
    "ReportInside",
    "Scheme",
    "SchemeGiven",
    "SurveyAgreed",
    "SurveyMoved",
    "SurveyProposed",
    "SurveyReleased",
    "Take",
    "TaskTaken",
    "Told",
    "Urge",
    "UrgeAnswered",
    "Urged",
    "Warn",
    "Warned",
    "WorksReported",
]

JOINT = "joint"
"""The key of a joint survey among a case's appointments."""


class OrderState(StrEnum):
    """Where one service of a case stands (X160)."""

    ROUTED = "routed"  # 已推送
    TAKEN = "taken"  # 已接单
    CONTACTED = "contacted"  # 已对接
    SURVEY_AGREED = "survey_agreed"  # 踏勘已约
    SURVEYED = "surveyed"  # 已踏勘
    SCHEMED = "schemed"  # 方案已定，施工中
    BUILT = "built"  # 已完工
    ACCEPTED = "accepted"  # 验收通过
    CONNECTED = "connected"  # 已接通


class Opinion(Frozen):
    """A survey or acceptance opinion: the ticked words, the text beside them, whether it passes."""

    text: str
    remark: str = ""
    passes: bool
    by: str
    at: dt.datetime


class Pause(Frozen):
    """A limit did not run in this time, and why; the limit goes on at `until`."""

    cause: Literal["planned"]
    since: dt.datetime
    until: dt.datetime


class Clock(Frozen):
    """A limit that runs for a step of an order, with its ledger of pauses.

    `warned` is the highest share of it, in percent, that was warned of; `met_at` is when the step was done.
    """

    started_at: dt.datetime
    due: Due
    pauses: tuple[Pause, ...] = ()
    warned: int = 0
    met_at: dt.datetime | None = None

    @property
    def next(self) -> WarningTime | None:
        """The warning that comes next, if the step is not done before."""
        if self.met_at is not None:
            return None
        return next((one for one in self.due.warnings if one.share > self.warned), None)


class Scheme(Frozen):
    """接入方案: what is to be built, in how many promised working days, and whether the user has works of his own (X35, X44)."""

    text: str
    days: int | None = None
    inside: bool = False
    by: str
    at: dt.datetime

    @property
    def parts(self) -> frozenset[Part]:
        """The works that must be done before the acceptance."""
        return frozenset({"outside", "inside"} if self.inside else {"outside"})


class Order(Frozen):
    """One service of a case at one body; `steward` is a staff id, None while nobody of the body can be reached.

    `works`: the parts that are done, outside the red line and inside (X44).
    `candidates`: the bodies of which the window must choose one, because the district does not tell; `body` is the
    first of them. `introduced`: the applicant was told who its steward is, and hears of every change from then on.
    `deniable_until`: so long he can say that nobody reached him, whatever was reported.
    """

    id: str
    service: str
    body: str
    steward: str | None = None
    state: OrderState = OrderState.ROUTED
    clocks: dict[Timed, Clock] = {}
    survey: Opinion | None = None
    scheme: Scheme | None = None
    works: frozenset[Part] = frozenset()
    acceptance: Opinion | None = None
    candidates: tuple[str, ...] = ()
    introduced: bool = False
    deniable_until: dt.datetime | None = None

    @property
    def urged(self) -> Clock | None:
        """The clock of an urging that nobody has answered yet."""
        clock = self.clocks.get("urge")
        return clock if clock is not None and clock.met_at is None else None

    def due(self, step: Timed) -> Due | None:
        """The deadline of a step, done or not; None without a limit."""
        clock = self.clocks.get(step)
        return clock.due if clock else None


class Appointment(Frozen):
    """A survey time: proposed by a steward, agreed by the applicant.

    `orders` are those still to be surveyed at it; an opinion takes its order out. `wish`: the applicant asked for
    another time. `released`: the time is given up, somebody bound is elsewhere. `sequence` counts the proposals, and goes
    on when a survey is repeated.
    """

    at: dt.datetime
    by: str
    orders: tuple[str, ...]
    agreed: bool = False
    sequence: int = 1
    wish: str = ""
    released: bool = False


class Rating(Frozen):
    """What the applicant thinks of his case; `callers` are to call him, until `called_back` says what came of it."""

    mark: str
    bad: bool
    at: dt.datetime
    changed: bool = False
    reason: str = ""
    order: str
    callers: tuple[Told, ...] = ()
    called_back: str = ""


class Case(Frozen):
    """A joint case; a pure fold of its events. It keeps the steps of the process it began under.

    `joint`: 联合踏勘, else 单独踏勘; `lead` is the body that leads it, if one must (X31). `appointments` are keyed by
    order id, or by `JOINT` for a joint survey. `limits`: those the answers of the form have chosen.
    `amendments`: what the applicant has said to be wrong since (更正).
    """

    id: str
    number: str
    county: str
    process_version: int
    submission: str
    account: str
    person: str
    accepted_at: dt.datetime
    services: tuple[str, ...]
    joint: bool
    lead: str | None = None
    steps: tuple[Step, ...] = ("contact", "survey", "acceptance", "connection")
    limits: dict[Step, Length] = {}
    orders: tuple[Order, ...]
    appointments: dict[str, Appointment] = {}
    amendments: tuple[str, ...] = ()
    closed_at: dt.datetime | None = None
    rating: Rating | None = None
    contact: str = ""
    """The number he is called at, if it changed after he handed in."""
    version: int = 0

    def order(self, order_id: str) -> Order | None:
        """The order with this id."""
        return next((order for order in self.orders if order.id == order_id), None)


class Refused(Frozen):
    """A command that cannot be carried out: the code of the reason (texts: `refused.<code>`), and what fills it."""

    code: str
    about: dict[str, str] = {}


class Decision(Frozen):
    """What the core decided: the events to append, the case after them, and the notices they cause."""

    case: Case
    recorded: tuple[Recorded, ...]
    notices: tuple[Notice, ...] = ()


class Done(Frozen):
    """A command was carried out: the case right after it and its events; the same again when it is repeated.

    `case` and `events` tell what was asked then: a command of the same id may ask for something else by now.
    """

    case: Case
    events: tuple[Recorded, ...]
