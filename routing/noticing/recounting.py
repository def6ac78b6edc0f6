"""Who is told that a provisional day is settled: whoever has the order (R31)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.clock import ClocksRecounted
from routing.noticing.addressing import notice_to, order_of, speaker_of


def notices(case: Case, recorded: Recorded, event: ClocksRecounted) -> Iterator[Notice]:
    """One for each order. The applicant was told a number of working days, which stays true."""
    for name in dict.fromkeys(limit.order for limit in event.limits):
        to = speaker_of(case, order_of(case, name))
        if to.kind == "staff":
            yield notice_to(recorded, to, "steward.recounted", f"{name}:recounted", name)
