"""The county of `tests.routing.county` with permits, their officers, and an order whose scheme is about to be given."""

import datetime as dt

from model.approval_rules import ApprovalKind, ApprovalRules, ModeRule
from model.calendar import CHINA, Length
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme
from model.county import Body, County
from model.joint import JointRule
from model.message import Actor
from model.process import Step, WarningRule
from model.staff import Staff
from tests.routing.county import ACTS, NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk

EVERY: tuple[Step, ...] = ("contact", "survey", "scheme", "construction", "acceptance", "connection")
TOMORROW = NOW + dt.timedelta(days=1)
DIGS = ("挖路面", "动绿地", "新建管线")
PERMITS = {
    f"act.{do}.{what}": do if what == "label" else ""
    for do in (
        *("apply_approval", "join_approval", "hand_in_approval", "sign_commitment", "drop_approval"),
        *("accept_approval", "return_approval", "decide_approval.granted", "decide_approval.refused"),
        *("decide_approval.filed", "accept_joint", "decline_joint"),
    )
    for what in ("label", "words")
}
WEDNESDAY = dt.datetime(2026, 11, 25, 17, 30, tzinfo=CHINA)
TUESDAY = dt.datetime(2026, 11, 24, 17, 30, tzinfo=CHINA)


def rules() -> ApprovalRules:
    """Three permits of three bodies, in every way there is."""
    return ApprovalRules(
        modes=(
            ModeRule(mode="normal", name="材料齐全"),
            ModeRule(mode="deferred", name="容缺受理", items=True),
            ModeRule(mode="commitment", name="告知承诺", works_from="accepted", commitment="本单位承诺"),
            ModeRule(mode="filing", name="备案", works_from="signed", commitment="本单位承诺"),
        ),
        items_within=Length(days=5),
        kinds=tuple(
            ApprovalKind(
                id=name,
                name=name,
                body=f"{name}_office",
                works=works,
                modes=("normal", "deferred") if name == "plan" else (),
                limits={"offline": Length(days=2), "online": Length(days=1)},
            )
            for name, works in (("plan", ("新建管线",)), ("green", ("动绿地",)), ("road", ("挖路面", "占用道路")))
        ),
    )


def county() -> County:
    """With offices that decide, and warnings at half and at the end."""
    plain = xinxiang(steps=EVERY)
    offices = tuple(
        Body(id=f"{one.id}_office", name=one.id, short=one.id, phone="0000-9", kind="approval") for one in rules().kinds
    )
    warnings = (
        WarningRule(share=50, tell=("steward",)),
        WarningRule(share=100, tell=("steward", "lead", "supervisor")),
    )
    process = plain.process.model_copy(
        update={"approvals": rules(), "warnings": warnings, "joint": JointRule(lead="road_office")}
    )
    return plain.made_anew(bodies=(*plain.bodies, *offices), process=process, messages=ACTS | PERMITS)


def schemed(*services: str, digs: tuple[str, ...] = DIGS, staff: tuple[Staff, ...] | None = None) -> Desk:
    """A desk whose orders have their schemes."""
    made = county()
    desk = Desk(made, submission(made, *(services or ("用水",))), everybody(made) if staff is None else staff)
    for place in range(1, len(desk.case.orders) + 1):
        for do in (Take(order=desk.order(place).id), ReportContact(order=desk.order(place).id)):
            assert isinstance(desk.do(desk.steward(place), do), list)
    assert isinstance(desk.do(desk.steward(), ProposeSurvey(order=desk.order().id, at=TOMORROW)), list)
    key = next(iter(desk.case.appointments))
    assert isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=key, sequence=1)), list)
    for place in range(1, len(desk.case.orders) + 1):
        who, order = desk.steward(place), desk.order(place).id
        assert isinstance(desk.do(who, GiveOpinion(order=order, opinion="符合")), list)
        assert isinstance(desk.do(who, GiveScheme(order=order, scheme="从路东接入", days=9, digs=digs)), list)
    return desk


def officer(kind: str, name: str = "a") -> Actor:
    """The officer of the office that decides about this permit."""
    one = steward(f"{kind}_office", name=name)
    return Actor(person=one.person or "", role="steward", staff=one.id)
