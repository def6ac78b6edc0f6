"""The people who serve: stewards of the bodies, hotline and window staff."""

from model.frozen import Frozen


class Staff(Frozen):
    """A member of staff of a body. Name and phone are told to applicants (X162, J93).

    `districts` empty means all of the body's. `account` and `person` are where the bot reaches him once he is bound;
    `open_tasks` counts his orders that are not connected yet.
    """

    id: str
    county: str
    body: str
    name: str
    phone: str
    districts: tuple[str, ...] = ()
    account: str | None = None
    person: str | None = None
    open_tasks: int = 0

    @property
    def reachable(self) -> bool:
        """Whether the bot can write to him."""
        return self.person is not None
