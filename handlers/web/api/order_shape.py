"""An order for the system of its body: its own part of the form, and what can be done about it next (X19, J33)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from pydantic import Field

from dialogs.as_data.showing import plain
from handlers.parties import parties, to_call
from handlers.systems.visible_form import visible_answers, visible_sections
from handlers.web.api.agreed_shape import AgreedShape, agreed_shapes, may_tick
from handlers.web.api.case_shape import SchemeShape, SurveyShape, scheme_of, step_name, survey_of
from handlers.web.api.cell_shape import CellShape, cell_shapes
from handlers.web.api.check_shape import CheckShape, check_shapes, steps_shown
from handlers.web.api.open_form import OpenFormShape, bodys_form
from handlers.web.api.steps import REPORTED
from handlers.web.api.supplement_shape import SupplementShape, supplement_shapes
from handlers.web.api.times import local
from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.edition import on_form, under
from model.events.clock import Cause
from model.frozen import Frozen
from model.order import Order, OrderState
from model.process import Step, Timed, is_staffs
from model.staff import Staff
from model.submission import Submission
from routing.acts import steward_acts
from routing.cells import Cell


class StewardShape(Frozen):
    """A member of staff of the body (服务管家, 服务专员)."""

    id: str
    name: str
    phone: str
    bound: bool = Field(description="在公众号里绑定了没有")


class DueShape(Frozen):
    """A limit of the order that runs (期限)."""

    step: Timed
    name: str
    at: dt.datetime
    provisional: bool = Field(description="放假安排还没有公布，日期可能会变")


class StandingShape(Frozen):
    """A limit of the order that stands still, and why."""

    step: Timed
    name: str
    cause: Cause
    since: dt.datetime


class BackdatingShape(Frozen):
    """A time that was reported afterwards and does not stand yet (补报)."""

    step: Step
    happened_at: dt.datetime
    needs_reason: bool = Field(description="还没有写原因；写了才问负责人")
    answer_until: dt.datetime


class ContactShape(Frozen):
    """Whom to call, and at which number."""

    name: str
    phone: str


class OrderSummary(Frozen):
    """An order on the desk of a body (单项工单)."""

    id: str
    number: str = Field(description="联合办件号")
    service: str
    service_name: str
    state: OrderState
    received_at: dt.datetime
    steward: StewardShape | None = Field(description="派给谁了；还没有人接的没有值")
    limits: tuple[DueShape, ...]
    standing: tuple[StandingShape, ...] = Field(
        description="停着的期限和原因：unreached 是打电话联系不上申请人，correction、materials 是等他补材料，visit 是等约时间"
    )
    can: tuple[str, ...] = Field(description="现在可以上报的步骤（do）")


class OrderShape(OrderSummary):
    """An order with what its body needs to know: its own part of the form and the general one, no other's (X19)."""

    joint: bool = Field(description="几家单位一起踏勘")
    contact: ContactShape
    survey: SurveyShape | None
    scheme: SchemeShape | None
    backdating: BackdatingShape | None = Field(
        description="补报的时间在等原因或者负责人答复，按上报的时间算；几步在等的，先是没写原因的"
    )
    urged: bool = Field(description="申请人催了，还没有答复")
    amendments: tuple[str, ...] = Field(description="申请人提交以后说要更正的地方")
    form_version: int
    answers: dict[str, Any]
    form: OpenFormShape | None = Field(description="电话报装的表里，这家单位的部分还缺什么；不是电话报装的没有值")
    supplements: tuple[SupplementShape, ...] = Field(description="要补的、补来的")
    cells: tuple[CellShape, ...] = Field(description="表上由单位填的栏")
    checks: tuple[CheckShape, ...] = Field(description="过户、销户要核对的；都核对好才能办结")
    agreed: tuple[AgreedShape, ...] = Field(description="会商时定了由本单位做的事")


class OrderPage(Frozen):
    """A page of a body's open orders, oldest first."""

    orders: tuple[OrderSummary, ...]
    next: str | None = Field(description="下一页的 cursor；没有了就没有值")


class StaffList(Frozen):
    """Who of the body can be given an order."""

    staff: tuple[StewardShape, ...]


def steward_shape(one: Staff) -> StewardShape:
    """A member of staff."""
    return StewardShape(id=one.id, name=one.name, phone=one.phone, bound=one.reachable)


def order_summary(
    county: County, case: Case, order: Order, steward: Staff | None, catalogue: Catalogue
) -> OrderSummary:
    """The order as a line of the list."""
    rules = under(county, case.process_version)
    limits = sorted(
        (clock.due.at, step, clock.due.provisional)
        for step, clock in order.clocks.items()
        if clock.runs and is_staffs(step)
    )
    return OrderSummary(
        id=order.id,
        number=case.number,
        service=order.service,
        service_name=order_name(rules, case, order),
        state=order.state,
        received_at=local(case.accepted_at),
        steward=None if steward is None else steward_shape(steward),
        limits=tuple(
            DueShape(step=step, name=step_name(rules, step, catalogue), at=local(at), provisional=provisional)
            for at, step, provisional in limits
        ),
        standing=tuple(
            StandingShape(
                step=step,
                name=step_name(rules, step, catalogue),
                cause=clock.pauses[-1].cause,
                since=local(clock.pauses[-1].since),
            )
            for step, clock in order.clocks.items()
            if clock.waits and clock.stands and is_staffs(step)
        ),
        can=(*steps_shown(steward_acts(case, order, county), REPORTED), *may_tick(case, order.body)),
    )


def _backdating_of(order: Order) -> BackdatingShape | None:
    claim = next(iter(sorted(order.backdatings, key=lambda one: bool(one.reason))), None)
    if claim is None:
        return None
    return BackdatingShape(
        step=claim.step,
        happened_at=local(claim.happened_at),
        needs_reason=not claim.reason,
        answer_until=local(claim.rings),
    )


def order_shape(
    county: County,
    case: Case,
    order: Order,
    steward: Staff | None,
    submission: Submission,
    cells: Iterable[Cell],
    catalogue: Catalogue,
) -> OrderShape:
    """The order with what its body needs to know; `cells` are those of the case."""
    edition = on_form(county, submission.form_version)
    called = to_call(parties(edition, submission.answers), case.contact)
    fields = {field.id: field for one in visible_sections(edition, [order.service]) for field in one.fields}
    summary = order_summary(county, case, order, steward, catalogue)
    return OrderShape(
        **dict(summary),
        joint=case.joint,
        contact=ContactShape(name=called.name, phone=called.phone),
        survey=survey_of(case, order),
        scheme=scheme_of(order),
        backdating=_backdating_of(order),
        urged=order.urged is not None,
        amendments=tuple(one.words for one in case.amendments),
        form_version=submission.form_version,
        answers={
            name: None if answer.value is None else plain(answer.value, fields[name])
            for name, answer in visible_answers(edition, [order.service], submission.answers).items()
        },
        form=bodys_form(case, order, under(county, case.process_version), summary.can),
        supplements=supplement_shapes(edition, case, order),
        cells=cell_shapes(cells, order.id),
        checks=check_shapes(order),
        agreed=agreed_shapes(case, order.body),
    )
