"""What the heads of bodies are told is about orders of their own."""

import pytest

from handlers.relief_notices import of_his_body
from model.command import Do
from model.commands.clock import Warn
from model.commands.urging import Urge
from model.delivery import Notice, Recipient, Row
from model.message import Actor
from model.process import Limit
from model.staff import Staff
from routing.notices import notices
from tests.routing.clocks import county
from tests.routing.county import everybody, steward, submission
from tests.routing.desk import APPLICANT, Desk

CLOCK = Actor(person="", role="clock")
HEADS = [steward(f"{name}_body", name="z", duty="lead") for name in ("water", "power")]


@pytest.mark.parametrize("urged", [True, False])
def test_each_head_is_told_of_his_own_order(urged: bool) -> None:
    rules = county(("contact", Limit(days=1)))
    made = Desk(rules, submission(rules, "用水", "用电"), (*everybody(rules), *HEADS))
    clock = made.order().clocks["contact"]
    at = clock.due.warnings[1].at if not urged else made.case.accepted_at
    do: Do = Urge()
    if not urged:
        share = clock.due.warnings[1].share
        first = clock.due.warnings[0]
        made.do(CLOCK, Warn(step="contact", due=clock.due.at, share=first.share, at=first.at), first.at)
        do = Warn(step="contact", due=clock.due.at, share=share, at=at)
    before = len(made.log)
    assert isinstance(made.do(APPLICANT if urged else CLOCK, do, at), list)
    event = made.log[before].event
    told = [one for one in notices(made.case, made.log[before:]) if one.template.startswith("lead.")]
    rows = [of_his_body(row(one), made.case, event, head(one.recipient)) for one in told]
    assert {one.recipient.id: one.order for one in rows} == {"water_body-z": "case-1", "power_body-z": "case-2"}


def head(recipient: Recipient) -> Staff:
    return next(one for one in HEADS if one.id == recipient.id)


def row(notice: Notice) -> Row:
    return Row(
        id=1,
        key=notice.key,
        kind="notice",
        recipient=notice.recipient,
        template=notice.template,
        case=notice.case,
        order=notice.order,
        event=notice.event,
        attempt=1,
    )
