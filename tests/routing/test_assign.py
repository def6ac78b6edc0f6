"""Who gets an order: nobody absent, those on duty first."""

import datetime as dt

import pytest

from dialogs.absence import absence
from model.staff import Absence
from routing.assign import assign
from tests.routing.county import NOW, steward

MONDAY = NOW.date()
DAY = dt.timedelta(days=1)


def away(first: dt.date, last: dt.date) -> tuple[Absence, ...]:
    return (Absence(first=first, last=last),)


def test_whoever_is_absent_gets_nothing_new() -> None:
    """From the first day to the last, both included; nobody there is nobody."""
    staff = [
        steward("water_body", name="a", absences=away(MONDAY, MONDAY + DAY)),
        steward("water_body", name="b", open_tasks=9),
    ]
    days = [MONDAY - DAY, MONDAY, MONDAY + DAY, MONDAY + 2 * DAY]
    found = [assign(staff, "water_body", None, day) for day in days]
    assert found == ["water_body-a", "water_body-b", "water_body-b", "water_body-a"]
    assert assign(staff[:1], "water_body", None, MONDAY) is None


def test_those_on_duty_come_first() -> None:
    """A rota is optional: on a day when nobody is on it, and in a body without one, the tasks decide."""
    staff = [
        steward("water_body", name="a", districts=("东溪镇",)),
        steward("water_body", name="b", open_tasks=9, weekdays=(0, 2)),
    ]
    assert assign(staff, "water_body", "东溪镇", MONDAY) == "water_body-b"
    assert assign(staff, "water_body", "东溪镇", MONDAY + DAY) == "water_body-a"


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("请假 11月25日到27日", (25, 27)),
        ("11月25日至11月27日请假", (25, 27)),
        ("明天休息", (24, 24)),
        ("我明天请假", (24, 24)),
        ("请假 明天到后天", (24, 25)),
        ("请假", None),
        ("请假条怎么写", None),
        ("休息室要装水", None),
    ],
)
def test_absence_in_words(said: str, days: tuple[int, int] | None) -> None:
    found = absence(said, NOW)
    assert (found and (found.first.day, found.last.day)) == days
