"""What a notice says of orders for which nothing is built: they are not 接通, they are 办好 (J66–J82, C8)."""

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.wording.orders import service_name
from model.case import Case
from model.county import County
from model.order import Order
from model.process import Timed


def route_facts(county: County, case: Case, order: Order | None) -> Mapping[str, Any]:
    """`route`: the way of the order the notice is about; `connected` and `handled`: the services of the case by how they ended."""
    done = [one for one in case.orders if one.ending is None]
    return {
        "route": order.route if order is not None else None,
        "connected": list(dict.fromkeys(service_name(county, one) for one in done if one.route is None)),
        "handled": list(dict.fromkeys(service_name(county, one) for one in done if one.route is not None)),
    }


def handling(case: Case, orders: Iterable[str], step: Timed) -> bool:
    """Whether what is called the connection elsewhere is, for these orders, that a 过户 or 销户 is done."""
    named = [one for one in case.orders if one.id in set(orders)]
    return step == "connection" and bool(named) and all(one.route is not None for one in named)
