"""How what waits at the window is named: the service, the body or the paper that it is about."""

from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from routing.supplement_acts import supplement_name
from routing.window_waits import Waiting


def named(county: County, case: Case, one: Waiting) -> str:
    """Nothing where it is about the case as a whole; `county`: under the process of the case."""
    order = case.order(one.order) if one.order else None
    if order is not None:
        return order_name(county, case, order)
    supplement = case.supplement(one.name) if one.what == "original" else None
    if supplement is not None:
        return supplement_name(county, supplement)
    return county.body[one.name].short if one.name in county.body else one.name
