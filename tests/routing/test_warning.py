"""超时预警: what is warned of, when, once, and who hears of it (X59, J35, R7)."""

import datetime as dt
from functools import reduce
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from model.case import Case
from model.commands.clock import Warn
from model.commands.contact import ReportContact
from model.commands.intake import Assign, Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.county import County
from model.decision import Refused
from model.events.clock import Told, Warned
from model.fields import DateField
from model.form import Form
from model.message import Actor
from model.order import Clock, OrderState
from model.process import Limit, Step
from model.staff import Staff
from model.values import Day
from routing.evolve import evolve
from routing.notices import notices
from tests.routing.clocks import at, county
from tests.routing.county import NOW, anybodys, everybody, steward, submission, xinxiang
from tests.routing.desk import WINDOW, Desk, replayed

CLOCK = Actor(person="", role="clock")
STEWARD = Told(receiver="steward", id="water_body-a")
LEAD = steward("water_body", name="head", duty="lead")
OTHER_LEAD = steward("power_body", name="head", duty="lead")
SUPERVISOR = steward("city", name="eye", duty="supervisor")
CONTACT = county(("contact", Limit(days=1)), base=anybodys(xinxiang()))
HOUR = dt.timedelta(hours=1)


def office(one: County) -> tuple[Staff, ...]:
    """A steward for every body, two heads and a supervisor."""
    return (*everybody(one), LEAD, OTHER_LEAD, SUPERVISOR)


def water(one: County = CONTACT) -> Desk:
    """A case with one order at the water company."""
    return Desk(one, submission(one, "用水"), office(one))


def due_warnings(case: Case, now: dt.datetime) -> list[Warn]:
    """What the clock worker would ask for now: each warning once, the oldest first."""
    found = {
        Warn(step=step, share=coming.share, at=coming.at, due=clock.due.at)
        for order in case.orders
        for step, clock in order.clocks.items()
        for coming in (clock.next,)
        if coming is not None and coming.at <= now
    }
    return sorted(found, key=lambda one: (one.at, one.step, one.share))


def coming(desk: Desk, place: int = 1, step: Step = "contact") -> Warn:
    """The warning of an order that comes next."""
    clock = desk.order(place).clocks[step]
    assert clock.next is not None
    return Warn(step=step, share=clock.next.share, at=clock.next.at, due=clock.due.at)


def code(done: Refused | list[str]) -> str:
    assert isinstance(done, Refused), done
    return done.code


def warned(desk: Desk) -> list[Warned]:
    return [one.event for one in desk.log if isinstance(one.event, Warned)]


def run_to(desk: Desk, now: dt.datetime) -> list[Warned]:
    """Give every warning that is due by `now`; those given."""
    before = len(warned(desk))
    while asked := due_warnings(desk.case, now):
        assert desk.do(CLOCK, asked[0], now) == ["warned"]
    return warned(desk)[before:]


def test_each_level_in_order_and_who_hears_of_it() -> None:
    """A share more, and more people: the steward, the head of his body, those who supervise the county."""
    desk = water()
    given = run_to(desk, NOW + dt.timedelta(days=9))
    assert [(one.share, [(told.receiver, told.id) for told in one.told]) for one in given] == [
        (50, [("steward", "water_body-a")]),
        (80, [("steward", "water_body-a"), ("lead", "water_body-head")]),
        (100, [("steward", "water_body-a"), ("lead", "water_body-head"), ("supervisor", "city-eye")]),
        (200, [("lead", "water_body-head"), ("supervisor", "city-eye")]),
    ]
    assert desk.order().clocks["contact"].warned == 200
    assert desk.order().clocks["contact"].next is None
    assert replayed(desk) == desk.case


def test_early_and_nothing() -> None:
    """Not a moment before its time; not twice; not another share, time or deadline than the one that comes next."""
    desk = water()
    first = coming(desk)
    assert code(desk.do(CLOCK, first, first.at - dt.timedelta(microseconds=1))) == "warn.early"
    for wrong in (
        first.model_copy(update={"share": 80}),
        first.model_copy(update={"at": first.at - HOUR}),
        first.model_copy(update={"due": first.due + HOUR}),
        first.model_copy(update={"step": "survey"}),
    ):
        assert code(desk.do(CLOCK, wrong, first.at)) == "warn.nothing"
    assert desk.do(CLOCK, first, first.at) == ["warned"]
    assert code(desk.do(CLOCK, first, first.at)) == "warn.nothing"


def test_only_the_clock_warns() -> None:
    desk = water()
    first = coming(desk)
    for who in (desk.steward(), WINDOW, Actor(person="applicant")):
        assert code(desk.do(who, first, first.at)) == "role.wrong"


def test_what_is_done_is_not_warned_of() -> None:
    desk = water()
    first = coming(desk)
    desk.do(desk.steward(), Take(order="case-1"))
    desk.do(desk.steward(), ReportContact(order="case-1"))
    clock = desk.order().clocks["contact"]
    assert (clock.met_at, clock.next) == (NOW, None)
    assert code(desk.do(CLOCK, first, first.at)) == "warn.nothing"
    assert replayed(desk) == desk.case


def test_one_event_for_all_orders_at_once() -> None:
    """Two bodies late at the same time are one event; each hears of it once, and the supervisor once for both."""
    desk = Desk(CONTACT, submission(CONTACT, "用水", "用电"), office(CONTACT))
    (first, *_) = run_to(desk, coming(desk).at)
    assert first.orders == ("case-1", "case-2")
    assert [told.id for told in first.told] == ["water_body-a", "power_body-a"]
    run_to(desk, desk.order().clocks["contact"].due.at)
    last = desk.log[-1]
    assert isinstance(last.event, Warned)
    assert [(told.receiver, told.id) for told in last.event.told] == [
        ("steward", "water_body-a"),
        ("steward", "power_body-a"),
        ("lead", "water_body-head"),
        ("lead", "power_body-head"),
        ("supervisor", "city-eye"),
    ]
    sent = {one.recipient.id: (one.template, one.order) for one in notices(desk.case, [last])}
    assert sent == {
        "water_body-a": ("steward.warning", "case-1"),
        "power_body-a": ("steward.warning", "case-2"),
        "water_body-head": ("lead.warning", "case-1"),
        "power_body-head": ("lead.warning", "case-1"),
        "city-eye": ("supervisor.warning", "case-1"),
    }


def test_one_done_the_other_warned_of() -> None:
    desk = Desk(CONTACT, submission(CONTACT, "用水", "用电"), office(CONTACT))
    desk.do(desk.steward(1), Take(order="case-1"))
    desk.do(desk.steward(1), ReportContact(order="case-1"))
    given = run_to(desk, NOW + dt.timedelta(days=9))
    assert [one.orders for one in given] == [("case-2",)] * 4
    assert all(told.id != "water_body-a" for one in given for told in one.told)


def test_a_steward_who_is_also_the_supervisor_is_told_once() -> None:
    people = (steward("water_body"), steward("water_body", name="a", duty="supervisor"))
    desk = Desk(CONTACT, submission(CONTACT, "用水"), people)
    run_to(desk, desk.order().clocks["contact"].due.at)
    told = notices(desk.case, [desk.log[-1]])
    assert [(one.recipient.id, one.template) for one in told] == [("water_body-a", "steward.warning")]


def test_nobody_there_is_heard_by_the_window() -> None:
    """No steward of the body can be reached, it has no head, nobody supervises: the hotline's worklist."""
    desk = Desk(CONTACT, submission(CONTACT, "用水"), ())
    given = run_to(desk, NOW + dt.timedelta(days=9))
    assert {one.told for one in given} == {(Told(receiver="window", id="xinxiang"),)}
    (sent,) = notices(desk.case, [desk.log[-1]])
    assert (sent.recipient.kind, sent.recipient.id, sent.template) == ("window", "xinxiang", "window.warning")


def test_a_county_may_tell_the_window_itself() -> None:
    one = county(("contact", Limit(hours=4)), warnings={50: ("window", "steward")})
    desk = water(one)
    (given,) = run_to(desk, NOW + 2 * HOUR)
    assert given.told == (Told(receiver="window", id="xinxiang"), STEWARD)


def test_for_another_body_the_clock_begins_anew() -> None:
    """R33: nothing has been warned of yet, and the former steward hears nothing more."""
    desk = water()
    run_to(desk, at("2026-11-24 17:00"))
    assert desk.order().clocks["contact"].warned == 80
    late = at("2026-11-24 17:10")
    desk.do(WINDOW, Assign(order="case-1", body="power_body"), late)
    clock = desk.order().clocks["contact"]
    assert (clock.started_at, clock.warned, clock.due.at) == (late, 0, at("2026-11-25 17:30"))
    given = run_to(desk, NOW + dt.timedelta(days=9))
    assert [one.share for one in given] == [50, 80, 100, 200]
    assert {told.id for one in given for told in one.told} == {"power_body-a", "power_body-head", "city-eye"}
    assert replayed(desk) == desk.case


def test_the_same_deadline_at_another_body_begins_anew_too() -> None:
    """An hour later the end of a limit in days is the same; it is another body's limit all the same."""
    one = county(("contact", Limit(days=1)), warnings={100: ("steward",)}, base=anybodys(xinxiang()))
    desk = water(one)
    desk.do(WINDOW, Assign(order="case-1", body="power_body"), NOW + HOUR)
    assert desk.order().clocks["contact"].started_at == NOW + HOUR


def test_a_colleague_takes_over_the_clock() -> None:
    people = (*office(CONTACT), steward("water_body", name="b"))
    desk = Desk(CONTACT, submission(CONTACT, "用水"), people)
    run_to(desk, at("2026-11-23 14:30"))
    before = desk.order().clocks["contact"]
    assert before.warned == 50
    desk.do(WINDOW, Assign(order="case-1", body="water_body", steward="water_body-b"), at("2026-11-23 15:00"))
    assert desk.order().clocks["contact"] == before
    (given,) = run_to(desk, at("2026-11-23 17:00"))
    assert (given.share, given.told[0].id) == (80, "water_body-b")


def test_what_was_done_stays_done_at_another_body() -> None:
    """The applicant was contacted; the new body goes on from there and is not chased for it."""
    desk = water()
    desk.do(desk.steward(), Take(order="case-1"))
    desk.do(desk.steward(), ReportContact(order="case-1"))
    desk.do(WINDOW, Assign(order="case-1", body="power_body"), NOW + dt.timedelta(days=1))
    assert desk.order().state == OrderState.CONTACTED
    assert desk.order().clocks["contact"].met_at == NOW
    assert run_to(desk, NOW + dt.timedelta(days=30)) == []
    assert replayed(desk) == desk.case


def test_two_orders_due_at_once_that_began_apart() -> None:
    """One went to another body later: both end tomorrow, each is warned of at its own half."""
    desk = Desk(CONTACT, submission(CONTACT, "用水", "用电"), office(CONTACT))
    desk.do(WINDOW, Assign(order="case-2", body="gas_body"), NOW + 2 * HOUR)
    first, second = coming(desk, 1), coming(desk, 2)
    assert (first.due, first.share) == (second.due, second.share)
    assert first.at < second.at
    given = run_to(desk, NOW + dt.timedelta(days=9))
    assert [(one.share, one.orders) for one in given] == [
        (50, ("case-1",)),
        (50, ("case-2",)),
        (80, ("case-1",)),
        (80, ("case-2",)),
        (100, ("case-1", "case-2")),
        (200, ("case-2",)),
        (200, ("case-1",)),
    ]


def planned(day: str) -> Desk:
    """A survey within a working day, but not before the day the applicant plans for (R27)."""
    base = anybodys(xinxiang())
    field = DateField(kind="date", id="planned", label="计划时间", ask="想什么时候用上？")
    section = base.form.sections[0].model_copy(update={"fields": (*base.form.sections[0].fields, field)})
    base = base.model_copy(update={"form": Form.model_validate(base.form.model_dump() | {"sections": (section,)})})
    one = county(("survey", Limit(days=1)), base=base)
    rules = tuple(
        rule.model_copy(update={"not_before": "planned"}) if rule.step == "survey" else rule
        for rule in one.process.steps
    )
    one = one.model_copy(update={"process": one.process.model_copy(update={"steps": rules})})
    made = submission(one, "用水", planned=Day(date=dt.date.fromisoformat(day)))
    return Desk(one, made, office(one))


def test_paused_to_the_planned_day() -> None:
    """R27: the limit does not run before it, the pause is kept, and nobody is warned in the meantime."""
    desk = planned("2026-12-10")
    clock = desk.order().clocks["survey"]
    assert [(one.cause, one.since, one.until) for one in clock.pauses] == [("planned", NOW, at("2026-12-10 08:30"))]
    assert clock.due.at == at("2026-12-11 17:30")
    assert run_to(desk, at("2026-12-10 08:29")) == []
    assert [one.share for one in run_to(desk, at("2026-12-11 17:30"))] == [50, 80, 100]
    assert replayed(desk) == desk.case


def test_a_planned_day_that_has_come_pauses_nothing() -> None:
    desk = planned("2026-11-20")
    clock = desk.order().clocks["survey"]
    assert (clock.pauses, clock.due.at) == ((), at("2026-11-24 17:30"))


def test_another_body_waits_for_the_planned_day_too() -> None:
    desk = planned("2026-12-10")
    desk.do(WINDOW, Assign(order="case-1", body="power_body"), NOW + HOUR)
    clock = desk.order().clocks["survey"]
    assert (clock.started_at, clock.due.at) == (NOW + HOUR, at("2026-12-11 17:30"))
    assert [one.until for one in clock.pauses] == [at("2026-12-10 08:30")]
    # Once the day has come, the other body's limit is its own.
    desk.do(WINDOW, Assign(order="case-1", body="gas_body"), at("2026-12-10 16:00"))
    clock = desk.order().clocks["survey"]
    assert (clock.pauses, clock.due.at) == ((), at("2026-12-11 17:30"))
    assert clock.started_at == at("2026-12-10 16:00")
    assert replayed(desk) == desk.case


def test_shares_in_any_order_of_the_file() -> None:
    one = county(("contact", Limit(hours=10)), warnings={100: ("steward",), 20: ("steward",), 150: ("lead",)})
    given = run_to(water(one), NOW + dt.timedelta(days=1))
    assert [(one.share, one.due) for one in given] == [(share, NOW + 10 * HOUR) for share in (20, 100, 150)]


@settings(max_examples=60, deadline=None)
@given(dice=st.randoms(), days=st.integers(1, 4))
def test_every_warning_exactly_once(dice: Random, days: int) -> None:
    """People work, hand over and let things lie; of every limit that begins, each share is warned of once, in order.

    Unless it was met, or another body got the order, before its time.
    """
    one = county(("contact", Limit(days=days)), ("survey", Limit(working_hours=9)))
    desk = Desk(one, submission(one, "用水", "用电", "热力"), office(one))
    now = NOW
    expected: set[tuple[str, Step, dt.datetime, int]] = set()
    for _ in range(40):
        begun = clocks(desk)
        now += dt.timedelta(minutes=dice.randrange(400))
        # Whoever looks at the clock looks when nothing else has happened since.
        run_to(desk, now)
        expected |= {
            (order, step, clock.started_at, warning.share)
            for (order, step), clock in begun.items()
            for warning in clock.due.warnings
            if clock.met_at is None and warning.at <= now
        }
        work(desk, dice, now)
    given = [(order, warned_of.step, started, warned_of.share) for order, started, warned_of in given_warnings(desk)]
    assert len(given) == len(set(given))
    assert set(given) == expected
    assert replayed(desk) == desk.case


def clocks(desk: Desk) -> dict[tuple[str, Step], Clock]:
    return {(order.id, step): clock for order in desk.case.orders for step, clock in order.clocks.items()}


def given_warnings(desk: Desk) -> list[tuple[str, dt.datetime, Warned]]:
    """Each order that was warned of, with when its limit had begun."""
    found: list[tuple[str, dt.datetime, Warned]] = []
    case: Case | None = None
    for recorded in desk.log:
        if isinstance(recorded.event, Warned):
            assert case is not None
            for name in recorded.event.orders:
                order = case.order(name)
                assert order is not None
                found.append((name, order.clocks[recorded.event.step].started_at, recorded.event))
        case = reduce(evolve, [recorded], case)
    return found


def work(desk: Desk, dice: Random, now: dt.datetime) -> None:
    """Somebody does something, or tries to."""
    order = dice.choice(desk.case.orders)
    who = Actor(person=f"person-{order.steward}", role="steward", staff=order.steward)
    later = (now + dt.timedelta(days=1)).replace(hour=10)
    match dice.randrange(12):
        case 0 | 1:
            desk.do(who, Take(order=order.id), now)
        case 2 | 3:
            desk.do(who, ReportContact(order=order.id), now)
        case 4:
            desk.do(who, ProposeSurvey(order=order.id, at=later), now)
        case 5:
            for key, one in desk.case.appointments.items():
                desk.do(Actor(person="applicant"), AgreeSurvey(appointment=key, sequence=one.sequence), now)
        case 6:
            desk.do(who, GiveOpinion(order=order.id, opinion=dice.choice(("符合", "不符合")), remark="原因"), now)
        case 7:
            body = dice.choice(("water_body", "gas_body", "tv_body"))
            desk.do(WINDOW, Assign(order=order.id, body=body), now)
        case _:
            pass
