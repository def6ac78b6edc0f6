"""What is still to come for a case, or has come in, as other systems are told (容缺, 补正; X47, X127, X129, J39)."""

import datetime as dt
from typing import Any

from pydantic import Field

from dialogs.as_data.showing import plain
from handlers.web.api.times import local
from model.case import Case
from model.county import County
from model.frozen import Frozen
from model.order import Order
from model.process import is_staffs
from model.supplement import Supplement, SupplementState
from routing.lacking import lacking, of_order
from routing.supplement_acts import is_paper, supplement_name


class LackingShape(Frozen):
    """One thing that the applicant has still to hand in (还要补的一项)."""

    id: str = Field(description="字段编号；办理单位自己写的，是它的编号")
    label: str
    paper: bool = Field(description="要照片、PDF 或原件；不是的，可以从接口补填")
    original: bool = Field(description="要把原件交到窗口或服务管家（服务专员）手里")
    asked: bool = Field(description="办理单位要求补的（补正）；不是的，是提交时留空的（容缺）")
    wrong: str = Field(default="", description="上一次交的哪里不行")


class SupplementShape(LackingShape):
    """The same for its body, with what came in (补的材料)."""

    state: SupplementState
    files: int = Field(description="交了几个文件；文件在公众号和窗口看")
    answer: Any = Field(default=None, description="补填的答案")


def lacking_shapes(county: County, case: Case) -> tuple[LackingShape, ...]:
    """What the applicant of this case has still to do; `county` is on the form of the submission."""
    return tuple(LackingShape(**_told(county, one)) for one in lacking(case))


def supplement_shapes(county: County, case: Case, order: Order) -> tuple[SupplementShape, ...]:
    """All that is still to come for this order, or has come in."""
    return tuple(
        SupplementShape(**_told(county, one), state=one.state, files=len(one.files), answer=_answer(county, one))
        for one in of_order(case, order)
    )


def hand_in_by(case: Case) -> dt.datetime | None:
    """By when the applicant has to hand in the first of it; None without a limit, and while nobody knows the date."""
    dues = [
        clock.due
        for order in case.orders
        for step, clock in order.clocks.items()
        if not is_staffs(step) and clock.runs and case.closed_at is None
    ]
    first = min(dues, key=lambda due: due.at, default=None)
    return None if first is None or first.provisional else local(first.at)


def _told(county: County, one: Supplement) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": supplement_name(county, one),
        "paper": is_paper(county, one),
        "original": one.paper_lacking,
        "asked": one.asked,
        "wrong": one.wrong,
    }


def _answer(county: County, one: Supplement) -> Any:
    field = county.form.fields.get(one.id)
    return plain(one.value, field) if one.value is not None and field is not None else None
