"""An open order as it lies on the desks of a body: no more than a list needs."""

import datetime as dt

from model.frozen import Frozen


class OpenOrder(Frozen):
    """An open order of a body: whose it is (None: nobody's), and when the first of the staff's limits ends that still runs."""

    order: str
    case: str
    number: str
    service: str
    steward: str | None
    due: dt.datetime | None
