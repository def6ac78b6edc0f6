"""What happened to a case: its audit trail, the applicant's timeline, the source of bulletins (design §2.3)."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from model.calendar import Due, Length
from model.frozen import Frozen
from model.message import Actor
from model.process import Receiver, Step, Timed


class CaseAccepted(Frozen):
    """The case exists (已收到, not yet 受理): number, services, whether the survey will be joint, and who leads it."""

    event: Literal["case_accepted"] = "case_accepted"
    number: str
    county: str
    process_version: int
    submission: str
    account: str
    person: str
    services: tuple[str, ...]
    joint: bool
    lead: str | None = None
    steps: tuple[Step, ...] = ("contact", "survey", "acceptance", "connection")
    limits: dict[Step, Length] = {}


class OrderRouted(Frozen):
    """An order was pushed to its body (即时推送, X19, X24, J22) with its deadlines for contact (X20) and survey (J29).

    `candidates`: the bodies that may have to act, when the district does not tell which; `body` is then only the
    first of them, nobody is assigned, and the window decides.
    """

    event: Literal["order_routed"] = "order_routed"
    order: str
    service: str
    body: str
    steward: str | None
    contact_due: Due | None
    survey_due: Due | None = None
    candidates: tuple[str, ...] = ()


class OrderAssigned(Frozen):
    """The window gave the order to a body and its steward; `previous` is the steward it was taken from."""

    event: Literal["order_assigned"] = "order_assigned"
    order: str
    body: str
    steward: str | None
    previous: str | None
    contact_due: Due | None
    survey_due: Due | None = None


class TaskTaken(Frozen):
    """A steward took the task."""

    event: Literal["task_taken"] = "task_taken"
    order: str
    steward: str


class ApplicantContacted(Frozen):
    """A steward reports that he reached the applicant; `late` if after the deadline. He is asked, and can deny it `ask_until`."""

    event: Literal["applicant_contacted"] = "applicant_contacted"
    order: str
    steward: str
    late: bool = False
    ask_until: dt.datetime | None = None


class SurveyProposed(Frozen):
    """A survey time was proposed for these orders; `sequence` counts the proposals of one appointment."""

    event: Literal["survey_proposed"] = "survey_proposed"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    steward: str
    sequence: int


class SurveyAgreed(Frozen):
    """The applicant agreed; everyone bound is told (X36)."""

    event: Literal["survey_agreed"] = "survey_agreed"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int


class SurveyMoved(Frozen):
    """The applicant asked for another time."""

    event: Literal["survey_moved"] = "survey_moved"
    appointment: str
    orders: tuple[str, ...]
    sequence: int
    wish: str


class SurveyReleased(Frozen):
    """The time of a survey is given up: whoever took over an order is elsewhere then; another one is to be agreed."""

    event: Literal["survey_released"] = "survey_released"
    appointment: str
    at_time: dt.datetime
    orders: tuple[str, ...]
    sequence: int


class OpinionGiven(Frozen):
    """A body gave its survey opinion on the spot (X38)."""

    event: Literal["opinion_given"] = "opinion_given"
    order: str
    steward: str
    opinion: str
    remark: str
    passes: bool


class SchemeGiven(Frozen):
    """A body gave its connection scheme (X35). `together`: the applicant is told once all have given theirs (J18)."""

    event: Literal["scheme_given"] = "scheme_given"
    order: str
    steward: str
    scheme: str
    days: int | None = None
    inside: bool = False
    together: bool = False


Part = Literal["outside", "inside"]


class WorksReported(Frozen):
    """Works outside or inside the building red line are done (X44, X51)."""

    event: Literal["works_reported"] = "works_reported"
    orders: tuple[str, ...]
    part: Part


class ClockStarted(Frozen):
    """A limit begins to run: what comes before its step is done."""

    event: Literal["clock_started"] = "clock_started"
    order: str
    step: Step
    due: Due


class AcceptanceReported(Frozen):
    """The acceptance opinion (X52): passed, or not with the reasons (X55)."""

    event: Literal["acceptance_reported"] = "acceptance_reported"
    order: str
    steward: str
    result: str
    remark: str
    passes: bool


class Connected(Frozen):
    """The service is connected (接通)."""

    event: Literal["connected"] = "connected"
    order: str
    steward: str


class Moved(Frozen):
    """The county put the case under a newer process (换用新版流程); limits that run stay as they were."""

    event: Literal["moved"] = "moved"
    previous: int
    process_version: int
    steps: tuple[Step, ...]


class AmendmentWished(Frozen):
    """The applicant says what is wrong in what he handed in (更正); whoever works on the case is told."""

    event: Literal["amendment_wished"] = "amendment_wished"
    wish: str


class Told(Frozen):
    """Who was warned, and as what: a member of staff by id, or the county's window."""

    receiver: Receiver
    id: str


class ClockPaused(Frozen):
    """A limit does not run until then, and ends later: the applicant's own planned time is later (R27)."""

    event: Literal["clock_paused"] = "clock_paused"
    order: str
    step: Step
    cause: Literal["planned"]
    until: dt.datetime
    due: Due


class Warned(Frozen):
    """超时预警 (J35): so much of a limit has passed, in percent, for these orders at once, and who was told of it."""

    event: Literal["warned"] = "warned"
    orders: tuple[str, ...]
    step: Timed
    share: int
    due: dt.datetime
    told: tuple[Told, ...]


class Urged(Frozen):
    """催办: the applicant wants to hear of these orders, by `due` he gets an answer; `told` are the heads who hear of it too."""

    event: Literal["urged"] = "urged"
    orders: tuple[str, ...]
    due: Due
    told: tuple[Told, ...] = ()


class UrgeAnswered(Frozen):
    """The answer to him; `steward` is the staff id of whoever gave it."""

    event: Literal["urge_answered"] = "urge_answered"
    order: str
    steward: str
    text: str


class ContactConfirmed(Frozen):
    """The applicant says that he was reached."""

    event: Literal["contact_confirmed"] = "contact_confirmed"
    order: str


class ContactDenied(Frozen):
    """He says that nobody has reached him: the duty is open again, its clock runs on as if it had never been met (X20)."""

    event: Literal["contact_denied"] = "contact_denied"
    order: str


class ContactChanged(Frozen):
    """He is to be called at this number; the one before stays in what he handed in, and in the log."""

    event: Literal["contact_changed"] = "contact_changed"
    phone: str


class Rated(Frozen):
    """The applicant's mark (评价, J35), the second time `changed`. After a bad one `callers` call him until `due`.

    `order` has the clock of it: a limit belongs to an order. Who served him is never one of the callers.
    """

    event: Literal["rated"] = "rated"
    mark: str
    bad: bool
    changed: bool = False
    order: str
    due: Due | None = None
    callers: tuple[Told, ...] = ()


class ReasonGiven(Frozen):
    """Why the mark was a bad one."""

    event: Literal["reason_given"] = "reason_given"
    reason: str


class CalledBack(Frozen):
    """He was called about his mark (回访); `by` is the staff id of whoever called."""

    event: Literal["called_back"] = "called_back"
    by: str
    text: str


class CaseClosed(Frozen):
    """All orders are connected (办结)."""

    event: Literal["case_closed"] = "case_closed"


Event = Annotated[
    CaseAccepted
    | OrderRouted
    | OrderAssigned
    | TaskTaken
    | ApplicantContacted
    | SurveyProposed
    | SurveyAgreed
    | SurveyMoved
    | SurveyReleased
    | OpinionGiven
    | SchemeGiven
    | WorksReported
    | ClockStarted
    | AcceptanceReported
    | Connected
    | Moved
    | AmendmentWished
    | ClockPaused
    | Warned
    | Urged
    | UrgeAnswered
    | ContactConfirmed
    | ContactDenied
    | ContactChanged
    | Rated
    | ReasonGiven
    | CalledBack
    | CaseClosed,
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
