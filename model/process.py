"""What a county decides about the handling of a case: steps, limits, survey rule, numbering, stewards' forms."""

import datetime as dt
from typing import Literal, Self, get_args

from pydantic import Field as Setting
from pydantic import model_validator

from model.approval_rules import ApprovalRules
from model.backdating_rules import BackdatingRule
from model.booking import BookingRule
from model.calendar import Length, OpeningHours
from model.cells import CellsRule
from model.condition import Condition
from model.consultation_rules import ConsultationRule, LeadRule
from model.delay_rules import DelayRule
from model.ending_rules import DecliningRule, TerminationRule, WithdrawalRule
from model.form import Form
from model.frozen import Frozen
from model.joint import JointRule
from model.meeting_rules import Meets, VisitRule
from model.telephone import TelephoneRule
from model.times import Meeting, Visit
from model.unreached import UnreachedRule

Step = Literal["contact", "survey", "scheme", "construction", "acceptance", "connection"]

Supplementing = Literal["deferred", "correction"]
"""What the applicant has to hand in: what he left open (容缺), what he was asked for (补正). The time is his, not the staff's."""

Timed = Literal[Step, "urge", "call_back", Supplementing]
"""What a clock of an order can run for: a step, or, warned of likewise, the answer to an applicant who urged and the call to
one who was not content; or what the applicant has to hand in.
"""


def is_staffs(step: Timed) -> bool:
    """Whether the staff have to keep the limit; else it is the applicant's."""
    return step not in get_args(Supplementing)


class Limit(Length):
    """How long a step may take (C5–C7). `instead`: the limit for certain answers of the form, the first that fits."""

    instead: tuple["OtherLimit", ...] = ()


class OtherLimit(Frozen):
    """A limit that stands instead of the usual one `when` the form was answered so."""

    when: Condition
    limit: Length


Receiver = Literal["steward", "lead", "supervisor", "window"]


class WarningRule(Frozen):
    """超时预警 (J35): at this share of a limit, in percent, these are told. 100 is the deadline, more is overdue.

    `steward`: who has the order; `lead`: the heads of its body; `supervisor`: those who supervise the county (X14);
    `window`: the hotline, by its worklist. Where nobody of these is there, the window hears it.
    """

    share: int = Setting(ge=1, le=1000)
    tell: tuple[Receiver, ...] = Setting(min_length=1)


class StepRule(Frozen):
    """A step of an order: what it is called here, its limit if the county gives one, the form its steward fills in.

    `time_form` is the form with which its steward proposes a time, where the step needs one (X30, X154); `wish_form` the
    one with which the applicant asks for another. `not_before` is the date field of the application form before which the
    limit does not run: the applicant's own planned time (R27). `together`: the applicant hears of it once all bodies have
    done it, in one message (统一答复, J18).
    """

    step: Step
    name: str
    limit: Limit | None = None
    form: str | None = None
    time_form: str | None = None
    wish_form: str | None = None
    not_before: str | None = None
    together: bool = False


class Opinion(Frozen):
    """One survey or acceptance opinion: its words, whether it counts as passed (X39) and which text it needs (X41).

    On a sheet `follow_up` leaves something to be handed in later (X40), and `needs_basis` the rule that it rests on (X41).
    """

    text: str
    passes: bool
    needs_text: bool = False
    follow_up: bool = False
    needs_basis: bool = False


SheetAct = Literal[
    "external_line", "no_external_line", "departments", "row", "row_for", "repeat_survey", "promise",
    "close_follow_up", "carry_follow_up"
]  # fmt: skip
"""What is done about a led survey and asks more than a tap."""


class DepartmentRule(Frozen):
    """A department that surveys along unless the window chooses otherwise (X37), `when` the form was answered so."""

    body: str
    when: Condition | None = None


class SheetReminders(Frozen):
    """Who is reminded by the clock (O): `rows` so long after the hour of the survey; an item `days_before` its day, and on it.

    Both at `at`, on days that need not be working days.
    """

    rows: Length | None = None
    days_before: int = Setting(default=3, ge=1, le=60)
    at: dt.time = dt.time(9)


class SheetRule(Frozen):
    """联合踏勘意见表 (附件3): whose opinion stands on it by default, and the forms in which it is filled in.

    In the form of `row_for` the field `surveyor` names who was there; the options of `departments` are the bodies' short names.
    """

    title: str
    departments: tuple[DepartmentRule, ...] = ()
    reminders: SheetReminders | None = None
    forms: dict[SheetAct, str] = {}


class SurveyRule(Meets):
    """When a survey is joint (X29–X33, J26): from this many services on, or when these answers are given.

    `sheet`: what a led survey fills in; None where the county has none (C13).
    `joint_if_yes` names yes/no fields, or choices whose first option is the yes. `lead` is the body that leads such a survey (X31).
    A proposed time lies between `earliest` and `latest` (a 03:00 is a misread 15:00) and at most `farthest_days` ahead.
    Without `meet` one steward proposes a time.
    """

    joint_from: int = Setting(ge=1)
    joint_if_yes: tuple[str, ...] = ()
    lead: str | None = None
    sheet: SheetRule | None = None
    place: str = ""
    opinions: tuple[Opinion, ...] = Setting(min_length=2)
    earliest: dt.time = dt.time(7)
    latest: dt.time = dt.time(20)
    farthest_days: int = Setting(default=60, ge=1)


class Numbering(Frozen):
    """The template of the joint number: `{counter:06d}`, `{year}`; the counter runs on, or restarts each year (J90)."""

    template: str
    first: int = 1
    restart: Literal["never", "yearly"] = "never"


class EnquiryRule(Frozen):
    """首问责任制 (J37–J47): by when an enquiry is answered, and the body whose staff are asked first where no other fits."""

    limit: Length | None = None
    desk: str | None = None


class UrgingRule(Frozen):
    """催办: how soon whoever is urged answers the applicant, and the form in which he does (O)."""

    reply: Length = Length(working_hours=4)
    form: str | None = None


class AmendingRule(Frozen):
    """更正: the form in which whoever has an order says why what the applicant wants changed cannot be."""

    form: str


class RatingRule(Frozen):
    """评价 (J35, J91): the marks an applicant can give once his case is closed, which of them are bad, and what follows.

    After a bad mark one of `reasons` can be tapped, or said in the `form`; somebody calls back within `call_back` and writes
    down in `call_back_form` what came of it. A mark can be given, and changed once, for `until_days` days.
    """

    scale: tuple[str, ...] = Setting(min_length=2, max_length=10)
    bad: tuple[str, ...] = ()
    reasons: tuple[str, ...] = Setting(default=(), max_length=8)
    form: str | None = None
    call_back: Length = Length(days=1)
    call_back_form: str | None = None
    until_days: int = Setting(default=30, ge=1, le=365)

    @model_validator(mode="after")
    def _bad_marks_are_marks(self) -> Self:
        if not set(self.bad) < set(self.scale):
            raise ValueError("bad names some of the marks of scale, not all")
        return self


class SupplementRule(Frozen):
    """By when the applicant hands in what is still to come, when he is reminded, in percent of it, and what is then.

    `overdue`: he gets as much time again, `extensions` times; then, or at once, it is given back to him (退回) and rests.
    """

    limit: Length
    remind: int = Setting(default=60, ge=1, le=99)
    overdue: Literal["extend", "return"] = "extend"
    extensions: int = Setting(default=1, ge=1)


class CorrectionRule(SupplementRule):
    """补正 (J39): all that is lacking is told in one notice. `again`: whether a steward may ask for more later.

    `ask_form` is where he says what is lacking, `form` what is wrong with what came in.
    """

    again: Literal["never", "reason", "freely"] = "reason"
    ask_form: str | None = None
    form: str | None = None


class CheckRule(Frozen):
    """Something to check before an account is changed or closed, `when` the form was answered so: see `model.route`."""

    id: str
    name: str
    yes: str = "相符"
    no: str = "不符"
    when: Condition | None = None
    told: bool = False


class RouteRule(Frozen):
    """过户, 销户: the steps, the limit and the checks of an order whose service was answered so (J66–J82, C8).

    `contact`: by when the applicant is contacted, instead of the usual time; `limit` runs from then. `fail_form` asks what is
    wrong, `told_form` how the registered holder was told.
    """

    id: str
    name: str
    when: dict[str, Condition] = Setting(min_length=1)
    steps: tuple[Step, ...] = ("contact", "connection")
    contact: Length | None = None
    limit: Length | None = None
    checks: tuple[CheckRule, ...] = Setting(min_length=1)
    fail_form: str
    told_form: str


class Gate(Frozen):
    """A step of a service that waits until these fields of the form are complete (X129), the others going on."""

    service: str
    step: Step
    needs: tuple[str, ...] = Setting(min_length=1)


class Promise(Frozen):
    """对外承诺时间 (J19, J30): how long a trade takes to build, for the first of its promises whose `when` fits the answers."""

    service: str
    limit: Length
    when: Condition | None = None


class Process(Frozen):
    """`process.yaml`: versioned like the form; open cases keep theirs."""

    version: int = Setting(ge=1)
    number: Numbering
    steps: tuple[StepRule, ...] = Setting(min_length=1)
    survey: SurveyRule
    acceptance: tuple[Opinion, ...] = Setting(min_length=2)
    forms: tuple[Form, ...] = ()
    closes: dt.time = dt.time(17, 30)
    hours: OpeningHours = OpeningHours()
    warnings: tuple[WarningRule, ...] = ()
    enquiries: EnquiryRule = EnquiryRule()
    urging: UrgingRule = UrgingRule()
    amending: AmendingRule | None = None
    """None: whoever has the orders hears of it, and answers by telephone."""
    rating: RatingRule | None = None
    deferred: SupplementRule | None = None
    corrections: CorrectionRule | None = None
    gates: tuple[Gate, ...] = ()
    routes: tuple[RouteRule, ...] = ()
    approvals: ApprovalRules = ApprovalRules()
    promises: tuple[Promise, ...] = ()
    joint: JointRule | None = None
    visits: dict[Visit, VisitRule] = {}
    booking: BookingRule | None = None
    cells: tuple[CellsRule, ...] = ()
    withdrawal: WithdrawalRule = WithdrawalRule()
    termination: TerminationRule = TerminationRule()
    declining: DecliningRule | None = None
    unreached: UnreachedRule | None = None
    delays: DelayRule | None = None
    backdating: BackdatingRule | None = None
    telephone: TelephoneRule | None = None
    leading: LeadRule | None = None
    consultation: ConsultationRule | None = None
    """None: nobody is asked to sit together (会商)."""
    contact_check: Length | None = None
    """So long after 已联系 the applicant can say that nobody reached him; None: he is not asked."""

    def meets(self, kind: Meeting) -> Meets:
        """The rules of those who meet for this; nobody is asked when he can come where the county has none."""
        return self.survey if kind == "survey" else self.visits.get(kind, Meets())

    def rule(self, step: Timed) -> StepRule | None:
        """The rule of a step, if this county has it."""
        return next((rule for rule in self.steps if rule.step == step), None)
