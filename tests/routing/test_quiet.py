"""Nights are quiet: what an applicant need not hear before morning waits (X162, J93)."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.county import Quiet
from model.delivery import Notice, Recipient
from model.message import Actor
from routing.quiet import quietly
from tests.routing.clocks import at
from tests.routing.county import xinxiang

STEWARD, APPLICANT = Actor(person="s", role="steward", staff="s"), Actor(person="p")
MORNING = at("2026-11-24 08:00")


def news(template: str = "applicant.opinion", kind: str = "applicant", not_after: dt.datetime | None = None) -> Notice:
    to = Recipient.model_validate({"kind": kind, "id": "p"})
    return Notice(recipient=to, template=template, case="c", event=1, subject="x", sequence=1, not_after=not_after)


def sent(notice: Notice, when: str, actor: Actor = STEWARD, quiet: Quiet | None = None) -> dt.datetime | None:
    county = xinxiang().made_anew(quiet=quiet or Quiet())
    (one,) = quietly([notice], county, actor, at(when))
    return one.not_before


@pytest.mark.parametrize(
    ("when", "goes"),
    [
        ("2026-11-23 20:59", None),
        ("2026-11-23 21:00", MORNING),
        ("2026-11-24 00:00", MORNING),
        ("2026-11-24 07:59", MORNING),
        ("2026-11-24 08:00", None),
    ],
)
def test_the_night_and_its_ends(when: str, goes: dt.datetime | None) -> None:
    assert sent(news(), when) == goes


@pytest.mark.parametrize(
    ("notice", "actor"),
    [
        (news("applicant.urge_answered"), STEWARD),  # he waits for it
        (news(), APPLICANT),  # what comes of his own doing
        (news("steward.task", "staff"), STEWARD),  # limits run
        (news(not_after=MORNING), STEWARD),  # in the morning it is of no use
    ],
)
def test_what_goes_all_the_same(notice: Notice, actor: Actor) -> None:
    assert sent(notice, "2026-11-23 23:00", actor) is None


def test_what_is_of_use_in_the_morning_waits() -> None:
    assert sent(news(not_after=MORNING + dt.timedelta(minutes=1)), "2026-11-23 23:00") == MORNING


def test_a_county_decides() -> None:
    noon = Quiet(since=dt.time(12), until=dt.time(14))
    assert sent(news(), "2026-11-23 12:30", quiet=noon) == dt.datetime(2026, 11, 23, 14, tzinfo=CHINA)
    assert sent(news(), "2026-11-23 23:00", quiet=noon) is None
    never = Quiet(since=dt.time(0), until=dt.time(0))
    assert all(sent(news(), f"2026-11-23 {hour:02d}:00", quiet=never) is None for hour in range(24))
    assert sent(news(), "2026-11-23 23:00", quiet=Quiet(still=("opinion",))) is None
