"""A case, its orders and who has them (X19, X24, J22); the process it is under, what is amended, the end."""

from typing import Literal

from model.calendar import Due, Length
from model.frozen import Frozen
from model.process import Step
from model.times import Window


class CaseAccepted(Frozen):
    """The case exists (已收到, not yet 受理): number, services, whether the survey will be joint, and who leads it.

    `possible_permits`: the kinds of approvals that the answers leave possible (None: nobody looked); `promises`: by service, how long
    its trade has publicly promised to take (J30). `wished`: the time the applicant has named himself (J65, X21).
    """

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
    possible_permits: tuple[str, ...] | None = None
    promises: dict[str, Length] = {}
    departments: tuple[str, ...] = ()
    wished: tuple[Window, ...] = ()


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
    """The window, or the head of its body, gave the order to a steward; `previous` is the one it was taken from."""

    event: Literal["order_assigned"] = "order_assigned"
    order: str
    body: str
    steward: str | None
    previous: str | None
    contact_due: Due | None
    survey_due: Due | None = None
    reason: str = ""


class TaskTaken(Frozen):
    """A steward took the task."""

    event: Literal["task_taken"] = "task_taken"
    order: str
    steward: str


class Moved(Frozen):
    """The county put the case under a newer process (换用新版流程); limits that run stay as they were."""

    event: Literal["moved"] = "moved"
    previous: int
    process_version: int
    steps: tuple[Step, ...]


class AmendmentWished(Frozen):
    """The applicant says what is wrong in what he handed in (更正); `orders` are asked whether it can be done.

    `field`: the field of the form that it is about, if it is known.
    """

    event: Literal["amendment_wished"] = "amendment_wished"
    wish: str
    field: str = ""
    orders: tuple[str, ...] = ()


class AmendmentAnswered(Frozen):
    """Whoever has the order does so, or says in `words` why it cannot be done. `amendment`: its number, from 1."""

    event: Literal["amendment_answered"] = "amendment_answered"
    order: str
    amendment: int
    agrees: bool
    words: str = ""


class CaseClosed(Frozen):
    """All orders are connected (办结)."""

    event: Literal["case_closed"] = "case_closed"
