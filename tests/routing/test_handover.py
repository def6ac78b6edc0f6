"""交接: what the hotline keeps for a caller becomes his in WeChat; nothing else of the case changes (ADR 27)."""

import datetime as dt

import pytest

from model.commands.ending import Withdraw
from model.commands.handover import HandOver
from model.commands.rating import Rate
from model.commands.urging import Urge
from model.county import County
from model.decision import Refused
from model.message import Actor
from routing.notices import notices
from routing.reports import reports
from tests.routing.county import NOW, everybody
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.routing.test_telephone import county, phoned

CALLER = "telephone:caller"
HE = Actor(person="o_wang")
DO = HandOver(account="gh", by="clerk")
LATER = NOW + dt.timedelta(minutes=5)


def called(here: County | None = None, person: str = CALLER) -> Desk:
    here = here or county()
    return Desk(here, phoned(here).model_copy(update={"person": person}))


def test_whoever_comes_is_the_applicant_and_all_else_stands() -> None:
    desk = called()
    before = desk.case
    assert before.kept_by_hotline
    assert desk.do(HE, DO, LATER) == ["case_handed_over"]
    after = desk.case
    assert (after.account, after.person, after.in_chat) == ("gh", "o_wang", True)
    same = {"account": before.account, "person": before.person, "version": before.version}
    assert after.model_copy(update=same) == before
    assert replayed(desk) == after
    event = desk.log[-1].event
    assert (event.by, event.person) == ("clerk", "o_wang")


def test_from_then_on_he_acts_and_nobody_else() -> None:
    desk = called()
    urge = Urge()
    assert desk.do(HE, urge) == Refused(code="not.yours")
    desk.do(HE, DO)
    assert desk.do(Actor(person=CALLER), urge) == Refused(code="not.yours")
    assert desk.do(HE, urge) == ["urged"]


def test_the_second_comes_too_late() -> None:
    desk = called()
    desk.do(HE, DO)
    assert desk.do(Actor(person="o_li"), DO) == Refused(code="hand_over.already")
    assert desk.do(HE, DO) == Refused(code="hand_over.already")


@pytest.mark.parametrize(("person", "code"), [("o_li", "hand_over.already"), ("api:portal:1", "hand_over.elsewhere")])
def test_what_the_hotline_does_not_keep_it_cannot_hand_over(person: str, code: str) -> None:
    assert called(person=person).do(HE, DO) == Refused(code=code)


def test_nobody_is_the_applicant_of_what_he_works_on_or_hands_over() -> None:
    desk = called()
    steward = next(one for one in desk.stewards if one.id == desk.order().steward)
    other = next(one for one in everybody(desk.county) if one.id != steward.id)
    own = HandOver(account=steward.account or "", by="clerk")
    assert desk.do(Actor(person=steward.person or ""), own) == Refused(code="hand_over.staff")
    clerk = HandOver(account=other.account or "", by=other.id)
    assert desk.do(Actor(person=other.person or ""), clerk) == Refused(code="hand_over.staff")
    # A steward may apply for himself, by telephone too, for what others do.
    assert desk.do(Actor(person=other.person or ""), own) == ["case_handed_over"]


@pytest.mark.parametrize("role", ["staff", "steward", "clock"])
def test_only_the_caller_himself_takes_it_over(role: str) -> None:
    actor = HE.model_copy(update={"role": role, "staff": "window-1"})
    assert called().do(actor, DO) == Refused(code="role.wrong")


def test_what_has_ended_is_handed_over_too() -> None:
    desk = called()
    order = desk.order().id
    assert "case_closed" in desk.do(WINDOW, Withdraw(orders=(order,), reason="不办了"))
    assert desk.do(HE, DO) == ["case_handed_over"]
    assert desk.do(APPLICANT, Rate(mark="good")) == Refused(code="not.yours")
    assert notices(desk.case, desk.log[-1:]) == ()


def test_he_hears_that_he_can_fill_in_the_rest_and_the_bodies_hear_of_it() -> None:
    desk = called()
    before, length = desk.case, len(desk.log)
    desk.do(HE, DO)
    [told] = notices(desk.case, desk.log[length:])
    assert (told.recipient.kind, told.recipient.id, told.template) == ("applicant", "o_wang", "applicant.form_open")
    assert [one.template for one in reports(before, desk.log[length:])] == ["case.handed_over"]
