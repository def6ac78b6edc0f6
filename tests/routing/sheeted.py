"""A county in which a body leads the survey of works outside the red line, with its sheet (X31, 附件3)."""

from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.county import Body, County
from model.fields import ChoiceField, Field, Option, TextField
from model.form import Form, Section
from model.message import Actor
from model.process import DepartmentRule, Limit, Opinion, SheetAct, SheetRule, Step
from model.values import YesNo
from tests.routing.county import ACTS, NOW, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk

EVERY: tuple[Step, ...] = ("contact", "survey", "scheme", "construction", "acceptance", "connection")
TOMORROW = NOW.replace(day=24, hour=14)
LEAD, PLANNING, ROAD, GARDENS = "city", "planning", "road", "gardens"
DEPARTMENTS = (PLANNING, ROAD)
_SHEET_ACTS = (
    "external_line", "no_external_line", "departments", "row", "row_for", "remind_rows", "repeat_survey", "promise",
    "keep_copy", "return_copy", "close_follow_up", "carry_follow_up", "view_sheet", "reply_urge",
)  # fmt: skip
SHEET_TEMPLATES = (
    *(
        f"applicant.{name}"
        for name in (
            *("external_line", "no_external_line", "row_failed", "sheet_passed", "survey_repeated", "promise"),
            "closing_held",
        )
    ),
    *(
        f"steward.{name}"
        for name in (
            *("external_line", "no_external_line", "sheet_lead", "sheet_department", "sheet_dropped", "row_given"),
            *("row_wanted", "sheet_passed", "sheet_failed", "copy", "survey_repeated", "promise"),
            *("follow_up_settled", "follow_up_wanted", "closing_held"),
            *("follow_up_due", "follow_up_ready", "follow_up_over", "sheet_taken_over"),
        )
    ),
    *(
        f"body.{name}"
        for name in (
            *("sheet_lead", "sheet_department", "sheet_dropped", "row_wanted", "sheet_passed", "sheet_failed", "copy"),
            *("survey_repeated", "follow_up_wanted", "closing_held"),
            *("follow_up_due", "follow_up_ready", "sheet_taken_over"),
        )
    ),
    *("supervisor.closing_held", "window.departments"),
)


def _form(name: str) -> Form:
    words: Field = TextField(kind="text", id="words", label="说明", ask="请写一句。")
    if name == "departments":
        options = tuple(Option(text=one) for one in ("规划", "公路", "园林", "城管"))
        words = ChoiceField(kind="choice", id="departments", label="部门", ask="哪些？", options=options, several=True)
    return Form(id=name, version=1, title="小表", sections=(Section(id="all", title="说明", fields=(words,)),))


def county(*, lead: str | None = LEAD, departments: tuple[str, ...] = DEPARTMENTS) -> County:
    """甲县 with a body that leads, three that approve, and every step; the scheme within three working days."""
    plain = xinxiang(steps=EVERY)
    names = {LEAD: "城管", PLANNING: "规划", ROAD: "公路", GARDENS: "园林"}
    approving = tuple(
        Body(id=name, name=f"{short}局", short=short, phone="0000-9", kind="approval") for name, short in names.items()
    )
    asks: tuple[SheetAct, ...] = (
        "external_line", "no_external_line", "departments", "row", "row_for", "promise", "close_follow_up",
        "carry_follow_up",
    )  # fmt: skip
    sheet = SheetRule(
        title="联合踏勘意见表",
        departments=tuple(DepartmentRule(body=one) for one in departments),
        forms={one: one for one in asks},
    )
    opinions = (
        Opinion(text="符合", passes=True),
        Opinion(text="不符合", passes=False, needs_text=True, needs_basis=True),
        Opinion(text="待整改", passes=True, needs_text=True, follow_up=True),
    )
    survey = plain.process.survey.model_copy(
        update={"lead": lead, "sheet": sheet if lead else None, "opinions": opinions}
    )
    steps = tuple(
        rule.model_copy(update={"limit": Limit(days=3)}) if rule.step == "scheme" else rule
        for rule in plain.process.steps
    )
    process = plain.process.model_copy(
        update={"survey": survey, "steps": steps, "forms": (*plain.process.forms, *map(_form, asks))}
    )
    texts = {f"act.{name}.label": name for name in _SHEET_ACTS} | {f"act.{name}.words": name for name in _SHEET_ACTS}
    return plain.made_anew(bodies=(*plain.bodies, *approving), process=process, messages=ACTS | texts)


def officer(body: str) -> Actor:
    """The steward of a body, as `everybody` has him."""
    return Actor(person=f"person-{body}-a", role="steward", staff=f"{body}-a")


def led(*services: str, at_survey: bool = True, **more: object) -> Desk:
    """A case whose form says that there is an external line; with a time agreed where it is `at_survey`."""
    here = county(**more)  # type: ignore[arg-type]
    desk = Desk(here, submission(here, *services, crosses=YesNo(yes=True)))
    return agreed(desk) if at_survey else desk


def contacted(desk: Desk) -> Desk:
    """Every steward has taken his order and contacted the applicant."""
    for place in range(1, len(desk.case.orders) + 1):
        for do in (Take(order=desk.order(place).id), ReportContact(order=desk.order(place).id)):
            assert isinstance(desk.do(desk.steward(place), do), list)
    return desk


def agreed(desk: Desk) -> Desk:
    """A time for the joint survey is agreed."""
    contacted(desk)
    assert isinstance(desk.do(desk.steward(), ProposeSurvey(order=desk.order().id, at=TOMORROW)), list)
    sequence = desk.case.appointments["joint"].sequence
    assert isinstance(desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=sequence)), list)
    return desk


def units_pass(desk: Desk) -> list[str]:
    """Every unit's opinion is 符合; the events of the last."""
    done: object = []
    for place in range(1, len(desk.case.orders) + 1):
        done = desk.do(desk.steward(place), GiveOpinion(order=desk.order(place).id, opinion="符合"))
        assert isinstance(done, list)
    assert isinstance(done, list)
    return done
