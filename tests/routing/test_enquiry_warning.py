"""A limit to answer that runs out is told to whoever has the enquiry, and to those who watch over him (J35, J39)."""

import datetime as dt

import pytest

from model.decision import Refused
from model.enquiry import (
    AcceptHandover,
    AnswerEnquiry,
    AskEnquiry,
    Enquiry,
    EnquiryCommand,
    EnquiryWarned,
    HandOver,
    Holder,
    WarnEnquiry,
)
from model.message import Actor
from model.process import EnquiryRule, Length
from routing.enquiries import ask, decide_enquiry
from routing.enquiry_log import record_enquiry
from routing.enquiry_notices import decided
from tests.routing.clocks import county
from tests.routing.county import NOW, everybody, steward

RULES = county()
RULES = RULES.made_anew(process=RULES.process.model_copy(update={"enquiries": EnquiryRule(limit=Length(days=1))}))
CLERK, GAS = "water_body-a", "gas_body-a"
LEAD = steward("water_body", name="lead", duty="lead")
GAS_LEAD = steward("gas_body", name="lead", duty="lead")
SUPERVISOR = steward("heat_body", name="eye", duty="supervisor")
STAFF = (*everybody(RULES), LEAD, GAS_LEAD, SUPERVISOR)
CLOCK = Actor(person="", role="clock")


class Open:
    """An enquiry that somebody has, and what is told of it."""

    def __init__(self, *, staff: tuple = STAFF, **more: object) -> None:
        self.staff = staff
        given = {"county": RULES.id, "words": "谁修", "account": "a", "person": "p", "about": "water"} | more
        events = ask(AskEnquiry.model_validate(given), RULES, staff, {}, NOW)
        assert not isinstance(events, Refused)
        self.last = decided(None, record_enquiry(events, enquiry="e", after=0, actor=Actor(person="p"), now=NOW))

    @property
    def enquiry(self) -> Enquiry:
        return self.last.enquiry

    def do(self, actor: Actor, do: object) -> Refused | set[str]:
        command = EnquiryCommand.model_validate({"id": "c", "enquiry": "e", "actor": actor, "do": do})
        events = decide_enquiry(self.enquiry, command, RULES, self.staff, {})
        if isinstance(events, Refused):
            return events
        after = record_enquiry(events, enquiry="e", after=self.enquiry.version, actor=actor, now=NOW)
        self.last = decided(self.enquiry, after)
        return {f"{one.recipient.id} {one.template}" for one in self.last.notices}

    def warn(self) -> Refused | set[str]:
        coming = self.enquiry.next
        assert coming is not None
        return self.do(CLOCK, WarnEnquiry(share=coming.share, at=coming.at))


def who(staff_id: str) -> Actor:
    return Actor(person=f"person-{staff_id}", role="steward", staff=staff_id)


def test_each_share_once_and_to_whom_the_county_says() -> None:
    made = Open()
    heard = [made.warn() for _ in range(4)]
    assert heard == [
        {f"{CLERK} enquiry.warning"},
        {f"{CLERK} enquiry.warning", f"{LEAD.id} enquiry.late"},
        {f"{CLERK} enquiry.warning", f"{LEAD.id} enquiry.late", f"{SUPERVISOR.id} enquiry.late"},
        {f"{LEAD.id} enquiry.late", f"{SUPERVISOR.id} enquiry.late"},
    ]
    assert (made.enquiry.warned, made.enquiry.next) == (200, None)


def test_what_was_given_or_answered_is_not_given_again() -> None:
    made = Open()
    first = made.enquiry.next
    assert first is not None
    again = WarnEnquiry(share=first.share, at=first.at)
    made.do(CLOCK, again)
    assert made.do(CLOCK, again) == Refused(code="warn.nothing")
    assert made.do(CLOCK, WarnEnquiry(share=80, at=first.at)) == Refused(code="warn.nothing")
    assert made.do(who(CLERK), again) == Refused(code="role.wrong")
    made.do(who(CLERK), AnswerEnquiry(words="好"))
    assert made.enquiry.next is None
    assert made.do(CLOCK, again) == Refused(code="enquiry.closed")


def test_whoever_has_accepted_is_warned_and_his_head_watches() -> None:
    made = Open()
    made.do(who(CLERK), HandOver(to=Holder(kind="staff", id=GAS)))
    assert made.warn() == {f"{CLERK} enquiry.warning"}  # until he accepts it is not his
    made.do(who(GAS), AcceptHandover())
    assert made.warn() == {f"{GAS} enquiry.warning", f"{GAS_LEAD.id} enquiry.late"}


@pytest.mark.parametrize("about", [None, "water"])
def test_what_only_the_window_has_the_hotline_is_told_of(about: str | None) -> None:
    made = Open(staff=(), about=about)
    assert made.enquiry.owner.kind == "window"
    assert [made.warn() for _ in range(4)] == [{f"{RULES.id} enquiry.window"}] * 4


def test_whoever_supervises_and_has_it_himself_hears_once() -> None:
    made = Open(complaint=True)
    heard = [made.warn() for _ in range(3)]
    assert heard[2] == {f"{SUPERVISOR.id} enquiry.warning"}
    event = made.last.recorded[0].event
    assert isinstance(event, EnquiryWarned)
    assert event.due == made.enquiry.due.at if made.enquiry.due else dt.datetime.min
