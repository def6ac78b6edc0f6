"""What stands at the top of every page of the console: the places a clerk may go to, by his roles."""

from typing import Final, NamedTuple

from model.login import ALL, Role


class Place(NamedTuple):
    """A place of the console: its path, the key of its name (`console.places.<key>`), who goes there."""

    path: str
    key: str
    roles: frozenset[Role]


PLACES: Final = (
    Place("/console/", "home", ALL),
    Place("/console/looks", "looks", frozenset({Role.SUPERVISOR, Role.ADMIN})),
    Place("/console/admin/staff", "admin_staff", frozenset({Role.ADMIN})),
    Place("/console/admin/delivery", "admin_delivery", frozenset({Role.ADMIN})),
)


def places(roles: frozenset[Role]) -> tuple[Place, ...]:
    """Those for these roles, in order."""
    return tuple(one for one in PLACES if one.roles & roles)
