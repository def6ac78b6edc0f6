"""Commands and the table of transitions."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.case import JOINT
from model.command import Do
from model.commands.contact import ReportContact
from model.commands.intake import Amend, Assign, Take
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt
from model.decision import Refused
from model.message import Actor
from model.order import OrderState
from model.process import Step
from model.staff import Staff
from model.values import Address
from routing.transitions import ON_SHEET, TABLE, UNSURVEYED, verdict
from tests.routing.county import NOW, STEPS, everybody, jingxian, steward, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

TOMORROW = dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)


def code(result: Refused | list[str]) -> str:
    assert isinstance(result, Refused)
    return result.code


def single() -> Desk:
    county = xinxiang()
    return Desk(county, submission(county, "用水"))


def joint() -> Desk:
    county = xinxiang()
    return Desk(county, submission(county, "用水", "用电", "热力"))


def bound(desk: Desk) -> tuple[str, ...]:
    """The orders of the joint survey."""
    return desk.case.appointments["joint"].orders


def contacted(desk: Desk, place: int = 1) -> Actor:
    who, order = desk.steward(place), desk.order(place).id
    assert desk.do(who, Take(order=order)) == ["task_taken"]
    assert desk.do(who, ReportContact(order=order)) == ["applicant_contacted"]
    return who


# The table as a reader would write it, state by state: a (allowed), e (too early), d (done already).
EXPECTED = {
    #               ROUTED TAKEN CONTACTED SURVEY_AGREED SURVEYED SCHEMED BUILT ACCEPTED CONNECTED
    "assign": "aaaaaaaad",
    "ask_relief": "aaaaaaaad",
    "refuse_relief": "aaaaaaaaa",
    "add_service": "aaaaaaaaa",
    "take": "adddddddd",
    "claim": "adddddddd",
    "ask_consultation": "aaaaaaaad",
    "name_consultation": "aaaaaaaaa",
    "decline_consultation": "aaaaaaaaa",
    "record_consultation": "aaaaaaaaa",
    "give_item": "aaaaaaaaa",
    "settle_consultation": "aaaaaaaaa",
    "tick_item": "aaaaaaaaa",
    "remind_consultation": "aaaaaaaaa",
    "move_plan": "aaaaaaaaa",
    "remind_plan": "aaaaaaaaa",
    "pass_order": "aaadddddd",
    "contact": "eaddddddd",
    "propose_survey": "eeaaddddd",
    "agree_survey": "aaaaddddd",
    "move_survey": "aaaaddddd",
    "opinion": "eeeaddddd",
    "scheme": "eeeeadddd",
    "built": "eeeeeaddd",
    "built_inside": "eeeeeaddd",
    "acceptance": "eeeeeeadd",
    "connect": "eeeeeeead",
    "move": "aaaaaaaaa",
    "amend": "aaaaaaaaa",
    "answer_amendment": "aaaaaaaaa",
    "withdraw": "aaaaaaaad",
    "end_reason": "aaaaaaaaa",
    "resume": "aaaaaaaaa",
    "announce_end": "aaaaaaaad",
    "keep_on": "aaaaaaaad",
    "terminate": "aaaaaaaad",
    "decline": "eaaaadddd",
    "confirm_decline": "aaaaaaaaa",
    "return_decline": "aaaaaaaaa",
    "object": "aaaaaaaaa",
    "confirm_contact": "eeadddddd",
    "deny_contact": "eeadddddd",
    "unreached": "eaddddddd",
    "reachable": "aaddddddd",
    "explain_delay": "aaaaaaaaa",
    "tell_delay": "aaaaaaaaa",
    "explain_visit": "aaaaaaaaa",
    "pass_visit": "aaaaaaaaa",
    "backdate": "aaaaaaaaa",
    "explain_backdating": "aaaaaaaaa",
    "answer_backdating": "aaaaaaaaa",
    "close_backdating": "aaaaaaaaa",
    "change_contact": "aaaaaaaaa",
    "rate": "aaaaaaaaa",
    "reason": "aaaaaaaaa",
    "call_back": "aaaaaaaaa",
    "urge": "aaaaaaaaa",
    "reply_urge": "aaaaaaaaa",
    "recount": "aaaaaaaaa",
    "give_times": "aaaaaaaaa",
    "decide_time": "aaaaaaaaa",
    "close_times": "aaaaaaaaa",
    "remind": "aaaaaaaaa",
    "missed": "aaaaaaaaa",
    "warn": "aaaaaaaaa",
    "ask_more": "aaaaaaaad",
    "remind_sheet": "aaaaaaaaa",
    "replace_officer": "aaaaaaaaa",
    "fill_form": "aaaaaaaaa",
    "confirm_form": "aaaaaaaaa",
    "end_questions": "aaaaaaaaa",
    "hand_over": "aaaaaaaaa",
    "fill_cells": "eaaaaaaaa",
    "pass_check": "eeaaaaaad",
    "fail_check": "eeaaaaaad",
    "hand_in": "aaaaaaaaa",
    "check": "aaaaaaaad",
    "waive": "aaaaaaaad",
    "tick_original": "aaaaaaaad",
    "apply_approval": "eeeeeaddd",
    "join_approval": "eeeeeaddd",
    "drop_approval": "eeeeeaddd",
    "hand_in_approval": "aaaaaaaaa",
    "sign_commitment": "aaaaaaaaa",
    "accept_approval": "aaaaaaaaa",
    "return_approval": "aaaaaaaaa",
    "decide_approval": "aaaaaaaaa",
    "warn_approval": "aaaaaaaaa",
    "pass_approval": "aaaaaaaaa",
    "propose_joint": "aaaaaaaaa",
    "share_joint": "aaaaaaaaa",
    "accept_joint": "aaaaaaaaa",
    "decline_joint": "aaaaaaaaa",
    "external_line": "eaaaddddd",
    "no_external_line": "eaaaddddd",
    **dict.fromkeys(ON_SHEET, "aaaaaaaaa"),
}
EVERY: tuple[Step, ...] = ("contact", "survey", "scheme", "construction", "acceptance", "connection")


@pytest.mark.parametrize("do", sorted(TABLE))
def test_table(do: str) -> None:
    """Every state × command."""
    short = {"allowed": "a", "too_early": "e", "already": "d"}
    assert "".join(short[verdict(do, state, EVERY)] for state in OrderState) == EXPECTED[do]


@pytest.mark.parametrize(
    "steps",
    [
        STEPS,
        EVERY,
        ("scheme", "connection"),
        ("construction",),
        ("contact", "connection"),
        ("survey", "connection"),
        ("acceptance",),
    ],
)
def test_every_process_can_be_walked_to_its_end(steps: tuple[Step, ...]) -> None:
    """A county without a step goes on from the one before it; the last order closes the case."""
    county = xinxiang(steps=steps)
    desk = Desk(county, submission(county, "用水", "用电"))
    for place in (1, 2):
        who, order = desk.steward(place), desk.order(place).id
        walk: list[tuple[Actor, Do, Step | None]] = [
            (who, Take(order=order), None),
            (who, ReportContact(order=order), "contact"),
            (who, ProposeSurvey(order=order, at=TOMORROW), "survey"),
            (APPLICANT, AgreeSurvey(appointment="joint", sequence=place), "survey"),
            (who, GiveOpinion(order=order, opinion="符合"), "survey"),
            (who, GiveScheme(order=order, scheme="从路东接入"), "scheme"),
            (who, ReportBuilt(order=order), "construction"),
            (who, ReportAcceptance(order=order, result="通过"), "acceptance"),
            (who, Connect(order=order), "connection"),
        ]
        for actor, do, step in walk:
            done = desk.do(actor, do)
            if step in {None, *steps}:
                assert isinstance(done, list), (do, done)
                assert ("case_closed" in done) == (place == 2 and step == steps[-1])
            else:
                assert isinstance(done, Refused), do
    assert desk.case.closed_at == NOW
    assert replayed(desk) == desk.case
    assert code(desk.do(WINDOW, Assign(order="case-1", body="water_body"))) == "case.closed"


def test_the_usual_way_closes_the_case_with_the_last_connection() -> None:
    desk = single()
    who = contacted(desk)
    assert desk.do(who, ProposeSurvey(order="case-1", at=TOMORROW)) == ["survey_proposed"]
    assert desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1)) == ["survey_agreed"]
    assert desk.states() == [OrderState.SURVEY_AGREED]
    assert desk.do(who, GiveOpinion(order="case-1", opinion="待整改", remark="加深表井")) == ["opinion_given"]
    assert desk.do(who, ReportAcceptance(order="case-1", result="通过")) == ["acceptance_reported"]
    assert desk.do(who, Connect(order="case-1")) == ["connected", "case_closed"]


def test_twice_is_refused_by_name() -> None:
    """A second tap on the same card, not a redelivery (that one has the same command id)."""
    desk = single()
    who = desk.steward()
    assert code(desk.do(who, ReportContact(order="case-1"))) == "contact.too_early"
    desk.do(who, Take(order="case-1"))
    assert code(desk.do(who, Take(order="case-1"))) == "take.already"
    desk.do(who, ReportContact(order="case-1"))
    assert code(desk.do(who, ReportContact(order="case-1"))) == "contact.already"


@pytest.mark.parametrize(
    ("actor", "do", "expected"),
    [
        (Actor(person="person-power_body-a", role="steward", staff="power_body-a"), Take(order="case-1"), "not.yours"),
        (Actor(person="x", role="steward"), Take(order="case-1"), "not.yours"),
        (
            Actor(person="person-water_body-a", role="steward", staff="water_body-a"),
            Take(order="other-1"),
            "order.unknown",
        ),
        (APPLICANT, Take(order="case-1"), "role.wrong"),
        (WINDOW, Connect(order="case-1"), "role.wrong"),
        (
            Actor(person="person-water_body-a", role="steward", staff="water_body-a"),
            AgreeSurvey(appointment="case-1", sequence=1),
            "role.wrong",
        ),
        (Actor(person="somebody"), AgreeSurvey(appointment="case-1", sequence=1), "not.yours"),
        (APPLICANT, AgreeSurvey(appointment="case-1", sequence=1), "survey.none"),
        (
            Actor(person="person-water_body-a", role="steward", staff="water_body-a"),
            Assign(order="case-1", body="tv_body"),
            "not.yours",
        ),
    ],
)
def test_only_who_may(actor: Actor, do: Do, expected: str) -> None:
    assert code(single().do(actor, do)) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOW, "survey.past"),
        (NOW - dt.timedelta(days=1), "survey.past"),
        (NOW + dt.timedelta(days=61), "survey.too_far"),
        (dt.datetime(2026, 11, 24, 3, 0, tzinfo=CHINA), "survey.odd_hour"),
        (dt.datetime(2026, 11, 24, 21, 1, tzinfo=CHINA), "survey.odd_hour"),
        # 23:30 UTC is 07:30 in China.
        (dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC), None),
    ],
)
def test_absurd_times(at: dt.datetime, expected: str | None) -> None:
    desk = single()
    done = desk.do(contacted(desk), ProposeSurvey(order="case-1", at=at))
    assert (done.code if isinstance(done, Refused) else None) == expected


def test_answer_to_an_outdated_proposal() -> None:
    """The time he agrees to is the time he saw."""
    desk = single()
    who = contacted(desk)
    desk.do(who, ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(who, ProposeSurvey(order="case-1", at=TOMORROW + dt.timedelta(days=1)))
    assert code(desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1))) == "survey.outdated"
    assert code(desk.do(APPLICANT, MoveSurvey(appointment="case-1", sequence=1, wish="周五"))) == "survey.outdated"
    assert desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=2)) == ["survey_agreed"]
    assert code(desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=2))) == "agree_survey.already"


def test_agreeing_after_the_hour() -> None:
    desk = single()
    desk.do(contacted(desk), ProposeSurvey(order="case-1", at=TOMORROW))
    late = desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1), TOMORROW)
    assert code(late) == "survey.past"


def test_what_was_handed_in_is_amended_until_the_case_is_closed() -> None:
    desk = single()
    assert code(desk.do(APPLICANT, Amend(wish=" "))) == "amend.empty"
    somebody = Actor(person="somebody", role="applicant")
    assert code(desk.do(somebody, Amend(wish="电话改成13800000000"))) == "not.yours"
    before = desk.case
    assert desk.do(APPLICANT, Amend(wish=" 电话改成13800000000 ")) == ["amendment_wished"]
    assert desk.do(WINDOW, Amend(wish="门牌是10号")) == ["amendment_wished"]
    assert [one.words for one in desk.case.amendments] == ["电话改成13800000000", "门牌是10号"]
    assert desk.case.orders == before.orders


def test_moving_an_agreed_survey() -> None:
    desk = single()
    who = contacted(desk)
    desk.do(who, ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1))
    assert code(desk.do(APPLICANT, MoveSurvey(appointment="case-1", sequence=1, wish=" "))) == "survey.wish_empty"
    assert desk.do(APPLICANT, MoveSurvey(appointment="case-1", sequence=1, wish="周五上午")) == ["survey_moved"]
    assert desk.states() == [OrderState.CONTACTED]
    assert desk.case.appointments["case-1"].wish == "周五上午"
    assert code(desk.do(who, GiveOpinion(order="case-1", opinion="符合"))) == "opinion.too_early"
    # He may think better of it.
    assert desk.do(WINDOW, AgreeSurvey(appointment="case-1", sequence=1)) == ["survey_agreed"]
    assert desk.case.appointments["case-1"].wish == ""
    assert desk.states() == [OrderState.SURVEY_AGREED]


def test_joint_survey_binds_all_that_are_not_surveyed() -> None:
    """X30: one time for all; whoever has not reached the applicant yet catches up."""
    desk = joint()
    water = contacted(desk, 1)
    desk.do(water, ProposeSurvey(order="case-1", at=TOMORROW))
    assert bound(desk) == ("case-1", "case-2", "case-3")
    desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=1))
    assert desk.states() == [OrderState.SURVEY_AGREED, OrderState.ROUTED, OrderState.ROUTED]
    contacted(desk, 2)
    assert desk.states() == [OrderState.SURVEY_AGREED, OrderState.SURVEY_AGREED, OrderState.ROUTED]
    desk.do(water, GiveOpinion(order="case-1", opinion="符合"))
    assert bound(desk) == ("case-2", "case-3")
    heat = contacted(desk, 3)
    desk.do(heat, ProposeSurvey(order="case-3", at=TOMORROW + dt.timedelta(days=2)))
    assert bound(desk) == ("case-2", "case-3")
    assert desk.case.appointments["joint"].sequence == 2
    assert desk.states() == [OrderState.SURVEYED, OrderState.CONTACTED, OrderState.CONTACTED]


def test_failed_survey_is_repeated() -> None:
    """X41: the reason is needed; the order can be surveyed again, under the next sequence."""
    desk = joint()
    water, power = contacted(desk, 1), contacted(desk, 2)
    desk.do(water, ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=1))
    refused = desk.do(water, GiveOpinion(order="case-1", opinion="不符合", remark="  "))
    assert refused == Refused(code="opinion.needs_text", about={"opinion": "不符合"})
    desk.do(water, GiveOpinion(order="case-1", opinion="不符合", remark="管沟未挖"))
    desk.do(power, GiveOpinion(order="case-2", opinion="符合"))
    assert desk.states() == [OrderState.CONTACTED, OrderState.SURVEYED, OrderState.ROUTED]
    desk.do(water, ProposeSurvey(order="case-1", at=TOMORROW + dt.timedelta(days=3)))
    assert bound(desk) == ("case-1", "case-3")
    assert code(desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=1))) == "survey.outdated"
    assert desk.do(APPLICANT, AgreeSurvey(appointment="joint", sequence=2)) == ["survey_agreed"]
    assert desk.do(water, GiveOpinion(order="case-1", opinion="符合")) == ["opinion_given"]


def test_everything_surveyed_leaves_nothing_to_agree_to() -> None:
    desk = single()
    who = contacted(desk)
    desk.do(who, ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1))
    desk.do(who, GiveOpinion(order="case-1", opinion="符合"))
    assert code(desk.do(APPLICANT, MoveSurvey(appointment="case-1", sequence=1, wish="周五"))) == "move_survey.already"
    assert code(desk.do(who, ProposeSurvey(order="case-1", at=TOMORROW))) == "propose_survey.already"


def test_failed_acceptance_is_repeated() -> None:
    """X55."""
    desk = single()
    who = contacted(desk)
    desk.do(who, ProposeSurvey(order="case-1", at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment="case-1", sequence=1))
    desk.do(who, GiveOpinion(order="case-1", opinion="符合"))
    assert code(desk.do(who, ReportAcceptance(order="case-1", result="不通过"))) == "acceptance.needs_text"
    unknown = desk.do(who, ReportAcceptance(order="case-1", result="还行"))
    assert unknown == Refused(code="acceptance.unknown", about={"choices": "通过、不通过"})
    assert desk.do(who, ReportAcceptance(order="case-1", result="不通过", remark="漏水")) == ["acceptance_reported"]
    assert desk.states() == [OrderState.SURVEYED]
    assert code(desk.do(who, Connect(order="case-1"))) == "connect.too_early"
    desk.do(who, ReportAcceptance(order="case-1", result="通过"))
    assert desk.states() == [OrderState.ACCEPTED]


@pytest.mark.parametrize(("hours", "late"), [(31, False), (33, True)])
def test_late_contact_is_noted(hours: int, late: bool) -> None:
    """X20: due on Tuesday at 17:30."""
    desk = single()
    who = desk.steward()
    desk.do(who, Take(order="case-1"))
    desk.do(who, ReportContact(order="case-1"), NOW + dt.timedelta(hours=hours))
    assert getattr(desk.log[-1].event, "late", None) is late


def test_order_nobody_has_is_taken_by_somebody_of_its_body() -> None:
    county = xinxiang()
    desk = Desk(county, submission(county, "用水"), ())
    assert desk.order().steward is None
    desk.stewards = (steward("water_body"), steward("power_body"))
    stranger = Actor(person="person-power_body-a", role="steward", staff="power_body-a")
    assert code(desk.do(stranger, Take(order="case-1"))) == "not.yours"
    own = Actor(person="person-water_body-a", role="steward", staff="water_body-a")
    assert code(desk.do(own, ReportContact(order="case-1"))) == "not.yours"
    assert desk.do(own, Take(order="case-1")) == ["task_taken"]
    assert desk.order().steward == "water_body-a"


def test_window_assigns_what_the_district_did_not_tell() -> None:
    county = jingxian()
    desk = Desk(county, submission(county, "气", address=Address(text="样板路")))
    east = Actor(person="person-gas_east-a", role="steward", staff="gas_east-a")
    assert code(desk.do(east, Take(order="case-1"))) == "order.unassigned"
    later = NOW + dt.timedelta(days=2)
    assert desk.do(WINDOW, Assign(order="case-1", body="gas_west"), later) == ["order_assigned"]
    order = desk.order()
    assert (order.body, order.steward, order.candidates) == ("gas_west", "gas_west-a", ())
    due = order.due("contact")
    assert due is not None
    assert due.at.date() == dt.date(2026, 11, 26)  # R33: the body has it since Wednesday
    assert desk.do(desk.steward(), Take(order="case-1")) == ["task_taken"]


def test_an_order_goes_only_to_a_body_that_does_this() -> None:
    """Water is not for the power company, however the window taps; a body the county does not name for it says no either."""
    desk = Desk(jingxian(), submission(jingxian(), "水", "气"), everybody(jingxian()))
    water, gas = desk.case.orders[0].id, desk.case.orders[1].id
    assert code(desk.do(WINDOW, Assign(order=water, body="power_body"))) == "assign.not_served"
    assert code(desk.do(WINDOW, Assign(order=gas, body="telecom"))) == "assign.not_served"
    assert desk.do(WINDOW, Assign(order=gas, body="gas_west")) == ["order_assigned"]


def test_reassigning() -> None:
    """A colleague takes it himself and inherits the clock; a steward of another body cannot be named."""
    county = xinxiang()
    people = (*everybody(county), steward("water_body", name="b"))
    desk = Desk(county, submission(county, "用水"), people)
    desk.do(desk.steward(), Take(order="case-1"))
    due = desk.order().due("contact")
    for wrong in (
        Assign(order="case-1", body="water_body", steward="power_body-a"),
        Assign(order="case-1", body="nobody"),
    ):
        assert code(desk.do(WINDOW, wrong)) == "assign.unknown"
    again = Assign(order="case-1", body="water_body", steward="water_body-a")
    assert code(desk.do(WINDOW, again)) == "assign.already"
    assert desk.do(
        WINDOW, Assign(order="case-1", body="water_body", steward="water_body-b"), NOW + dt.timedelta(days=1)
    ) == ["order_assigned"]
    assert (desk.order().state, desk.order().steward, desk.order().due("contact")) == (
        OrderState.ROUTED,
        "water_body-b",
        due,
    )


def test_unsurveyed_states_are_those_before_the_survey() -> None:
    assert (*UNSURVEYED, *OrderState)[len(UNSURVEYED) :] == tuple(OrderState)
    assert tuple(OrderState)[: len(UNSURVEYED)] == UNSURVEYED


@pytest.mark.parametrize("after", [(), (steward("water_body", person="another-phone"),)], ids=["retired", "bound anew"])
def test_only_while_in_service_and_bound(after: tuple[Staff, ...]) -> None:
    desk = single()
    before = desk.steward()
    desk.stewards = after
    assert code(desk.do(before, Take(order="case-1"))) == "not.yours"
    desk.stewards = (steward("water_body"),)
    assert desk.do(before, Take(order="case-1")) == ["task_taken"]


def test_an_answer_about_a_survey_is_checked_against_every_order_of_it() -> None:
    county = xinxiang()
    desk = Desk(county, submission(county, "用水", "用电"))
    for place in (1, 2):
        desk.do(desk.steward(place), Take(order=desk.order(place).id))
        desk.do(desk.steward(place), ReportContact(order=desk.order(place).id))
    desk.do(desk.steward(), ProposeSurvey(order="case-1", at=NOW + dt.timedelta(days=1)))
    surveyed = desk.order(2).model_copy(update={"state": OrderState.SURVEYED})
    desk.case = desk.case.model_copy(update={"orders": (desk.order(1), surveyed)})
    assert code(desk.do(APPLICANT, AgreeSurvey(appointment=JOINT, sequence=1))) == "agree_survey.already"
