"""The people who serve: stewards of the bodies, hotline and window staff."""

from typing import Literal

from model.frozen import Frozen

Duty = Literal["steward", "lead", "supervisor"]


class Staff(Frozen):
    """A member of staff of a body. Name and phone are told to applicants (X162, J93).

    `duty`: a steward gets orders; a lead heads his body, a supervisor watches over the county (X14), and both hear of what
    is late. `districts` empty means all of the body's. `account` and `person` are where the bot reaches him once he is bound;
    `open_tasks` counts his orders that are not connected yet. `serves`: he has not left (离岗).
    """

    id: str
    county: str
    body: str
    name: str
    phone: str
    duty: Duty = "steward"
    districts: tuple[str, ...] = ()
    account: str | None = None
    person: str | None = None
    open_tasks: int = 0
    serves: bool = True

    @property
    def reachable(self) -> bool:
        """Whether the bot can write to him."""
        return self.person is not None
