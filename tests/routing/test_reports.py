"""What a body's own system is told of: its own orders, each event once, nothing of the others'."""

import datetime as dt
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from model.calendar import CHINA
from model.commands.consultations import (
    AskConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    TickItem,
)
from model.commands.contact import ChangeContact, ReportContact
from model.commands.ending import Resume, Withdraw
from model.commands.intake import Amend, Assign, Take
from model.commands.supplements import AskMore, Handed, HandIn
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.delivery import Notice
from model.event import Event
from model.events.adding import ServiceAdded
from model.events.approvals import ApprovalPassed, ApprovalRecounted, ApprovalWarned
from model.events.booking import PlanReminded, TimePlanned
from model.events.checks import CheckFailed, CheckPassed, RouteTaken
from model.events.claims import ClaimOffered, ClaimSettled
from model.events.erasure import QuestionsEnded
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.intake import CaseAccepted, Moved
from model.events.joint import JointAccepted, JointDeclined, JointProposed, JointShared
from model.events.rating import CalledBack, Rated, ReasonGiven
from model.events.relief import ReliefAsked, ReliefRefused
from model.events.scheduling import OthersAwaited, Reminded, TimesClosed, TimesGiven
from model.events.supplements import SupplementsReminded
from model.events.telephone import FormLeftOpen
from model.values import Address, Pick, Picks, StoredFile, Words
from model.webhook import webhook_id
from routing.folds.consultations import Folded as OnConsultation
from routing.folds.sheet import Folded as OnSheet
from routing.reports import REPORTED, orders_of, reports
from tests.routing.consulted import county as consulting_county
from tests.routing.county import jingxian, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk
from tests.shipped import shipped

TOMORROW = dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)


def told(found: tuple[Notice, ...]) -> set[str]:
    return {f"{one.recipient.id.partition(':')[2]} {one.template}" for one in found}


class Told(Desk):
    """A desk that tells what the systems hear of a command."""

    def hears(self, *deeds: object) -> set[str]:
        before, length = self.case, len(self.log)
        who, do = deeds
        assert isinstance(self.do(who, do), list)
        return told(reports(before, self.log[length:]))


def joint(*options: str) -> Told:
    county = xinxiang()
    return Told(county, submission(county, *(options or ("用水", "用电"))))


def test_a_new_case_reaches_every_body_that_must_act_and_no_other() -> None:
    desk = joint()
    assert told(reports(None, desk.log)) == {"water_body order.routed", "power_body order.routed"}


def test_the_steps_of_one_order_reach_its_body_alone() -> None:
    desk = joint()
    water, order = desk.steward(1), desk.order(1).id
    assert desk.hears(water, Take(order=order)) == {"water_body order.taken"}
    assert desk.hears(water, ReportContact(order=order)) == {"water_body order.contacted"}


def test_a_joint_survey_reaches_all_that_are_bound() -> None:
    desk = joint()
    for place in (1, 2):
        desk.do(desk.steward(place), Take(order=desk.order(place).id))
        desk.do(desk.steward(place), ReportContact(order=desk.order(place).id))
    both = {"water_body", "power_body"}
    found = desk.hears(desk.steward(1), ProposeSurvey(order=desk.order(1).id, at=TOMORROW))
    assert found == {f"{body} order.survey_proposed" for body in both}
    found = desk.hears(APPLICANT, AgreeSurvey(appointment="joint", sequence=1))
    assert found == {f"{body} order.survey_agreed" for body in both}
    given = GiveOpinion(order=desk.order(1).id, opinion="符合")
    assert desk.hears(desk.steward(1), given) == {"water_body order.surveyed"}


def test_what_is_about_the_case_reaches_all_bodies() -> None:
    desk = joint()
    assert desk.hears(APPLICANT, Amend(wish="容量改成400")) == {"water_body case.amended", "power_body case.amended"}
    changed = desk.hears(APPLICANT, ChangeContact(phone="13900000002"))
    assert changed == {"water_body case.contact_changed", "power_body case.contact_changed"}


def test_an_order_that_goes_elsewhere_is_withdrawn_from_its_former_body() -> None:
    county = jingxian()
    people = (steward("gas_east", county="jingxian"), steward("gas_west", county="jingxian"))
    desk = Told(county, submission(county, "气", address=Address(text="东溪镇1号")), people)
    assert told(reports(None, desk.log)) == {"gas_east order.routed"}
    found = desk.hears(WINDOW, Assign(order=desk.order().id, body="gas_west"))
    assert found == {"gas_east order.gone", "gas_west order.assigned"}


def test_while_the_window_has_to_choose_nobody_is_told_of_the_person() -> None:
    county = jingxian()
    people = (steward("gas_east", county="jingxian"), steward("gas_west", county="jingxian"))
    desk = Told(county, submission(county, "气", address=Address(text="某路")), people)
    assert desk.order().candidates
    assert reports(None, desk.log) == ()
    assert desk.hears(WINDOW, Assign(order=desk.order().id, body="gas_west")) == {"gas_west order.assigned"}


def test_a_body_with_two_orders_hears_of_an_event_once() -> None:
    county = jingxian()
    ticked = Picks(picks=(Pick(option="电信"), Pick(option="移动")))
    desk = Told(county, submission(county, "网", "水", networks=ticked))
    found = reports(None, desk.log)
    assert len({one.key for one in found}) == len(found)
    amended = desk.hears(APPLICANT, Amend(wish="改"))
    assert amended == {"water_body case.amended", "telecom case.amended", "mobile case.amended"}


def test_ids_are_those_of_the_event_and_have_no_dot() -> None:
    first, again = (reports(None, joint().log) for _ in range(2))
    assert [webhook_id(one) for one in first] == [webhook_id(one) for one in again]
    assert len({webhook_id(one) for one in first}) == len(first)
    assert all("." not in webhook_id(one) for one in first)


@given(st.sets(st.sampled_from(("用水", "用电", "燃气", "热力", "通信", "有线电视")), min_size=1))
def test_a_report_is_about_orders_of_its_own_body(options: set[str]) -> None:
    """X19: and every order is told of."""
    county = xinxiang()
    made = submission(county, *sorted(options))
    desk = Desk(county, made)
    found = reports(None, desk.log)
    for one in found:
        body = one.recipient.id.partition(":")[2]
        event = desk.log[one.event - 1].event
        assert {order.body for order in orders_of(desk.case, body, event)} == {body}
    assert {one.order for one in found} == {order.id for order in desk.case.orders}


UNREPORTED = {
    ServiceAdded,  # whoever has to act is told of his order; who surveys along, of the time
    QuestionsEnded,  # of what is asked in chat
    FormLeftOpen,  # the form that comes with `order.routed` says what is missing
    CaseAccepted, Moved,  # nothing that a body could do anything about
    Rated, ReasonGiven, CalledBack,  # not a body's business: who served him does not see his mark
    SupplementsReminded, Reminded, PlanReminded, TimePlanned,  # to people; the form and `order.due` say it
    ApprovalWarned, ApprovalPassed, ApprovalRecounted,  # to whoever decides the permit
    JointProposed, JointAccepted, JointDeclined, JointShared,  # between those who dig and who leads
    *get_args(OnSheet), ExternalLineSet, ExternalLineCleared,  # of the sheet it hears when its scheme can begin: `order.due`
    ReliefAsked, ReliefRefused,  # its own people tell it
    RouteTaken, CheckPassed, CheckFailed,  # its own way and its own checks: it reports them itself, or its people do
    *(set(get_args(OnConsultation)) - set(REPORTED)),  # between those who sit together; of what came of it each hears its own
    ClaimOffered, ClaimSettled,  # as yet it is nobody's: asked of people, and then it is `order.assigned`
    TimesGiven, TimesClosed, OthersAwaited,  # when others can come is theirs to say
}  # fmt: skip


def test_of_every_event_it_is_decided_whether_a_body_hears_of_it() -> None:
    """Whoever adds an event adds it to `REPORTED`, or here with the reason."""
    every = set(get_args(get_args(Event)[0]))
    assert not UNREPORTED & set(REPORTED)
    assert UNREPORTED | set(REPORTED) == every


def test_an_order_that_ended_hears_no_more_of_the_person_until_it_goes_on() -> None:
    desk = joint()
    water = desk.order(1).id
    assert desk.hears(APPLICANT, Withdraw(orders=(water,))) == {"water_body order.ended"}
    assert desk.hears(APPLICANT, ChangeContact(phone="13900000002")) == {"power_body case.contact_changed"}
    assert desk.hears(APPLICANT, Resume(orders=(water,))) == {"water_body order.resumed"}
    assert desk.hears(APPLICANT, Amend(wish="改")) == {"water_body case.amended", "power_body case.amended"}


def test_what_is_asked_for_one_order_and_comes_in_for_it_reaches_its_body_alone() -> None:
    county = shipped()["xinxiang"]
    made = submission(county, "用水", "热力", applicant_name=Words(text="测试甲"))
    desk = Told(county, made.model_copy(update={"form_version": county.form.version}))
    who, order = desk.steward(1), desk.order(1).id
    desk.do(who, Take(order=order))
    mine = {"water_company order.supplements", "water_company order.due"}  # the limits stand still, and run on
    assert desk.hears(who, AskMore(order=order, words=("产权证照片",))) == mine
    wanted = next(one.id for one in desk.case.supplements if one.asked)
    photo = StoredFile(digest="d", media_type="image/png", size=1)
    assert desk.hears(APPLICANT, HandIn(handed=(Handed(supplement=wanted, files=(photo,)),))) == mine


def test_what_was_agreed_at_a_consultation_reaches_the_body_that_took_it_on_and_no_other() -> None:
    rules = consulting_county()
    desk = Told(rules, submission(rules, "用水", "用电"))
    lead, at = desk.steward(1), TOMORROW + dt.timedelta(days=1)
    assert desk.hears(desk.steward(2), AskConsultation(order=desk.order(2).id, reason="管线有冲突")) == set()
    name = desk.case.consultations[0].id
    assert desk.hears(lead, NameConsultation(consultation=name, at=TOMORROW, place="三楼")) == set()
    held = RecordConsultation(consultation=name, decision="埋深按0.8米", public="定了")
    assert isinstance(desk.do(lead, held, at), list)
    give = GiveItem(consultation=name, body="power_body", words="出图", day=at.date())
    assert desk.hears(lead, give) == {"power_body order.agreed"}
    assert desk.hears(desk.steward(2), TickItem(item=f"{name}-1")) == {"power_body order.agreed"}
