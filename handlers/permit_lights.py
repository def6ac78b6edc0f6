"""行政审批 in the lights: the limits of the bodies that decide, by body and permit, down to each case and why (X48, J35).

Which permit it is and whether its limit stands still is in the sealed case alone: of every open application its case is read.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from handlers.ports import RoutingCore
from handlers.wording.catalogue import Catalogue
from model.approval import Approval, ApprovalState
from model.case import Case
from model.county import County
from model.edition import under
from model.limit import Reach
from model.order import Clock
from routing.approval_acts import permit_name
from routing.lights import Counts, Light, lit

PERMIT = "permit"
"""What is sought of the list for permits, in place of a step."""


class Applications(Protocol):
    """Where the open applications are kept."""

    async def permits(self, county: str, body: str | None) -> tuple[tuple[str, str], ...]:
        """Those of a county, or of one deciding body of it: case and id, the oldest case first."""


class PermitLine(NamedTuple):
    """An application whose limit has begun. `since`: from when it is late."""

    case: str
    number: str
    body: str
    body_name: str
    kind: str
    name: str
    officer: str
    light: Light
    share: int
    due: dt.datetime
    since: dt.datetime | None
    why: str


async def permits_lit(
    core: RoutingCore, rows: Applications, county: County, body: str | None, catalogue: Catalogue, now: dt.datetime
) -> tuple[PermitLine, ...]:
    """All that are waited for, the worst first. Raises `CoreAway`."""
    found, cases = list[PermitLine](), dict[str, Case | None]()
    for case_id, name in await rows.permits(county.id, body):
        if case_id not in cases:
            cases[case_id] = await core.case(case_id)
        case = cases[case_id]
        one = case.approval(name) if case is not None else None
        if case is not None and one is not None and one.clock is not None and one.clock.met_at is None:
            found.append(await _line(core, county, case, one, one.clock, catalogue, now))
    order = list(Light)
    return tuple(sorted(found, key=lambda one: (order.index(one.light), one.due)))


def counted(lines: Sequence[PermitLine]) -> Mapping[tuple[str, str], Counts]:
    """How many of each body (its id) and permit are in each light."""
    found: dict[tuple[str, str], Counts] = {}
    for one in lines:
        found[one.body, one.kind] = found.get((one.body, one.kind), Counts()).more(one.light, 1)
    return found


async def _line(
    core: RoutingCore, county: County, case: Case, one: Approval, clock: Clock, catalogue: Catalogue, now: dt.datetime
) -> PermitLine:
    light, share = lit(_reach(clock, now), county)
    officer = await core.steward(one.officer) if one.officer else None
    key = "returned" if one.state is ApprovalState.RETURNED else "nobody" if officer is None else "undecided_permit"
    calm = light in (Light.CALM, Light.PAUSED) and key == "undecided_permit"
    return PermitLine(
        case.id,
        case.number,
        one.body,
        county.body[one.body].short,
        one.kind,
        permit_name(under(county, case.process_version), one.kind),
        officer.name if officer is not None else catalogue.say("console.supervision.nobody"),
        light,
        share,
        clock.due.at,
        clock.due.at if light is Light.LATE else None,
        "" if calm else catalogue.say(f"console.supervision.why.{key}"),
    )


def _reach(clock: Clock, now: dt.datetime) -> Reach:
    coming = clock.next
    return Reach(
        runs=clock.runs,
        begun=clock.begins_at <= now,
        past=clock.due.at < now,
        next_share=coming.share if coming is not None else None,
        ripe=coming is not None and coming.at <= now,
    )
