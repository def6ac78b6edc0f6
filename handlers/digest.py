"""The digest of a morning (J35): what a steward has to do today, what a lead's body has; composed when it is sent."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from handlers.letter import Letter, template_fields
from handlers.pausing import Waiting, waits
from handlers.ports import Application, Clock, RoutingCore, Task
from handlers.route_facts import handling
from handlers.wording.orders import order_name
from handlers.wording.paused import grouped
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
from routing.agreed import Agreed, due_of_agreed
from routing.approval_acts import permit_name
from routing.open_form import lacking_of

STEWARD: Final = "steward.digest"
LEAD: Final = "lead.digest"
DIGESTS: Final = (STEWARD, LEAD)
_SHOWN = 3
"""Orders named; the others are a number. A message has five lines."""
_LONGEST = 20
"""Characters of what was agreed."""


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
        tasks = [task for task in await self._core.tasks(staff.id) if task.order.steward == staff.id]
        own = [self._order(county, task) for task in tasks]
        own += [self._permit(county, *one) for one in await self._core.permits(staff.id) if _has(one, staff)]
        beside = await self._beside(staff, await self._core.consultations(staff.id), waits(tasks, now), now)
        if not own and not beside["agreed"]:
            return None
        found = agenda(((one, one.at) for one in own), now)
        shown = _shown(beside)
        items = [
            {
                "number": one.case.number,
                "service": one.name,
                "address": await self._address(county, one.case),
                "step": one.step,
                "due": one.at.astimezone(CHINA).time() if one.at else None,
                "when": "today" if one in found.today else "overdue" if one in found.overdue else "later",
            }
            for one in found.all[:shown]
        ]
        open_forms = sum(self._lacks(county, one) for one in own)
        told = {"items": items, "left": len(own) - len(items), "open_forms": open_forms}
        return _counts(found.today, found.overdue, len(own)) | told | beside

    async def _beside(
        self, staff: Staff, consulting: Sequence[tuple[Case, str]], waiting: Sequence[Waiting], now: dt.datetime
    ) -> dict[str, str]:
        """A line of what was agreed and is due, and one of what waits for somebody else; each empty if there is nothing."""
        wording = self._wordings[staff.county]
        due = due_of_agreed(consulting, now.astimezone(CHINA).date())
        agreed = ""
        if due:
            agreed = wording.catalogue.say("digest.agreed", **await self._due(staff, due, now))
        paused = ""
        if waiting:
            causes = grouped(self._counties[staff.county].messages, [one.pause for one in waiting])
            paused = wording.catalogue.say("digest.paused", count=len(waiting), causes=causes)
        return {"agreed": agreed.strip(), "paused": paused.strip()}

    async def _due(self, staff: Staff, due: Sequence[Agreed], now: dt.datetime) -> dict[str, Any]:
        """What a line about it says: how many, and the one that is longest due, of others with the name of whoever has it."""
        today = now.astimezone(CHINA).date()
        case, item = due[0]
        other = await self._core.steward(item.staff) if item.staff not in (None, staff.id) else None
        first = {
            "number": case.number,
            "words": item.words[:_LONGEST],
            "name": other.name if other else "",
            "day": item.day,
            "late": item.day < today,
        }
        return {"count": len(due), "late": sum(one.item.day < today for one in due), "first": first}

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
        waiting = waits(await self._core.paused(staff.county, staff.body, now), now)
        beside = await self._beside(staff, await self._core.agreed(staff.county, staff.body), waiting, now)
        if not open_orders and not beside["agreed"]:
            return None
        shown = _shown(beside)
        found = agenda(((one, one.due) for one in open_orders), now)
        late = [
            {
                "number": one.number,
                "service": county.service[one.service].name,
                "steward": await self._core.steward(one.steward) if one.steward else None,
            }
            for one in found.overdue[:shown]
        ]
        return (
            _counts(found.today, found.overdue, len(open_orders))
            | beside
            | {
                "body": county.body[staff.body],
                "unassigned": sum(one.steward is None for one in open_orders),
                "late": late,
                "left": len(found.overdue) - len(late),
            }
        )

    async def _address(self, county: County, case: Case) -> str:
        submission = await self._core.submission(case.id)
        places = on_form(county, submission.form_version).places if submission else county.places
        answer = submission.answers.get(places.address) if submission else None
        return show(answer.value) if answer and answer.value else ""


def _has(one: Application, staff: Staff) -> bool:
    """Whether it lies with him, and he has something to do about it."""
    return one.approval.officer == staff.id and one.approval.state != ApprovalState.RETURNED


def _shown(beside: Mapping[str, str]) -> int:
    """How many orders are named, so that all stays within five lines."""
    return _SHOWN - sum(bool(line) for line in beside.values())


def _counts(today: tuple[object, ...], overdue: tuple[object, ...], count: int) -> dict[str, Any]:
    return {"count": count, "today": len(today), "overdue": len(overdue)}
