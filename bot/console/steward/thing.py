"""What acts are offered about on a page: a task, or a matter beside the tasks."""

from typing import NamedTuple

from model.case import Case
from model.message import Act, Invitation


class Thing(NamedTuple):
    """Where it stands (`at`), of which case it is, what it is called, and what can be done about it now."""

    at: str
    case: Case
    name: str
    asked: tuple[Invitation, ...]


def offered(asked: tuple[Invitation, ...], name: str, act_id: str) -> tuple[Invitation, Act] | None:
    """What of all that is offered now was meant."""
    return next(((one, act) for one in asked for act in one.acts if (one.id, act.id) == (name, act_id)), None)
