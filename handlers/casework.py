"""Casework: load a case, let the core decide, append (design §2.3). The routing core as handlers see it."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import reduce
from typing import TypeVar

from handlers.editions import Learn, nothing_to_learn
from handlers.found_by import keys_of
from handlers.joining import joint_follow_up, road
from handlers.people.absence import days_of
from handlers.people.noting import By
from handlers.ports import Application, CoreAway, SheetPart, Task
from handlers.reaching import reaching
from model.calendar import CHINA
from model.case import Case
from model.command import Command
from model.county import County
from model.decision import Decision, Done, Refused, Ring
from model.desk import OpenOrder
from model.edition import EditionUnknown, on_form, under
from model.event import Recorded
from model.events.intake import Moved
from model.message import Actor
from model.staff import Absence, Staff
from model.submission import Submission
from routing.accept import accept
from routing.adding import with_added
from routing.decide import decide
from routing.evolve import evolve, fold
from routing.notices import notices
from routing.open_form import as_filled
from routing.passed_visits import visit_rings
from routing.quiet import quietly
from routing.rating import calls_back
from routing.record import record
from routing.reports import reports
from storage.records import Records
from storage.staff_changes import StaffingChanged
from storage.staffing import Staffing
from storage.vault import Unreadable

Read = TypeVar("Read")

Result = TypeVar("Result")


class Casework:
    """Implements `handlers.ports.RoutingCore` over the records in SQL.

    `counties` by id; `learn` looks for other editions of one. What is handed out is of an edition known here, or the core
    is away. `woken` is called after every commit that may have put something into the outbox.
    """

    def __init__(
        self,
        records: Records,
        staffing: Staffing,
        counties: Mapping[str, County],
        woken: Callable[[], None] = lambda: None,
        learn: Learn = nothing_to_learn,
    ) -> None:
        self._records = records
        self._staffing = staffing
        self._counties = counties
        self._woken = woken
        self._learn = learn

    @reaching
    async def accept(self, submission: Submission, now: dt.datetime, photos: str | None = None) -> Case | Refused:
        """See `RoutingCore`."""
        if submission.county not in self._counties:
            return Refused(code="county.unknown")

        async def attempt() -> Case | Refused:
            county = on_form(self._counties[submission.county], submission.form_version)
            actor = Actor(person=submission.person)

            def made(case_id: str, number: str, stewards: Sequence[Staff]) -> Decision | Refused:
                events = accept(submission, county, case_id, number, stewards, now)
                if isinstance(events, Refused):
                    return events
                recorded = record(events, case_id=case_id, after=0, actor=actor, county=county, now=now)
                return _decision(None, recorded, county)

            return await self._records.accept(
                submission,
                numbering=county.process.number,
                find_by=find_by(submission, county),
                now=now,
                accept=made,
                photos=photos,
            )

        done = await self._knowing(attempt)
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
            moved = (event.process_version for event in events if isinstance(event, Moved))
            rules = under(county, next(moved, case.process_version))
            recorded = record(events, case_id=case.id, after=case.version, actor=command.actor, county=rules, now=now)
            return _decision(case, recorded, county)

        done = await self._knowing(lambda: self._records.execute(command, now=now, decide=decided))
        if isinstance(done, Done):
            await joint_follow_up(
                self._records, self._counties, done, command, lambda following: self.execute(following, now)
            )
        self._woken()
        return done

    @reaching
    async def done(self, command_id: str) -> Done | Refused | None:
        """See `RoutingCore`."""
        return await self._records.result(command_id)

    @reaching
    async def case(self, case_id: str) -> Case | None:
        """See `RoutingCore`."""
        case = await _unless_erased(self._records.case(case_id), None)
        return case and await self._with_rules(case)

    @reaching
    async def events(self, case_id: str) -> tuple[Recorded, ...]:
        """See `RoutingCore`."""
        return await _unless_erased(self._records.events(case_id), ())

    @reaching
    async def logs(self, county: str, since: dt.datetime, until: dt.datetime) -> tuple[tuple[Recorded, ...], ...]:
        """See `RoutingCore`."""
        found = await self._records.open_between(county, since, until)
        return tuple([await _unless_erased(self._records.events(case_id), ()) for case_id in found])

    @reaching
    async def submission(self, case_id: str) -> Submission | None:
        """See `RoutingCore`."""
        found = await _unless_erased(self._records.submission(case_id), None)
        case = await self.case(case_id) if found is not None and found.county in self._counties else None
        return found if found is None or case is None else await self._as_it_stands(found, case)

    @reaching
    async def several(self, ids: Sequence[str]) -> Mapping[str, tuple[Case, Submission]]:
        """Several cases as they are now, each with what its applicant confirmed, without his words; of those erased nothing. For
        lists, not for a conversation.
        """
        found = await self._records.several(ids)
        return {
            name: (await self._with_rules(case), await self._as_it_stands(submission, case))
            for name, (case, submission) in found.items()
            if case.county in self._counties
        }

    async def _as_it_stands(self, found: Submission, case: Case) -> Submission:
        """What was confirmed, with what was filled in since, or added."""
        await self._knowing(lambda: _checked(on_form, self._counties[found.county], found.form_version))
        here = on_form(self._counties[found.county], found.form_version)
        return with_added(as_filled(found, case, here), case, here) if case.additions or case.telephone else found

    @reaching
    async def cases(self, account: str, person: str) -> tuple[Case, ...]:
        """See `RoutingCore`."""
        found = [await self.case(case_id) for case_id in await self._records.of_person(account, person)]
        return tuple(case for case in found if case is not None)

    @reaching
    async def numbered(self, county: str, number: str) -> Case | None:
        """See `RoutingCore`."""
        found = await self._records.find(county, number=number)
        return await self.case(found[0]) if found else None

    @reaching
    async def submitted(self, submission: str) -> Case | None:
        """See `RoutingCore`."""
        found = await self._records.of_submission(submission)
        return None if found is None else await self.case(found)

    @reaching
    async def task(self, order: str) -> Task | None:
        """See `RoutingCore`."""
        found = await self._records.of_order(order)
        case = None if found is None else await self.case(found)
        own = None if case is None else case.order(order)
        return None if case is None or own is None else Task(case, own)

    @reaching
    async def work(self, county: str, body: str, after: str | None, most: int) -> tuple[Task, ...]:
        """See `RoutingCore`."""
        return await self._tasks(await self._records.of_body(county, body, after, most))

    @reaching
    async def desk(self, county: str, body: str) -> tuple[OpenOrder, ...]:
        """See `RoutingCore`."""
        return await self._records.lying_at(county, body)

    @reaching
    async def paused(self, county: str, body: str, now: dt.datetime) -> tuple[Task, ...]:
        """See `RoutingCore`."""
        return await self._tasks(await self._records.paused_at(county, body, now))

    @reaching
    async def tasks(self, staff_id: str) -> tuple[Task, ...]:
        """See `RoutingCore`."""
        found = [(case, case.order(order_id)) for case, order_id in await self._records.tasks([staff_id])]
        for case, _ in found:
            await self._with_rules(case)
        return tuple(Task(case, order) for case, order in found if order is not None)

    @reaching
    async def claims(self, staff_id: str) -> tuple[Task, ...]:
        """See `RoutingCore`."""
        found = [(case, case.order(order_id)) for case, order_id in await self._records.claims(staff_id)]
        for case, _ in found:
            await self._with_rules(case)
        return tuple(Task(case, order) for case, order in found if order is not None)

    @reaching
    async def permits(self, staff_id: str) -> tuple[Application, ...]:
        """See `RoutingCore`."""
        found = [(case, case.approval(name)) for case, name in await self._records.permits(staff_id)]
        for case, _ in found:
            await self._with_rules(case)
        return tuple(Application(case, approval) for case, approval in found if approval is not None)

    @reaching
    async def proposals(self, staff_id: str) -> tuple[Case, ...]:
        """See `RoutingCore`."""
        found = [case for case, name in await self._records.permits(staff_id) if case.approval(name) is None]
        return tuple([await self._with_rules(case) for case in found])

    async def sheets(self, staff_id: str) -> tuple[SheetPart, ...]:
        """See `RoutingCore`."""
        found = await self._records.parts(staff_id)
        for case, _ in found:
            await self._with_rules(case)
        return tuple(SheetPart(case, body) for case, body in found)

    @reaching
    async def agreed(self, county: str, body: str) -> tuple[tuple[Case, str], ...]:
        """See `RoutingCore`."""
        found = [(await self.case(case_id), name) for case_id, name in await self._records.agreed_at(county, body)]
        return tuple((case, name) for case, name in found if case is not None)

    @reaching
    async def consultations(self, staff_id: str) -> tuple[tuple[Case, str], ...]:
        """See `RoutingCore`."""
        found = await self._records.consulting(staff_id)
        return tuple([(await self._with_rules(case), name) for case, name in found])

    @reaching
    async def call_backs(self, staff_id: str) -> tuple[Case, ...]:
        """See `RoutingCore`."""
        me = await self._staffing.one(staff_id)
        owed = await self._records.to_call_back(me.county) if me is not None else ()
        everybody = await self._staffing.of_county(me.county) if me is not None and owed else ()
        found = [await self.case(case_id) for case_id in owed]
        return tuple(case for case in found if case is not None and calls_back(case, staff_id, everybody))

    @reaching
    async def consulted(self, county: str) -> tuple[Case, ...]:
        """The cases of a county in which there was a consultation, oldest first; for the records, not for a conversation."""
        return await self._records.consulted(county)

    @reaching
    async def at_work(self, county: str) -> tuple[tuple[str, int], ...]:
        """A county's cases in which something is left to do, with their versions, oldest first; for a list, not for a conversation."""
        return await self._records.at_work(county)

    @reaching
    async def staff(self, account: str, person: str) -> tuple[Staff, ...]:
        """See `RoutingCore`."""
        return await self._staffing.of_person(account, person)

    @reaching
    async def steward(self, staff_id: str) -> Staff | None:
        """See `RoutingCore`."""
        return await self._staffing.one(staff_id)

    @reaching
    async def colleagues(self, county: str, body: str) -> tuple[Staff, ...]:
        """See `RoutingCore`."""
        return await self._staffing.of_county(county, body)

    @reaching
    async def absent(self, one: Staff, absence: Absence, by: By) -> Refused | None:
        """See `RoutingCore`."""
        said = {"days": (absence.first.isoformat(), absence.last.isoformat())}
        today = by.now.astimezone(CHINA).date()
        try:
            other = await self._staffing.absent(one.id, absence, today, by.noting(one, "away", said))
        except StaffingChanged:
            return Refused(code="overtaken")
        return None if other is None else Refused(code="away_overlaps", about=days_of(other))

    @reaching
    async def back(self, one: Staff, first: dt.date, by: By) -> Refused | None:
        """See `RoutingCore`."""
        try:
            await self._staffing.back(one.id, first, by.noting(one, "back", {"days": (first.isoformat(),)}))
        except StaffingChanged:
            return Refused(code="overtaken")
        return None

    @reaching
    async def redeem(self, code: str, account: str, person: str, now: dt.datetime) -> Staff | Refused:
        """See `RoutingCore`."""
        return await self._staffing.redeem(code, account, person, now)

    async def _tasks(self, found: Sequence[tuple[str, str]]) -> tuple[Task, ...]:
        """These orders (case, order), each case read once."""
        cases = {case_id: await self.case(case_id) for case_id in dict.fromkeys(case_id for case_id, _ in found)}
        tasks = [(case, case.order(name)) for case_id, name in found if (case := cases[case_id]) is not None]
        return tuple(Task(case, order) for case, order in tasks if order is not None)

    async def _with_rules(self, case: Case) -> Case:
        """The case, once the process it is under is known here."""
        if case.county in self._counties:
            await self._knowing(lambda: _checked(under, self._counties[case.county], case.process_version))
        return case

    async def _knowing(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """The work, done again if it came upon an edition that could be learnt. Raises CoreAway if it could not."""
        try:
            return await work()
        except EditionUnknown as unknown:
            await self._learn(unknown.county)
        try:
            return await work()
        except EditionUnknown as unknown:
            raise CoreAway(str(unknown)) from unknown


async def _checked(find: Callable[[County, int], County], county: County, version: int) -> None:
    find(county, version)


async def _unless_erased(read: Awaitable[Read], instead: Read) -> Read:
    """What is read, or what stands for a case that was erased."""
    try:
        return await read
    except Unreadable:
        return instead


def _decision(case: Case | None, recorded: tuple[Recorded, ...], county: County) -> Decision:
    after = fold(recorded) if case is None else reduce(evolve, recorded, case)
    told = quietly(notices(after, recorded), county, recorded[0].actor, recorded[0].at)
    return Decision(
        case=after,
        recorded=recorded,
        notices=(*told, *reports(case, recorded)),
        rings=_rings(after, county),
        rings_before=_rings(case, county),
    )


def _rings(case: Case | None, county: County) -> tuple[Ring, ...]:
    return tuple(visit_rings(case, under(county, case.process_version))) if case is not None else ()


def find_by(submission: Submission, county: County) -> dict[str, tuple[str, ...]]:
    """The values a case can be found by. By the road, cases are found that dig there too (X50)."""
    keys, place = keys_of(county, submission.answers), road(submission, county)
    return keys | ({"road": (place,)} if place else {})
