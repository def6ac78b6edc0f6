"""What a county decides from the answers of a form: joint or led survey, limits, permits, promises, departments (X30, X33, J30)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from model.calendar import Length
from model.county import County
from model.fields import ChoiceField
from model.holding import holds
from model.process import RouteRule, Step
from model.submission import Submission
from model.values import Picks, YesNo
from routing.checks import route_rule
from routing.departments import usual as departments_of
from routing.limits import limit_of
from routing.permits import possible
from routing.split import Part


class Derived(NamedTuple):
    """What follows for these parts of a case; `ways` are, by service, those of which nothing is built (过户、销户)."""

    joint: bool
    lead: str | None
    limits: Mapping[Step, Length]
    possible_permits: tuple[str, ...] | None
    promises: Mapping[str, Length]
    departments: tuple[str, ...]
    ways: Mapping[str, RouteRule]


def derived(submission: Submission, county: County, parts: Sequence[Part]) -> Derived:
    """What follows from the answers. `county` is on the form of the submission."""
    rules, answers = county.process, submission.answers
    ways = {one.service: way for one in parts if (way := route_rule(one.service, rules, answers)) is not None}
    usual = {one.service for one in parts} - set(ways)
    led = needs_lead(submission, county) and bool(usual)
    return Derived(
        joint=led or len(usual) >= rules.survey.joint_from,
        lead=rules.survey.lead if led else None,
        limits=chosen_limits(submission, county),
        possible_permits=possible(rules.approvals, answers) if rules.approvals.kinds else None,
        promises=promises(submission, county),
        departments=departments_of(county, answers),
        ways=ways,
    )


def promises(submission: Submission, county: County) -> dict[str, Length]:
    """What each service's trade has promised publicly, where the form was answered so (J30)."""
    fitting = [one for one in county.process.promises if holds(one.when, submission.answers)]
    return {one.service: one.limit for one in reversed(fitting)}


def needs_lead(submission: Submission, county: County) -> bool:
    """Whether an answer alone makes the survey joint and led: external works, however many services (X31, X33)."""
    return any(_says_yes(submission, county, field) for field in county.process.survey.joint_if_yes)


def chosen_limits(submission: Submission, county: County) -> dict[Step, Length]:
    """The limits that the answers of the form have chosen."""
    return {
        rule.step: Length(**length.model_dump(include=set(Length.model_fields)))
        for rule in county.process.steps
        if (length := limit_of(rule.step, county, submission.answers)) is not None
    }


def _says_yes(submission: Submission, county: County, field: str) -> bool:
    """是, or the first option of a choice such as 是 · 否 · 不清楚 (R6)."""
    answer = submission.answers.get(field)
    match answer.value if answer else None:
        case YesNo(yes=yes):
            return yes
        case Picks() as picks:
            declared = county.form.fields.get(field)
            return isinstance(declared, ChoiceField) and declared.options[0].text in picks.options
    return False
