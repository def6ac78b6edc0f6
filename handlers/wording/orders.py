"""How an order is called: by its service, and by its body too where the service went to several (用网业务（电信）)."""

from model.case import Case
from model.county import County
from model.order import Order


def order_name(county: County, case: Case, order: Order) -> str:
    """The service's name; whoever chose two operators must see which of them writes."""
    name = county.service[order.service].name
    alone = sum(one.service == order.service for one in case.orders) == 1
    return name if alone or order.candidates else f"{name}（{county.body[order.body].short}）"
