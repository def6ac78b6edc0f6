"""What is late and what will be, for whoever supervises a county or heads a body of it: how much, which, and why (J35)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Final, NamedTuple, Protocol

from handlers.permit_lights import PERMIT, Applications, PermitLine, counted, permits_lit
from handlers.ports import Clock, RoutingCore
from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from handlers.wording.paused import cause_of, days_of
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.edition import under
from model.funnel import Funnel
from model.limit import LimitGroup, OpenLimit
from model.order import Order, OrderState
from model.process import Timed
from model.staff import Staff
from model.viewer import Viewer
from routing.lights import Counts, Light, Lit, board, lit
from routing.paused import paused
from routing.permits import missing

PAGE: Final = 50
"""Limits of one page of the list: each opens its case."""
DUE: Final = "due"
NONE: Final = "none"
ORDERS: Final = "orders"
"""What is sought of the list for all steps of orders, without the permits."""
_STEPS: Final[tuple[Timed, ...]] = (
    "contact", "survey", "scheme", "construction", "acceptance", "connection", "urge"
)  # fmt: skip


class Limits(Applications, Protocol):
    """Where the open limits are kept."""

    async def groups(self, county: str, body: str | None, now: dt.datetime) -> tuple[LimitGroup, ...]:
        """How many of a county, or of one body of it, and how far they have come."""

    async def limits(
        self, county: str, body: str | None, groups: Sequence[LimitGroup], now: dt.datetime, page: int, most: int
    ) -> tuple[OpenLimit, ...]:
        """A page of the limits of these groups, the worst first."""

    async def handed_in(self, county: str, since: dt.datetime, until: dt.datetime) -> int:
        """How many cases people in chat handed in between these instants."""


class Sought(NamedTuple):
    """Which limits of the list are wanted; empty is all, and of lights `due` is what is late or will be. Of bodies only those that
    the viewer may see; `none` is what has no body yet.
    """

    body: str = ""
    service: str = ""
    step: str = ""
    light: str = ""
    permit: str = ""


class PermitCount(NamedTuple):
    """The applications for one permit at the body that decides."""

    body: str
    body_name: str
    kind: str
    name: str
    counts: Counts


class Board(NamedTuple):
    """Bodies and steps in their order, and the counts of each pair; "" is what has no body yet. Beside them the permits."""

    bodies: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str]]
    counts: Mapping[tuple[str, str], Counts]
    permits: Sequence[PermitCount] = ()

    def at(self, body: str, step: str) -> Counts:
        """Of one body and step."""
        return self.counts.get((body, step), Counts())

    def of_body(self, body: str) -> Counts:
        """All of a body."""
        return _sum(counts for (one, _), counts in self.counts.items() if one == body)

    def of_step(self, step: str) -> Counts:
        """All of a step."""
        return _sum(counts for (_, one), counts in self.counts.items() if one == step)

    @property
    def whole(self) -> Counts:
        """All limits of orders."""
        return _sum(self.counts.values())

    @property
    def lamps(self) -> Counts:
        """All there is, with the permits."""
        return self.whole.plus(_sum(one.counts for one in self.permits))


class Line(NamedTuple):
    """A limit as the list shows it. `share`: the warning level that is reached; `since`: from when it is late, or stands still."""

    case: str
    number: str
    order: str
    service: str
    body: str
    steward: str
    step: str
    light: Light
    share: int
    due: dt.datetime
    provisional: bool
    since: dt.datetime | None
    why: Sequence[str]


class Listed(NamedTuple):
    """A page of the list; `all` is how many fit in all, with the permits, which stand on the first page."""

    lines: Sequence[Line]
    all: int
    page: int
    pages: int
    permits: Sequence[PermitLine] = ()


class Overseeing:
    """Reads rows; only what one page shows is opened."""

    def __init__(
        self,
        core: RoutingCore,
        limits: Limits,
        counties: Mapping[str, County],
        wordings: Mapping[str, Wording],
        clock: Clock,
    ) -> None:
        """Over the routing core and the open limits, with the counties' words."""
        self._core = core
        self._limits = limits
        self._counties = counties
        self._wordings = wordings
        self._clock = clock

    async def board(self, viewer: Viewer) -> Board:
        """The counts of all that the viewer may see."""
        county = self._counties[viewer.county]
        found = board(await self._limits.groups(viewer.county, viewer.body, self._clock()), county)
        bodies = [(one.id, one.short) for one in county.bodies if any(body == one.id for body, _ in found)]
        if any(not body for body, _ in found):
            bodies.append(("", self._wordings[viewer.county].catalogue.say("console.supervision.no_body")))
        steps = [(one, self.step_name(viewer.county, one)) for one in _STEPS if any(step == one for _, step in found)]
        lines = await self._permits(viewer)
        names = {(one.body, one.kind): (one.body_name, one.name) for one in lines}
        permits = [
            PermitCount(body, names[body, kind][0], kind, names[body, kind][1], counts)
            for (body, kind), counts in sorted(counted(lines).items())
        ]
        return Board(bodies, steps, found, permits)

    async def listed(self, viewer: Viewer, sought: Sought, page: int = 1) -> Listed:
        """A page of the limits that are sought, the worst first; a page beyond the last is the last."""
        county, now = self._counties[viewer.county], self._clock()
        groups = await self._limits.groups(viewer.county, viewer.body, now)
        fitting = [one for one in groups if _fits(one, lit(one.reach, county).light, sought)]
        count = sum(one.amount for one in fitting)
        pages = max(1, -(-count // PAGE))
        page = min(max(page, 1), pages)
        shown = await self._limits.limits(viewer.county, viewer.body, fitting, now, page, PAGE)
        cases = {one: await self._core.case(one) for one in dict.fromkeys(each.case for each in shown)}
        lines = [await self._line(county, one, cases[one.case]) for one in shown]
        permits = [one for one in await self._permits(viewer) if _permit_fits(one, sought)]
        return Listed(lines, count + len(permits), page, pages, permits if page == 1 else ())

    async def _permits(self, viewer: Viewer) -> tuple[PermitLine, ...]:
        county, catalogue = self._counties[viewer.county], self._wordings[viewer.county].catalogue
        return await permits_lit(self._core, self._limits, county, viewer.body, catalogue, self._clock())

    async def handed_in(self, county_id: str, found: Funnel) -> int:
        """How many were handed in in the days that the funnel speaks of."""
        since = found.counted_at - dt.timedelta(days=found.days)
        return await self._limits.handed_in(county_id, since, found.counted_at)

    def step_name(self, county_id: str, step: str) -> str:
        """How a step, or what else a limit is for, is called in the county."""
        county = self._counties[county_id]
        rule = next((one for one in county.process.steps if one.step == step), None)
        say = self._wordings[county_id].catalogue.say
        return rule.name if rule is not None else say(f"console.supervision.timed.{step}")

    async def _line(self, county: County, limit: OpenLimit, case: Case | None) -> Line:
        one, catalogue = lit(limit.reach, county), self._wordings[county.id].catalogue
        order = case.order(limit.order) if case is not None else None
        service, step = county.service[limit.service].name, self.step_name(county.id, limit.step)
        why: list[str] = []
        since = limit.due if one.light is Light.LATE else None
        if case is not None and order is not None:
            service = order_name(county, case, order)
            rule = under(county, case.process_version).process.rule(limit.step)
            step = rule.name if rule is not None else step
            why = _why(catalogue, county, case, order, one, self._clock())
            stands = paused(order, self._clock())
            since = stands.since if one.light is Light.PAUSED and stands is not None else since
        steward = await self._core.steward(limit.steward) if limit.steward else None
        return Line(
            limit.case,
            limit.number,
            limit.order,
            service,
            county.body[limit.body].short if limit.chosen else catalogue.say("console.supervision.no_body"),
            _name(catalogue, steward),
            step,
            one.light,
            one.share,
            limit.due,
            limit.provisional,
            since,
            tuple(why),
        )


def _fits(one: LimitGroup, light: Light, sought: Sought) -> bool:
    return (
        sought.body in ("", one.body or NONE)
        and sought.service in ("", one.service)
        and sought.step in ("", ORDERS, one.step)
        and not sought.permit
        and _shines(light, sought)
    )


def _permit_fits(one: PermitLine, sought: Sought) -> bool:
    return (
        sought.body in ("", one.body)
        and not sought.service
        and sought.step in ("", PERMIT)
        and sought.permit in ("", one.kind)
        and _shines(one.light, sought)
    )


def _shines(light: Light, sought: Sought) -> bool:
    return sought.light in ("", light.value) or (sought.light == DUE and light in (Light.LATE, Light.NEAR))


def _name(catalogue: Catalogue, steward: Staff | None) -> str:
    return steward.name if steward is not None else catalogue.say("console.supervision.nobody")


def _why(catalogue: Catalogue, county: County, case: Case, order: Order, one: Lit, now: dt.datetime) -> list[str]:
    """What the log knows of why an order waits, the nearest reason first; of a calm one nothing need be said."""
    say, told = catalogue.say, list[str]()
    if order.candidates:
        return [say("console.supervision.why.undecided")]
    stands = paused(order, now)
    if stands is not None:
        cause, days = cause_of(county.messages, stands), days_of(county.messages, stands)
        told.append(say("console.supervision.why.paused", cause=cause, days=days))
    if one.light in (Light.CALM, Light.PAUSED):
        return told
    if order.steward is None:
        told.append(say("console.supervision.why.nobody"))
    elif order.state is OrderState.ROUTED:
        told.append(say("console.supervision.why.not_taken"))
    if order.relief_asked:
        told.append(say("console.supervision.why.relief"))
    if order.calls:
        told.append(say("console.supervision.why.calls", count=len(order.calls)))
    if order.state is OrderState.SCHEMED and missing(case, order):
        told.append(say("console.supervision.why.permits"))
    for visit in case.appointments.values():
        if order.id in visit.orders and visit.at < now and not visit.released:
            told.append(say(f"console.supervision.why.visit_{'agreed' if visit.agreed else 'open'}", at=visit.at))
    if order.late is not None:
        key = "reason" if order.late.reason else "silent" if order.late.told else "asked"
        told.append(say(f"console.supervision.why.{key}", reason=order.late.reason))
    if order.urged is not None:
        told.append(say("console.supervision.why.urged", at=order.urged.started_at.astimezone(CHINA)))
    return told or [say("console.supervision.why.none")]


def _sum(counts: Iterable[Counts]) -> Counts:
    return reduce(Counts.plus, counts, Counts())
