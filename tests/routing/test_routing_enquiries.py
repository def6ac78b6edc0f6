"""首问责任制 as pure decisions: somebody always has an enquiry, and only an answer closes it (J37–J47)."""

import datetime as dt
import random
from functools import reduce

import pytest

from model.decision import Refused
from model.enquiry import (
    AcceptHandover,
    AnswerEnquiry,
    AskEnquiry,
    DeclineHandover,
    EnquiryCommand,
    HandOver,
    Holder,
    HolderLeaves,
    ReportEnquiry,
    TakeEnquiry,
)
from model.message import Actor
from model.process import EnquiryRule, Length
from routing.enquiries import LONGEST, ask, decide_enquiry
from routing.enquiry_log import evolve_enquiry, fold_enquiry, record_enquiry
from tests.routing.county import NOW, everybody, steward, xinxiang

COUNTY = xinxiang()
COUNTY = COUNTY.made_anew(
    process=COUNTY.process.model_copy(update={"enquiries": EnquiryRule(limit=Length(days=1), desk="heat_body")})
)
LEAD = steward("water_body", name="lead", duty="lead")
SUPERVISOR = steward("tv_body", name="boss", duty="supervisor")
COLLEAGUE = steward("water_body", name="b")
STAFF = (*everybody(COUNTY), COLLEAGUE, LEAD, SUPERVISOR)
CLERK = "water_body-a"


def asked(staff=STAFF, load=None, **more):
    """An enquiry about water, unless told otherwise."""
    question = AskEnquiry(**{"county": COUNTY.id, "words": "管子漏水算谁的", "person": "p", "about": "water"} | more)
    events = ask(question, COUNTY, staff, load or {}, NOW)
    assert not isinstance(events, Refused), events
    return fold_enquiry(record_enquiry(events, enquiry="e1", after=0, actor=Actor(person="p"), now=NOW))


def actor(staff_id):
    return Actor(person=f"person-{staff_id}", role="steward", staff=staff_id)


def done(enquiry, who, do, staff=STAFF, load=None):
    """The enquiry after a command that is carried out, or the code of the refusal."""
    command = EnquiryCommand(id="c", enquiry=enquiry.id, actor=actor(who), do=do)
    events = decide_enquiry(enquiry, command, COUNTY, staff, load or {})
    if isinstance(events, Refused):
        return events.code
    after = record_enquiry(events, enquiry="e1", after=enquiry.version, actor=command.actor, now=NOW)
    return reduce(evolve_enquiry, after, enquiry)


def to(staff_id):
    return HandOver(to=Holder(kind="staff", id=staff_id))


@pytest.mark.parametrize(
    ("more", "load", "first"),
    [
        ({}, {CLERK: 2}, "water_body-b"),
        ({}, {"water_body-b": 1}, CLERK),
        ({"steward": "gas_body-a"}, {}, "gas_body-a"),
        ({"about": None}, {}, "heat_body-a"),
        ({"complaint": True}, {}, SUPERVISOR.id),
        ({"steward": "nobody"}, {"water_body-b": 1}, CLERK),
    ],
    ids=["fewest", "fewest-other", "own-case", "desk", "complaint", "steward-gone"],
)
def test_who_is_asked_first(more, load, first):
    one = asked(load=load, **more)
    assert one.first_asked == one.owner == Holder(kind="staff", id=first)


def test_where_nobody_is_the_window_has_it_and_somebody_of_the_desk_takes_it():
    one = asked(staff=(), about=None)
    assert one.owner == Holder(kind="window", id=COUNTY.id)
    assert done(one, CLERK, TakeEnquiry()) == "not.yours"
    taken = done(one, "heat_body-a", TakeEnquiry())
    assert taken.owner.id == "heat_body-a"
    assert taken.first_asked.kind == "window"
    assert done(taken, "heat_body-a", TakeEnquiry()) == "enquiry.not_free"


def test_it_is_to_be_answered_in_the_county_s_time():
    assert asked().due.at.date() == dt.date(2026, 11, 24)


def test_nothing_is_asked_with_no_words():
    assert ask(AskEnquiry(county=COUNTY.id, words=" "), COUNTY, STAFF, {}, NOW).code == "enquiry.empty"


def test_the_owner_stays_until_the_other_accepts():
    one = done(asked(load={"water_body-b": 1}), CLERK, to("gas_body-a"))
    assert one.owner.id == CLERK
    assert done(one, "power_body-a", AcceptHandover()) == "enquiry.not_offered"
    accepted = done(one, "gas_body-a", AcceptHandover())
    assert accepted.owner.id == "gas_body-a"
    assert accepted.offered is None
    assert accepted.handovers[0].accepted_at == NOW
    assert done(accepted, CLERK, AnswerEnquiry(words="在")) == "not.yours"
    assert done(accepted, "gas_body-a", AcceptHandover()) == "enquiry.not_offered"


def test_declined_it_stays_and_can_go_to_another():
    one = done(asked(load={"water_body-b": 1}), CLERK, to("gas_body-a"))
    declined = done(one, "gas_body-a", DeclineHandover(reason="不归燃气"))
    assert declined.owner.id == CLERK
    assert declined.handovers[0].declined_at == NOW
    again = done(done(declined, CLERK, to("power_body-a")), "power_body-a", AcceptHandover())
    assert again.owner.id == "power_body-a"
    assert [link.to.id for link in again.handovers] == ["gas_body-a", "power_body-a"]


def test_a_second_offer_takes_the_place_of_the_first():
    one = done(done(asked(load={"water_body-b": 1}), CLERK, to("gas_body-a")), CLERK, to("power_body-a"))
    assert done(one, "gas_body-a", AcceptHandover()) == "enquiry.not_offered"
    assert one.offered.to.id == "power_body-a"


def test_a_body_gets_it_by_the_one_with_the_fewest():
    body = HandOver(to=Holder(kind="body", id="gas_body"))
    one = asked(load={"water_body-b": 1})
    assert done(one, CLERK, body).offered.to.id == "gas_body-a"
    nobody = [one for one in STAFF if one.body != "gas_body"]
    assert done(one, CLERK, body, staff=nobody) == "enquiry.nobody_there"
    assert done(one, CLERK, to("gas_body-a"), staff=nobody) == "enquiry.unknown_target"
    assert done(one, CLERK, to(CLERK)) == "enquiry.own_target"


def test_only_an_answer_closes_it():
    one = done(asked(load={"water_body-b": 1}), CLERK, AnswerEnquiry(words="表前归公司"))
    assert one.closed_at == NOW
    assert (one.answer.words, one.answer.by.id, one.answer.body) == ("表前归公司", CLERK, None)
    assert done(one, CLERK, to("gas_body-a")) == "enquiry.closed"


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (AnswerEnquiry(words=" "), "enquiry.answer_empty"),
        (AnswerEnquiry(words="长" * (LONGEST + 1)), "enquiry.answer_long"),
        (AnswerEnquiry(body="moon"), "enquiry.unknown_target"),
    ],
)
def test_an_answer_says_something(do, code):
    assert done(asked(load={"water_body-b": 1}), CLERK, do) == code


def test_of_another_body_s_matter_the_body_is_named():
    """J41, J42: naming it is an answer, with or without words."""
    own = asked(load={"water_body-b": 1})
    answer = done(own, CLERK, AnswerEnquiry(body="gas_body")).answer
    assert (answer.body, answer.words) == ("gas_body", "")


def test_reported_it_has_two_who_can_answer_and_the_owner_stays():
    one = done(asked(load={"water_body-b": 1}), CLERK, ReportEnquiry())
    assert [who.id for who in one.reported_to] == [LEAD.id]
    assert one.owner.id == CLERK
    assert done(one, LEAD.id, ReportEnquiry()) == "enquiry.reported"
    assert done(one, LEAD.id, AnswerEnquiry(words="由我们修")).answer.by.id == LEAD.id
    assert done(one, LEAD.id, to("gas_body-a")).offered.by.id == LEAD.id
    assert done(one, SUPERVISOR.id, AnswerEnquiry(words="在")) == "not.yours"


def test_without_a_lead_the_supervisor_hears_of_it_else_the_window():
    one = asked(steward="gas_body-a")
    assert [who.id for who in done(one, "gas_body-a", ReportEnquiry()).reported_to] == [SUPERVISOR.id]
    alone = tuple(who for who in STAFF if who.duty == "steward")
    assert done(one, "gas_body-a", ReportEnquiry(), staff=alone).reported_to[0].kind == "window"


def test_whoever_is_bound_as_another_does_nothing():
    command = EnquiryCommand(
        id="c", enquiry="e1", actor=Actor(person="stranger", role="steward", staff=CLERK), do=AnswerEnquiry(words="在")
    )
    assert decide_enquiry(asked(load={"water_body-b": 1}), command, COUNTY, STAFF, {}).code == "not.yours"


def left(enquiry, who, staff=STAFF):
    do = HolderLeaves(staff=who, body=next(one.body for one in STAFF if one.id == who))
    command = EnquiryCommand(id="c", enquiry="e1", actor=Actor(person="operator", role="staff"), do=do)
    events = decide_enquiry(enquiry, command, COUNTY, [one for one in staff if one.id != who], {})
    if isinstance(events, Refused):
        return events.code
    after = record_enquiry(events, enquiry="e1", after=enquiry.version, actor=command.actor, now=NOW)
    return reduce(evolve_enquiry, after, enquiry)


def test_whoever_leaves_leaves_nothing_without_an_owner():
    one = asked(load={"water_body-b": 1})
    assert left(one, CLERK).owner.id == "water_body-b"
    assert left(one, CLERK, staff=(LEAD,)).owner.id == LEAD.id
    assert left(one, CLERK, staff=(SUPERVISOR,)).owner.id == SUPERVISOR.id
    assert left(one, CLERK, staff=()).owner.kind == "window"
    assert left(one, "gas_body-a") == "not.yours"
    assert done(one, CLERK, HolderLeaves(staff=CLERK, body="water_body")) == "role.wrong"


def test_an_offer_to_whoever_leaves_comes_back_and_one_to_his_heir_is_accepted():
    one = done(asked(load={"water_body-b": 1}), CLERK, to("gas_body-a"))
    back = left(one, "gas_body-a")
    assert (back.owner.id, back.offered) == (CLERK, None)
    heir = left(done(asked(load={"water_body-b": 1}), CLERK, to("water_body-b")), CLERK)
    assert (heir.owner.id, heir.offered) == ("water_body-b", None)
    reported = left(done(asked(load={"water_body-b": 1}), CLERK, ReportEnquiry()), LEAD.id)
    assert (reported.owner.id, reported.reported_to) == (CLERK, ())


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_done_somebody_has_it_until_it_is_answered(seed):
    """J37: no sequence of commands leaves an open enquiry with nobody who can answer it."""
    draw = random.Random(seed)
    one = asked()
    for _ in range(40):
        who = draw.choice(STAFF).id
        do = draw.choice(
            [TakeEnquiry(), to(draw.choice(STAFF).id), AcceptHandover(), DeclineHandover(), ReportEnquiry()]
        )
        after = done(one, who, do)
        one = one if isinstance(after, str) else after
        assert one.closed_at is None
        assert not isinstance(done(one, one.owner.id, AnswerEnquiry(words="答")), str)
    assert sum(link.open for link in one.handovers) <= 1
