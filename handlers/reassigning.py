"""Giving an order to somebody else, with the survey time where he can keep it."""

import datetime as dt

from handlers.ports import RoutingCore
from model.command import Command
from model.commands.intake import Assign
from model.decision import Done, Refused

_BUSY = "survey.busy"


async def reassign(core: RoutingCore, command: Command, now: dt.datetime) -> Done | Refused:
    """Carries out a command to assign. Where the new steward is elsewhere in that half hour, the time is given up.

    Raises `CoreAway`.
    """
    done = await core.execute(command, now)
    if not (isinstance(done, Refused) and done.code == _BUSY and isinstance(command.do, Assign)):
        return done
    without = command.do.model_copy(update={"anew": True})
    return await core.execute(command.model_copy(update={"id": f"{command.id}:anew", "do": without}), now)
