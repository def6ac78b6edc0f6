"""Times asked for, given, found and decided; reminders, and appointments that came to nothing (X30, X36)."""

from model.case import Appointment, Case
from model.event import Recorded
from model.events.scheduling import (
    Missed,
    OthersAwaited,
    Reminded,
    TimesAsked,
    TimesClosed,
    TimeSet,
    TimesGiven,
    TimesUnmet,
)
from model.times import Gathering
from routing.folds.appointments import appointed


def fold(
    case: Case,
    _: Recorded,
    event: OthersAwaited | TimesAsked | TimesGiven | TimesClosed | TimesUnmet | TimeSet | Reminded | Missed,
) -> Case:
    """The case after this event."""
    match event:
        case TimesAsked():
            return _gathered(case, event.appointment, _begun(event))
        case OthersAwaited():
            return _gathered(case, event.appointment, _held(event))
        case TimesGiven(appointment=key, party=party, windows=windows):
            old = case.gatherings[key]
            return _gathered(case, key, old.model_copy(update={"times": {**old.times, party: windows}}))
        case TimesClosed(appointment=key):
            return _gathered(case, key, case.gatherings[key].model_copy(update={"closed": True}))
        case TimesUnmet(appointment=key, decider=decider, candidates=candidates):
            now = {"state": "deciding", "closed": True, "decider": decider, "candidates": candidates}
            return _gathered(case, key, case.gatherings[key].model_copy(update=now))
        case TimeSet():
            return appointed(case, event.appointment, _set(case, event))
        case Reminded(appointment=key, which=which):
            one = case.appointments[key]
            left = tuple(reminder for reminder in one.reminders if reminder.which != which)
            return _kept(case, key, one.model_copy(update={"reminders": left}))
        case Missed(appointment=key):
            one = case.appointments[key]
            off = {"agreed": False, "released": True, "wish": "", "reminders": (), "missed": one.missed + 1}
            return appointed(case, key, one.model_copy(update=off))


def _held(event: OthersAwaited) -> Gathering:
    return Gathering(
        kind=event.kind, orders=event.orders, round=0, state="holding", asked=(), closes=event.until, limit=event.until
    )


def _begun(event: TimesAsked) -> Gathering:
    return Gathering(
        kind=event.kind,
        orders=event.orders,
        round=event.round,
        asked=event.asked,
        offers=event.offers,
        times=event.kept,
        closes=event.closes,
        limit=event.limit,
    )


def _set(case: Case, event: TimeSet) -> Appointment:
    old = case.appointments.get(event.appointment)
    return Appointment(
        at=event.at_time,
        by=event.steward,
        orders=event.orders,
        agreed=True,
        sequence=event.sequence,
        kind=event.kind,
        moves=old.moves if old else 0,
        missed=old.missed if old else 0,
        reminders=event.reminders,
    )


def _gathered(case: Case, key: str, gathering: Gathering) -> Case:
    return case.model_copy(update={"gatherings": {**case.gatherings, key: gathering}})


def _kept(case: Case, key: str, appointment: Appointment) -> Case:
    return case.model_copy(update={"appointments": {**case.appointments, key: appointment}})
