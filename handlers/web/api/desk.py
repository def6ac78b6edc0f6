"""What the system of a body does: it reads the body's open orders and reports their steps (X19, X23, J32, J33)."""

from typing import Final

from pydantic import TypeAdapter

from dialogs.as_data.filling import Problem
from dialogs.reading import Context
from handlers.cells import cells_standing
from handlers.ports import RoutingCore, Task
from handlers.web.api.bodies import validated
from handlers.web.api.call import Call
from handlers.web.api.cell_step import CellsStep, cells_command
from handlers.web.api.open_form import ConfirmStep, FillStep, confirming, filling
from handlers.web.api.order_shape import (
    OrderPage,
    OrderShape,
    StaffList,
    order_shape,
    order_summary,
    steward_shape,
)
from handlers.web.api.portal import problem_of, refusing
from handlers.web.api.problems import Refusing
from handlers.web.api.steps import StepReport, TakeStep, command_of, done_earlier
from model.command import Command, Do
from model.decision import Refused
from model.edition import on_form, under
from model.message import Actor, System
from model.order import Order
from model.staff import Staff
from storage.clients import Clients

_STEP: Final[TypeAdapter[StepReport]] = TypeAdapter(StepReport)
_PAGE: Final = 50
_LARGEST: Final = 100


class BodyDesk:
    """The orders of one body, over the routing core wherever it runs."""

    def __init__(self, core: RoutingCore, clients: Clients) -> None:
        """`clients` keeps what each has asked for."""
        self._core = core
        self._clients = clients

    async def orders(self, call: Call) -> OrderPage:
        """The open orders of the body, page by page."""
        most = _limit(call.query.get("limit"))
        after = call.query.get("cursor") or None
        found = await self._core.work(call.county.id, _body(call), after, most)
        told = [
            order_summary(call.county, case, order, await self._steward(order), call.catalogue) for case, order in found
        ]
        return OrderPage(orders=tuple(told), next=found[-1].order.id if len(found) == most else None)

    async def order(self, call: Call) -> OrderShape:
        """One order of the body, open or not, with its part of the form."""
        return await self._told(call, await self._own(call))

    async def staff(self, call: Call) -> StaffList:
        """Who of the body is in service."""
        found = await self._core.colleagues(call.county.id, _body(call))
        return StaffList(staff=tuple(steward_shape(one) for one in found))

    async def report(self, call: Call) -> OrderShape:
        """Carries out a step as the steward of the order; the same request again gives what came of it then."""
        task = await self._own(call)
        step = validated(call.body, _STEP, call.catalogue)
        if (await self._clients.asked(call.client.id, call.key, call.content, call.now)).changed:
            raise Refusing(422, "key_reused")
        staff = task.order.steward
        if isinstance(step, TakeStep):
            staff = step.steward or staff
        if staff is None:
            raise Refusing(409, "nobody_has_it")
        system = System(client=call.client.id, body=_body(call))
        actor = Actor(person=f"api:{call.client.id}", role="steward", staff=staff, system=system)
        do = await self._wanted(call, task, step)
        earlier, why = done_earlier(step)
        command = Command(id=call.name, case=task.case.id, actor=actor, do=do, happened_at=earlier, late_reason=why)
        done = await self._core.execute(command, call.now)
        if isinstance(done, Refused):
            raise refusing(done, call.catalogue)
        after = done.case.order(task.order.id)
        return await self._told(call, Task(done.case, after or task.order))

    async def _wanted(self, call: Call, task: Task, step: StepReport) -> Do:
        """The command that the step means. Raises `Refusing` for what cannot be filled in or agreed to so."""
        if not isinstance(step, CellsStep | FillStep | ConfirmStep):
            return command_of(step, task.order.id)
        submission = await self._core.submission(task.case.id)
        if submission is None:
            raise Refusing(404, "not_found")
        county = under(on_form(call.county, submission.form_version), task.case.process_version)
        context = Context(call.now, county.area_code, county.calendar, submission.answers)
        do: Do | list[Problem]
        match step:
            case CellsStep():
                do = cells_command(step.cells, task.order.id, county, context)
            case FillStep():
                do = filling(step.answers, task.order.id, task.case, county, context)
            case ConfirmStep():
                do = confirming(step, task.order, task.case, county)
        if isinstance(do, list):
            raise Refusing(422, "invalid", fields=[problem_of(one, context, call.catalogue) for one in do])
        return do

    async def _own(self, call: Call) -> Task:
        """The order that the path names, if it is this body's; of another's nobody learns that it is there."""
        task = await self._core.task(call.match["order"])
        if task is None or task.case.county != call.county.id or task.order.body != _body(call):
            raise Refusing(404, "not_found")
        if task.order.candidates:
            raise Refusing(404, "not_found")
        return task

    async def _told(self, call: Call, task: Task) -> OrderShape:
        submission = await self._core.submission(task.case.id)
        if submission is None:
            raise Refusing(404, "not_found")
        steward = await self._steward(task.order)
        cells = await cells_standing(self._core, call.county, task.case, submission)
        return order_shape(call.county, task.case, task.order, steward, submission, cells, call.catalogue)

    async def _steward(self, order: Order) -> Staff | None:
        return await self._core.steward(order.steward) if order.steward else None


def _body(call: Call) -> str:
    return call.client.body or ""


def _limit(given: str | None) -> int:
    if given is None:
        return _PAGE
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= _LARGEST):
        raise Refusing(400, "limit", about={"most": str(_LARGEST)})
    return int(given)
