"""What stands at the top of every page of the console: the places a clerk may go to, by his roles."""

from typing import Final, NamedTuple

from model.login import ALL, Role


class Place(NamedTuple):
    """A place of the console: its path, the key of its name (`console.places.<key>`), who goes there."""

    path: str
    key: str
    roles: frozenset[Role]


_CALLS: Final = frozenset({Role.WINDOW, Role.HOTLINE})
PLACES: Final = (
    Place("/console/", "home", ALL),
    Place("/console/intake/", "intake", _CALLS),
    Place("/console/desk/", "desk", _CALLS),
    Place("/console/inbox/", "inbox", _CALLS),
    Place("/console/enquiries/", "enquiries", _CALLS),
    Place("/console/window", "window", frozenset({Role.WINDOW})),
    Place("/console/worklist", "worklist", _CALLS),
    Place("/console/tasks", "tasks", frozenset({Role.STEWARD, Role.LEAD, Role.SUPERVISOR})),
    Place("/console/calendar", "calendar", frozenset({Role.STEWARD, Role.LEAD})),
    Place("/console/supervision", "supervision", frozenset({Role.LEAD, Role.SUPERVISOR, Role.ADMIN})),
    Place("/console/looks", "looks", frozenset({Role.SUPERVISOR, Role.ADMIN})),
    Place("/console/admin/staff", "admin_staff", frozenset({Role.ADMIN})),
    Place("/console/admin/calendar", "admin_calendar", frozenset({Role.ADMIN})),
    Place("/console/admin/delivery", "admin_delivery", frozenset({Role.ADMIN})),
    Place("/console/admin/texts", "admin_texts", frozenset({Role.ADMIN})),
    Place("/console/admin/checks", "admin_checks", frozenset({Role.ADMIN})),
)


def places(roles: frozenset[Role]) -> tuple[Place, ...]:
    """Those for these roles, in order."""
    return tuple(one for one in PLACES if one.roles & roles)
