"""The digest of a morning (J35): what a steward has to do today, what a lead's body has; composed when it is sent."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Protocol

from handlers.letter import Letter, template_fields
from handlers.ports import Application, Clock, RoutingCore, Task
from handlers.route_facts import handling
from handlers.wording.orders import order_name
from handlers.wording.values import show
from handlers.wording.wording import Wording
from model.approval import Approval, ApprovalState
from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.delivery import Row
from model.desk import OpenOrder
from model.edition import on_form, under
from model.message import Reply
from model.staff import Staff
from routing.agenda import agenda, next_limit
from routing.approval_acts import permit_name
from routing.open_form import lacking_of

STEWARD: Final = "steward.digest"
LEAD: Final = "lead.digest"
DIGESTS: Final = (STEWARD, LEAD)
_SHOWN = 3
"""Orders named; the others are a number. A message has five lines."""


class _Item(NamedTuple):
    """What is to be done of a case, by when: an order, or an application for a permit."""

    case: Case
    id: str
    name: str
    step: str
    at: dt.datetime | None


class Desk(Protocol):
    """What lies open at a body."""

    async def of_body(self, county: str, body: str) -> tuple[OpenOrder, ...]:
        """Its open orders."""


class Digest:
    """Composes the digest of one member of staff, from what is open at that moment."""

    def __init__(
        self,
        core: RoutingCore,
        desks: Desk,
        counties: Mapping[str, County],
        wordings: Mapping[str, Wording],
        clock: Clock,
    ) -> None:
        """Over the routing core and the desks, with the counties' words."""
        self._core = core
        self._desks = desks
        self._counties = counties
        self._wordings = wordings
        self._clock = clock

    async def compose(self, row: Row) -> Letter | None:
        """The letter; None if he has nothing, or is not there any more."""
        staff = await self._core.steward(row.refs["staff"])
        if staff is None or staff.account is None or staff.person is None or staff.county not in self._counties:
            return None
        now = self._clock()
        facts = await (self._of_body(staff, now) if row.template == LEAD else self._of_steward(staff, now))
        if facts is None:
            return None
        wording = self._wordings[staff.county]
        facts = facts | {"day": now.astimezone(CHINA).date()}
        reply = Reply(text=wording.catalogue.say(f"notice.{row.template}", **facts))
        fields = template_fields(wording, row.template, facts)
        return Letter(staff.account, staff.person, reply, None, row.template, fields)

    async def _of_steward(self, staff: Staff, now: dt.datetime) -> dict[str, Any] | None:
        county = self._counties[staff.county]
        own = [self._order(county, task) for task in await self._core.tasks(staff.id) if task.order.steward == staff.id]
        own += [self._permit(county, *one) for one in await self._core.permits(staff.id) if _has(one, staff)]
        if not own:
            return None
        found = agenda(((one, one.at) for one in own), now)
        items = [
            {
                "number": one.case.number,
                "service": one.name,
                "address": await self._address(county, one.case),
                "step": one.step,
                "due": one.at.astimezone(CHINA).time() if one.at else None,
                "when": "today" if one in found.today else "overdue" if one in found.overdue else "later",
            }
            for one in found.all[:_SHOWN]
        ]
        open_forms = sum(self._lacks(county, one) for one in own)
        told = {"items": items, "left": len(own) - len(items), "open_forms": open_forms}
        return _counts(found.today, found.overdue, len(own)) | told

    @staticmethod
    def _lacks(county: County, one: "_Item") -> bool:
        """Whether its part of a telephone application is still to be filled in (待补充, X26)."""
        order = one.case.order(one.id)
        return order is not None and bool(lacking_of(one.case, order, under(county, one.case.process_version)))

    def _order(self, county: County, task: Task) -> "_Item":
        limit = next_limit(task.order)
        rule = under(county, task.case.process_version).process.rule(limit[0]) if limit else None
        say = self._wordings[county.id].catalogue.say
        step = rule.name if rule else say("bulletin.urge")
        if limit and handling(task.case, (task.order.id,), limit[0]):
            step = say("timed.handling")
        name = order_name(county, task.case, task.order)
        return _Item(task.case, task.order.id, name, step, limit[1] if limit else None)

    def _permit(self, county: County, case: Case, approval: Approval) -> "_Item":
        """An application that lies with an officer: what is sent back has no time of his."""
        clock = approval.clock if approval.clock is not None and approval.clock.runs else None
        name = permit_name(under(county, case.process_version), approval.kind)
        step = self._wordings[county.id].catalogue.say("timed.permit")
        return _Item(case, approval.id, name, step, clock.due.at if clock else None)

    async def _of_body(self, staff: Staff, now: dt.datetime) -> dict[str, Any] | None:
        county = self._counties[staff.county]
        open_orders = await self._desks.of_body(staff.county, staff.body)
        if not open_orders:
            return None
        found = agenda(((one, one.due) for one in open_orders), now)
        late = [
            {
                "number": one.number,
                "service": county.service[one.service].name,
                "steward": await self._core.steward(one.steward) if one.steward else None,
            }
            for one in found.overdue[:_SHOWN]
        ]
        return _counts(found.today, found.overdue, len(open_orders)) | {
            "body": county.body[staff.body],
            "unassigned": sum(one.steward is None for one in open_orders),
            "late": late,
            "left": len(found.overdue) - len(late),
        }

    async def _address(self, county: County, case: Case) -> str:
        submission = await self._core.submission(case.id)
        places = on_form(county, submission.form_version).places if submission else county.places
        answer = submission.answers.get(places.address) if submission else None
        return show(answer.value) if answer and answer.value else ""


def _has(one: Application, staff: Staff) -> bool:
    """Whether it lies with him, and he has something to do about it."""
    return one.approval.officer == staff.id and one.approval.state != ApprovalState.RETURNED


def _counts(today: tuple[object, ...], overdue: tuple[object, ...], count: int) -> dict[str, Any]:
    return {"count": count, "today": len(today), "overdue": len(overdue)}
