"""Casework: load a case, let the core decide, append (design §2.3). The routing core as handlers see it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from handlers.parties import parties
from handlers.ports import Task
from handlers.reaching import reaching
from model.case import Case, Command, Decision, Done, Recorded, Refused
from model.county import County
from model.message import Actor
from model.staff import Staff
from model.submission import Submission
from routing.accept import accept
from routing.decide import decide
from routing.evolve import evolve, fold
from routing.notices import notices
from routing.record import record
from storage.records import Records
from storage.staffing import Staffing


class Casework:
    """Implements `handlers.ports.RoutingCore` over the records in SQL.

    `counties` by id. `woken` is called after every commit that may have put something into the outbox.
    """

    def __init__(
        self,
        records: Records,
        staffing: Staffing,
        counties: Mapping[str, County],
        woken: Callable[[], None] = lambda: None,
    ) -> None:
        self._records = records
        self._staffing = staffing
        self._counties = counties
        self._woken = woken

    @reaching
    async def accept(self, submission: Submission, now: dt.datetime) -> Case | Refused:
        """See `RoutingCore`."""
        county = self._counties.get(submission.county)
        if county is None:
            return Refused(code="county.unknown")
        actor = Actor(person=submission.person)

        def made(case_id: str, number: str, stewards: Sequence[Staff]) -> Decision | Refused:
            events = accept(submission, county, case_id, number, stewards, now)
            if isinstance(events, Refused):
                return events
            recorded = record(events, case_id=case_id, after=0, actor=actor, county=county, now=now)
            return _decision(None, recorded)

        done = await self._records.accept(
            submission, numbering=county.process.number, find_by=_find_by(submission, county), now=now, accept=made
        )
        self._woken()
        return done

    @reaching
    async def execute(self, command: Command, now: dt.datetime) -> Done | Refused:
        """See `RoutingCore`."""

        def decided(case: Case, stewards: Sequence[Staff]) -> Decision | Refused:
            county = self._counties.get(case.county)
            if county is None:
                return Refused(code="county.unknown")
            events = decide(case, command, county, now, stewards)
            if isinstance(events, Refused):
                return events
            recorded = record(events, case_id=case.id, after=case.version, actor=command.actor, county=county, now=now)
            return _decision(case, recorded)

        done = await self._records.execute(command, now=now, decide=decided)
        self._woken()
        return done

    @reaching
    async def case(self, case_id: str) -> Case | None:
        """See `RoutingCore`."""
        return await self._records.case(case_id)

    @reaching
    async def events(self, case_id: str) -> tuple[Recorded, ...]:
        """See `RoutingCore`."""
        return await self._records.events(case_id)

    @reaching
    async def submission(self, case_id: str) -> Submission | None:
        """See `RoutingCore`."""
        return await self._records.submission(case_id)

    @reaching
    async def cases(self, account: str, person: str) -> tuple[Case, ...]:
        """See `RoutingCore`."""
        found = [await self._records.case(case_id) for case_id in await self._records.of_person(account, person)]
        return tuple(case for case in found if case is not None)

    @reaching
    async def tasks(self, staff_id: str) -> tuple[Task, ...]:
        """See `RoutingCore`."""
        found = [(case, case.order(order_id)) for case, order_id in await self._records.tasks([staff_id])]
        return tuple(Task(case, order) for case, order in found if order is not None)

    @reaching
    async def staff(self, account: str, person: str) -> tuple[Staff, ...]:
        """See `RoutingCore`."""
        return await self._staffing.of_person(account, person)

    @reaching
    async def steward(self, staff_id: str) -> Staff | None:
        """See `RoutingCore`."""
        return await self._staffing.one(staff_id)

    @reaching
    async def redeem(self, code: str, account: str, person: str, now: dt.datetime) -> Staff | Refused:
        """See `RoutingCore`."""
        return await self._staffing.redeem(code, account, person, now)


def _decision(case: Case | None, recorded: tuple[Recorded, ...]) -> Decision:
    after = fold(recorded) if case is None else reduce(evolve, recorded, case)
    return Decision(case=after, recorded=recorded, notices=notices(after, recorded))


def _find_by(submission: Submission, county: County) -> dict[str, tuple[str, ...]]:
    """Each party's phone under its own kind: whoever calls finds the case, and nobody is taken for the applicant."""
    named = parties(county, submission.answers)
    found = {"phone": named.applicant, "agent_phone": named.agent, "site_phone": named.site_contact}
    return {kind: (one.phone,) for kind, one in found.items() if one is not None and one.phone}
