"""催办: passed on once, answered, and warned of like a limit."""

import datetime as dt

from model.calendar import CHINA
from model.commands.clock import Warn
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.urging import ReplyToUrge, Urge
from model.commands.works import Connect
from model.decision import Refused
from model.events.urging import Urged
from model.message import Actor
from model.process import WarningRule
from routing.acts import steward_acts
from routing.notices import notices
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

COUNTY = xinxiang().made_anew(
    messages=xinxiang().messages | {"act.reply_urge.label": "答复", "act.reply_urge.words": ""}
)
LEAD = steward("water_body", name="z", duty="lead")
CLOCK = Actor(person="", role="clock")


def waiting(*options: str) -> Desk:
    process = COUNTY.process.model_copy(
        update={"warnings": (WarningRule(share=100, tell=("steward", "lead", "supervisor")),)}
    )
    county = COUNTY.made_anew(process=process)
    return Desk(county, submission(county, *(options or ("用水",))), (*everybody(county), LEAD))


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def test_whoever_has_it_and_his_head_are_told_and_by_when() -> None:
    """Four working hours from 09:30: two and a half before noon, one and a half after 14:00."""
    desk = waiting("用水", "用电")
    length = len(desk.log)
    assert desk.do(APPLICANT, Urge()) == ["urged"]
    event = desk.log[-1].event
    assert isinstance(event, Urged)
    assert event.orders == ("case-1", "case-2")
    assert event.due.at == dt.datetime(2026, 11, 23, 15, 30, tzinfo=CHINA)
    assert {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[length:])} == {
        "water_body-a steward.urged",
        "power_body-a steward.urged",
        "water_body-z lead.urged",
    }
    assert replayed(desk) == desk.case


def test_urging_again_waits_for_the_answer_that_was_promised() -> None:
    desk = waiting()
    desk.do(APPLICANT, Urge())
    assert code(desk.do(APPLICANT, Urge(), NOW + dt.timedelta(hours=1))) == "urge.already"
    assert desk.do(APPLICANT, Urge(), NOW + dt.timedelta(hours=7)) == ["urged"]
    assert desk.do(WINDOW, Urge(order="case-1"), NOW + dt.timedelta(days=3)) == ["urged"]


def test_only_what_is_still_open_is_urged() -> None:
    desk = waiting()
    assert code(desk.do(APPLICANT, Urge(order="case-9"))) == "order.unknown"
    assert code(desk.do(desk.steward(), Urge())) == "role.wrong"
    assert code(desk.do(Actor(person="somebody"), Urge())) == "not.yours"
    assert code(desk.do(desk.steward(), Connect(order="case-1"))) == "connect.too_early"


def test_the_answer_reaches_him_and_ends_the_clock() -> None:
    desk = waiting()
    who = desk.steward()
    assert code(desk.do(who, ReplyToUrge(order="case-1", text="今天来"))) == "reply_urge.nothing"
    desk.do(APPLICANT, Urge())
    assert [act.id for act in steward_acts(desk.case, desk.order(), desk.county)] == ["take", "reply_urge"]
    assert code(desk.do(who, ReplyToUrge(order="case-1", text=" "))) == "reply_urge.empty"
    other = Actor(person="person-power_body-a", role="steward", staff="power_body-a")
    assert code(desk.do(other, ReplyToUrge(order="case-1", text="今天来"))) == "not.yours"
    assert desk.do(who, ReplyToUrge(order="case-1", text="今天来")) == ["urge_answered"]
    assert [one.template for one in notices(desk.case, desk.log[-1:])] == ["applicant.urge_answered"]
    assert desk.order().urged is None
    assert [act.id for act in steward_acts(desk.case, desk.order(), desk.county)] == ["take"]
    assert desk.do(APPLICANT, Urge()) == ["urged"]


def test_who_was_called_has_his_answer() -> None:
    desk = waiting()
    who = desk.steward()
    desk.do(APPLICANT, Urge())
    desk.do(who, Take(order="case-1"))
    assert desk.order().urged is not None
    desk.do(who, ReportContact(order="case-1"))
    assert desk.order().urged is None


def test_an_answer_that_is_overdue_is_warned_of() -> None:
    desk = waiting()
    desk.do(APPLICANT, Urge())
    clock = desk.order().urged
    assert clock is not None
    do = Warn(step="urge", share=100, at=clock.due.at, due=clock.due.at)
    assert code(desk.do(CLOCK, do)) == "warn.early"
    assert desk.do(CLOCK, do, clock.due.at) == ["warned"]
    told = {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-1:])}
    assert told == {"water_body-a steward.warning", "water_body-z lead.warning"}
    assert replayed(desk) == desk.case
