"""What lies with an officer who is not there goes to a colleague: on leave from its first day, at 离岗 at once (X48, X160)."""

import datetime as dt
from typing import NamedTuple

from handlers.ports import Application, RoutingCore
from model.calendar import CHINA
from model.command import Command
from model.commands.approvals import PassApproval
from model.decision import Done, Refused
from model.message import Actor
from model.staff import Staff


class Passed(NamedTuple):
    """What became of one application: who has it now (None: nobody of the body is there), or why not."""

    application: Application
    to: str | None
    refused: Refused | None = None


async def pass_on(core: RoutingCore, staff: Staff, actor: Actor, occasion: str, now: dt.datetime) -> tuple[Passed, ...]:
    """His open applications, each by a command of its own; `occasion` makes them happen once for it. Raises `CoreAway`."""
    own = [one for one in await core.permits(staff.id) if one.approval.officer == staff.id]
    return tuple([await _pass_on(core, one, actor, f"{occasion}:{one.approval.id}", now) for one in own])


async def cover(core: RoutingCore, staff: Staff, now: dt.datetime) -> tuple[Passed, ...]:
    """Of whoever is on leave today; nothing for anybody else. Raises `CoreAway`."""
    today = now.astimezone(CHINA).date()
    away = next((one for one in staff.absences if one.first <= today <= one.last), None)
    if away is None:
        return ()
    actor = Actor(person=staff.person or "", role="steward", staff=staff.id)
    return await pass_on(core, staff, actor, f"away:{staff.id}:{away.first}", now)


async def _pass_on(core: RoutingCore, one: Application, actor: Actor, key: str, now: dt.datetime) -> Passed:
    do = PassApproval(approval=one.approval.id)
    done = await core.execute(Command(id=key, case=one.case.id, actor=actor, do=do), now)
    if not isinstance(done, Done):
        return Passed(one, None, done)
    after = done.case.approval(one.approval.id)
    officer = after.officer if after is not None else None
    return Passed(one, officer if officer != one.approval.officer else None)
