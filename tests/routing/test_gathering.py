"""Everybody bound by a joint survey says when he can come: a time is found, proposed or decided (X30, X36)."""

import datetime as dt
from collections.abc import Sequence

import pytest

from model.calendar import CHINA
from model.case import JOINT
from model.commands.contact import ReportContact
from model.commands.intake import Assign, Take
from model.commands.scheduling import CloseTimes, DecideTime, GiveTimes, Remind, ReportMissed
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.county import County
from model.decision import Refused
from model.delivery import Notice
from model.meeting_rules import MeetingRule, MovesRule, ReminderRule
from model.message import Actor
from model.order import OrderState
from model.staff import Engagement
from model.times import APPLICANT, Window
from routing.notices import notices
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT as PERSON
from tests.routing.desk import WINDOW, Desk, replayed

CLOCK = Actor(person="", role="clock")
BOSS = Actor(person="person-city-boss", role="steward", staff="city-boss")
OVERSEER = steward("city", name="boss", duty="supervisor")


def county() -> County:
    made = xinxiang()
    rules = {
        "meet": MeetingRule(missed_form="missed"),
        "moves": MovesRule(most=1, until_hours=2),
        "reminders": ReminderRule(),
    }
    survey = made.process.survey.model_copy(update=rules)
    return made.model_copy(update={"process": made.process.model_copy(update={"survey": survey})})


COUNTY = county()


def day(number: int, hour: int, minute: int = 0) -> dt.datetime:
    """In November 2026; the 23rd is a Monday."""
    return dt.datetime(2026, 11, number, hour, minute, tzinfo=CHINA)


def span(number: int, start: int, end: int) -> Window:
    return Window(start=day(number, start), end=day(number, end))


def asked(*options: str, people: Sequence | None = None) -> Desk:
    """A case whose first steward has reached the applicant."""
    staff = (*everybody(COUNTY), OVERSEER) if people is None else tuple(people)
    desk = Desk(COUNTY, submission(COUNTY, *(options or ("用水", "用电"))), staff)
    assert desk.do(desk.steward(), Take(order="case-1")) == ["task_taken"]
    assert desk.do(desk.steward(), ReportContact(order="case-1"))[:2] == ["applicant_contacted", "times_asked"]
    return desk


def gives(desk: Desk, who: Actor, *windows: Window, more: bool = False, now: dt.datetime = NOW) -> Refused | list[str]:
    party = who.staff or APPLICANT
    number = desk.case.gatherings[JOINT].round
    return desk.do(who, GiveTimes(appointment=JOINT, round=number, party=party, windows=windows, more=more), now)


def told(desk: Desk, since: int) -> set[tuple[str, str]]:
    found: tuple[Notice, ...] = notices(desk.case, desk.log[since:])
    return {(one.recipient.id, one.template) for one in found}


def code(done: Refused | list[str]) -> str:
    assert isinstance(done, Refused), done
    return done.code


def test_everybody_is_asked_once() -> None:
    """With the first contact; the second steward's contact asks nobody again. A single survey asks nobody."""
    desk = asked()
    gathering = desk.case.gatherings[JOINT]
    assert gathering.asked == ("water_body-a", "power_body-a", APPLICANT)
    assert gathering.offers[APPLICANT][0] == span(23, 14, 17).model_copy(update={"end": day(23, 17, 30)})
    assert told(desk, len(desk.log) - 1) == {
        ("applicant", "applicant.times_asked"),
        ("water_body-a", "steward.times_asked"),
        ("power_body-a", "steward.times_asked"),
    }
    desk.do(desk.steward(2), Take(order="case-2"))
    assert desk.do(desk.steward(2), ReportContact(order="case-2")) == ["applicant_contacted"]
    alone = Desk(COUNTY, submission(COUNTY, "用水"))
    alone.do(alone.steward(), Take(order="case-1"))
    assert alone.do(alone.steward(), ReportContact(order="case-1")) == ["applicant_contacted"]


def test_times_meet() -> None:
    """The time is set with the last answer: the earliest in all of them; everybody is told, and reminders are set."""
    desk = asked()
    assert gives(desk, desk.steward(1), span(25, 14, 17), span(27, 9, 12)) == ["times_given"]
    assert gives(desk, PERSON, span(25, 15, 17)) == ["times_given"]
    assert gives(desk, desk.steward(2), span(25, 9, 12)) == ["times_given", "times_unmet"]
    assert desk.case.gatherings[JOINT].decider == "city-boss"
    assert gives(desk, desk.steward(2), span(25, 15, 16), more=True) == ["times_given", "time_set"]
    appointment = desk.case.appointments[JOINT]
    assert (appointment.at, appointment.agreed) == (day(25, 15), True)
    assert [one.at for one in appointment.reminders] == [day(24, 16), day(25, 14)]
    assert desk.order(1).state == OrderState.SURVEY_AGREED
    assert told(desk, len(desk.log) - 1) == {
        ("applicant", "applicant.time_set"),
        ("water_body-a", "steward.time_set"),
        ("power_body-a", "steward.time_set"),
    }
    assert code(gives(desk, PERSON, span(26, 9, 12))) == "times.over"
    assert replayed(desk) == desk.case


def test_what_is_said_replaces_what_is_tapped_adds() -> None:
    desk = asked()
    gives(desk, PERSON, span(25, 9, 12))
    gives(desk, PERSON, span(26, 9, 12), more=True)
    assert desk.case.gatherings[JOINT].times[APPLICANT] == (span(25, 9, 12), span(26, 9, 12))
    gives(desk, PERSON, span(27, 9, 12))
    assert desk.case.gatherings[JOINT].times[APPLICANT] == (span(27, 9, 12),)


def test_only_working_time_counts() -> None:
    """A lunch and a Sunday are cut out; nothing left is refused; strangers are not asked."""
    desk = asked()
    gives(desk, PERSON, span(25, 9, 16))
    assert desk.case.gatherings[JOINT].times[APPLICANT] == (span(25, 9, 12), span(25, 14, 16))
    unfit = gives(desk, PERSON, span(29, 9, 12))
    assert code(unfit) == "times.unfit"
    assert isinstance(unfit, Refused) and set(unfit.about) == {"until", "example"}
    assert code(gives(desk, PERSON)) == "times.unfit"
    assert code(gives(desk, desk.steward(1).model_copy(update={"staff": "gas_body-a"}), span(25, 9, 12))) == "not.yours"


def test_nobody_is_in_two_places() -> None:
    """What a steward has elsewhere is not offered, not taken from his words, and not chosen for him."""
    held = [Engagement(slot=day(25, 9) + n * dt.timedelta(minutes=30), case="other") for n in range(6)]
    engaged = steward("water_body").model_copy(update={"engagements": tuple(held)})
    desk = asked(people=[engaged, *(one for one in everybody(COUNTY) if one.body != "water_body"), OVERSEER])
    offers = desk.case.gatherings[JOINT].offers
    assert any(one.start == day(25, 8, 30) for one in offers[APPLICANT])
    assert code(gives(desk, desk.steward(1), span(25, 9, 12))) == "times.busy"
    assert gives(desk, desk.steward(1), span(25, 9, 12), span(25, 14, 17)) == ["times_given"]
    gives(desk, desk.steward(2), span(25, 9, 17))
    assert gives(desk, PERSON, span(25, 9, 17)) == ["times_given", "time_set"]
    assert desk.case.appointments[JOINT].at == day(25, 14)


def test_he_is_busy_although_silent() -> None:
    held = (Engagement(slot=day(27, 9), case="other"),)
    engaged = steward("water_body").model_copy(update={"engagements": held})
    desk = asked(people=[engaged, *(one for one in everybody(COUNTY) if one.body != "water_body")])
    gives(desk, desk.steward(2), span(27, 9, 12))
    gives(desk, PERSON, span(27, 9, 12))
    late = desk.case.gatherings[JOINT].closes
    assert desk.do(CLOCK, CloseTimes(appointment=JOINT, round=1), late) == ["times_closed", "time_set"]
    assert desk.case.appointments[JOINT].at == day(27, 9, 30)


def test_silence_is_not_waited_for() -> None:
    """After the share of the limit the others' times are used, and whoever was silent is told so."""
    desk = asked()
    gives(desk, desk.steward(1), span(27, 9, 12))
    gives(desk, PERSON, span(27, 9, 12))
    closes = desk.case.gatherings[JOINT].closes
    assert (
        code(desk.do(CLOCK, CloseTimes(appointment=JOINT, round=1), closes - dt.timedelta(minutes=1))) == "times.early"
    )
    assert desk.do(CLOCK, CloseTimes(appointment=JOINT, round=1), closes) == ["times_closed", "time_set"]
    event = desk.log[-1].event
    assert event.unable == ("power_body-a",)  # type: ignore[union-attr]
    assert code(desk.do(CLOCK, CloseTimes(appointment=JOINT, round=1), closes)) == "times.over"


def test_a_silent_applicant_is_asked_about_one_time() -> None:
    desk = asked()
    gives(desk, desk.steward(1), span(27, 9, 12))
    gives(desk, desk.steward(2), span(27, 10, 12))
    closes = desk.case.gatherings[JOINT].closes
    assert desk.do(CLOCK, CloseTimes(appointment=JOINT, round=1), closes) == ["times_closed", "survey_proposed"]
    assert not desk.case.appointments[JOINT].agreed
    assert ("applicant", "applicant.survey_proposed") in told(desk, len(desk.log) - 1)
    assert desk.do(PERSON, AgreeSurvey(appointment=JOINT, sequence=1), closes) == ["survey_agreed"]
    assert desk.case.appointments[JOINT].at == day(27, 10)


def unmet(desk: Desk) -> None:
    gives(desk, desk.steward(1), span(25, 9, 12))
    gives(desk, desk.steward(2), span(26, 9, 12))
    assert gives(desk, PERSON, span(25, 9, 12), span(26, 14, 17)) == ["times_given", "times_unmet"]


def test_nothing_meets_and_whoever_leads_decides() -> None:
    """He is asked, with the times that suit most; everybody hears of his decision."""
    desk = asked()
    unmet(desk)
    assert told(desk, len(desk.log) - 1) == {("city-boss", "lead.times_unmet")}
    assert desk.case.gatherings[JOINT].candidates[0] == day(25, 9)
    do = DecideTime(appointment=JOINT, round=1, at=day(26, 10))
    assert code(desk.do(desk.steward(1), do)) == "not.yours"
    assert code(desk.do(BOSS, do.model_copy(update={"at": day(20, 10)}))) == "survey.past"
    assert desk.do(BOSS, do) == ["time_set"]
    event = desk.log[-1].event
    assert (event.how, event.unable) == ("decided", ("water_body-a", APPLICANT))  # type: ignore[union-attr]
    assert desk.case.appointments[JOINT].agreed
    assert code(desk.do(BOSS, do)) == "times.over"
    assert replayed(desk) == desk.case


def test_nobody_in_chat_leads_and_the_window_decides() -> None:
    desk = asked(people=everybody(COUNTY))
    unmet(desk)
    assert told(desk, len(desk.log) - 1) == {(COUNTY.id, "window.times_unmet")}
    assert desk.do(WINDOW, DecideTime(appointment=JOINT, round=1, at=day(26, 10))) == ["time_set"]


def test_the_decider_sends_nobody_to_two_places() -> None:
    engaged = steward("water_body").model_copy(update={"engagements": (Engagement(slot=day(26, 10), case="other"),)})
    desk = asked(people=[engaged, *(one for one in everybody(COUNTY) if one.body != "water_body"), OVERSEER])
    unmet(desk)
    assert code(desk.do(BOSS, DecideTime(appointment=JOINT, round=1, at=day(26, 10)))) == "survey.busy"


def agreed() -> Desk:
    """Wednesday at nine; both stewards could come on Friday too."""
    desk = asked()
    gives(desk, desk.steward(1), span(25, 9, 12), span(27, 9, 12))
    gives(desk, desk.steward(2), span(25, 9, 12), span(27, 10, 12))
    gives(desk, PERSON, span(25, 9, 12))
    assert desk.case.appointments[JOINT].at == day(25, 9)
    return desk


def test_moved_by_the_applicant_to_what_the_others_said() -> None:
    """Nobody is asked again; a second time is one too many for this county, but not for its window."""
    desk = agreed()
    since = len(desk.log)
    move = MoveSurvey(appointment=JOINT, sequence=1, wish="周五上午", windows=(span(27, 9, 12),))
    assert desk.do(PERSON, move) == ["survey_moved", "times_asked", "time_set"]
    appointment = desk.case.appointments[JOINT]
    assert (appointment.at, appointment.sequence, appointment.moves) == (day(27, 10), 2, 1)
    assert {template for _, template in told(desk, since)} == {"applicant.time_set", "steward.time_set"}
    assert code(desk.do(PERSON, move.model_copy(update={"sequence": 2}))) == "survey.moves_over"
    assert desk.do(WINDOW, move.model_copy(update={"sequence": 2}))[0] == "survey_moved"


def test_moved_by_the_applicant_to_another_day() -> None:
    """Beyond the limit too, as far as he wishes; whoever has not said that he can come then is asked."""
    desk = agreed()
    since = len(desk.log)
    later = Window(start=dt.datetime(2026, 12, 3, 9, tzinfo=CHINA), end=dt.datetime(2026, 12, 3, 12, tzinfo=CHINA))
    move = MoveSurvey(appointment=JOINT, sequence=1, wish="下周四上午", windows=(later,))
    assert desk.do(PERSON, move) == ["survey_moved", "times_asked"]
    gathering = desk.case.gatherings[JOINT]
    assert (gathering.limit, gathering.times) == (later.end, {APPLICANT: (later,)})
    assert told(desk, since) == {("water_body-a", "steward.times_asked"), ("power_body-a", "steward.times_asked")}


def test_moved_too_late() -> None:
    desk = agreed()
    move = MoveSurvey(appointment=JOINT, sequence=1, wish="周五上午", windows=(span(27, 9, 12),))
    assert code(desk.do(PERSON, move, day(25, 7, 1))) == "survey.moves_late"
    assert desk.do(PERSON, move, day(25, 7))[0] == "survey_moved"


def test_moved_by_a_steward() -> None:
    """Only he is asked again when his words name no time; the others hear that the old time is off."""
    desk = agreed()
    since = len(desk.log)
    assert code(desk.do(desk.steward(2), MoveSurvey(order="case-1", wish="去不了"))) == "not.yours"
    assert desk.do(desk.steward(2), MoveSurvey(order="case-2", wish="那天去不了")) == ["survey_moved", "times_asked"]
    assert told(desk, since) == {
        ("power_body-a", "steward.times_asked"),
        ("water_body-a", "steward.survey_off"),
        ("applicant", "applicant.survey_off"),
    }
    assert desk.order(1).state == OrderState.CONTACTED
    assert desk.case.appointments[JOINT].reminders == ()
    assert gives(desk, desk.steward(2), span(25, 11, 12)) == ["times_given", "time_set"]
    assert desk.case.appointments[JOINT].at == day(25, 11)


def test_reminded_once_and_not_after_a_move() -> None:
    desk = agreed()
    remind = Remind(appointment=JOINT, sequence=1, which="day")
    assert code(desk.do(CLOCK, remind, day(24, 15))) == "remind.early"
    since = len(desk.log)
    assert desk.do(CLOCK, remind, day(24, 16)) == ["reminded"]
    assert {template for _, template in told(desk, since)} == {"applicant.reminded", "steward.reminded"}
    assert code(desk.do(CLOCK, remind, day(24, 16))) == "remind.nothing"
    desk.do(PERSON, MoveSurvey(appointment=JOINT, sequence=1, wish="周五", windows=(span(27, 9, 12),)), day(24, 17))
    assert code(desk.do(CLOCK, remind.model_copy(update={"which": "hour"}), day(25, 8))) == "remind.nothing"


@pytest.mark.parametrize("by", ["applicant", "steward"])
def test_missed(by: str) -> None:
    """Whoever was there says so; it is counted, and everybody is asked for another time."""
    desk = agreed()
    who = PERSON if by == "applicant" else desk.steward(1)
    do = (
        ReportMissed(appointment=JOINT, sequence=1, reason="堵车")
        if by == "applicant"
        else ReportMissed(order="case-1", reason="没人")
    )
    assert code(desk.do(who, do, day(25, 8))) == "missed.too_early"
    since = len(desk.log)
    assert desk.do(who, do, day(25, 10)) == ["missed", "times_asked"]
    appointment = desk.case.appointments[JOINT]
    assert (appointment.missed, appointment.released, appointment.agreed) == (1, True, False)
    assert len(told(desk, since)) == 3
    assert code(desk.do(who, do, day(25, 10))) in {"missed.nothing", "not.yours"}
    assert replayed(desk) == desk.case


def test_missed_alone() -> None:
    """A survey of one service, too, finds another time with the applicant's help."""
    desk = Desk(COUNTY, submission(COUNTY, "用水"))
    who = desk.steward()
    desk.do(who, Take(order="case-1"))
    desk.do(who, ReportContact(order="case-1"))
    desk.do(who, ProposeSurvey(order="case-1", at=day(24, 9)))
    assert desk.do(PERSON, AgreeSurvey(appointment="case-1", sequence=1)) == ["survey_agreed"]
    assert desk.do(who, ReportMissed(order="case-1", reason="门锁着"), day(24, 10)) == ["missed", "times_asked"]
    assert desk.case.gatherings["case-1"].asked == (who.staff, APPLICANT)
    assert desk.do(who, GiveOpinion(order="case-1", opinion="符合"), day(24, 10)).code == "opinion.too_early"  # type: ignore[union-attr]


def test_whoever_takes_over_is_asked() -> None:
    """His predecessor's times go; the others' stay."""
    people = (*everybody(COUNTY), steward("water_body", name="b"), OVERSEER)
    desk = asked(people=people)
    gives(desk, desk.steward(1), span(25, 9, 12))
    gives(desk, desk.steward(2), span(25, 9, 12))
    do = Assign(order="case-1", body="water_body", steward="water_body-b")
    assert desk.do(WINDOW, do) == ["order_assigned", "times_asked"]
    gathering = desk.case.gatherings[JOINT]
    assert (gathering.round, set(gathering.times)) == (2, {"power_body-a"})
    assert "water_body-a" not in gathering.asked


def test_one_proposal_ends_the_asking() -> None:
    """They may have agreed by telephone: one of them proposes, as for a single survey."""
    desk = asked()
    assert desk.do(desk.steward(1), ProposeSurvey(order="case-1", at=day(25, 9))) == ["survey_proposed"]
    assert desk.case.gatherings[JOINT].state == "settled"
    assert code(gives(desk, desk.steward(1), span(25, 9, 12))) == "times.over"
