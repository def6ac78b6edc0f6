"""How an order is called, and how it stands for its applicant."""

from typing import Final, NamedTuple

from model.case import Appointment, Case
from model.county import County
from model.order import Order, OrderState
from routing.permits import missing

_BEFORE_BUILT: Final = (OrderState.SURVEYED, OrderState.SCHEMED)
_BEFORE_SURVEY: Final = (OrderState.ROUTED, OrderState.TAKEN, OrderState.CONTACTED)
_BEFORE_VISIT: Final = (OrderState.BUILT, OrderState.ACCEPTED)
_LOOKED_FOR: Final = ("asking", "deciding")


class Standing(NamedTuple):
    """Which text says how an order stands (`states.<state>`), the reason where something did not pass, the survey bound to it."""

    state: str
    reason: str
    survey: Appointment | None


def service_name(county: County, order: Order) -> str:
    """The service's name, with what is done about it where that is no new works (用水业务过户)."""
    return county.service[order.service].name + (order.route.name if order.route else "")


def order_name(county: County, case: Case, order: Order) -> str:
    """The service's name, and its body's where it went to several (用网业务（电信）): he must see which of them writes."""
    name = service_name(county, order)
    alone = sum(one.service == order.service for one in case.orders) == 1
    return name if alone or order.candidates else f"{name}（{county.body[order.body].short}）"


def standing_of(case: Case, order: Order) -> Standing:
    """How an order stands: its state, or what is in the way, or the survey that is proposed or agreed, or how it ended."""
    if order.ending is not None:
        return Standing(order.ending.kind, order.ending.reason, None)
    state, reason = order.state.value, ""
    if order.state is OrderState.CONTACTED and order.survey is not None and not order.survey.passes:
        state, reason = "survey_failed", order.survey.remark
    if order.state in _BEFORE_BUILT and order.acceptance is not None and not order.acceptance.passes:
        state, reason = "acceptance_failed", order.acceptance.remark
    if order.state is OrderState.SCHEMED and missing(case, order):
        state, reason = "permits", ""
    if order.route is not None and order.state in (OrderState.CONTACTED, OrderState.CONNECTED):
        failed = next((one.note for one in order.route.checks if one.state == "failed"), "")
        state = "handled" if order.state is OrderState.CONNECTED else "check_failed" if failed else "checking"
        reason = failed if state == "check_failed" else ""
    if order.candidates:
        state = "undecided"
    time = next((one for one in case.appointments.values() if order.id in one.orders), None)
    looked_for = (one.kind for one in case.gatherings.values() if one.state in _LOOKED_FOR and order.id in one.orders)
    if time is not None and not time.agreed and not time.wish and not time.released and not time.unasked:
        state = f"{time.kind}_proposed"
    elif time is not None and time.agreed and _comes_next(time, order):
        state = f"{time.kind}_agreed"  # of a joint survey the others may not have taken their tasks yet
    elif (kind := next((one for one in looked_for if one != "survey"), "")) and order.state in _BEFORE_VISIT:
        state = f"{kind}_asked"
    return Standing(state, reason, time)


def _comes_next(time: Appointment, order: Order) -> bool:
    """Whether the time is for what the order waits for."""
    if time.kind == "survey":
        return order.state in _BEFORE_SURVEY and order.survey is None
    return order.state in _BEFORE_VISIT
