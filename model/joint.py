"""联合施工: works of several cases in one road, in one period, dug once (一次开挖, X50)."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen


class Neighbour(Frozen):
    """Another case that digs in the same road then: its number and period, and nothing of who applied."""

    case: str
    number: str
    begins: dt.date
    ends: dt.date


class JointWorks(Frozen):
    """Proposed to the body that leads (城管局) until it sets a window for all of them, or says why not.

    `id` is shared by the cases; `neighbours` are the others. `body` leads them, the proposal lies with its `officer`.
    """

    id: str
    road: str
    begins: dt.date
    ends: dt.date
    neighbours: tuple[Neighbour, ...]
    state: Literal["proposed", "accepted", "declined"] = "proposed"
    body: str = ""
    officer: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    reason: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the other cases."""
        return tuple(one.number for one in self.neighbours)


class JointRule(Frozen):
    """`lead` is the body that leads joint construction (X50); `days` the period of works whose scheme promises none."""

    lead: str
    days: int = 30
    form: str | None = None
    decline_form: str | None = None
