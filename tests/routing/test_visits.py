"""验收 and 接通 by appointment: asked for together, waited for no longer than the county says, moved, missed (X51–X54, J28)."""

import datetime as dt

import pytest

from model.calendar import CHINA, Length
from model.case import Appointment
from model.commands.contact import ReportContact
from model.commands.ending import Withdraw
from model.commands.intake import Assign, Take
from model.commands.scheduling import CloseTimes, GiveTimes, Remind, ReportMissed
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt, ReportInside
from model.county import County
from model.decision import Refused
from model.events.clock import ClocksRecounted
from model.meeting_rules import MeetingRule, MovesRule, ReminderRule, VisitRule
from model.message import Actor
from model.order import OrderState
from model.process import Limit, Step
from model.times import APPLICANT, Visit, Window
from routing.acts import steward_acts
from routing.limits import due_of
from routing.notices import notices
from routing.recounting import recount
from routing.refusal import No
from tests.routing.county import everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT as PERSON
from tests.routing.desk import WINDOW, Desk, replayed

EVERY: tuple[Step, ...] = ("contact", "survey", "scheme", "construction", "acceptance", "connection")
CLOCK = Actor(person="", role="clock")
RULES = {
    "meet": MeetingRule(missed_form="missed"),
    "moves": MovesRule(most=1, until_hours=2),
    "reminders": ReminderRule(),
}


def day(number: int, hour: int, minute: int = 0) -> dt.datetime:
    """In November 2026; the 23rd is a Monday."""
    return dt.datetime(2026, 11, number, hour, minute, tzinfo=CHINA)


NOW = day(23, 9)


def county(*, hold: int | None = 2, joint: bool = True, only: Visit | None = None) -> County:
    made = xinxiang(steps=EVERY)
    rule = VisitRule(**RULES, joint=joint, hold=None if hold is None else Length(days=hold))
    kinds: tuple[Visit, ...] = ("acceptance", "connection") if only is None else (only,)
    steps = tuple(
        one.model_copy(update={"limit": Limit(days=1)}) if one.step == "acceptance" else one
        for one in made.process.steps
    )
    changes = {"visits": dict.fromkeys(kinds, rule), "steps": steps}
    messages = {**made.messages, "act.missed.label": "没见上", "act.missed.words": ""}
    return made.model_copy(update={"process": made.process.model_copy(update=changes), "messages": messages})


def span(number: int, start: int, end: int) -> Window:
    return Window(start=day(number, start), end=day(number, end))


def schemed(rules: County, *options: str, days: int | None = 2, inside: bool = False) -> Desk:
    """A case whose orders are all being built; each promised so many days."""
    staff = (*everybody(rules), steward("water_body", name="b"), steward("city", name="boss", duty="supervisor"))
    desk = Desk(rules, submission(rules, *(options or ("用水", "用电"))), staff)
    for place, order in enumerate(desk.case.orders, 1):
        desk.do(desk.steward(place), Take(order=order.id))
        desk.do(desk.steward(place), ReportContact(order=order.id))
    first = desk.case.orders[0].id
    desk.do(desk.steward(1), ProposeSurvey(order=first, at=day(23, 10)), NOW)
    desk.do(PERSON, AgreeSurvey(appointment=next(iter(desk.case.appointments)), sequence=1), NOW)
    for place, order in enumerate(desk.case.orders, 1):
        done = desk.do(desk.steward(place), GiveOpinion(order=order.id, opinion="符合"), NOW)
        assert not isinstance(done, Refused), done
        desk.do(desk.steward(place), GiveScheme(order=order.id, scheme="接入", days=days, inside=inside), NOW)
    return desk


def built(desk: Desk, place: int, now: dt.datetime = NOW) -> Refused | list[str]:
    return desk.do(desk.steward(place), ReportBuilt(order=f"case-{place}"), now)


def gives(desk: Desk, key: str, who: Actor, *windows: Window, now: dt.datetime = NOW) -> Refused | list[str]:
    number = desk.case.gatherings[key].round
    return desk.do(who, GiveTimes(appointment=key, round=number, party=who.staff or APPLICANT, windows=windows), now)


def accepts(desk: Desk, place: int, result: str = "通过", now: dt.datetime = NOW) -> Refused | list[str]:
    remark = "" if result == "通过" else "表位不对"
    return desk.do(desk.steward(place), ReportAcceptance(order=f"case-{place}", result=result, remark=remark), now)


def told(desk: Desk, since: int) -> set[tuple[str, str]]:
    return {(one.recipient.id, one.template) for one in notices(desk.case, desk.log[since:])}


def code(done: Refused | list[str]) -> str:
    assert isinstance(done, Refused), done
    return done.code


def settled(desk: Desk, key: str, *places: int, hour: int = 15, now: dt.datetime = NOW) -> Appointment:
    """Everybody can come on Wednesday at this hour."""
    for place in places:
        gives(desk, key, desk.steward(place), span(25, hour, hour + 2), now=now)
    assert gives(desk, key, PERSON, span(25, hour, hour + 2), now=now)[:2] == ["times_given", "time_set"]
    return desk.case.appointments[key]


def test_nothing_is_asked_where_the_county_has_no_appointments() -> None:
    desk = schemed(xinxiang(steps=EVERY))
    assert built(desk, 1) == ["works_reported"]
    assert accepts(desk, 1) == ["acceptance_reported"]
    assert not desk.case.gatherings


def test_the_acceptance_is_joint_once_all_is_built() -> None:
    """The first is held back while the second is nearly built; then all agree a time, and the limit counts from it (X51, X52)."""
    rules = county()
    desk = schemed(rules)
    assert built(desk, 1) == ["works_reported", "others_awaited"]
    held = desk.case.gatherings["acceptance-1"]
    assert (held.state, held.orders, held.closes) == ("holding", ("case-1",), day(25, 17, 30))
    assert built(desk, 2) == ["works_reported", "times_asked"]
    assert desk.case.gatherings["acceptance-1"].asked == ("water_body-a", "power_body-a", APPLICANT)
    assert "acceptance" not in desk.order(1).clocks
    appointment = settled(desk, "acceptance-1", 1, 2)
    assert (appointment.kind, appointment.at, appointment.orders) == ("acceptance", day(25, 15), ("case-1", "case-2"))
    due = desk.order(1).due("acceptance")
    assert due is not None
    assert due == due_of(Length(days=1), rules, day(25, 15))
    assert due.at == day(26, 17, 30)
    assert desk.order(1).state == OrderState.BUILT
    reminder = Remind(appointment="acceptance-1", sequence=1, which="day")
    assert desk.do(CLOCK, reminder, day(24, 16)) == ["reminded"], "the limit begins once"
    assert replayed(desk) == desk.case


def test_works_inside_are_waited_for_too() -> None:
    """Built outside but not inside is not ready (X44, X51)."""
    inside = schemed(county(hold=None), "用水", inside=True)
    assert built(inside, 1) == ["works_reported", "clock_paused"]
    assert inside.do(PERSON, ReportInside()) == ["works_reported", "times_asked"]


def test_one_that_comes_late_holds_nobody_back() -> None:
    """X54: promised far later it is not waited for; nearly ready it is waited for until the county's hold is over, then the
    others go on. It gets a time of its own.
    """
    far = schemed(county(only="acceptance"), days=20)
    assert built(far, 1) == ["works_reported", "times_asked"]
    assert far.case.gatherings["acceptance-1"].orders == ("case-1",)

    desk = schemed(county(only="acceptance"))
    built(desk, 1)
    close = CloseTimes(appointment="acceptance-1", round=0)
    assert code(desk.do(CLOCK, close, day(25, 17))) == "times.early"
    assert desk.do(CLOCK, close, day(25, 17, 30)) == ["times_asked"]
    gathering = desk.case.gatherings["acceptance-1"]
    assert (gathering.orders, gathering.round, gathering.state) == (("case-1",), 1, "asking")
    gives(desk, "acceptance-1", desk.steward(1), span(27, 15, 17), now=day(25, 17, 30))
    assert gives(desk, "acceptance-1", PERSON, span(27, 15, 17), now=day(25, 17, 30)) == [
        "times_given",
        "time_set",
        "clock_started",
    ]
    assert built(desk, 2, day(26, 9)) == ["works_reported", "times_asked"]
    assert desk.case.gatherings["acceptance-2"].orders == ("case-2",)
    assert replayed(desk) == desk.case


def test_who_becomes_ready_while_a_time_is_looked_for_comes_along() -> None:
    desk = schemed(county(hold=None, only="acceptance"))
    assert built(desk, 1) == ["works_reported", "times_asked"]
    gives(desk, "acceptance-1", PERSON, span(25, 14, 17))
    since = len(desk.log)
    assert built(desk, 2) == ["works_reported", "times_asked"]
    gathering = desk.case.gatherings["acceptance-1"]
    assert (gathering.orders, gathering.round) == (("case-1", "case-2"), 2)
    assert APPLICANT in gathering.times, "he has said it"
    assert ("power_body-a", "steward.times_asked") in told(desk, since)
    assert ("applicant", "applicant.times_asked") not in told(desk, since)


def test_a_single_acceptance_is_each_bodys_own() -> None:
    desk = schemed(county(joint=False))
    assert built(desk, 1) == ["works_reported", "times_asked"]
    assert built(desk, 2) == ["works_reported", "times_asked"]
    assert {key: one.orders for key, one in desk.case.gatherings.items()} == {
        "acceptance-1": ("case-1",),
        "acceptance-2": ("case-2",),
    }


def test_connected_together_moved_and_missed() -> None:
    """X53, X54: asked after the acceptance; one time for all; moved, reminded and missed as a survey is."""
    desk = schemed(county(only="connection"))
    built(desk, 1)
    built(desk, 2)
    assert accepts(desk, 1) == ["acceptance_reported", "others_awaited"]
    assert accepts(desk, 2) == ["acceptance_reported", "times_asked"]
    appointment = settled(desk, "connection-1", 1, 2)
    assert [one.at for one in appointment.reminders] == [day(24, 16), day(25, 14)]
    moved = MoveSurvey(appointment="connection-1", sequence=1, wish="周四上午", windows=(span(26, 9, 12),))
    assert desk.do(PERSON, moved) == ["survey_moved", "times_asked"]
    for place in (1, 2):
        done = gives(desk, "connection-1", desk.steward(place), span(26, 9, 12))
    assert done == ["times_given", "time_set"]
    assert desk.case.appointments["connection-1"].at == day(26, 9)
    again = MoveSurvey(appointment="connection-1", sequence=2, wish="改天", windows=())
    assert code(desk.do(PERSON, again)) == "survey.moves_over"
    assert desk.do(CLOCK, Remind(appointment="connection-1", sequence=2, which="day"), day(25, 16)) == ["reminded"]
    desk.do(CLOCK, Remind(appointment="connection-1", sequence=2, which="hour"), day(26, 8))
    acts = [act.id for act in steward_acts(desk.case, desk.order(1), desk.county)]
    assert acts == ["connect", "move_survey", "missed"]
    gone = ReportMissed(order="case-1", reason="家里没人")
    assert code(desk.do(desk.steward(1), gone, day(26, 8, 30))) == "missed.too_early"
    assert desk.do(desk.steward(1), gone, day(26, 10)) == ["missed", "times_asked"]
    assert desk.case.appointments["connection-1"].missed == 1
    assert replayed(desk) == desk.case


def test_each_stewards_tap_closes_his_own() -> None:
    """What is connected leaves the appointment; with the last the case is closed."""
    desk = schemed(county(only="connection"))
    for place in (1, 2):
        built(desk, place)
        accepts(desk, place)
    settled(desk, "connection-1", 1, 2)
    assert desk.do(desk.steward(1), Connect(order="case-1"), day(25, 15)) == ["connected"]
    assert desk.case.appointments["connection-1"].orders == ("case-2",)
    assert desk.do(desk.steward(2), Connect(order="case-2"), day(25, 15)) == ["connected", "case_closed"]
    assert desk.case.appointments["connection-1"].reminders == ()


def test_connected_before_a_time_was_found() -> None:
    """Nobody is asked any longer for what is connected; the others go on without it."""
    desk = schemed(county(only="connection"), "用水", "用电", "燃气", days=20)
    for place in (1, 2):
        built(desk, place)
    accepts(desk, 1)
    accepts(desk, 2)
    assert desk.case.gatherings["connection-1"].orders == ("case-1", "case-2")
    assert desk.do(desk.steward(1), Connect(order="case-1")) == ["connected", "times_asked"]
    assert desk.case.gatherings["connection-1"].asked == ("power_body-a", APPLICANT)
    assert desk.do(desk.steward(2), Connect(order="case-2")) == ["connected"]
    assert desk.case.gatherings["connection-1"].state == "settled"


def test_a_failed_acceptance_is_met_for_anew() -> None:
    """X55: back to the works; once they are done another visit is agreed, and the limit counts from that."""
    desk = schemed(county(only="acceptance"), "用水")
    built(desk, 1)
    settled(desk, "acceptance-1", 1)
    accepts(desk, 1, "不通过", day(25, 15))
    assert desk.case.appointments["acceptance-1"].orders == ()
    assert built(desk, 1, day(26, 9)) == ["works_reported", "times_asked"]
    key = "acceptance-2"
    gives(desk, key, desk.steward(1), span(27, 9, 12), now=day(26, 9))
    assert gives(desk, key, PERSON, span(27, 9, 12), now=day(26, 9)) == ["times_given", "time_set", "clock_started"]
    assert desk.order(1).clocks["acceptance"].due.at == day(30, 17, 30)


def test_the_limit_stands_while_the_visit_is_moved() -> None:
    """Nobody is late for an acceptance that waits for the applicant's other time."""
    desk = schemed(county(only="acceptance"), "用水")
    built(desk, 1)
    settled(desk, "acceptance-1", 1)
    wish = MoveSurvey(appointment="acceptance-1", sequence=1, wish="再说")
    assert desk.do(PERSON, wish) == ["survey_moved", "times_asked", "clock_paused"]
    assert desk.order(1).clocks["acceptance"].stands
    gives(desk, "acceptance-1", desk.steward(1), span(26, 9, 12))
    assert gives(desk, "acceptance-1", PERSON, span(26, 9, 12)) == ["times_given", "time_set", "clock_started"]
    assert desk.order(1).clocks["acceptance"].due.at == day(27, 17, 30)
    changed = (day(25, 0).date(), day(27, 0).date())
    with pytest.raises(
        No, match="recount.nothing"
    ):  # by the same calendar it is the same, for it counts from the visit
        recount(desk.case, desk.county, changed)
    calendar = desk.county.calendar.model_copy(update={"holidays": desk.county.calendar.holidays | {changed[1]}})
    (event,) = recount(desk.case, desk.county.made_anew(calendar=calendar), changed[1:])
    assert isinstance(event, ClocksRecounted)
    assert [one.due.at for one in event.limits if one.step == "acceptance"] == [day(30, 17, 30)]


def test_another_steward_who_cannot_come_asks_anew() -> None:
    desk = schemed(county(only="connection"), "用水")
    built(desk, 1)
    accepts(desk, 1)
    settled(desk, "connection-1", 1)
    since = len(desk.log)
    over = Assign(order="case-1", body="water_body", steward="water_body-b", anew=True)
    assert desk.do(WINDOW, over) == ["order_assigned", "survey_released", "times_asked"]
    assert "applicant.survey_released" not in {template for _, template in told(desk, since)}
    assert ("applicant", "applicant.times_asked") in told(desk, since)


def test_what_is_withdrawn_is_not_waited_for() -> None:
    desk = schemed(county(only="acceptance"))
    built(desk, 1)
    assert desk.do(PERSON, Withdraw(orders=("case-2",)))[:2] == ["orders_ended", "times_asked"]
    assert desk.case.gatherings["acceptance-1"].orders == ("case-1",)


def test_who_leads_a_survey_hears_nothing_of_an_acceptance_that_ends() -> None:
    """Only the survey was his to organise (X31)."""
    desk = schemed(county())
    built(desk, 1)
    built(desk, 2)
    settled(desk, "acceptance-1", 1, 2)
    desk.case = desk.case.model_copy(update={"lead": "land_bureau"})
    since = len(desk.log)
    desk.do(PERSON, Withdraw(orders=("case-2",)))
    assert ("water_body-a", "steward.survey_smaller") in told(desk, since)
    assert "land_bureau" not in {name for name, _ in told(desk, since)}
