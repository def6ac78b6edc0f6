"""没打通: what counts as a failed call, when the limit stands still for it, and what makes it run on (X20)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.command import Do
from model.commands.contact import ChangeContact, ReportContact
from model.commands.ending import Withdraw
from model.commands.intake import Assign, Take
from model.commands.unreached import ReportUnreached, SayReachable
from model.commands.urging import Urge
from model.county import County
from model.decision import Refused
from model.events.intake import OrderAssigned
from model.process import Limit
from model.unreached import UnreachedRule
from routing.acts import contact_invitation, steward_acts
from routing.bulletin import bulletin
from routing.evolve import evolve
from routing.notices import notices
from routing.record import record
from routing.unreached import half_day
from tests.routing.clocks import at
from tests.routing.clocks import county as limited
from tests.routing.county import NOW, everybody, steward, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

ORDER = "case-1"
CALL = ReportUnreached(order=ORDER)
MORNING, LATER, AFTERNOON = at("2026-11-23 10:00"), at("2026-11-23 11:59"), at("2026-11-23 14:00")
NOON, NEXT_MORNING, SATURDAY = at("2026-11-23 12:30"), at("2026-11-24 08:30"), at("2026-11-28 10:00")


def ruled(calls: int | None = 3, days: int = 1) -> County:
    made = limited(("contact", Limit(days=days)))
    rule = None if calls is None else UnreachedRule(calls=calls)
    return made.made_anew(process=made.process.model_copy(update={"unreached": rule}))


def taken(county: County | None = None, *services: str) -> Desk:
    county = county or ruled()
    desk = Desk(county, submission(county, *(services or ("用水",))))
    for place in range(1, len(desk.case.orders) + 1):
        desk.do(desk.steward(place), Take(order=desk.order(place).id))
    return desk


def called(*times: dt.datetime, desk: Desk | None = None) -> Desk:
    desk = desk or taken()
    for time in times:
        assert isinstance(desk.do(desk.steward(), CALL, time), list)
    return desk


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def told(desk: Desk, since: int) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[since:])}


def test_the_third_half_day_makes_the_limit_stand_still_and_he_is_told_once() -> None:
    desk = called(MORNING, AFTERNOON)
    assert told(desk, 0) & {"applicant applicant.unreached"} == set()
    assert desk.order().clocks["contact"].runs
    before = len(desk.log)
    assert desk.do(desk.steward(), CALL, NEXT_MORNING) == ["call_failed", "clock_paused"]
    assert told(desk, before) == {"applicant applicant.unreached"}
    assert (desk.order().clocks["contact"].stands, desk.order().clocks["contact"].next) == (True, None)
    assert desk.order().clocks["contact"].pauses[-1].cause == "unreached"
    assert code(desk.do(desk.steward(), CALL, at("2026-11-24 15:00"))) == "unreached.paused"
    assert replayed(desk) == desk.case


def test_twice_in_a_half_day_is_one_and_out_of_hours_or_late_is_written_down_only() -> None:
    desk = called(MORNING)
    assert code(desk.do(desk.steward(), CALL, LATER)) == "unreached.again"
    called(NOON, NOON, AFTERNOON, at("2026-11-24 06:00"), desk=desk)
    assert [one.counts for one in desk.order().calls] == ["yes", "off_hours", "off_hours", "yes", "off_hours"]
    late = called(MORNING, AFTERNOON)
    end = late.order().clocks["contact"].due.at
    called(at("2026-11-25 09:00"), desk=late)
    assert end < at("2026-11-25 09:00")
    assert (late.order().calls[-1].counts, late.order().unreached) == ("late", False)
    assert late.order().clocks["contact"].runs


@pytest.mark.parametrize("do", [SayReachable(order=ORDER), Urge(), ChangeContact(phone="13900000007")])
def test_a_word_of_the_applicant_lets_it_run_on_with_what_was_left(do: Do) -> None:
    desk = called(MORNING, AFTERNOON, NEXT_MORNING)
    before, word = len(desk.log), at("2026-12-01 09:00")
    done = desk.do(APPLICANT if not isinstance(do, Urge) else WINDOW, do, word)
    assert isinstance(done, list)
    assert done[-2:] == ["applicant_heard", "clock_resumed"]
    assert "water_body-a steward.heard" in told(desk, before)
    # It stood on the last day of its limit: it ends at the close of the day on which he is heard.
    assert desk.order().clocks["contact"].due.at == at("2026-12-01 17:30")
    assert (desk.order().calls, desk.order().clocks["contact"].runs) == ((), True)
    assert code(desk.do(APPLICANT, SayReachable(order=ORDER), word)) == "reachable.already"
    called(word, desk=desk)  # the count begins anew
    assert not desk.order().unreached
    assert replayed(desk) == desk.case


@pytest.mark.parametrize("word", [at("2026-12-01 09:00"), at("2026-12-01 15:00"), at("2026-11-28 20:00")])
def test_what_runs_on_is_warned_of_when_it_ends_and_neither_before_nor_after(word: dt.datetime) -> None:
    """A limit in days ends at the close of a day, wherever in its days the applicant is heard of."""
    desk = called(MORNING, AFTERNOON, NEXT_MORNING, desk=taken(ruled(days=2)))
    desk.do(APPLICANT, SayReachable(order=ORDER), word)
    due = desk.order().clocks["contact"].due
    warned = {one.share: one.at for one in due.warnings}
    assert warned[100] == due.at
    assert max(warned[50], warned[80]) <= due.at < warned[200]


def test_a_contact_lets_it_run_on_and_meets_it() -> None:
    desk = called(MORNING, AFTERNOON, NEXT_MORNING)
    assert desk.do(desk.steward(), ReportContact(order=ORDER), at("2026-12-01 09:00"))
    clock = desk.order().clocks["contact"]
    assert (clock.kept, desk.order().calls) == (True, ())
    assert code(desk.do(desk.steward(), CALL)) == "unreached.already"


def test_the_others_are_not_stopped_by_it_and_hear_nothing() -> None:
    desk = called(MORNING, AFTERNOON, NEXT_MORNING, desk=taken(None, "用水", "用电"))
    assert (desk.order(1).clocks["contact"].stands, desk.order(2).clocks["contact"].runs) == (True, True)
    before = len(desk.log)
    desk.do(APPLICANT, SayReachable(order=ORDER), NEXT_MORNING)
    assert told(desk, before) == {"water_body-a steward.heard"}


def test_what_he_withdraws_is_not_called_again() -> None:
    desk = called(MORNING, AFTERNOON, NEXT_MORNING, desk=taken(None, "用水", "用电"))
    done = desk.do(APPLICANT, Withdraw(orders=(ORDER,)), NEXT_MORNING)
    assert isinstance(done, list)
    assert "applicant_heard" not in done


def test_a_colleague_goes_on_counting_another_body_begins_anew() -> None:
    county = ruled()
    colleague = steward("water_body", name="b")
    desk = Desk(county, submission(county, "用水"), (*everybody(county), colleague))
    desk.do(desk.steward(), Take(order=ORDER))
    called(MORNING, AFTERNOON, desk=desk)
    desk.do(WINDOW, Assign(order=ORDER, body="water_body", steward=colleague.id), AFTERNOON)
    assert len(desk.order().calls) == 2
    event = OrderAssigned(order=ORDER, body="power_body", steward=None, previous=None, contact_due=None)
    moved = record((event,), case_id="case", after=desk.case.version, actor=WINDOW, county=county, now=AFTERNOON)
    assert evolve(desk.case, moved[0]).orders[0].calls == ()


def test_where_the_county_has_no_rule_nobody_is_offered_it() -> None:
    desk = taken(ruled(None))
    assert code(desk.do(desk.steward(), CALL)) == "unreached.absent"
    assert [act.id for act in steward_acts(desk.case, desk.order(), desk.county)][:1] == ["contact"]
    assert "unreached" not in {act.id for act in steward_acts(desk.case, desk.order(), desk.county)}
    assert code(desk.do(APPLICANT, SayReachable(order=ORDER))) == "reachable.already"


def test_what_each_is_offered() -> None:
    desk = taken()
    shown = {act.id: act.shown for act in steward_acts(desk.case, desk.order(), desk.county)}
    assert shown["unreached"] is True
    called(MORNING, AFTERNOON, NEXT_MORNING, desk=desk)
    shown = {act.id: act.shown for act in steward_acts(desk.case, desk.order(), desk.county)}
    assert shown["unreached"] is False
    asked = contact_invitation(desk.case, desk.order(), desk.county, "t")
    assert [act.id for act in asked.acts] == ["reachable"]


def test_supervisors_count_what_stands_still_and_not_as_late() -> None:
    desk = called(MORNING, AFTERNOON, NEXT_MORNING)
    figures = bulletin([desk.log], desk.county, NOW - dt.timedelta(days=1), at("2026-11-30 00:00"))["water_body"]
    assert (figures.unreached, figures.overdue) == (1, 0)


@given(st.lists(st.integers(0, 14 * 24 * 4), min_size=1, max_size=25), st.integers(1, 4))
def test_it_stands_still_exactly_once_enough_half_days_of_work_were_tried(quarters: list[int], calls: int) -> None:
    """However calls are spread over two weeks: each half-day of work within the limit counts once, and nothing else."""
    desk = taken(ruled(calls, days=5))
    end, tried = desk.order().clocks["contact"].due.at, set[object]()
    for quarter in sorted(quarters):
        time = NOW + dt.timedelta(minutes=15 * quarter)
        done = desk.do(desk.steward(), CALL, time)
        half = half_day(time, desk.county)
        if len(tried) == calls:
            assert code(done) == "unreached.paused"
        elif half is not None and half in tried:
            assert code(done) == "unreached.again"
        elif half is not None and time <= end:
            tried.add(half)
        assert desk.order().unreached == (len(tried) == calls)
        assert desk.order().clocks["contact"].stands == desk.order().unreached
    assert replayed(desk) == desk.case


@given(st.integers(0, 60 * 24 * 30))
def test_a_half_day_lies_in_the_hours_of_work(minutes: int) -> None:
    county = ruled()
    time = at("2026-02-01 00:00") + dt.timedelta(minutes=minutes)
    half = half_day(time, county)
    works = county.calendar.is_workday(time.date())
    inside = any(opens <= time.time() < closes for opens, closes in county.process.hours.spans)
    assert (half is not None) == (works and inside)
    if half is not None:
        assert half == (time.date(), "上午" if time.hour < 12 else "下午")


def test_a_day_off_is_no_half_day() -> None:
    assert half_day(SATURDAY, ruled()) is None
