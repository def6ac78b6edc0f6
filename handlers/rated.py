"""评价 as it may be seen: by whoever supervises the county, and of his body alone by who heads it, as numbers (J35)."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from handlers.ports import RoutingCore
from handlers.wording.orders import order_name
from model.case import Case, Rating
from model.county import County
from model.staff import Staff
from model.viewer import Viewer
from routing.issuing import month_of
from routing.marks import FEWEST, Marks, Ratings, concerns, rated, ratings


class RatedCases(Protocol):
    """Where the cases are found that were given a mark."""

    async def rated(self, county: str, since: dt.datetime, until: dt.datetime) -> tuple[str, ...]:
        """Their ids."""


class Bad(NamedTuple):
    """A bad mark: of which case, which services and bodies, why, and what came of the call."""

    case: str
    number: str
    services: str
    bodies: str
    rating: Rating


class RatingsSeen(NamedTuple):
    """What one may see of a month. `few`: there are too few for whoever heads the body; `own`: so many bad ones concern who looks.

    `reasons` are those that can be tapped, and under "" how many said it in words of their own.
    """

    ratings: Ratings
    reasons: Counter[str]
    bad: Sequence[Bad] = ()
    own: int = 0
    few: bool = False


class RatingsBook:
    """Opens the cases of one month."""

    def __init__(self, core: RoutingCore, kept: RatedCases, counties: Mapping[str, County]) -> None:
        """Over the routing core and the rows."""
        self._core = core
        self._kept = kept
        self._counties = counties

    async def month(self, viewer: Viewer, month: dt.date, staff: Sequence[Staff]) -> RatingsSeen:
        """The marks of a month; `staff` are the county's. Raises CoreAway."""
        county, (since, until) = self._counties[viewer.county], month_of(month)
        found = [await self._core.case(one) for one in await self._kept.rated(viewer.county, since, until)]
        cases = rated([one for one in found if one is not None], since, until)
        if viewer.body is not None:
            return _of_body(ratings(cases, county), viewer.body)
        counted = ratings(cases, county)
        bad = [one for one in cases if one.rating is not None and one.rating.bad]
        shown = [one for one in bad if not concerns(one, viewer.staff, staff)]
        lines = [_bad(county, one, one.rating) for one in shown if one.rating is not None]
        return RatingsSeen(counted, _tapped(county, counted.whole.reasons), lines, len(bad) - len(shown))


def _of_body(counted: Ratings, body: str) -> RatingsSeen:
    """Numbers alone, and none where he could tell whose mark it was."""
    own = counted.bodies.get(body, Marks())
    few = own.all < FEWEST
    mine = Ratings(Marks() if few else own, {} if few else {body: own}, {}, Marks())
    return RatingsSeen(mine, Counter(), few=few)


def _tapped(county: County, reasons: Counter[str]) -> Counter[str]:
    rule = county.process.rating
    known = rule.reasons if rule is not None else ()
    found = Counter[str]()
    for reason, count in reasons.items():
        found[reason if reason in known else ""] += count
    return found


def _bad(county: County, case: Case, rating: Rating) -> Bad:
    served = [one for one in case.orders if one.ending is None]
    services = "、".join(order_name(county, case, one) for one in served)
    bodies = "、".join(dict.fromkeys(county.body[one.body].short for one in served))
    return Bad(case.id, case.number, services, bodies, rating)
