"""The tasks of a steward by what is due when: what is late first, what stands still last."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, get_args

from handlers.parties import parties, to_call
from handlers.ports import Task
from handlers.wording.orders import order_name
from handlers.wording.values import show
from model.calendar import CHINA, Due
from model.county import County
from model.edition import on_form
from model.process import Timed
from model.submission import Submission
from routing.agenda import next_limit
from routing.timeline import next_step

Group = Literal["free", "late", "today", "week", "later", "none", "paused"]
GROUPS: Final[tuple[Group, ...]] = get_args(Group)
"""In the order in which to look at them; `free` has nobody yet."""
_NEVER: Final = dt.datetime.max.replace(tzinfo=dt.UTC)


class Lying(NamedTuple):
    """A task on the board: the limit that ends next, if one runs, and of which step."""

    task: Task
    group: Group
    due: Due | None
    step: Timed | None


class About(NamedTuple):
    """What a task is called and where it is, unmasked; `town` is one of the county's, or empty."""

    name: str
    place: str
    town: str
    applicant: str
    phone: str


def lying(tasks: Iterable[Task], now: dt.datetime) -> tuple[Lying, ...]:
    """The tasks by group, in each by when they are due."""
    found = [_lying(one, now) for one in {one.order.id: one for one in tasks}.values()]
    return tuple(sorted(found, key=lambda one: (GROUPS.index(one.group), one.due.at if one.due else _NEVER)))


def about(county: County, task: Task, submission: Submission | None) -> About:
    """What is said of a task; of a case that was erased only what it is."""
    case, order = task
    name = order_name(county, case, order)
    if submission is None:
        return About(name, "", "", "", "")
    here = on_form(county, submission.form_version)
    answer = submission.answers.get(here.places.address)
    place = show(answer.value) if answer is not None and answer.value is not None else ""
    named = parties(here, submission.answers)
    town = next((one for one in county.towns if one in place), "")
    return About(name, place, town, named.applicant.name, to_call(named, case.contact).phone)


def _lying(task: Task, now: dt.datetime) -> Lying:
    limit = next_limit(task.order)
    step = limit[0] if limit else next_step(task.case, task.order)
    clock = task.order.clocks.get(step) if step else None
    due = clock.due if clock is not None and limit is not None else None
    return Lying(task, _group(task, due, now, stands=clock is not None and clock.waits and clock.stands), due, step)


def _group(task: Task, due: Due | None, now: dt.datetime, *, stands: bool) -> Group:
    if task.order.steward is None:
        return "free"
    if due is None:
        return "paused" if stands else "none"
    if due.at < now:
        return "late"
    day, today = due.at.astimezone(CHINA).date(), now.astimezone(CHINA).date()
    if day == today:
        return "today"
    return "week" if day.isocalendar()[:2] == today.isocalendar()[:2] else "later"
