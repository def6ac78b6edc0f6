"""加办: services are added to a case that was handed in; their orders are pushed like any other, and their clocks begin now.

The form that was signed stays as it is: the part that was signed for the services stands beside it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from model.calendar import CHINA
from model.case import Case
from model.commands.adding import AddService
from model.county import County, Service
from model.draft import Answer
from model.edition import on_form, under
from model.event import Event
from model.events.adding import ServiceAdded
from model.events.clock import ClockPaused
from model.events.intake import OrderRouted
from model.process import Step
from model.staff import Staff
from model.submission import Submission
from model.values import Pick, Picks
from routing.accept import pushed
from routing.checks import routes
from routing.claims import offered
from routing.deferring import Bound, Given, deferred
from routing.derived import chosen_limits, promises
from routing.ending import resumable
from routing.limits import due_of, planned
from routing.permits import possible
from routing.refusal import No
from routing.split import split
from routing.transitions import UNSURVEYED

_FROM_THE_PUSH: Final[tuple[Step, ...]] = ("contact", "survey")


def add_service(
    case: Case, do: AddService, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> tuple[Event, ...]:
    """The services and their orders, all of them or none. Raises `No`: those of `addable`."""
    county = under(on_form(county, do.signed.form_version), case.process_version)
    for service in do.services:
        addable(case, service, county, now)
    whole = do.signed.model_copy(update={"answers": {**do.known, **do.signed.answers}})
    limits = chosen_limits(whole, county)
    parts = [one for one in split(whole, county) if one.service in do.services]
    routed = [
        by_whom_it_knows(case, pushed(part, f"{case.id}-{place}", county, whole, limits, staff, now), staff, now)
        for place, part in enumerate(parts, len(case.orders) + 1)
    ]
    own_ways = tuple(routes(routed, county, whole.answers))
    aside = {one.order for one in own_ways}
    usual = {one.service for one in routed if one.order not in aside}
    added = ServiceAdded(
        services=tuple(dict.fromkeys(do.services)),
        orders=tuple(one.order for one in routed),
        signed=do.signed,
        joint=case.joint or _joins(case, usual, county),
        possible_permits=possible(county.process.approvals, whole.answers) if county.process.approvals.kinds else None,
        promises=promises(whole, county),
    )
    given = Given(do.signed.answers, do.signed.missing, do.signed.agreements)
    beside: tuple[Event, ...] = (
        *own_ways,
        *offered(routed, county, staff, now),
        *_waits(case, routed, whole, county, now),
        *deferred(given, county, [Bound(one.order, one.service) for one in routed], now),
    )
    return *routed, *beside, added


def addable(case: Case, service: str, county: County, now: dt.datetime) -> Service:
    """The service, if it can be added. Raises `No`: `add_service.unknown`, `add_service.already`, `add_service.withdrawn`
    for what he can take back, `add_service.ended` for what ended otherwise.
    """
    found = next((one for one in county.services if one.id == service), None)
    if found is None:
        raise No("add_service.unknown", service=service)
    there = [one for one in case.orders if one.service == service]
    if any(one.ending is None for one in there):
        raise No("add_service.already", service=found.name)
    if there:
        again = {one.id for one in resumable(case, county, now)}
        back = any(one.id in again for one in there)
        raise No("add_service.withdrawn" if back else "add_service.ended", service=found.name)
    return found


def left_to_add(case: Case, county: County) -> tuple[Service, ...]:
    """The services that the county offers and the case never had; none once it is closed."""
    had = {one.service for one in case.orders}
    return () if case.closed_at is not None else tuple(one for one in county.services if one.id not in had)


def with_added(signed: Submission, case: Case, county: County) -> Submission:
    """What the case has been told in all: the form as it was signed, and what was signed since. `county` is on that form."""
    whole = signed
    for part in case.additions:
        answers = {**whole.answers, **part.answers}
        whole = whole.model_copy(update={"answers": answers, "missing": (*whole.missing, *part.missing)})
    return whole.model_copy(update={"answers": ticked(whole, case.services, county)}) if case.additions else signed


def ticked(signed: Submission, services: Sequence[str], county: County) -> dict[str, Answer]:
    """The answers with these services ticked as well, in the order of the county."""
    name = county.places.services
    answer = signed.answers.get(name)
    if answer is None or not isinstance(answer.value, Picks):
        return signed.answers
    had = {one.option: one for one in answer.value.picks}
    wanted = [one.option for one in county.services if one.option in had or one.id in services]
    picks = Picks(picks=tuple(had.get(one) or Pick(option=one) for one in dict.fromkeys(wanted)))
    return {**signed.answers, name: answer.model_copy(update={"value": picks})}


def by_whom_it_knows(case: Case, routed: OrderRouted, staff: Sequence[Staff], now: dt.datetime) -> OrderRouted:
    """One steward has all orders of a case at his body, if he is there: of what is connected he may have left since."""
    day = now.astimezone(CHINA).date()
    there = {one.id for one in staff if one.body == routed.body and one.reachable and not one.is_away(day)}
    same = (one.steward for one in case.orders if one.body == routed.body and one.steward in there and not one.ending)
    known = None if routed.candidates else next(same, None)
    return routed if known is None else routed.model_copy(update={"steward": known})


def _joins(case: Case, more: set[str], county: County) -> bool:
    """Whether so many are surveyed now that they are surveyed together, while nobody has looked for a time yet (X30)."""
    going = [one for one in case.orders if one.ending is None and one.route is None]
    begun = case.appointments or case.gatherings or any(one.state not in UNSURVEYED for one in going)
    return bool(more) and not begun and len({one.service for one in going} | more) >= county.process.survey.joint_from


def _waits(
    case: Case, routed: Sequence[OrderRouted], whole: Submission, county: County, now: dt.datetime
) -> Iterator[ClockPaused]:
    """Limits that do not run before the time the applicant has planned for the case (X21, R27)."""
    for one in routed:
        for step in _FROM_THE_PUSH:
            due = one.contact_due if step == "contact" else one.survey_due
            until = case.booking.until if case.booking is not None else planned(step, county, whole.answers)
            if due is not None and until is not None and until > now:
                again = due_of(due, county, until)
                yield ClockPaused(order=one.order, step=step, cause="planned", until=until, due=again)
