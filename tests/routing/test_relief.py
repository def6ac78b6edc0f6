"""转派 by the head of a body, and 请转给别人 by whoever has the order (R33)."""

import datetime as dt

import pytest

from model.commands.contact import ReportContact
from model.commands.ending import Withdraw
from model.commands.intake import Assign, Take
from model.commands.relief import AskRelief, RefuseRelief
from model.commands.survey import ProposeSurvey
from model.decision import Refused
from model.events.intake import OrderAssigned
from model.message import Actor
from model.order import OrderState
from model.staff import Absence
from routing.acts import reassign_invitation
from routing.notices import notices
from routing.relief import relievers
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

LEAD = steward("water_body", name="z", duty="lead")
OTHER_LEAD = steward("power_body", name="z", duty="lead")
B = steward("water_body", name="b", open_tasks=3)
C = steward("water_body", name="c", open_tasks=1)
AWAY = steward("water_body", name="d", absences=(Absence(first=NOW.date(), last=NOW.date()),))
UNBOUND = steward("water_body", name="e", person=None)
HEAD = Actor(person=LEAD.person or "", role="steward", staff=LEAD.id)
ELSEWHERE = Actor(person=OTHER_LEAD.person or "", role="steward", staff=OTHER_LEAD.id)


def desk(*more: object) -> Desk:
    county = xinxiang()
    people = (*everybody(county), LEAD, OTHER_LEAD, B, C, AWAY, UNBOUND)
    return Desk(county, submission(county, "用水", "用电"), people)


def told(made: Desk, since: int) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(made.case, made.log[since:])}


def given(to: str, *, body: str = "water_body", reason: str = "") -> Assign:
    return Assign(order="case-1", body=body, steward=to, reason=reason)


def test_the_head_gives_an_order_to_another_and_everybody_hears() -> None:
    made = desk()
    made.do(made.steward(), Take(order="case-1"))
    limits = made.order().clocks
    before = len(made.log)
    assert made.do(HEAD, given(C.id, reason=" 片区调整 ")) == ["order_assigned"]
    event = made.log[before].event
    assert isinstance(event, OrderAssigned)
    assert (event.steward, event.previous, event.reason) == (C.id, "water_body-a", "片区调整")
    assert (made.order().state, made.order().clocks) == (OrderState.ROUTED, limits)  # a colleague takes over the clocks
    assert told(made, before) == {
        f"{C.id} steward.task",
        "water_body-a steward.task_gone",
        "applicant applicant.steward_changed",
    }
    assert replayed(made) == made.case


@pytest.mark.parametrize(
    ("actor", "do", "code"),
    [
        (HEAD, given(AWAY.id), "assign.away"),
        (WINDOW, given(AWAY.id), "assign.away"),
        (HEAD, given(UNBOUND.id), "assign.unknown"),
        (HEAD, given(LEAD.id), "assign.unknown"),
        (HEAD, given("power_body-a"), "assign.unknown"),
        (HEAD, given("power_body-a", body="power_body"), "not.yours"),
        (HEAD, Assign(order="case-1", body="water_body"), "assign.unknown"),
        (HEAD, Assign(order="case-2", body="power_body", steward="power_body-a"), "not.yours"),
        (HEAD, given("water_body-a"), "assign.already"),
        (ELSEWHERE, given(C.id), "not.yours"),
        (APPLICANT, given(C.id), "role.wrong"),
    ],
)
def test_to_nobody_on_leave_nor_of_another_body(actor: Actor, do: Assign, code: str) -> None:
    made = desk()
    before = made.case
    done = made.do(actor, do)
    assert isinstance(done, Refused)
    assert (done.code, made.case) == (code, before)


def test_a_time_he_had_proposed_is_the_new_ones_to_speak_for() -> None:
    made = desk()
    made.do(made.steward(), Take(order="case-1"))
    made.do(made.steward(), ReportContact(order="case-1"))
    assert made.do(made.steward(), ProposeSurvey(order="case-1", at=NOW + dt.timedelta(days=1))) == ["survey_proposed"]
    made.do(HEAD, given(C.id))
    assert [one.by for one in made.case.appointments.values()] == [C.id]


def test_whoever_has_it_asks_the_head_once_and_hears_what_he_says() -> None:
    made = desk()
    own = made.steward()
    assert made.do(own, AskRelief(order="case-1", reason=" ")) == Refused(code="ask_relief.empty")
    assert made.do(ELSEWHERE, AskRelief(order="case-1", reason="忙")) == Refused(code="not.yours")
    before = len(made.log)
    assert made.do(own, AskRelief(order="case-1", reason="不是我的片区")) == ["relief_asked"]
    assert told(made, before) == {f"{LEAD.id} lead.relief"}
    assert made.do(own, AskRelief(order="case-1", reason="忙")) == Refused(code="ask_relief.already")
    asked = reassign_invitation(made.case, made.order(), made.county.made_anew(messages=TEXTS), "")
    assert [act.id for act in asked.acts] == ["reassign", "refuse_relief"]
    assert made.do(own, RefuseRelief(order="case-1")) == Refused(code="not.yours")
    before = len(made.log)
    assert made.do(HEAD, RefuseRelief(order="case-1")) == ["relief_refused"]
    assert told(made, before) == {"water_body-a steward.relief_refused"}
    assert made.do(HEAD, RefuseRelief(order="case-1")) == Refused(code="refuse_relief.already")
    made.do(own, AskRelief(order="case-1", reason="不是我的片区"))
    made.do(HEAD, given(C.id))
    assert not made.order().relief_asked
    assert replayed(made) == made.case


def test_where_no_head_is_reached_the_window_is_asked() -> None:
    county = xinxiang()
    made = Desk(county, submission(county, "用水"), everybody(county))
    before = len(made.log)
    made.do(made.steward(), AskRelief(order="case-1", reason="不是我的片区"))
    assert told(made, before) == {"xinxiang window.relief"}


def test_what_has_ended_is_given_to_nobody() -> None:
    made = desk()
    made.do(made.steward(), AskRelief(order="case-1", reason="不是我的片区"))
    made.do(APPLICANT, Withdraw(orders=("case-1",)))
    assert not made.order().relief_asked
    assert reassign_invitation(made.case, made.order(), made.county, "").acts == ()
    assert made.do(HEAD, given(C.id)) == Refused(code="order.ended")


def test_who_could_do_it_those_with_the_fewest_first() -> None:
    made = desk()
    assert [one.id for one in relievers(made.order(), made.stewards, NOW)] == [C.id, B.id]


TEXTS = {f"act.{do}.{what}": do for do in ("reassign", "refuse_relief") for what in ("label", "words")}
