"""When the steps of a log were done, where that was before they were entered and stands (X59, J35)."""

import datetime as dt
from collections.abc import Iterable, Mapping

from model.event import Recorded
from model.events.backdating import BackDated, BackdatingDecided


def happened(log: Iterable[Recorded]) -> Mapping[tuple[int, str], dt.datetime]:
    """By sequence and order of the step's own event; what waits for an answer, or was refused, is not here."""
    return {
        (event.entry, event.order): event.happened_at
        for one in log
        if isinstance(event := one.event, BackDated) or (isinstance(event, BackdatingDecided) and event.agrees)
    }
