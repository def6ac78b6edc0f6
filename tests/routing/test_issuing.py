"""A bulletin is counted once and stays; objections are answered beside it (J34)."""

import datetime as dt

import pytest

from model.bulletin import Bulletin, Issued
from model.calendar import CHINA
from model.viewer import Viewer
from routing.bulletin import bulletin
from routing.issuing import answered, drawn_up, issue, month_of, objected
from routing.refusal import No
from tests.routing.county import xinxiang
from tests.routing.test_bulletin import DECEMBER, NOVEMBER, at, one, surveyed

NAMES = {
    name: f"<{name}>"
    for name in ("contact", "survey", "scheme", "construction", "acceptance", "connection", "urge", "call_back")
}
MONTH = dt.date(2026, 11, 1)
WATCHES, OTHER = Viewer(staff="s", county="xinxiang"), Viewer(staff="t", county="xinxiang")
WATER = Viewer(staff="w", county="xinxiang", body="water_body")
POWER = Viewer(staff="p", county="xinxiang", body="power_body")


def drawn() -> Bulletin:
    """Two orders of water, one contacted in time and passed, one late and failed."""
    good, late = one(), one()
    surveyed(good, at(23, 11, 30), "符合")
    surveyed(late, at(25, 9, 30), "不符合")
    figures = bulletin([good.log, late.log], good.county, NOVEMBER, DECEMBER)
    return drawn_up(figures, good.county, dt.date(2026, 11, 17), NAMES, ("一条口径",), DECEMBER)  # type: ignore[arg-type]


def issued() -> Issued:
    return issue(drawn(), WATCHES, DECEMBER)


def code(no: pytest.ExceptionInfo[No]) -> str:
    return no.value.refused.code


def test_what_is_drawn_up_is_what_the_logs_say() -> None:
    made = drawn()
    [water] = made.bodies
    assert (made.month, made.rules, water.name, water.opened) == (MONTH, ("一条口径",), "水务", 2)
    [kept] = water.on_time
    assert (kept.step, kept.name, kept.good, kept.of) == ("contact", "<contact>", 1, 2)
    assert (water.contacts, water.contact_seconds) == (2, 16 * 3600)  # two working hours, and two days of seven
    assert (water.passed, water.surveyed) == (1, 2)
    assert Bulletin.model_validate_json(made.model_dump_json()) == made


def test_who_issues_and_when() -> None:
    assert (issued().by, issued().at) == ("s", DECEMBER)
    with pytest.raises(No) as no:
        issue(drawn(), WATER, DECEMBER)
    assert code(no) == "bulletin.role"
    with pytest.raises(No) as no:
        issue(drawn(), Viewer(staff="x", county="jingxian"), DECEMBER)
    assert code(no) == "bulletin.role"
    with pytest.raises(No) as no:
        issue(drawn(), WATCHES, DECEMBER - dt.timedelta(seconds=1))
    assert code(no) == "bulletin.early"
    assert month_of(dt.date(2026, 12, 31)) == (DECEMBER, dt.datetime(2027, 1, 1, tzinfo=CHINA))


@pytest.mark.parametrize(
    ("by", "about", "words", "expected"),
    [
        (POWER, ("water_body", "on_time"), "不对", "objection.role"),
        (Viewer(staff="x", county="jingxian"), ("water_body", "on_time"), "不对", "objection.role"),
        (WATCHES, ("gas_body", "on_time"), "不对", "objection.figure"),
        (WATER, ("water_body", "charm"), "不对", "objection.figure"),
        (WATER, ("water_body", "on_time"), " \n ", "objection.empty"),
        (WATER, ("water_body", "on_time"), "长" * 501, "objection.long"),
    ],
)
def test_what_is_no_objection(by: Viewer, about: tuple[str, str], words: str, expected: str) -> None:
    with pytest.raises(No) as no:
        objected(issued(), 1, about, words, by, DECEMBER)
    assert code(no) == expected


def test_an_objection_and_its_answer_leave_the_figures_alone() -> None:
    before = issued()
    made = objected(before, 1, ("water_body", "on_time"), " 25日 那件\n当天就联系了 ", WATER, DECEMBER)
    assert (made.number, made.by, made.words) == (1, "w", "25日 那件 当天就联系了")
    done = answered(made, "查实，应为2/2。", WATCHES, DECEMBER, corrects=True)
    assert (done.answer, done.corrects, done.answered_by, done.words) == ("查实，应为2/2。", True, "s", made.words)
    assert before == issued()
    for by, again, expected in (
        (WATER, made, "objection.role"),
        (OTHER, done, "objection.answered"),
        (Viewer(staff="w", county="xinxiang"), made, "objection.own"),
    ):
        with pytest.raises(No) as no:
            answered(again, "好", by, DECEMBER, corrects=False)
        assert code(no) == expected


def test_a_body_that_is_no_more_keeps_its_id() -> None:
    county = xinxiang()
    figures = bulletin([one().log], county, NOVEMBER, DECEMBER)
    without = county.model_copy(update={"bodies": county.bodies[1:]})
    [water] = drawn_up(figures, without.made_anew(), MONTH, NAMES, (), DECEMBER).bodies  # type: ignore[arg-type]
    assert (water.body, water.name) == ("water_body", "water_body")
