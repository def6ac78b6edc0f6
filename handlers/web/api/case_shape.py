"""How a case stands, for the portal that handed it in (X23, X36)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from handlers.web.api.applicant_steps import can_do
from handlers.web.api.cell_shape import CellShape, cell_shapes
from handlers.web.api.open_form import OpenFormShape, applicants_form
from handlers.web.api.problems import FieldProblem
from handlers.web.api.supplement_shape import LackingShape, hand_in_by, lacking_shapes
from handlers.web.api.times import local
from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import contact_due, in_words
from handlers.wording.orders import order_name, standing_of
from model.case import Case
from model.county import County
from model.edition import on_form, under
from model.frozen import Frozen
from model.order import Order, OrderState
from model.process import Timed
from model.staff import Staff
from model.submission import Submission
from routing.adding import left_to_add
from routing.agenda import next_limit
from routing.cells import Cell
from routing.rating import in_time


class BodyShape(Frozen):
    """The body that handles an order (办理单位)."""

    name: str
    phone: str


class PersonShape(Frozen):
    """The steward (服务管家, 服务专员) as applicants are told of him (X162, J93)."""

    name: str
    phone: str


class LimitShape(Frozen):
    """A limit that runs (期限)."""

    step: Timed
    name: str = Field(description="这个环节在本县的叫法")
    at: dt.datetime | None = Field(description="到期的时间；放假安排还没有公布、日期可能会变的，没有值")
    text: str = Field(description="可以给申请人看的说法")


class SurveyShape(Frozen):
    """The time of a survey (踏勘), proposed or agreed."""

    at: dt.datetime
    agreed: bool = Field(description="申请人同意没有")


class SchemeShape(Frozen):
    """The connection scheme (接入方案, X35)."""

    text: str
    days: int | None = Field(description="承诺几个工作日完工")
    inside: bool = Field(description="用户自己（红线内）要先施工")


class OrderStatus(Frozen):
    """One service of a case and how it stands (单项工单)."""

    id: str
    service: str
    service_name: str
    state: OrderState
    text: str = Field(description="办到哪一步，可以给申请人看")
    reason: str = Field(default="", description="踏勘或验收没有通过的原因")
    body: BodyShape | None = Field(description="哪家单位办；还没有定的没有值")
    steward: PersonShape | None
    survey: SurveyShape | None
    scheme: SchemeShape | None
    limit: LimitShape | None = Field(description="下一个到期的环节")
    cells: tuple[CellShape, ...] = Field(description="申请表上由办理单位填的栏")
    can: tuple[str, ...] = Field(description="申请人现在可以答复的（do）")


class CaseStatus(Frozen):
    """A joint case (联合办件)."""

    number: str = Field(description="联合办件号")
    county: str
    state: Literal["open", "closed"]
    accepted_at: dt.datetime
    closed_at: dt.datetime | None
    joint: bool = Field(description="几家单位一起踏勘")
    orders: tuple[OrderStatus, ...]
    cells: tuple[CellShape, ...] = Field(description="申请表上整件由窗口填的栏")
    lacking: tuple[LackingShape, ...] = Field(description="还要补的")
    hand_in_by: dt.datetime | None = Field(description="要补的最晚什么时候交")
    form: OpenFormShape | None = Field(description="电话报装的表还缺什么；不是电话报装的没有值")
    addable: tuple[str, ...] = Field(description="还可以加办的业务（编号）")
    marks: tuple[str, ...] = Field(description="办完以后可以评价的等级；现在不能评价的没有值")


class Accepted(CaseStatus):
    """The case that an application has become; `remarks` name what was taken as it is and should be looked at again."""

    remarks: tuple[FieldProblem, ...] = ()


def case_status(
    county: County,
    case: Case,
    submission: Submission | None,
    stewards: Mapping[str, Staff],
    cells: Sequence[Cell],
    catalogue: Catalogue,
    now: dt.datetime,
) -> CaseStatus:
    """The case as it is now; `stewards` by staff id, `cells` those that staff fill in."""
    rules = under(county, case.process_version)
    rule, mark = rules.process.rating, case.rating
    can_rate = rule is not None and in_time(case, rule, now) and not (mark is not None and mark.changed)
    return CaseStatus(
        number=case.number,
        county=case.county,
        state="open" if case.closed_at is None else "closed",
        accepted_at=local(case.accepted_at),
        closed_at=None if case.closed_at is None else local(case.closed_at),
        joint=case.joint,
        orders=tuple(
            _order(rules, case, order, stewards.get(order.steward or ""), cells, catalogue) for order in case.orders
        ),
        cells=cell_shapes(cells, None),
        lacking=() if submission is None else lacking_shapes(on_form(county, submission.form_version), case),
        hand_in_by=hand_in_by(case),
        form=None if case.closed_at is not None else applicants_form(case, rules),
        addable=() if submission is None else _addable(county, case, submission),
        marks=rule.scale if rule is not None and can_rate else (),
    )


def _addable(county: County, case: Case, submission: Submission) -> tuple[str, ...]:
    return tuple(one.id for one in left_to_add(case, on_form(county, submission.form_version)))


def _order(
    county: County, case: Case, order: Order, steward: Staff | None, cells: Sequence[Cell], catalogue: Catalogue
) -> OrderStatus:
    now, body = standing_of(case, order), county.body[order.body]
    told = catalogue.say(f"states.{now.state}", body=body, at=now.survey.at if now.survey else None)
    return OrderStatus(
        id=order.id,
        service=order.service,
        service_name=order_name(county, case, order),
        state=order.state,
        text=told,
        reason=now.reason,
        body=None if order.candidates else BodyShape(name=body.name, phone=body.phone),
        steward=None if steward is None else PersonShape(name=steward.name, phone=steward.phone),
        survey=survey_of(case, order),
        scheme=scheme_of(order),
        limit=_limit(county, order, catalogue),
        cells=cell_shapes(cells, order.id),
        can=can_do(case, order, county),
    )


def survey_of(case: Case, order: Order) -> SurveyShape | None:
    """The survey that is proposed or agreed for this order, if its time stands."""
    time = next((one for one in case.appointments.values() if order.id in one.orders), None)
    if time is None or time.released or time.wish:
        return None
    return SurveyShape(at=local(time.at), agreed=time.agreed)


def scheme_of(order: Order) -> SchemeShape | None:
    """What is to be built."""
    given = order.scheme
    return None if given is None else SchemeShape(text=given.text, days=given.days, inside=given.inside)


def step_name(county: County, step: Timed, catalogue: Catalogue) -> str:
    """What a step is called in this county."""
    rule = county.process.rule(step)
    return rule.name if rule is not None else catalogue.say(f"api.limit.{step}")


def _limit(county: County, order: Order, catalogue: Catalogue) -> LimitShape | None:
    """Until somebody has met the applicant it is that; then whichever ends first."""
    found = next_limit(order)
    if found is None:
        return None
    step = found[0]
    due = order.due(step)
    if step == "survey" and order.state in (OrderState.ROUTED, OrderState.TAKEN):
        due = contact_due(order)
    if due is None:
        return None
    return LimitShape(
        step=step,
        name=step_name(county, step, catalogue),
        at=None if due.provisional else local(due.at),
        text=in_words(due, catalogue.say),
    )
