"""过户、销户, as a form says that is filled in later: nothing is built for the order then, or something is after all (X26, J66–J82)."""

from collections.abc import Mapping
from typing import NamedTuple

from model.case import Case
from model.county import County
from model.draft import Answer
from model.events.decided import Change
from model.order import Order
from model.route import Route
from routing.checks import way_of
from routing.transitions import UNSURVEYED, finished

Answers = Mapping[str, Answer]


class Ways(NamedTuple):
    """The orders that go another way from now on (None: the usual one), and what is told of it."""

    routes: dict[str, Route | None]
    changed: tuple[Change, ...]


def ways_anew(case: Case, before: Answers, after: Answers, county: County) -> Ways:
    """What the answers say of it now; an order that was surveyed, or of which something was checked, stays on its way."""
    routes: dict[str, Route | None] = {}
    changed: list[Change] = []
    for order in case.orders:
        was, way = (way_of(order.service, county, one) for one in (before, after))
        if finished(order, case.steps_of(order)) or was == way:
            continue
        if way is not None and order.route is not None and way.id == order.route.id:
            routes[order.id] = _looked_at(way, order.route)  # something more is to be checked, or less
            continue
        stands = not _free(order)
        if not stands:
            routes[order.id] = way
        changed.append(Change(what="usual" if way is None else "route", orders=(order.id,), stands=stands))
    return Ways(routes, tuple(changed))


def _looked_at(way: Route, had: Route) -> Route:
    """The way with what was checked of it already; that stays even where it was not needed."""
    done = {one.id: one for one in had.checks if one.state != "open"}
    wanted = {one.id for one in way.checks}
    more = (one for name, one in done.items() if name not in wanted)
    return way.model_copy(update={"checks": (*(done.get(one.id, one) for one in way.checks), *more)})


def _free(order: Order) -> bool:
    looked = order.route is not None and any(one.state != "open" for one in order.route.checks)
    return order.state in UNSURVEYED and not looked
