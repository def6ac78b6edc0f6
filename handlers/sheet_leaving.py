"""What somebody who leaves had to do about sheets of led surveys goes to a colleague of his body (X37–X42)."""

import datetime as dt

from handlers.ports import RoutingCore
from model.command import Command
from model.commands.sheet import ReplaceOfficer
from model.message import Actor
from model.staff import Staff


async def leave_sheets(core: RoutingCore, staff: Staff, actor: Actor, now: dt.datetime) -> None:
    """One command for each sheet that lies with him; done again it finds nothing left. Raises `CoreAway`."""
    for case, body in await core.sheets(staff.id):
        if not any(part.staff == staff.id for part in case.parts if part.body == body):
            continue  # an open part of his body that nobody has
        do = ReplaceOfficer(body=body, previous=staff.id)
        command = Command(id=f"leave:{staff.id}:{case.id}:sheet:{case.version}", case=case.id, actor=actor, do=do)
        await core.execute(command, now)
