"""联合施工 (X50) around the core: where works meet it is proposed, and what is decided reaches every case concerned."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

from handlers.wording.values import show
from model.case import Case
from model.command import Command, Do
from model.commands.joint import AcceptJoint, DeclineJoint, OfJointWorks, ProposeJoint, ShareJoint
from model.county import County
from model.decision import Done, Refused
from model.draft import Draft
from model.edition import on_form, under
from model.events.joint import JointAccepted, JointDeclined
from model.events.works import SchemeGiven
from model.message import Act, Actor
from model.submission import Submission
from model.values import Day
from routing.joint_acts import joint_act
from routing.neighbours import neighbours_of, period_of, road_of, shared

LEADERS: Final = (AcceptJoint, DeclineJoint)
_CLOCK: Final = Actor(person="", role="clock")


class Roads(Protocol):
    """Which cases lie in a road."""

    async def find(self, county: str, *, number: str | None = None, **values: str) -> tuple[str, ...]:
        """Case ids by what is known of them."""

    async def case(self, case_id: str) -> Case | None:
        """The case as it is now."""

    async def submission(self, case_id: str) -> Submission | None:
        """What was handed in."""


async def joint_follow_up(
    roads: Roads,
    counties: Mapping[str, County],
    done: Done,
    command: Command,
    execute: Callable[[Command], Awaitable[Done | Refused]],
) -> None:
    """After a scheme those are looked for who dig there too; after a decision the others' cases learn of it.

    Its commands have ids that come of the one they follow: whoever does it again, does it once.
    """
    county = counties.get(done.case.county)
    if county is None or under(county, done.case.process_version).process.joint is None:
        return
    match done.events[0].event:
        case SchemeGiven(digs=digs) if digs:
            asked = await _met(roads, under(county, done.case.process_version), done.case)
            if asked is not None:
                await execute(Command(id=f"{command.id}:joint", case=done.case.id, actor=_CLOCK, do=asked))
        case JointAccepted():
            for one in done.case.joint_works.neighbours if done.case.joint_works else ():
                if (works := shared(done.case, one)) is not None:
                    key = f"{command.id}:{one.case}"
                    await execute(Command(id=key, case=one.case, actor=_CLOCK, do=ShareJoint(works=works)))
        case _:
            return


def road(submission: Submission, county: County) -> str | None:
    """The road that what was handed in is about."""
    answer = submission.answers.get(on_form(county, submission.form_version).places.address)
    return road_of(show(answer.value), county) if answer is not None and answer.value else None


async def _met(roads: Roads, county: County, case: Case) -> ProposeJoint | None:
    submission = await roads.submission(case.id)
    named = road(submission, county) if submission else None
    if named is None or period_of(case, county) is None:
        return None
    found = [await roads.case(one) for one in await roads.find(case.county, road=named) if one != case.id]
    neighbours = neighbours_of(case, [one for one in found if one is not None], county)
    return ProposeJoint(road=named, neighbours=neighbours) if neighbours else None


def joint_asked(act: Act, form: Draft | None) -> Do | Refused | None:
    """The command that this act means; None if it is about no joint construction."""
    if act.id == "decline_joint":
        answer = form.answers.get("words") if form else None
        return DeclineJoint(reason=show(answer.value) if answer and answer.value else "")
    if act.id != "accept_joint":
        return None
    days = [_day(form, field) for field in ("first", "last")]
    first, last = days
    return AcceptJoint(first=first, last=last) if first and last else Refused(code="accept_joint.window")


def joint_asked_before(done: Done) -> Do | None:
    """What the recorded result was asked for, if it is about joint construction."""
    match done.events[0].event:
        case JointAccepted(first=first, last=last):
            return AcceptJoint(first=first, last=last)
        case JointDeclined(reason=reason):
            return DeclineJoint(reason=reason)
        case _:
            return None


def joint_act_of(do: Do, case: Case, county: County) -> Act | None:
    """The act that means this command; None if it is about no joint construction."""
    return joint_act(do.do, under(county, case.process_version)) if isinstance(do, OfJointWorks) else None


def joint_title(case: Case) -> str:
    """How a proposal is called in lists: the road and the numbers, nobody's name or telephone."""
    works = case.joint_works
    return f"联合施工 {works.road} {case.number} {' '.join(works.numbers)}" if works else case.number


def joint_works_told(case: Case) -> dict[str, object] | None:
    """The works with the other cases, for a notice."""
    works = case.joint_works
    if works is None:
        return None
    listed = [{"number": case.number, "begins": works.begins, "ends": works.ends}]
    listed += [{"number": one.number, "begins": one.begins, "ends": one.ends} for one in works.neighbours]
    return {
        "road": works.road,
        "cases": listed,
        "others": list(works.numbers),
        "first": works.first,
        "last": works.last,
    }


def _day(form: Draft | None, field: str) -> dt.date | None:
    answer = form.answers.get(field) if form else None
    return answer.value.date if answer is not None and isinstance(answer.value, Day) else None
