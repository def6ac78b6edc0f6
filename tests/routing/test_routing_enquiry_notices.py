"""Who hears what of an enquiry; and every notice of it has its words, within what people read (J37–J42)."""

import re
from types import SimpleNamespace

import pytest

from model.enquiry import (
    AcceptHandover,
    AnswerEnquiry,
    AskEnquiry,
    DeclineHandover,
    EnquiryCommand,
    HandOver,
    Holder,
    ReportEnquiry,
)
from model.message import Actor
from routing.enquiries import ask, decide_enquiry
from routing.enquiry_log import record_enquiry
from routing.enquiry_notices import decided
from tests.routing.county import NOW
from tests.routing.test_routing_enquiries import CLERK, COLLEAGUE, COUNTY, LEAD, STAFF, SUPERVISOR, actor
from tests.routing.test_routing_texts import BANNED, COUNTIES, LIMITS, ROOT, environment

GAS, POWER = "gas_body-a", "power_body-a"


def played(*steps, staff=STAFF, **question):
    """What is told after each step, as recipient and template; the first step is the question."""
    asked = AskEnquiry(
        **{"county": COUNTY.id, "words": "谁修", "account": "a", "person": "p", "about": "water"} | question
    )
    events = ask(asked, COUNTY, staff, {COLLEAGUE.id: 1}, NOW)
    now = decided(None, record_enquiry(events, enquiry="e", after=0, actor=Actor(person="p"), now=NOW))
    told = [now.notices]
    for who, do in steps:
        command = EnquiryCommand(id="c", enquiry="e", actor=actor(who), do=do)
        events = decide_enquiry(now.enquiry, command, COUNTY, staff, {})
        after = now.enquiry.version
        now = decided(now.enquiry, record_enquiry(events, enquiry="e", after=after, actor=command.actor, now=NOW))
        told.append(now.notices)
    return [{(one.recipient.id, one.template.removeprefix("enquiry.")) for one in each} for each in told]


def to(staff_id):
    return HandOver(to=Holder(kind="staff", id=staff_id))


def test_asked_handed_over_twice_and_answered():
    assert played(
        (CLERK, to(GAS)),
        (GAS, DeclineHandover()),
        (CLERK, to(POWER)),
        (POWER, AcceptHandover()),
        (POWER, AnswerEnquiry(words="好")),
    ) == [
        {(CLERK, "asked")},
        {(GAS, "offered")},
        {(CLERK, "declined")},
        {(POWER, "offered")},
        {(CLERK, "accepted"), ("p", "moved")},
        {("p", "answered")},
    ]


def test_who_is_not_needed_any_more_is_told():
    assert played((CLERK, to(GAS)), (CLERK, to(POWER)), (CLERK, AnswerEnquiry(words="好")))[2:] == [
        {(POWER, "offered"), (GAS, "gone")},
        {("p", "answered"), (POWER, "gone")},
    ]


def test_what_a_leader_does_the_owner_hears():
    assert played((CLERK, ReportEnquiry()), (LEAD.id, AnswerEnquiry(words="好")))[1:] == [
        {(LEAD.id, "reported")},
        {("p", "answered"), (CLERK, "settled")},
    ]
    handed = played((CLERK, ReportEnquiry()), (LEAD.id, to(GAS)), (GAS, AcceptHandover()))
    assert handed[-1] == {(LEAD.id, "accepted"), (CLERK, "accepted"), ("p", "moved")}


def test_a_complaint_goes_to_whoever_supervises():
    assert played(complaint=True)[0] == {(SUPERVISOR.id, "asked")}


def test_where_nobody_is_the_window_is_told_and_calls_back_who_called():
    assert played(staff=(), about=None)[0] == {(COUNTY.id, "window")}
    assert played((CLERK, AnswerEnquiry(words="好")), person="", channel="phone")[1] == {(COUNTY.id, "answered")}


TEMPLATES = sorted(
    set(re.findall(r'"(enquiry\.[a-z]+)"', (ROOT / "routing/enquiry_notices.py").read_text(encoding="utf-8")))
)


@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("share", [50, 100, 200])
def test_every_notice_has_its_words(county, template, full, share):
    who = SimpleNamespace(name="示例管家", body=county.bodies[0].short, phone="13900000009")
    known = {
        "words": "门口的电线杆谁挪",
        "asked": "门口的电线杆谁挪",
        "service": county.services[0].name if full else "",
        "due": "11月24日（周二）17:30前" if full else "",
        "phone": "13900000001" if full else "",
        "complaint": full,
        "by": who,
        "owner": who,
        "share": share,
        "reason": "不归我们" if full else "",
        "answer": "归供电" if full else "",
        "body": county.bodies[0] if full else None,
        "county": county,
        "help": county.help,
    }
    said = environment().from_string(county.messages[f"notice.{template}"]).render(known).strip().splitlines()
    assert 1 <= len(said) <= 5
    assert not [word for line in said for word in BANNED if word in line]
    card = {key: text for key, text in county.messages.items() if key.startswith(f"wechat.{template}.")}
    assert bool(card) != (template == "enquiry.window")
    for key, text in card.items():
        kind = re.sub(r"\d+$", "", key.rpartition(".")[2])
        assert 0 < len(environment().from_string(text).render(known)) <= LIMITS[kind], key


def test_no_text_is_written_that_nobody_sends():
    written = {
        key.removeprefix("notice.") for key in COUNTIES["xinxiang"].messages if key.startswith("notice.enquiry.")
    }
    assert written == set(TEMPLATES)
