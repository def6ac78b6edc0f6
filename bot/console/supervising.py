"""What the pages of whoever supervises share: who may see them, how much of the county he sees, and which month is asked for."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from bot.console.visit import Clerk, Visit
from model.calendar import CHINA
from model.login import Role
from model.viewer import Viewer

PREFIX: Final = "/console/supervision"
WHOLE: Final = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Who sees the whole county."""
HEADS: Final = WHOLE | {Role.LEAD}
"""Who sees the county, or at least the body that he heads."""
_MONTH: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class Part(NamedTuple):
    """A page of the area: its path, and the key of its name."""

    path: str
    key: str


_OF_HEADS: Final = (
    Part(PREFIX, "overview"),
    Part(f"{PREFIX}/late", "late"),
    Part(f"{PREFIX}/ratings", "ratings"),
    Part(f"{PREFIX}/bulletins", "bulletins"),
    Part(f"{PREFIX}/ledger", "ledger"),
)


def viewer_of(clerk: Clerk) -> Viewer:
    """The county for whoever supervises or runs it; for a head his own body and nothing else."""
    whole = bool(clerk.roles & WHOLE)
    return Viewer(staff=clerk.staff.id, county=clerk.county.id, body=None if whole else clerk.staff.body)


def known(visit: Visit) -> dict[str, Any]:
    """What every page of the area says: who looks, and where he may go."""
    viewer = viewer_of(visit.clerk)
    funnel = (Part(f"{PREFIX}/funnel", "funnel"),) if viewer.supervises else ()
    parts = (*_OF_HEADS[:2], *funnel, *_OF_HEADS[2:])
    body = visit.clerk.county.body[viewer.body].short if viewer.body is not None else ""
    return {"viewer": viewer, "parts": parts, "body": body, "topic": f"county:{viewer.county}"}


def chosen(asked: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """What was chosen of these; "" for what is none of them."""
    said = asked.get(name, "")
    return said if said in choices else ""


def month_in(said: str) -> dt.date | None:
    """2026-11 as its first day; None for what is no month."""
    found = _MONTH.fullmatch(said)
    return dt.date(int(found[1]), int(found[2]), 1) if found is not None else None


def this_month(now: dt.datetime) -> dt.date:
    """The first day of the month under way, in China."""
    return now.astimezone(CHINA).date().replace(day=1)


def months_before(month: dt.date, many: int) -> list[dt.date]:
    """So many months, this one first."""
    found = [month]
    while len(found) < many:
        found.append((found[-1] - dt.timedelta(days=1)).replace(day=1))
    return found
