"""已联系 is what a steward says; the applicant can say that it is not so (X20)."""

import datetime as dt

from model.calendar import Length
from model.commands.contact import ChangeContact, ConfirmContact, DenyContact, ReportContact
from model.commands.intake import Take
from model.decision import Refused
from model.order import OrderState
from routing.acts import contact_invitation
from routing.notices import notices
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk, replayed

TWO_DAYS = Length(hours=48)


def reported(check: Length | None = TWO_DAYS) -> Desk:
    county = xinxiang()
    county = county.made_anew(process=county.process.model_copy(update={"contact_check": check}))
    desk = Desk(county, submission(county, "用水"))
    desk.do(desk.steward(), Take(order="case-1"))
    desk.do(desk.steward(), ReportContact(order="case-1"))
    return desk


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def told(desk: Desk) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-1:])}


def test_he_is_asked_and_a_no_opens_the_duty_again() -> None:
    desk = reported()
    assert told(desk) == {"applicant applicant.contacted"}
    assert desk.order().clocks["contact"].met_at == NOW
    assert desk.do(APPLICANT, DenyContact(order="case-1"), NOW + dt.timedelta(hours=1)) == ["contact_denied"]
    assert told(desk) == {"water_body-a steward.contact_denied"}
    assert desk.states() == [OrderState.TAKEN]
    clock = desk.order().clocks["contact"]
    assert (clock.met_at, clock.started_at) == (None, NOW)
    assert desk.do(desk.steward(), ReportContact(order="case-1"), clock.due.at + dt.timedelta(minutes=1))
    event = desk.log[-1].event
    assert event.model_dump()["late"] is True
    assert replayed(desk) == desk.case


def test_a_yes_settles_it_and_silence_too() -> None:
    desk = reported()
    assert desk.do(APPLICANT, ConfirmContact(order="case-1")) == ["contact_confirmed"]
    assert told(desk) == set()
    assert code(desk.do(APPLICANT, DenyContact(order="case-1"))) == "deny_contact.already"
    assert contact_invitation(desk.case, desk.order(), xinxiang(), "t").acts == ()
    late = reported()
    assert (
        code(late.do(APPLICANT, DenyContact(order="case-1"), NOW + dt.timedelta(hours=49))) == "deny_contact.too_late"
    )


def test_only_the_applicant_and_only_where_the_county_asks() -> None:
    desk = reported()
    assert code(desk.do(desk.steward(), DenyContact(order="case-1"))) == "role.wrong"
    silent = reported(None)
    assert told(silent) == set()
    assert code(silent.do(APPLICANT, DenyContact(order="case-1"))) == "deny_contact.already"


def test_another_number_reaches_every_steward_and_the_old_one_stays_in_the_log() -> None:
    county = xinxiang()
    desk = Desk(county, submission(county, "用水", "用电"))
    length = len(desk.log)
    assert code(desk.do(APPLICANT, ChangeContact(phone=" "))) == "change_contact.empty"
    assert desk.do(APPLICANT, ChangeContact(phone="13900000007")) == ["contact_changed"]
    assert {one.recipient.id for one in notices(desk.case, desk.log[length:])} == {"water_body-a", "power_body-a"}
    assert desk.case.contact == "13900000007"
    assert code(desk.do(APPLICANT, ChangeContact(phone="13900000007"))) == "change_contact.already"
    assert desk.do(APPLICANT, ChangeContact(phone="13900000008")) == ["contact_changed"]
    assert replayed(desk) == desk.case
