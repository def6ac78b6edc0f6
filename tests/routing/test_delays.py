"""A promised day that passes: who has the order is asked, the applicant hears the reason or whom to call, each once (X35, J30)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from model.calendar import CHINA, Length
from model.commands.clock import Warn
from model.commands.contact import ReportContact
from model.commands.delays import ExplainDelay, TellDelay
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme
from model.decision import Refused
from model.delay_rules import DelayRule
from model.message import Actor
from model.process import Limit
from routing.acts import steward_acts
from routing.notices import notices
from tests.routing.clocks import at
from tests.routing.clocks import county as limited
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk, replayed
from tests.routing.test_routing_decide import EVERY

CLOCK = Actor(person="", role="clock")
ORDER = "case-1"
TOMORROW = dt.date(2026, 12, 4)


def surveyed(*, ruled: bool = True) -> Desk:
    """An order that waits for its scheme, three working days from NOW."""
    made = limited(("scheme", Limit(days=3)), base=xinxiang(steps=EVERY))
    rule = DelayRule(steps=("scheme", "construction"), answer=Length(working_hours=4), form="delay") if ruled else None
    county = made.made_anew(process=made.process.model_copy(update={"delays": rule}))
    head = steward("water_body", name="head", duty="lead")
    desk = Desk(county, submission(county, "用水"), (*everybody(county), head))

    who, soon = desk.steward(), NOW + dt.timedelta(hours=2)
    for actor, do in (
        (who, Take(order=ORDER)),
        (who, ReportContact(order=ORDER)),
        (who, ProposeSurvey(order=ORDER, at=soon)),
        (APPLICANT, AgreeSurvey(appointment=ORDER, sequence=1)),
        (who, GiveOpinion(order=ORDER, opinion="符合")),
    ):
        assert isinstance(desk.do(actor, do), list)
    return desk


def late(desk: Desk) -> list[str]:
    """The warnings up to the end of the limit are given; the events of the last of them."""
    done: Refused | list[str] = []
    while (coming := desk.order().clocks["scheme"].next) is not None and coming.share <= 100:
        clock = desk.order().clocks["scheme"]
        assert desk.case.orders[0].delay is None
        done = desk.do(CLOCK, Warn(step="scheme", share=coming.share, at=coming.at, due=clock.due.at), coming.at)
    assert isinstance(done, list)
    return done


def ring(desk: Desk, now: dt.datetime) -> Refused | list[str]:
    delay = desk.order().delay
    assert delay is not None
    return desk.do(CLOCK, TellDelay(order=ORDER, number=delay.number), now)


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def told(desk: Desk, count: int = 1) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-count:])}


def test_nobody_is_asked_before_the_day_has_passed() -> None:
    desk = surveyed()
    early = ExplainDelay(order=ORDER, reason="材料没到", day=TOMORROW)
    assert code(desk.do(desk.steward(), early)) == "explain_delay.nothing"
    assert late(desk) == ["warned", "delay_asked"]
    assert told(desk) == {"water_body-a steward.delay_asked"}
    assert "explain_delay" in {act.id for act in steward_acts(desk.case, desk.order(), desk.county)}
    assert late(surveyed(ruled=False)) == ["warned"]


def test_a_reason_and_a_new_day_reach_the_applicant_and_the_limit_stays_what_it_was() -> None:
    desk = surveyed()
    late(desk)
    due, now = desk.order().clocks["scheme"].due.at, desk.log[-1].at
    given = ExplainDelay(order=ORDER, reason=" 材料没到 ", day=TOMORROW)
    assert code(desk.do(desk.steward(), given.model_copy(update={"reason": " "}), now)) == "explain_delay.empty"
    assert code(desk.do(desk.steward(), given.model_copy(update={"day": now.date()}), now)) == "explain_delay.past"
    assert desk.do(desk.steward(), given, now) == ["delay_explained"]
    assert told(desk) == {"applicant applicant.delay"}
    assert desk.order().clocks["scheme"].due.at == due
    assert code(desk.do(desk.steward(), given, now)) == "explain_delay.nothing"
    assert code(ring(desk, now)) == "tell_delay.nothing"
    # The new day passes too: he is asked once more, for that one.
    ends = dt.datetime.combine(TOMORROW, desk.county.process.closes, CHINA)
    assert ring(desk, ends) == ["delay_asked"]
    assert desk.log[-1].event.model_dump()["due"] == ends
    assert replayed(desk) == desk.case


def test_without_a_reason_in_time_the_applicant_hears_whom_to_call_once() -> None:
    desk = surveyed()
    late(desk)
    until = desk.log[-1].event.model_dump()["until"]
    assert code(ring(desk, until - dt.timedelta(seconds=1))) == "tell_delay.nothing"
    assert ring(desk, until) == ["delay_told"]
    assert told(desk) == {"applicant applicant.delay_plain"}
    assert desk.log[-1].event.model_dump()["lead"] == "water_body-head"
    assert code(ring(desk, until)) == "tell_delay.nothing"
    given = ExplainDelay(order=ORDER, reason="材料没到", day=TOMORROW)
    assert desk.do(desk.steward(), given, until) == ["delay_explained"]  # better late than never


def test_once_the_step_is_done_nothing_more_is_said() -> None:
    desk = surveyed()
    late(desk)
    now = desk.log[-1].at
    assert isinstance(desk.do(desk.steward(), GiveScheme(order=ORDER, scheme="从路东接入", days=5), now), list)
    assert desk.order().late is None
    assert code(ring(desk, at("2026-12-20 10:00"))) == "tell_delay.nothing"
    assert "explain_delay" not in {act.id for act in steward_acts(desk.case, desk.order(), desk.county)}


@given(st.lists(st.integers(-5, 200), min_size=1, max_size=12))
def test_however_often_the_clock_looks_it_speaks_once_and_never_early(hours: list[int]) -> None:
    desk = surveyed()
    late(desk)
    until = desk.log[-1].event.model_dump()["until"]
    said = 0
    for hour in sorted(hours):
        now = until + dt.timedelta(hours=hour)
        done = ring(desk, now)
        said += isinstance(done, list)
        assert isinstance(done, Refused) or now >= until
    assert said == (max(hours) >= 0)
