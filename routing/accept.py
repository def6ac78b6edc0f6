"""From a submission to the first events of its case (design §2.2, §5)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from model.calendar import CHINA, Due, Length
from model.county import County
from model.decision import Refused
from model.edition import on_form
from model.event import Event
from model.events.clock import ClockPaused
from model.events.intake import CaseAccepted, OrderRouted
from model.process import Step
from model.staff import Staff
from model.submission import Submission
from model.times import Window
from model.values import Day
from routing.assign import assign
from routing.booking import planned as booked
from routing.checks import route_rule, routes
from routing.claims import offered
from routing.deferring import Bound, Given, deferred
from routing.departments import opened
from routing.derived import derived
from routing.limits import due_of, limit_of, planned, spans_of
from routing.refusal import No
from routing.split import Part, UnknownService, chosen, find_district, split
from routing.telephone import left_open, telephone_rule

_FROM_THE_PUSH: Final[tuple[Step, ...]] = ("contact", "survey")


def accept(
    submission: Submission, county: County, case_id: str, number: str, stewards: Sequence[Staff], now: dt.datetime
) -> tuple[Event, ...] | Refused:
    """The case and one order per body that must act, each with its steward and contact deadline (X19, X20, X24, J22).

    `case_id` and `number` were drawn for this case; `stewards` are the county's, with their open tasks. One steward
    gets all orders of the case at his body. Refused `submission.unknown_service` when an option ticked is none of
    the county's services; those of `routing.telephone`. Raises `EditionUnknown` for a form newer than any known.
    """
    county = on_form(county, submission.form_version)
    try:
        phoned = telephone_rule(submission, county)
        parts = split(submission, county)
        services = tuple(service.id for service in chosen(submission, county))
    except UnknownService as unknown:
        return Refused(code="submission.unknown_service", about={"option": unknown.option})
    except No as no:
        return no.refused
    follows = derived(submission, county, parts)
    limits = dict(follows.limits)
    if phoned:
        limits["contact"] = phoned.contact
    accepted = CaseAccepted(
        number=number,
        county=county.id,
        process_version=county.process.version,
        submission=submission.id,
        account=submission.account,
        person=submission.person,
        services=services,
        joint=follows.joint,
        lead=follows.lead,
        steps=tuple(rule.step for rule in county.process.steps),
        limits=limits,
        possible_permits=follows.possible_permits,
        promises=dict(follows.promises),
        departments=follows.departments,
        wished=_wished(submission, county),
    )
    routed = [
        pushed(part, f"{case_id}-{place}", county, submission, limits, stewards, now)
        for place, part in enumerate(parts, start=1)
    ]
    sheet = opened(accepted.lead, accepted.departments, county, now, stewards) if accepted.lead else None
    own_ways = routes(routed, county, submission.answers)
    paused = tuple(_paused(routed, submission, county, now))
    # Of a form that is still to be filled in nobody knows yet which papers it will need.
    given = Given(submission.answers, submission.missing, submission.agreements)
    papers = deferred(given, county, [Bound(one.order, one.service) for one in routed], now)
    left = left_open(submission, county) if phoned else None
    later = [*([left] if left else []), *(() if left and left.lacking else papers)]
    claims, plan = offered(routed, county, stewards, now), booked(paused, county, now)
    beside: tuple[Event, ...] = (*own_ways, *claims, *paused, *([plan] if plan else []), *later)
    return accepted, *routed, *beside, *([sheet] if sheet else [])


def pushed(
    part: Part,
    order: str,
    county: County,
    submission: Submission,
    limits: Mapping[Step, Length],
    stewards: Sequence[Staff],
    now: dt.datetime,
) -> OrderRouted:
    """One order as it is pushed, with the limits that run from then (R33). `county` is on the form of the submission."""
    usual = route_rule(part.service, county.process, submission.answers) is None
    today, district = now.astimezone(CHINA).date(), find_district(submission, county)
    return OrderRouted(
        order=order,
        service=part.service,
        body=part.body,
        steward=None if part.candidates else assign(stewards, part.body, district, today),
        contact_due=_contact_due(part.service, county, submission, limits, now),
        survey_due=due_of(limits["survey"], county, now) if "survey" in limits and usual else None,
        candidates=part.candidates,
    )


def _contact_due(
    service: str, county: County, submission: Submission, limits: Mapping[Step, Length], now: dt.datetime
) -> Due | None:
    """By when the applicant is contacted: as the way of the order says, else as usual."""
    rule = route_rule(service, county.process, submission.answers)
    if rule is not None and rule.contact is not None:
        return due_of(rule.contact, county, now)
    return due_of(limits["contact"], county, now) if "contact" in limits else None


def _paused(
    routed: Sequence[OrderRouted], submission: Submission, county: County, now: dt.datetime
) -> Iterator[ClockPaused]:
    """Limits that do not run before the applicant's planned time (R27)."""
    for step in _FROM_THE_PUSH:
        limit = limit_of(step, county, submission.answers)
        until = planned(step, county, submission.answers)
        if limit is not None and until is not None and until > now:
            due = due_of(limit, county, until)
            concerned = [one for one in routed if (one.contact_due if step == "contact" else one.survey_due)]
            for one in concerned:
                yield ClockPaused(order=one.order, step=step, cause="planned", until=until, due=due)


def _wished(submission: Submission, county: County) -> tuple[Window, ...]:
    """The time in which the applicant wants people to come, if he has named one (预约服务, J64, J65, X21)."""
    rule = county.process.rule("survey")
    answer = submission.answers.get(rule.not_before) if rule is not None and rule.not_before else None
    return spans_of(answer.value, county) if answer is not None and isinstance(answer.value, Day) else ()
