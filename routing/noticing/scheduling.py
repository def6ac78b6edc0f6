"""Who is asked when he can come, who decides, and who hears of the time and is reminded of it (X36, X162, J93)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.scheduling import Reminded, TimesAsked, TimeSet, TimesUnmet
from model.times import APPLICANT
from routing.noticing.addressing import applicant_of, notice_to, order_of, speaker_of
from routing.parties import parties


def notices(case: Case, recorded: Recorded, event: TimesAsked | TimesUnmet | TimeSet | Reminded) -> Iterator[Notice]:
    """The notices of this event."""
    match event:
        case TimesAsked():
            yield from _asked(case, recorded, event)
        case TimesUnmet():
            yield from _unmet(case, recorded, event)
        case TimeSet() | Reminded():
            yield from _told(case, recorded, event)


def _asked(case: Case, recorded: Recorded, event: TimesAsked) -> Iterator[Notice]:
    """Everybody whose times are not known."""
    subject = f"{case.id}:times:{event.appointment}"
    for party in event.asked:
        if party in event.kept:
            continue
        if party == APPLICANT:
            order = event.appointment if case.order(event.appointment) else None
            to = applicant_of(case)
            notice = notice_to(recorded, to, "applicant.times_asked", subject, order)
        else:
            own = next((one for one in event.orders if order_of(case, one).steward == party), event.orders[0])
            notice = notice_to(recorded, Recipient(kind="staff", id=party), "steward.times_asked", subject, own)
        yield notice.model_copy(update={"not_after": event.limit})


def _unmet(case: Case, recorded: Recorded, event: TimesUnmet) -> Iterator[Notice]:
    window = event.decider == case.county
    to = Recipient(kind="window" if window else "staff", id=event.decider)
    template = "window.times_unmet" if window else "lead.times_unmet"
    yield notice_to(recorded, to, template, f"{case.id}:times:{event.appointment}", event.orders[0])


def _told(case: Case, recorded: Recorded, event: TimeSet | Reminded) -> Iterator[Notice]:
    """The applicant and everybody bound, who have nothing more from it after the hour."""
    name = "reminded" if isinstance(event, Reminded) else "time_set"
    subject = f"{case.id}:survey:{event.appointment}" + (":reminder" if isinstance(event, Reminded) else "")
    order = event.appointment if case.order(event.appointment) else None
    found = [notice_to(recorded, applicant_of(case), f"applicant.{name}", subject, order)]
    told = {(to.kind, to.id): (to, one) for one in event.orders for to in (speaker_of(case, order_of(case, one)),)}
    found += [notice_to(recorded, to, f"steward.{name}", subject, bound) for to, bound in told.values()]
    others = parties(case) if case.kind_of(event.appointment) == "survey" else ()
    beside = [to for to in others if to.kind == "staff" or isinstance(event, TimeSet)]
    found += [notice_to(recorded, to, f"steward.{name}", subject, event.orders[0]) for to in beside]
    for one in found:
        yield one.model_copy(update={"not_after": event.at_time})
