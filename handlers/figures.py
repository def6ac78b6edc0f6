"""The figures of a county's morning for a group: how much lies open at each body. Numbers alone, nobody and no case is named (X56)."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol

from handlers.ports import Clock
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.county import County
from model.desk import OpenOrder
from routing.agenda import agenda

FIGURES: Final = "county.figures"


class Desk(Protocol):
    """What lies open at a body."""

    async def of_body(self, county: str, body: str) -> tuple[OpenOrder, ...]:
        """Its open orders."""


class Line(NamedTuple):
    """One body: its name, how many are open, end today, are late."""

    body: str
    open: int
    today: int
    overdue: int


class Figures:
    """Counts when it is told, not when it was put down."""

    def __init__(
        self, desks: Desk, counties: Mapping[str, County], wordings: Mapping[str, Wording], clock: Clock
    ) -> None:
        """Over the desks, with the counties' words."""
        self._desks = desks
        self._counties = counties
        self._wordings = wordings
        self._clock = clock

    async def compose(self, county_id: str) -> str | None:
        """The text for a group robot (a Markdown subset); None if nothing is open."""
        county, now = self._counties.get(county_id), self._clock()
        if county is None:
            return None
        lines = list[Line]()
        for name, body in county.body.items():
            if there := await self._desks.of_body(county_id, name):
                found = agenda(((one, one.due) for one in there), now)
                lines.append(Line(body.short, len(there), len(found.today), len(found.overdue)))
        if not lines:
            return None
        total = Line(county.name, *(sum(column) for column in zip(*(line[1:] for line in lines), strict=True)))
        say = self._wordings[county_id].catalogue.say
        return say("wecom.figures", day=now.astimezone(CHINA).date(), total=total, lines=lines)
