"""Who is told that services came to a case: the applicant for whom the window added them (X24, X36), and whoever is to
survey them together with others, where no time is found yet (X30).

The body that has to act is told with its order; where a time is looked for, or stands, all hear of it there.
"""

from collections.abc import Iterator

from model.case import JOINT, Case
from model.delivery import Notice
from model.event import Recorded
from model.events.adding import ServiceAdded
from routing.noticing.addressing import notice_to, speaker_of, to_applicant
from routing.transitions import UNSURVEYED


def notices(case: Case, recorded: Recorded, event: ServiceAdded) -> Iterator[Notice]:
    """The notices of this event. Who is only on the telephone has just said so there: nobody calls him back for it."""
    if recorded.actor.role == "staff" and case.in_chat:
        yield to_applicant(case, recorded, "applicant.service_added", f"{case.id}:added:{recorded.sequence}", None)
    yield from _along(case, recorded, event)


def _along(case: Case, recorded: Recorded, event: ServiceAdded) -> Iterator[Notice]:
    time = case.appointments.get(JOINT)
    planned = time is not None and bool(time.orders)  # an old one binds nobody any more
    if not case.joint or JOINT in case.gatherings or planned:
        return
    added = [one for one in case.orders if one.id in event.orders]
    if all(one.route is not None for one in added):
        return
    for order in case.orders:
        waits = order.state in UNSURVEYED and order.ending is None and order.route is None
        if waits and order.id not in event.orders:
            subject = f"{order.id}:added:{'+'.join(event.services)}"
            yield notice_to(recorded, speaker_of(case, order), "steward.service_added", subject, order.id)
