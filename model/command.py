"""What somebody wants to happen to a case (design §2.3)."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from model.frozen import Frozen
from model.message import Actor
from model.process import Timed


class Take(Frozen):
    """接单: the steward takes the task."""

    do: Literal["take"] = "take"
    order: str


class ReportContact(Frozen):
    """已联系: the applicant was reached."""

    do: Literal["contact"] = "contact"
    order: str


class ProposeSurvey(Frozen):
    """约踏勘: the steward proposes a time (start instant)."""

    do: Literal["propose_survey"] = "propose_survey"
    order: str
    at: dt.datetime


class AgreeSurvey(Frozen):
    """The applicant agrees to the proposed time; `sequence` is that of the proposal he saw."""

    do: Literal["agree_survey"] = "agree_survey"
    appointment: str
    sequence: int


class MoveSurvey(Frozen):
    """The applicant asks for another time, in his own words or as an instant."""

    do: Literal["move_survey"] = "move_survey"
    appointment: str
    sequence: int
    wish: str


class GiveOpinion(Frozen):
    """踏勘意见."""

    do: Literal["opinion"] = "opinion"
    order: str
    opinion: str
    remark: str = ""


class GiveScheme(Frozen):
    """接入方案: what is to be built, in how many promised working days, and whether the user must build inside (X35, J18)."""

    do: Literal["scheme"] = "scheme"
    order: str
    scheme: str
    days: int | None = None
    inside: bool = False


class ReportBuilt(Frozen):
    """外线完工: the body's works outside the red line are done (X44)."""

    do: Literal["built"] = "built"
    order: str


class ReportInside(Frozen):
    """内部完工: the user's own works are done (X44, X51, J19); of one order, or of all that wait for it."""

    do: Literal["built_inside"] = "built_inside"
    order: str | None = None


class ReportAcceptance(Frozen):
    """验收结果."""

    do: Literal["acceptance"] = "acceptance"
    order: str
    result: str
    remark: str = ""


class Connect(Frozen):
    """接通."""

    do: Literal["connect"] = "connect"
    order: str


class Assign(Frozen):
    """The window decides which body acts, and who of it; without a `steward` the one with the fewest open tasks.

    `anew`: the new steward is elsewhere at the time of the survey, so that another one is to be found.
    """

    do: Literal["assign"] = "assign"
    order: str
    body: str
    steward: str | None = None
    anew: bool = False


class Move(Frozen):
    """The county moves an open case to a newer version of its process."""

    do: Literal["move"] = "move"
    to: int


class Amend(Frozen):
    """更正: the applicant, or staff for him, says what is wrong in what was handed in, and what is right."""

    do: Literal["amend"] = "amend"
    wish: str


class Urge(Frozen):
    """催办: the applicant, or staff for him, wants to hear of an order, or of all that is still open."""

    do: Literal["urge"] = "urge"
    order: str | None = None


class ReplyToUrge(Frozen):
    """Whoever has the order answers him, in a few words."""

    do: Literal["reply_urge"] = "reply_urge"
    order: str
    text: str


class ConfirmContact(Frozen):
    """联系到了: the applicant says that he was reached, as his steward reported."""

    do: Literal["confirm_contact"] = "confirm_contact"
    order: str


class DenyContact(Frozen):
    """没有: nobody has reached him."""

    do: Literal["deny_contact"] = "deny_contact"
    order: str


class ChangeContact(Frozen):
    """换电话: the applicant is to be called at another number from now on."""

    do: Literal["change_contact"] = "change_contact"
    phone: str


class Rate(Frozen):
    """评价: the applicant's mark for a case that is closed."""

    do: Literal["rate"] = "rate"
    mark: str


class GiveReason(Frozen):
    """Why his mark is a bad one."""

    do: Literal["reason"] = "reason"
    reason: str


class CallBack(Frozen):
    """已回访: he was called about it; what came of it."""

    do: Literal["call_back"] = "call_back"
    text: str


class Warn(Frozen):
    """超时预警: the clock says that `at` this time so much of a limit has passed, in percent.

    For all orders of the case of which it is true: those that are `due` at once and began at once.
    """

    do: Literal["warn"] = "warn"
    step: Timed
    share: int
    at: dt.datetime
    due: dt.datetime


Do = Annotated[
    Take
    | ReportContact
    | ProposeSurvey
    | AgreeSurvey
    | MoveSurvey
    | GiveOpinion
    | GiveScheme
    | ReportBuilt
    | ReportInside
    | ReportAcceptance
    | Connect
    | Assign
    | Move
    | Amend
    | Urge
    | ReplyToUrge
    | ConfirmContact
    | DenyContact
    | ChangeContact
    | Rate
    | GiveReason
    | CallBack
    | Warn,
    Field(discriminator="do"),
]


class Command(Frozen):
    """What somebody wants to happen to a case; `id` comes from the inbound dedupe key and makes it happen once."""

    id: str
    case: str
    actor: Actor
    do: Do
