"""A joint case (联合办件): its orders, its survey times and what its applicant thinks of it (design §2.3, §5)."""

import datetime as dt
from typing import Literal

from model.amendment import Amendment
from model.approval import Approval
from model.booking import Booking
from model.calendar import Length
from model.consultation import Consultation, Item
from model.events.clock import Told
from model.frozen import Frozen
from model.joint import JointWorks
from model.order import Order
from model.process import Step
from model.sheet import Part, Sheet
from model.submission import Submission
from model.supplement import Supplement
from model.telephone import OpenForm
from model.times import Gathering, Meeting, Reminder, Window

JOINT = "joint"
"""The key of a joint survey among a case's appointments."""
CALLER = "telephone:"
"""How the person of a case begins whose applicant has only called; the rest stands for him."""


class Appointment(Frozen):
    """A survey time: proposed by a steward, agreed by the applicant.

    `orders` are those still to be surveyed at it; an opinion takes its order out. `wish`: the applicant asked for
    another time. `released`: the time is given up, somebody bound is elsewhere. `sequence` counts the proposals, and goes
    on when a survey is repeated. `kind`: what people meet for. `moves` counts how often it was moved, last
    by the steward `moved_by` if not by the applicant, `missed` how often
    somebody was not there. `reminders` are those still to come. `late`: its hour has passed, and what was said of that.
    `unasked`: the applicant had what he said in chat erased before he answered; nobody waits for that there.
    """

    at: dt.datetime
    by: str
    orders: tuple[str, ...]
    agreed: bool = False
    sequence: int = 1
    wish: str = ""
    released: bool = False
    kind: Meeting = "survey"
    moves: int = 0
    moved_by: str = ""
    missed: int = 0
    reminders: tuple[Reminder, ...] = ()
    late: Literal["", "asked", "told", "explained"] = ""
    unasked: bool = False


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
    order id, or by `JOINT` for a joint survey, others by what they are for and a number (`connection-1`); and so are `gatherings`,
    where everybody is asked when he can come. `wished`: when the applicant said so himself in the form (J65, X21);
    `booking`: from when limits run because he planned it so, if he may still move it (X21).
    `limits`: those the answers of the form have chosen.
    `possible_permits` are the kinds of approvals that the answers leave possible; `promises` what each service's trade has promised
    publicly (J30); `approvals` run beside the orders (X49), `joint_works` with other cases (X50).
    `departments`: those that survey along, by the answers of the form, unless the window chooses others; `sheet` is there once
    a survey is led (X37).
    `amendments`: what the applicant has said to be wrong since (更正). `supplements`: what was still to come, then or since.
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
    possible_permits: tuple[str, ...] | None = None
    promises: dict[str, Length] = {}
    approvals: tuple[Approval, ...] = ()
    joint_works: JointWorks | None = None
    orders: tuple[Order, ...]
    appointments: dict[str, Appointment] = {}
    gatherings: dict[str, Gathering] = {}
    wished: tuple[Window, ...] = ()
    booking: Booking | None = None
    amendments: tuple[Amendment, ...] = ()
    additions: tuple[Submission, ...] = ()
    """What he has signed since for services that came later (加办); the form he handed in stays as it is."""
    supplements: tuple[Supplement, ...] = ()
    telephone: OpenForm | None = None
    """Where it was applied for by telephone: the form, as far as it is filled in (X26)."""
    closed_at: dt.datetime | None = None
    rating: Rating | None = None
    departments: tuple[str, ...] = ()
    sheet: Sheet | None = None
    contact: str = ""
    """The number he is called at, if it changed after he handed in."""
    consultations: tuple[Consultation, ...] = ()
    version: int = 0

    def steps_of(self, order: Order) -> tuple[Step, ...]:
        """The steps that an order goes through: its own where nothing is built for it."""
        return order.route.steps if order.route is not None else self.steps

    def approval(self, approval_id: str) -> Approval | None:
        """The application for a permit with this id."""
        return next((one for one in self.approvals if one.id == approval_id), None)

    @property
    def kept_by_hotline(self) -> bool:
        """Whether the hotline registered it for a caller whom it knows by his telephone alone: until it is handed over to him."""
        return self.person.startswith(CALLER)

    @property
    def in_chat(self) -> bool:
        """Whether its applicant may be reached by a channel of ours: who called, or applied elsewhere, is `telephone:…` or `api:…`."""
        return ":" not in self.person

    @property
    def served(self) -> bool:
        """Whether some of it did not end otherwise than connected: such a case is 办结 once closed, others are 撤回 or 终止."""
        return any(order.ending is None for order in self.orders)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each body of the sheet has to do about it, beside its orders (X31–X42)."""
        if self.sheet is None or self.lead is None:
            return ()
        owing = {item.body for item in self.sheet.open_items}
        done = set(self.sheet.copies) - owing if self.sheet.passed else set[str]()
        staff = {row.body: row.officer for row in self.sheet.rows}
        units = {order.body: order.steward for order in self.orders if order.body not in staff}
        lead = Part(body=self.lead, staff=self.sheet.organiser, open=self.sheet.returned_at is None or bool(owing))
        rows = (Part(body=body, staff=one, open=body not in done) for body, one in staff.items() if body != self.lead)
        late = (
            Part(body=body, staff=one, open=bool(self.sheet.passed) and body not in done) for body, one in units.items()
        )
        return (lead, *rows, *late)

    @property
    def plan_rings(self) -> dt.datetime | None:
        """When the planned time is to be reminded of next; never once people have begun to meet (X21)."""
        if self.booking is None or self.appointments or self.gatherings:
            return None
        return next(iter(self.booking.rings), None)

    def kind_of(self, appointment: str) -> Meeting:
        """What people meet for at this appointment, agreed or still looked for."""
        known = self.gatherings.get(appointment) or self.appointments.get(appointment)
        return known.kind if known is not None else "survey"

    def order(self, order_id: str) -> Order | None:
        """The order with this id."""
        return next((order for order in self.orders if order.id == order_id), None)

    def consultation(self, name: str) -> Consultation | None:
        """The consultation with this id, or the one at which this was agreed (会商, X57)."""
        return next((one for one in self.consultations if one.id == name or one.item(name)), None)

    def agreed(self, name: str) -> Item | None:
        """What was agreed at a consultation, by its id."""
        one = self.consultation(name)
        return one.item(name) if one is not None else None

    @property
    def consulting(self) -> Consultation | None:
        """The consultation that runs (会商中), if one does."""
        return next((one for one in self.consultations if one.runs), None) if self.closed_at is None else None

    def supplement(self, name: str) -> Supplement | None:
        """The supplement with this id."""
        return next((one for one in self.supplements if one.id == name), None)
