"""会商: who may ask, who convenes, when people can come, and what the clock says of it (X57, J34)."""

import datetime as dt
import inspect
import re

import pytest

from model.commands.consultations import (
    AskConsultation,
    DeclineConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    RemindOfConsultation,
    SettleConsultation,
    TickItem,
)
from model.commands.ending import Withdraw
from model.commands.intake import Take
from model.consultation import Consultation
from model.decision import Refused
from model.ending import Ending
from model.message import Actor
from model.staff import Engagement, Staff
from routing.agreed import due_of_agreed
from routing.bulletin import Share, bulletin
from routing.consultation_acts import ask_act, consult_invitation, of_order
from routing.leading import leading, led
from routing.notices import notices
from routing.noticing import consultations as noticing
from tests.routing.consulted import CONSULT_TEMPLATES, county
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.shipped import shipped

MEETING = NOW + dt.timedelta(days=2)
CLOCK = Actor(person="", role="clock")
WATCH = steward("tv_body", name="watch", duty="supervisor")
HEAD = steward("water_body", name="lead", duty="lead")


def desk(*more: Staff, convened_by: str = "lead") -> Desk:
    rules = county(convened_by=convened_by)
    return Desk(rules, submission(rules, "用水", "用电"), (*everybody(rules), *more))


def actor(one: Staff) -> Actor:
    return Actor(person=one.person or "", role="steward", staff=one.id)


def asked(one: Desk, by: Actor | None = None) -> Consultation:
    do = AskConsultation(order=one.order(2).id, reason="几家说法不一致", words="埋深")
    assert one.do(by or one.steward(2), do) == ["consultation_asked"]
    return one.case.consultations[-1]


def named(one: Desk, at: dt.datetime = MEETING, now: dt.datetime = NOW) -> Refused | list[str]:
    do = NameConsultation(consultation=one.case.consultations[-1].id, at=at, place="三楼")
    return one.do(one.steward(1), do, now)


def held(one: Desk) -> Consultation:
    asked(one)
    assert named(one) == ["consultation_named"]
    do = RecordConsultation(consultation=one.case.consultations[-1].id, decision="按0.8米", public="定了")
    assert one.do(one.steward(1), do, MEETING) == ["consultation_held"]
    return one.case.consultations[-1]


def told(one: Desk, last: int = 1) -> set[str]:
    return {f"{each.recipient.id} {each.template}" for each in notices(one.case, one.log[-last:])}


def code(result: Refused | list[str]) -> str:
    assert isinstance(result, Refused), result
    return result.code


def test_it_lies_with_the_head_of_whoever_leads_and_those_with_open_orders_come() -> None:
    one = desk(HEAD)
    consultation = asked(one)
    assert (consultation.convener, consultation.officer) == ("water_body", HEAD.id)
    assert consultation.bodies == ("water_body", "power_body")
    assert told(one) == {f"{HEAD.id} steward.consult_asked"}


def test_a_county_may_name_another_body_that_convenes() -> None:
    one = desk(convened_by="heat_body")
    assert asked(one).convener == "heat_body"
    assert code(named(one)) == "not.yours"


def test_whose_body_is_not_in_the_bodies_named_comes_all_the_same() -> None:
    one = desk()
    do = AskConsultation(order=one.order(2).id, reason="管线有冲突", bodies=("gas_body",))
    one.do(one.steward(2), do)
    assert one.case.consultations[0].bodies == ("gas_body", "power_body")


def test_one_body_does_not_sit_together_with_itself() -> None:
    rules = county()
    one = Desk(rules, submission(rules, "用水"), everybody(rules))
    alone = AskConsultation(order=one.order(1).id, reason="管线有冲突")
    assert code(one.do(one.steward(1), alone)) == "ask_consultation.alone"
    assert (
        code(one.do(one.steward(1), alone.model_copy(update={"bodies": ("water_body",)}))) == "ask_consultation.alone"
    )
    assert one.do(one.steward(1), alone.model_copy(update={"bodies": ("gas_body",)})) == ["consultation_asked"]


def test_only_who_works_on_the_case_asks_and_one_at_a_time() -> None:
    one = desk(steward("power_body", name="lead", duty="lead"))
    ask = AskConsultation(order=one.order(2).id, reason="管线有冲突")
    assert code(one.do(actor(steward("gas_body")), ask)) == "not.yours"
    assert code(one.do(one.steward(1), ask)) == "not.yours"
    assert code(one.do(one.steward(2), ask.model_copy(update={"reason": " "}))) == "ask_consultation.empty"
    assert code(one.do(one.steward(2), ask.model_copy(update={"bodies": ("nobody",)}))) == "ask_consultation.unknown"
    asked(one, actor(steward("power_body", name="lead", duty="lead")))
    assert code(one.do(WINDOW, ask)) == "ask_consultation.already"


def test_where_the_county_has_none_nobody_asks() -> None:
    rules = xinxiang()
    one = Desk(rules, submission(rules, "用水"))
    do = AskConsultation(order=one.order().id, reason="管线有冲突")
    assert code(one.do(one.steward(), do)) == "consultation.absent"
    assert list(ask_act(one.case, one.order(), rules)) == []


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (NOW - dt.timedelta(hours=1), "past"),
        (NOW + dt.timedelta(days=80), "too_far"),
        (MEETING.replace(hour=3), "odd_hour"),
    ],
)
def test_a_time_is_one_at_which_people_can_come(at: dt.datetime, why: str) -> None:
    one = desk()
    asked(one)
    assert code(named(one, at)) == f"name_consultation.{why}"


def test_nobody_is_in_two_places_but_the_old_time_of_this_one_is_free() -> None:
    one = desk()
    asked(one)
    busy = Engagement(slot=MEETING.astimezone(dt.UTC), case="another")
    people = one.stewards
    one.stewards = tuple(
        each.model_copy(update={"engagements": (busy,)}) if each.body == "power_body" else each for each in people
    )
    refused = named(one)
    assert isinstance(refused, Refused)
    assert (refused.code, "供电" in refused.about["steward"]) == ("name_consultation.busy", True)
    one.stewards = people
    assert named(one) == ["consultation_named"]
    own = Engagement(slot=MEETING.astimezone(dt.UTC), case=one.case.id)
    one.stewards = tuple(each.model_copy(update={"engagements": (own,)}) for each in people)
    assert named(one, MEETING + dt.timedelta(minutes=10)) == ["consultation_named"]


def test_who_comes_and_the_applicant_are_told_and_of_a_move_only_who_comes() -> None:
    one = desk()
    asked(one)
    named(one)
    other = f"{one.order(2).steward}"
    assert told(one) == {f"{other} steward.consult_named", "applicant applicant.consult"}
    named(one, MEETING + dt.timedelta(hours=2))
    assert told(one) == {f"{other} steward.consult_moved"}


def test_declined_after_a_time_was_named_everybody_hears_that_it_is_off() -> None:
    one = desk(WATCH)
    asked(one, None)
    named(one)
    do = DeclineConsultation(consultation=one.case.consultations[0].id, reason="")
    assert code(one.do(one.steward(1), do)) == "decline_consultation.empty"
    one.do(one.steward(1), do.model_copy(update={"reason": "已经说好"}))
    assert told(one) == {f"{one.order(2).steward} steward.consult_declined", "applicant applicant.consult_off"}
    assert one.case.consulting is None
    assert code(named(one)) == "name_consultation.over"


def test_minutes_are_written_after_its_hour_and_say_both() -> None:
    one = desk()
    name = asked(one).id
    do = RecordConsultation(consultation=name, decision="按0.8米", public="定了")
    assert code(one.do(one.steward(1), do)) == "record_consultation.over"
    named(one)
    assert code(one.do(one.steward(1), do, MEETING - dt.timedelta(minutes=1))) == "record_consultation.early"
    assert code(one.do(one.steward(1), do.model_copy(update={"public": ""}), MEETING)) == "record_consultation.empty"
    assert one.do(one.steward(1), do, MEETING) == ["consultation_held"]
    assert told(one) == {f"{one.order(2).steward} steward.consult_held", "applicant applicant.consult_held"}


def test_what_a_body_does_by_when_is_given_to_those_who_came_only() -> None:
    one = desk()
    do = GiveItem(consultation=held(one).id, body="power_body", words="出图", day=MEETING.date())
    lead = one.steward(1)
    for change, why in (
        ({"body": "gas_body"}, "unknown"),
        ({"words": ""}, "empty"),
        ({"day": MEETING.date() - dt.timedelta(days=1)}, "past"),
    ):
        assert code(one.do(lead, do.model_copy(update=change), MEETING)) == f"give_item.{why}"
    assert one.do(lead, do, MEETING) == ["consultation_item_given"]
    item = one.case.consultations[0].items[0]
    assert told(one) == {f"{one.order(2).steward} steward.consult_item"}
    assert code(one.do(lead, TickItem(item=item.id), MEETING)) == "not.yours"
    assert one.do(one.steward(2), TickItem(item=item.id), MEETING) == ["consultation_item_done"]
    assert code(one.do(one.steward(2), TickItem(item=item.id), MEETING)) == "tick_item.already"
    assert one.case.consultations[0].items[0].kept
    assert one.do(lead, SettleConsultation(consultation=one.case.consultations[0].id), MEETING)
    assert code(one.do(lead, do, MEETING)) == "give_item.over"
    assert replayed(one) == one.case


def rung(one: Desk, what: str, number: int = 0) -> Refused | list[str]:
    """The clock rings when it says it will."""
    consultation = one.case.consultations[-1]
    at = next((ring.at for ring in consultation.ringing if ring.what == what), NOW)
    return one.do(CLOCK, RemindOfConsultation(consultation=consultation.id, what=what, number=number), at)


def test_who_does_not_answer_in_time_is_warned_of_once() -> None:
    one = desk(WATCH, HEAD)
    consultation = asked(one)
    early = RemindOfConsultation(consultation=consultation.id, what="reply", number=0)
    assert code(one.do(CLOCK, early, NOW)) == "remind_consultation.early"
    assert rung(one, "reply") == ["consultation_late"]
    assert told(one) == {f"{HEAD.id} steward.consult_late", f"{WATCH.id} supervisor.consult_late"}
    assert code(rung(one, "reply")) == "remind_consultation.nothing"
    assert rung(one, "hold") == ["consultation_late"]


def test_an_answer_stops_the_first_limit_and_not_the_second() -> None:
    one = desk()
    asked(one)
    named(one)
    assert [ring.what for ring in one.case.consultations[0].ringing] == ["hold", "day", "hour"]
    assert rung(one, "day", 1) == ["consultation_near"]
    assert told(one) == {
        f"{one.order(1).steward} steward.consult_near",
        f"{one.order(2).steward} steward.consult_near",
    }
    named(one, MEETING + dt.timedelta(days=1))
    assert code(rung(one, "hour", 1)) == "remind_consultation.nothing"  # that of the old time


def test_what_was_agreed_is_reminded_of_on_its_day_and_warned_of_once_after_it() -> None:
    one = desk(WATCH)
    day = MEETING.date() + dt.timedelta(days=3)
    one.do(one.steward(1), GiveItem(consultation=held(one).id, body="power_body", words="出图", day=day), MEETING)
    item = one.case.consultations[0].items[0].id
    assert rung(one, f"due.{item}") == ["consultation_item_due"]
    assert rung(one, f"late.{item}") == ["consultation_item_late"]
    assert told(one) == {
        f"{one.order(2).steward} steward.consult_item_late",
        f"{WATCH.id} supervisor.consult_item_late",
    }
    assert list(one.case.consultations[0].ringing) == []
    late = dt.datetime.combine(day, dt.time(12), NOW.tzinfo) + dt.timedelta(days=1)
    one.do(one.steward(2), TickItem(item=item), late)
    assert one.case.consultations[0].items[0].kept is False


def test_limits_go_on_while_it_runs() -> None:
    one = desk()
    before = one.order(2).clocks
    asked(one)
    assert one.case.consulting is not None
    assert one.order(2).clocks == before


def test_it_is_offered_where_an_order_is_stuck_and_only_said_elsewhere() -> None:
    one = desk()
    (act,) = ask_act(one.case, one.order(2), one.county)
    assert not act.shown
    one.do(one.steward(2), Take(order=one.order(2).id))
    clock = one.order(2).clocks["contact"].model_copy(update={"warned": 100})
    stuck = one.order(2).model_copy(update={"clocks": {"contact": clock}})
    (act,) = ask_act(one.case, stuck, one.county)
    assert act.shown


def test_minutes_are_offered_once_its_hour_is_near() -> None:
    one = desk()
    name = asked(one).id
    assert [act.id for act in consult_invitation(one.case, name, one.county, "").acts] == [
        "name_consultation",
        "decline_consultation",
    ]
    named(one)
    rung(one, "day", 1)
    assert consult_invitation(one.case, name, one.county, "").acts[0].label == "move_consultation"
    rung(one, "hour", 1)
    assert consult_invitation(one.case, name, one.county, "").acts[0].id == "record_consultation"


def test_every_text_of_it_is_sent_by_somebody() -> None:
    messages = shipped()["xinxiang"].messages
    written = {key.removeprefix("notice.") for key in messages if key.startswith("notice.") and ".consult" in key}
    assert written == set(CONSULT_TEMPLATES)
    sent = set(re.findall(r'"(?:applicant\.)?(consult[a-z_]*)"', inspect.getsource(noticing)))
    assert sent == {name.partition(".")[2] for name in CONSULT_TEMPLATES}


def test_a_month_s_figures_tell_who_sat_together_and_what_was_kept() -> None:
    one = desk()
    name, day = held(one).id, MEETING.date()
    for words, late in (("出图", 0), ("改图", 3)):
        one.do(one.steward(1), GiveItem(consultation=name, body="power_body", words=words, day=day), MEETING)
        item = one.case.consultations[0].items[-1].id
        one.do(one.steward(2), TickItem(item=item), MEETING + dt.timedelta(days=late))
    month = NOW.replace(day=1, hour=0, minute=0), NOW.replace(month=12, day=1, hour=0, minute=0)
    found = bulletin([one.log], one.county, *month)
    assert {body: figures.consulted for body, figures in found.items()} == {"water_body": 1, "power_body": 1}
    assert found["power_body"].agreed == Share(1, 2)
    assert found["water_body"].agreed == Share(0, 0)


def test_the_unit_of_the_first_service_leads_unless_another_leads_the_survey() -> None:
    one = desk()
    assert led(one.case, one.county) == leading(one.case, one.county) == "water_body"
    lead = one.case.model_copy(update={"lead": "city"})
    assert leading(lead, one.county) == "city"
    gone = one.order(1).model_copy(update={"ending": Ending(kind="withdrawn", at=NOW, by="", reason="")})
    assert leading(one.case.model_copy(update={"orders": (gone, one.order(2))}), one.county) == "power_body"
    alone = one.case.model_copy(update={"orders": (one.order(2),)})
    assert (led(alone, one.county), leading(alone, one.county)) == (None, "power_body")
    assert leading(one.case, xinxiang()) is None


def test_with_the_case_ends_what_was_still_to_be_held() -> None:
    one = desk()
    asked(one)
    named(one)
    names = one.do(APPLICANT, Withdraw(orders=(one.order(1).id, one.order(2).id)))
    assert isinstance(names, list)
    assert names[-2:] == ["consultation_declined", "case_closed"]
    called = {each for each in told(one, len(names)) if "consult" in each}
    other = f"{one.order(2).steward}"
    assert called == {f"{other} steward.consult_declined", f"{one.order(1).steward} steward.consult_off"}
    assert list(one.case.consultations[0].ringing) == []


def test_for_whoever_has_left_his_colleague_hears_of_it() -> None:
    colleague = steward("power_body", name="z")
    one = desk(colleague)
    asked(one)
    named(one)
    one.stewards = tuple(each for each in one.stewards if each.id != one.order(2).steward)
    rung(one, "day", 1)
    assert f"{colleague.id} steward.consult_near" in told(one)
    do = RecordConsultation(consultation=one.case.consultations[0].id, decision="按0.8米", public="定了")
    one.do(one.steward(1), do, MEETING)
    day = MEETING.date() + dt.timedelta(days=3)
    one.do(one.steward(1), GiveItem(consultation=do.consultation, body="power_body", words="出图", day=day), MEETING)
    one.stewards = (*one.stewards, steward("power_body", name="y"))
    one.stewards = tuple(each for each in one.stewards if each.id != colleague.id)
    rung(one, f"due.{one.case.consultations[0].items[0].id}")
    assert told(one) == {"power_body-y steward.consult_item_due"}


def test_what_was_agreed_is_due_on_its_day_and_until_it_is_done() -> None:
    one = desk(HEAD)
    name = held(one).id
    for words, days in (("出图", 1), ("批路口", 0)):
        day = (MEETING + dt.timedelta(days=days)).date()
        one.do(one.steward(1), GiveItem(consultation=name, body="power_body", words=words, day=day), MEETING)
    found = [(one.case, each) for each in (name, f"{name}-1", f"{name}-2")]
    assert [each.item.words for each in due_of_agreed(found, MEETING.date())] == ["批路口"]
    later = (MEETING + dt.timedelta(days=5)).date()
    assert [each.item.words for each in due_of_agreed(found, later)] == ["批路口", "出图"]
    one.do(one.steward(2), TickItem(item=f"{name}-2"), MEETING)
    assert [each.item.words for each in due_of_agreed([(one.case, each) for _, each in found], later)] == ["出图"]


def test_the_head_of_a_body_is_invited_to_ask_about_an_order_that_another_has() -> None:
    one = desk(HEAD)
    name = of_order(one.order())
    invitation = consult_invitation(one.case, name, one.county, "")
    assert (invitation.order, [(act.id, act.shown) for act in invitation.acts]) == (
        one.order().id,
        [("ask_consultation", True)],
    )
    asked(one)
    assert consult_invitation(one.case, name, one.county, "").acts == ()
