"""What comes of a command: what was decided and done, or the reason why not (design §2.3)."""

import datetime as dt

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.frozen import Frozen


class Refused(Frozen):
    """A command that cannot be carried out: the code of the reason (texts: `refused.<code>`), and what fills it."""

    code: str
    about: dict[str, str] = {}


class Ring(Frozen):
    """When the clock is to look at an appointment, by the rules of its county."""

    appointment: str
    what: str
    number: int
    at: dt.datetime


class Decision(Frozen):
    """What the core decided: the events to append, the case after them, the notices they cause, and when the clock looks at it."""

    case: Case
    recorded: tuple[Recorded, ...]
    notices: tuple[Notice, ...] = ()
    rings: tuple[Ring, ...] = ()
    rings_before: tuple[Ring, ...] = ()


class Done(Frozen):
    """A command was carried out: the case right after it and its events; the same again when it is repeated.

    `case` and `events` tell what was asked then: a command of the same id may ask for something else by now.
    """

    case: Case
    events: tuple[Recorded, ...]
