"""A bulletin is drawn up, issued once its month is over, objected to and answered; its figures never change (J34)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, get_args

from model.bulletin import BodyFigures, Bulletin, Figure, Issued, Kept, Objection
from model.calendar import CHINA
from model.county import County
from model.process import Timed
from model.viewer import Viewer
from routing.bulletin import Figures
from routing.refusal import No

MOST: Final = 500
"""Characters of an objection, and of an answer."""


def month_of(month: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first instant of the month in which this day lies, and that of the next."""
    first = month.replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return dt.datetime.combine(first, dt.time(), CHINA), dt.datetime.combine(following, dt.time(), CHINA)


def drawn_up(
    figures: Mapping[str, Figures],
    county: County,
    month: dt.date,
    names: Mapping[Timed, str],
    rules: Sequence[str],
    now: dt.datetime,
) -> Bulletin:
    """The bulletin of a month as it would be issued now; `names` are those of the steps."""
    bodies = tuple(_body(county, body, one, names) for body, one in figures.items())
    return Bulletin(county=county.id, month=month.replace(day=1), counted_at=now, bodies=bodies, rules=tuple(rules))


def _body(county: County, body: str, one: Figures, names: Mapping[Timed, str]) -> BodyFigures:
    known = county.body.get(body)
    return BodyFigures(
        body=body,
        name=known.name if known is not None else body,
        opened=one.opened,
        closed=one.closed,
        on_time=tuple(
            Kept(step=step, name=names[step], good=share.good, of=share.of) for step, share in one.on_time.items()
        ),
        contacts=len(one.to_contact),
        contact_seconds=int(sum(one.to_contact, dt.timedelta()).total_seconds()),
        passed=one.first_surveys.good,
        surveyed=one.first_surveys.of,
        overdue=one.overdue,
        unreached=one.unreached,
        consulted=one.consulted,
        agreed_kept=one.agreed.good,
        agreed=one.agreed.of,
    )


def issue(bulletin: Bulletin, by: Viewer, now: dt.datetime) -> Issued:
    """The bulletin as whoever supervises the county issues it. Raises `No`: `bulletin.role`, `bulletin.early`."""
    if not by.supervises or by.county != bulletin.county:
        raise No("bulletin.role")
    if now < month_of(bulletin.month)[1]:
        raise No("bulletin.early", month=str(bulletin.month.month))
    return Issued(bulletin=bulletin, by=by.staff, at=now)


def objected(
    issued: Issued, number: int, about: tuple[str, str], words: str, by: Viewer, now: dt.datetime
) -> Objection:
    """An objection to a figure (its body and which it is), by who heads that body or supervises the county.

    Raises `No`: `objection.role`, `objection.figure`, `objection.empty`, `objection.long`.
    """
    body, figure = about
    if by.county != issued.bulletin.county or by.body not in (None, body):
        raise No("objection.role")
    if body not in {one.body for one in issued.bulletin.bodies} or figure not in get_args(Figure):
        raise No("objection.figure")
    return Objection.model_validate(
        {
            "county": by.county,
            "month": issued.bulletin.month,
            "number": number,
            "by": by.staff,
            "at": now,
            "body": body,
            "figure": figure,
            "words": _words(words),
        }
    )


def answered(objection: Objection, answer: str, by: Viewer, now: dt.datetime, *, corrects: bool) -> Objection:
    """The objection with its answer, by another than who objected.

    Raises `No`: `objection.role`, `objection.own`, `objection.answered`, `objection.empty`, `objection.long`.
    """
    if not by.supervises or by.county != objection.county:
        raise No("objection.role")
    if by.staff == objection.by:
        raise No("objection.own")
    if objection.answered_at is not None:
        raise No("objection.answered")
    said = {"answer": _words(answer), "corrects": corrects, "answered_by": by.staff, "answered_at": now}
    return objection.model_copy(update=said)


def _words(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise No("objection.empty")
    if len(said) > MOST:
        raise No("objection.long", most=str(MOST))
    return said
