"""The body of a webhook: read from the log when it is sent, the same at every attempt and every replay (design §2.4, §6)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from handlers.letter import Overtaken
from handlers.parties import Named, parties, to_call
from handlers.ports import RoutingCore
from handlers.systems.details import details, due_data, instant
from handlers.systems.typed_values import typed
from handlers.systems.visible_form import visible_answers, visible_sections
from handlers.web.api.supplement_shape import supplement_shapes
from model.approval import Approval
from model.case import Case
from model.county import County
from model.delivery import Row
from model.edition import on_form
from model.event import Recorded
from model.order import Clock, Order
from model.process import is_staffs
from model.submission import Submission
from routing.evolve import fold
from routing.open_form import as_filled
from routing.reports import ASSIGNED, FORM_FILLED, GONE, RESUMED, ROUTED, orders_of

_WITH_FORM: Final = (ROUTED, ASSIGNED, RESUMED, FORM_FILLED)
"""What begins a body's work, or begins it anew, and what the form says more; the others say only what has changed."""


class Payloads:
    """Makes what a body's own system is sent of a row of the outbox."""

    def __init__(self, core: RoutingCore, counties: Mapping[str, County]) -> None:
        """Over the routing core."""
        self._core = core
        self._counties = counties

    async def compose(self, row: Row) -> bytes | Overtaken:
        """The body, or why nobody need hear of it any more. Raises `CoreAway`.

        The case is told as it was right after the event. Of an order that has gone to another body since, its former
        body hears only that it is gone (X19).
        """
        now = await self._core.case(row.case or "")
        events = await self._core.events(row.case or "")
        submission = await self._core.submission(row.case or "")
        if now is None or submission is None or now.county not in self._counties or len(events) < (row.event or 0):
            return Overtaken("record erased")
        body = row.recipient.id.partition(":")[2]
        upto = events[: row.event]
        case, recorded = fold(upto), upto[-1]
        county = on_form(self._counties[case.county], submission.form_version)
        about: dict[str, Any] = {
            "sequence": recorded.sequence,
            "county": case.county,
            "body": body,
            "case": {"id": case.id, "number": case.number, "accepted_at": instant(case.accepted_at)},
        }
        if row.template == GONE:
            gone = case.order(row.order or "")
            about["orders"] = [] if gone is None else [{"id": gone.id, "service": _service(county, gone)}]
            return _message(row, recorded, about)
        own = {one.id for one in now.orders if one.body == body and not one.candidates}
        orders = [one for one in orders_of(case, body, recorded.event) if one.id in own]
        if not orders:
            return Overtaken("its orders are with another body now")
        about["orders"] = [await self._order(county, case, one) for one in orders]
        if said := details(recorded.event):
            about["details"] = said
        if row.template in _WITH_FORM:
            then = as_filled(submission, case, county)
            about |= form_seen(county, case, [one.service for one in orders], then)
        return _message(row, recorded, about)

    async def _order(self, county: County, case: Case, order: Order) -> dict[str, Any]:
        steward = await self._core.steward(order.steward) if order.steward else None
        supplements = [one.model_dump(mode="json") for one in supplement_shapes(county, case, order)]
        cells = [
            typed(county.form.fields[name], one.value)
            for name, one in order.cells.items()
            if name in county.form.fields
        ]
        permits = [_permit(one) for one in case.approvals if order.id in one.orders]
        return {
            "id": order.id,
            "service": _service(county, order),
            "state": order.state.value,
            "ended": None if order.ending is None else order.ending.kind,
            "steward": None if steward is None else {"id": steward.id, "name": steward.name, "phone": steward.phone},
            "due": {step: _limit(clock) for step, clock in order.clocks.items() if is_staffs(step)},
        } | {
            key: several
            for key, several in (("supplements", supplements), ("permits", permits), ("cells", cells))
            if several
        }


def form_seen(county: County, case: Case, services: Sequence[str], submission: Submission) -> dict[str, Any]:
    """The part of the form that these services' body sees, and whom it calls (X19)."""
    answers = visible_answers(county, services, submission.answers)
    named = parties(county, answers)
    shown = visible_sections(county, services)
    fields = {field.id: field for section in shown for field in section.fields}
    sections = [
        {
            "id": section.id,
            "title": section.heading or section.title,
            "fields": [
                typed(field, answer.value)
                for field in section.fields
                if (answer := answers.get(field.id)) is not None and answer.value is not None
            ],
        }
        for section in shown
    ]
    return {
        "applicant": _person(named.applicant),
        "contact": _person(to_call(named, case.contact)),
        "form": {
            "id": submission.form,
            "version": submission.form_version,
            "channel": submission.channel,
            "entrance": submission.entrance,
            "submitted_at": instant(submission.submitted_at),
            "sections": [one for one in sections if one["fields"]],
            "missing": [{"id": one, "label": fields[one].label} for one in submission.missing if one in fields],
        },
    }


def _message(row: Row, recorded: Recorded, about: dict[str, Any]) -> bytes:
    whole = {"type": row.template, "timestamp": instant(recorded.at), "data": about}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _service(county: County, order: Order) -> dict[str, str]:
    known = county.service.get(order.service)
    return {"id": order.service, "name": known.name if known else order.service}


def _limit(clock: Clock) -> dict[str, Any]:
    """A limit; `stands` while it does not run, nobody knows how long, `met_at` once its step is done."""
    met = {} if clock.met_at is None else {"met_at": instant(clock.met_at)}
    return due_data(clock.due) | ({"stands": True} if clock.stands else {}) | met


def _permit(one: Approval) -> dict[str, Any]:
    """A permit that the order has applied for, and where that stands (X45–X49)."""
    due = {} if one.clock is None else {"due": due_data(one.clock.due)}
    said = {"lacking": one.lacking, "reason": one.reason}
    told = {"id": one.id, "kind": one.kind, "body": one.body, "state": one.state.value}
    return {**told, **{key: text for key, text in said.items() if text}, **due}


def _person(one: Named) -> dict[str, str]:
    return {"name": one.name, "phone": one.phone}
