"""What a line of a case's log is about: which permit or step, how much of its limit has passed and when it ends, what was found."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from handlers.wording.dues import Say
from model.calendar import Due
from model.case import Case
from model.county import County
from model.event import Event
from routing.approval_acts import permit_name

_SAID: Final = (
    "mark",
    "opinion",
    "result",
    "scheme",
    "lacking",
    "reason",
    "remark",
    "text",
    "words",
    "note",
    "decision",
)


def details(county: County, case: Case, event: Event, say: Say) -> str:
    """In one line; empty where the name of the event says it all."""
    said = (getattr(event, name, None) for name in _SAID)
    return "；".join([*_facts(county, case, event, say), *(one for one in said if isinstance(one, str) and one)])


def _facts(county: County, case: Case, event: Event, say: Say) -> Iterator[str]:
    applied = case.approval(getattr(event, "approval", ""))
    kind = getattr(event, "kind", "") if event.event.startswith("approval_") else ""
    if applied is not None or kind:
        yield permit_name(county, applied.kind if applied is not None else kind)
    step = getattr(event, "step", None)
    if step is not None:
        rule = county.process.rule(step)
        yield rule.name if rule is not None else say(f"console.supervision.timed.{step}")
    cause = getattr(event, "cause", None)
    if event.event == "clock_paused" and cause:
        yield county.messages[f"paused.cause.{cause}"].strip()
    if event.event == "approval_decided":
        yield say(f"console.case.decided.{'granted' if event.granted else 'refused'}")
    if event.event == "rated" and event.due is not None:
        yield say("console.supervision.timed.call_back")
    share = getattr(event, "share", None)
    if isinstance(share, int):
        yield say("console.supervision.late.share", share=share)
    meeting = getattr(event, "at_time", None)
    if isinstance(meeting, dt.datetime):
        yield say("console.case.meeting", at=meeting)
    due = getattr(event, "due", None)
    at = due.at if isinstance(due, Due) else due
    if isinstance(at, dt.datetime):
        yield say("due.by", at=at)
