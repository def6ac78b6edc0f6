"""The figures of a bulletin in words, for a table: counts beside every percentage; nothing is "—", not 0%."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from handlers.wording.catalogue import Catalogue
from model.bulletin import BodyFigures, Bulletin, Objection
from model.calendar import CHINA
from model.talk_record import TalkFigures
from routing.bulletin import Share

_HOUR: Final = 3600
_MINUTE: Final = 60
PLAIN: Final = ("opened", "closed", "overdue", "contact", "first_surveys", "unreached", "consulted", "agreed")
"""The columns of the table of bodies."""
TALKS: Final = ("begun", "kept", "waited", "left", "enquiries")
"""Those of the table of talks."""


class Rows(NamedTuple):
    """A table: its heads, and a line per body under its name."""

    heads: Sequence[str]
    lines: Sequence[tuple[str, Sequence[str]]]


def body_rows(catalogue: Catalogue, bulletin: Bulletin) -> Rows:
    """Each body's figures."""
    heads = [catalogue.say(f"bulletin.figures.{one}") for one in PLAIN]
    return Rows(heads, [(one.name, _cells(catalogue, one)) for one in bulletin.bodies])


def step_rows(catalogue: Catalogue, bulletin: Bulletin) -> Rows:
    """What was kept in time, by body and step."""
    steps = dict[str, str]()
    for body in bulletin.bodies:
        steps |= {kept.step: kept.name for kept in body.on_time}
    lines = list[tuple[str, Sequence[str]]]()
    for body in bulletin.bodies:
        kept = {one.step: Share(one.good, one.of) for one in body.on_time}
        if kept:
            lines.append((body.name, [share(catalogue, kept.get(one, Share(0, 0))) for one in steps]))
    return Rows(list(steps.values()), lines)


def talk_rows(catalogue: Catalogue, months: Iterable[tuple[dt.date, TalkFigures | None]]) -> Rows:
    """People with staff in the chat, a line a month."""
    say, none = catalogue.say, catalogue.say("bulletin.paper.none")
    lines = list[tuple[str, Sequence[str]]]()
    for month, one in months:
        if one is not None:
            waited = none
            if one.waited is not None:
                minutes = f"{one.waited / _MINUTE:.0f}"
                waited = say("bulletin.paper.minutes", minutes=minutes, count=one.answered)
            cells = (
                str(one.begun),
                share(catalogue, Share(one.kept, one.due)),
                waited,
                str(one.left),
                str(one.enquiries),
            )
            lines.append((say("bulletin.paper.of_month", month=month), cells))
    return Rows([say(f"bulletin.talks.{one}") for one in TALKS], lines)


def share(catalogue: Catalogue, one: Share) -> str:
    """7/9（78%）."""
    if not one.of:
        return catalogue.say("bulletin.paper.none")
    return catalogue.say("bulletin.paper.share", good=one.good, of=one.of, percent=one.percent)


def stamp(at: dt.datetime) -> str:
    """2026-11-30 17:05, in China: a document is read in another year too."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def objection_lines(
    catalogue: Catalogue, bulletin: Bulletin, objections: Sequence[Objection], names: Mapping[str, str]
) -> Sequence[str]:
    """Who objected when to what, and what was answered; that there is nothing, where there is nothing."""
    say, lines = catalogue.say, list[str]()
    bodies = {one.body: one.name for one in bulletin.bodies}
    for one in objections:
        about = {"body": bodies.get(one.body, one.body), "figure": say(f"bulletin.figures.{one.figure}")}
        by = names.get(one.by, one.by)
        lines.append(
            say("bulletin.paper.objection", number=one.number, at=stamp(one.at), by=by, words=one.words, **about)
        )
        if one.answered_at is None:
            lines.append(say("bulletin.paper.open"))
        else:
            key = "corrects" if one.corrects else "answer"
            answered = {
                "at": stamp(one.answered_at),
                "by": names.get(one.answered_by, one.answered_by),
                "words": one.answer,
            }
            lines.append(say(f"bulletin.paper.{key}", **answered))
    return lines or [say("bulletin.paper.no_objections")]


def _cells(catalogue: Catalogue, one: BodyFigures) -> Sequence[str]:
    none = catalogue.say("bulletin.paper.none")
    hours = none
    if one.contacts:
        mean = one.contact_seconds / one.contacts / _HOUR
        hours = catalogue.say("bulletin.paper.hours", hours=f"{mean:.1f}", count=one.contacts)
    return (
        str(one.opened),
        str(one.closed),
        str(one.overdue),
        hours,
        share(catalogue, Share(one.passed, one.surveyed)),
        str(one.unreached),
        str(one.consulted),
        share(catalogue, Share(one.agreed_kept, one.agreed)),
    )
