"""Whose an order is, as a form says that is filled in later: another body, one more, a steward of the district (X19, X26)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.calendar import CHINA
from model.case import Case
from model.commands.intake import Assign
from model.county import County
from model.event import Event
from model.events.decided import Change
from model.events.intake import OrderAssigned, OrderRouted
from model.order import Order, OrderState
from model.staff import Staff
from model.submission import Submission
from routing.accept import pushed
from routing.adding import by_whom_it_knows
from routing.assign import assign
from routing.assigning import handed
from routing.checks import routes
from routing.split import Part, find_district
from routing.transitions import UNSURVEYED

Side = tuple[Submission, tuple[Part, ...]]
"""The form, and the parts that follow from it."""


def bodies_anew(
    case: Case, before: Side, after: Side, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> tuple[tuple[Event, ...], tuple[Change, ...]]:
    """The orders that go to another body, and those that are new; what is surveyed already stays where it is, and is told."""
    events, stands = list[Event](), list[str]()
    form, parts = after
    district = find_district(form, county)
    moved = district != find_district(before[0], county)
    place = len(case.orders)
    for service in dict.fromkeys(one.service for one in parts):
        wanted = [one for one in parts if one.service == service]
        had = [one for one in case.orders if one.service == service and one.ending is None]
        if wanted == [one for one in before[1] if one.service == service]:
            events += _nearer(had, district if moved else None, county, now, staff)
            continue
        missing = _missing(had, wanted)
        for order in had:
            settled = not order.candidates and any(one.body == order.body for one in wanted)
            if settled or not missing:
                stands += [] if settled or any(one.candidates for one in wanted) else [order.id]
                continue
            body = missing.pop(0).body
            if order.state in UNSURVEYED:
                events.append(_given(order, body, district, county, now, staff))
            else:
                stands.append(order.id)
        for part in missing:
            place += 1
            events += _one_more(case, part, f"{case.id}-{place}", form, county, now, staff)
    return tuple(events), (Change(what="body", orders=tuple(stands), stands=True),) if stands else ()


def _missing(had: Sequence[Order], wanted: Sequence[Part]) -> list[Part]:
    """The bodies that have to act and have no order yet."""
    bodies = {one.body for one in had if not one.candidates}
    return [one for one in wanted if not one.candidates and one.body not in bodies]


def _given(
    order: Order, body: str, district: str | None, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> OrderAssigned:
    who = assign(staff, body, district, now.astimezone(CHINA).date())
    reason = county.messages["decided.reason.body"].strip()
    return handed(order, Assign(order=order.id, body=body, steward=who, reason=reason), county, now, staff)


def _nearer(
    had: Sequence[Order], district: str | None, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Iterator[OrderAssigned]:
    """One that nobody has taken yet goes to a steward of the district, if whoever has it is of another."""
    for order in had:
        who = next((one for one in staff if one.id == order.steward), None)
        elsewhere = who is not None and bool(who.districts) and district not in who.districts
        if district is None or order.candidates or order.state is not OrderState.ROUTED or not elsewhere:
            continue
        better = assign(staff, order.body, district, now.astimezone(CHINA).date())
        if better != order.steward:
            yield _given(order, order.body, district, county, now, staff)


def _one_more(
    case: Case, part: Part, name: str, form: Submission, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Iterator[Event]:
    routed: OrderRouted = by_whom_it_knows(case, pushed(part, name, county, form, case.limits, staff, now), staff, now)
    yield routed
    yield from routes([routed], county, form.answers)
