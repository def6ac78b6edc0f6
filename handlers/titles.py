"""How a question to the applicant is called where several have the same answers and he is asked which he means."""

from collections.abc import Collection

from handlers.wording.orders import order_name
from model.case import Case
from model.county import County


def applicant_title(county: County, case: Case, orders: Collection[str], name: str = "") -> str:
    """The case's number, whose it is (an agent has many), and the services it is about: two may ask the same at once."""
    services = "、".join(order_name(county, case, one) for one in case.orders if one.id in orders)
    return " ".join(filter(None, (case.number, name, services)))
