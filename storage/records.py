"""Cases in SQL: accepted once, changed by commands, each in one transaction (design §2.2, §2.3, §6)."""

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from model.case import Case
from model.command import Command
from model.decision import Decision, Done, Refused
from model.event import Recorded
from model.process import Numbering
from model.staff import Staff
from model.submission import Submission
from storage.consulting import agreed_at, consulted_in, consulting_of
from storage.engine import Database, lost_race
from storage.enqueuing import enqueue
from storage.finding import Finding
from storage.folded import Folded
from storage.handed_over import hand_on
from storage.log import Fold, Log
from storage.numbers import draw_number
from storage.opened import opened
from storage.permits import lying_with
from storage.projection import SlotTaken, move_case, project, put_case
from storage.rosters import Rosters
from storage.schema import cases, commands, lookups, orders, parts, record_keys
from storage.schema import staff as staff_table
from storage.staffing import parts_where, read_staff, tasks_where
from storage.steps import Step
from storage.vault import RecordKey, Unreadable, Vault
from storage.words import with_words, without_words

Accept: TypeAlias = Callable[[str, str, Sequence[Staff]], Decision | Refused]
"""Case id, number and the county's staff -> what the core decides."""
Decide: TypeAlias = Callable[[Case, Sequence[Staff]], Decision | Refused]
"""The case as it is and the county's staff -> what the core decides."""

_TRIES: Final = 5
# Made once: making a statement costs more than carrying it out.
_LOCKED: Final = (
    select(cases.c.county, cases.c.version)
    .where(cases.c.id == bindparam("case"), cases.c.erased_at.is_(None))
    .with_for_update()
)
_RESULT: Final = select(commands).where(commands.c.id == bindparam("command"))
_KEEP: Final = insert(commands)
_SUBMITTED: Final = select(cases.c.id, cases.c.digest).where(cases.c.submission == bindparam("submission"))
_KEYS: Final = insert(record_keys)
_FIND_BY: Final = insert(lookups)
_SLOT: Final = dt.timedelta(minutes=30)
_CASE_ID_BYTES: Final = 10
_KEPT: Final = 500


class Conflict(Exception):
    """Others were first time and again; nothing was written. Trying again later is right."""


class Records(Finding):
    """Every case. `fold` makes a case of its events; it and the functions passed in are the only logic."""

    def __init__(self, database: Database, vault: Vault, fold: Fold, kept: int = _KEPT) -> None:
        """`kept`: of so many cases it is remembered what their logs make of them."""
        super().__init__(database, vault)
        self._folded = Folded(kept)
        self._log = Log(vault, fold)
        self._rosters = Rosters()

    async def accept(
        self,
        submission: Submission,
        *,
        numbering: Numbering,
        find_by: Mapping[str, Iterable[str]],
        now: dt.datetime,
        accept: Accept,
        photos: str | None = None,
    ) -> Case | Refused:
        """The case of this submission, made now if it is new.

        The number, the case, its orders, events, deadlines, notices and the sealed submission are written together or
        not at all. `find_by` maps a kind (``phone``) to the values the case can be found by; only keyed hashes are
        kept. `photos` is the wrapped key that the draft's photos are sealed under: from now on the case owns it.
        Refused `submission.changed` for another submission under a known id, else what `accept` refuses with; then
        nothing is written. Raises `Conflict`.
        """
        digests = self._vault.digests(submission.digest().encode(), b"submission")
        lost: DBAPIError | None = None
        for _ in range(_TRIES):
            try:
                async with self._database.writing(Step.ACCEPT) as connection:
                    known = await self._known(connection, submission.id, digests)
                    if isinstance(known, Case) and photos:  # accepted by a process that left the key with the draft
                        await self._give_photos(connection, known.id, photos)
                    if known is not None:
                        return known
                    return await self._make(connection, submission, digests[0], numbering, find_by, now, accept, photos)
            except _Stop as stop:
                return stop.refused
            except DBAPIError as error:
                if not lost_race(error):
                    raise
                lost = error  # the same submission arrived twice at once: the next round finds its case
        raise Conflict(f"submission {submission.id} could not be accepted") from lost

    async def execute(self, command: Command, *, now: dt.datetime, decide: Decide) -> Done | Refused:
        """Carry out a command once; repeated, it gives the recorded result, a refusal included, and writes nothing.

        Refused `case.unknown`, `survey.busy` when a steward bound by the survey is elsewhere in that half hour, else
        what `decide` refuses with. Raises `Conflict`.
        """
        busy: Refused | None = None
        clashed = False
        lost: Exception | None = None
        for _ in range(_TRIES):
            try:
                async with self._database.writing(Step.COMMAND) as connection:
                    row = (await connection.execute(_LOCKED, {"case": command.case})).one_or_none()
                    if row is None:
                        self._folded.forget(command.case)
                        return Refused(code="case.unknown")
                    recorded = await self._result(connection, command.id)
                    if recorded is not None:
                        return recorded
                    key = await self._log.key(connection, command.case)
                    case = self._folded.at(command.case, row.version)
                    if case is None:
                        case = await self._log.case(connection, command.case, key)
                    staff = await self._rosters.of(connection, row.county, now - _SLOT)
                    decision = busy or decide(case, staff)
                    if isinstance(decision, Refused):
                        told = {"id": command.id, "case_id": case.id, "at": now, "refused": decision.model_dump()}
                        await connection.execute(_KEEP, told)
                        return decision
                    done = await self._change(connection, command, case, decision, key, now)
                self._folded.keep(self._log.fold(self._log.as_read(done.events), case))
                return done
            except _MovedOn as moved:
                lost = moved
            except SlotTaken as taken:
                # Another case was quicker: what is decided anew keeps clear of it, unless somebody insists on that time.
                busy = Refused(code="survey.busy", about={"steward": taken.steward}) if clashed else None
                clashed = True
            except DBAPIError as error:
                if not lost_race(error):
                    raise
                lost = error
        raise Conflict(f"command on case {command.case} could not be carried out") from lost

    async def result(self, command_id: str) -> Done | Refused | None:
        """What came of a command, None if it was never given. Raises `Unreadable` once its case was erased."""
        async with self._database.reading() as connection:
            return await self._result(connection, command_id)

    async def case(self, case_id: str) -> Case | None:
        """The case as it is now, None if there is no such case. Raises `Unreadable` once it was erased."""
        async with self._database.reading() as connection:
            known = await connection.execute(select(cases.c.id).where(cases.c.id == case_id))
            return None if known.scalar_one_or_none() is None else await self._log.case(connection, case_id)

    async def events(self, case_id: str) -> tuple[Recorded, ...]:
        """The log of a case, in order; empty if there is no such case."""
        async with self._database.reading() as connection:
            known = await connection.execute(select(cases.c.id).where(cases.c.id == case_id))
            return () if known.scalar_one_or_none() is None else await self._log.read(connection, case_id)

    async def submission(self, case_id: str) -> Submission | None:
        """What the applicant confirmed, without his words once those were erased; None if there is no such case.

        Raises `Unreadable` once it was erased.
        """
        async with self._database.reading() as connection:
            found = await connection.execute(select(cases.c.sealed).where(cases.c.id == case_id))
            sealed = found.scalar_one_or_none()
            if sealed is None:
                return None
            key = await self._log.key(connection, case_id)
        submission = Submission.model_validate_json(self._vault.open(key, sealed, _submission_place(case_id)))
        try:
            return with_words(submission, await self.words(case_id))
        except Unreadable:
            return submission

    async def several(self, ids: Sequence[str]) -> Mapping[str, tuple[Case, Submission]]:
        """These cases and what was confirmed, without the words in which it was said; what was erased is left out."""
        async with self._database.reading() as connection:
            return await opened(connection, self._log, self._vault, ids, _submission_place)

    async def words(self, case_id: str) -> dict[str, str]:
        """The words in which the answers of a case were given. Raises `Unreadable` once they were erased."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(cases.c.words).where(cases.c.id == case_id))
            sealed = found.scalar_one_or_none()
            key = await self._log.key(connection, case_id, "words")
        if sealed is None:
            raise Unreadable("no words kept")
        return dict(json.loads(self._vault.open(key, sealed, _words_place(case_id))))

    async def photos_key(self, case_id: str) -> RecordKey:
        """The key of the case's photos. Raises `Unreadable` when there are none, or once they were erased."""
        async with self._database.reading() as connection:
            return await self._log.key(connection, case_id, "photos")

    async def adopt_photos(self, case_id: str, photos: str) -> None:
        """Give a case the wrapped key of its photos, where it has none yet."""
        async with self._database.writing(Step.ADOPT) as connection:
            await self._give_photos(connection, case_id, photos)

    async def tasks(self, staff_ids: Sequence[str]) -> tuple[tuple[Case, str], ...]:
        """Open orders (case, order id) of these staff, and those of their bodies that nobody has; oldest first."""
        async with self._database.reading() as connection:
            of = await read_staff(connection, staff_table.c.id.in_(staff_ids))
            query = select(orders.c.case_id, orders.c.id).join(cases, cases.c.id == orders.c.case_id)
            query = query.where(tasks_where(of)).order_by(cases.c.accepted_at, orders.c.id)
            rows = (await connection.execute(query)).all()
            loaded = await self._log.cases(connection, [row.case_id for row in rows])
        return tuple((loaded[row.case_id], row.id) for row in rows)

    async def claims(self, staff_id: str) -> tuple[tuple[Case, str], ...]:
        """Open orders (case, order id) that have no body yet and that this steward's may claim; oldest first."""
        async with self._database.reading() as connection:
            found = await read_staff(connection, staff_table.c.id == staff_id)
            of = [one for one in found if one.duty == "steward"]
            query = select(orders.c.case_id, orders.c.id).join(cases, cases.c.id == orders.c.case_id)
            query = query.where(cases.c.county.in_([one.county for one in of]), orders.c.open, orders.c.unassigned)
            rows = (await connection.execute(query.order_by(cases.c.accepted_at, orders.c.id))).all()
            # Those without a body are few, and which bodies may claim them only the case knows.
            loaded = await self._log.cases(connection, [row.case_id for row in rows])
        own = {one.body for one in of}
        asked = [(loaded[row.case_id], loaded[row.case_id].order(row.id)) for row in rows]
        return tuple(
            (case, order.id)
            for case, order in asked
            if order is not None and own.intersection(one.body for one in order.offers)
        )

    async def permits(self, staff_id: str) -> tuple[tuple[Case, str], ...]:
        """Open applications for permits (case, id) that lie with an officer, or with his body if nobody has them; oldest first."""
        async with self._database.reading() as connection:
            of = await read_staff(connection, staff_table.c.id == staff_id)
            rows = (await connection.execute(lying_with(of))).all()
            loaded = await self._log.cases(connection, [row.case_id for row in rows])
        return tuple((loaded[row.case_id], row.id) for row in rows)

    async def parts(self, staff_id: str) -> tuple[tuple[Case, str], ...]:
        """Open parts (case, body) of a member of staff, and those of his body that nobody in service has; oldest first."""
        async with self._database.reading() as connection:
            found = await read_staff(connection, staff_table.c.id == staff_id)
            of = [one for one in found if one.duty != "supervisor"]
            query = select(parts.c.case_id, parts.c.body).join(cases, cases.c.id == parts.c.case_id)
            query = query.where(parts_where(of)).order_by(cases.c.accepted_at, cases.c.id, parts.c.body)
            rows = (await connection.execute(query)).all()
            loaded = await self._log.cases(connection, [row.case_id for row in rows])
        return tuple((loaded[row.case_id], row.body) for row in rows)

    async def consulting(self, staff_id: str) -> tuple[tuple[Case, str], ...]:
        """What of consultations (case, id) lies with a member of staff, or with his body if nobody has it; oldest first."""
        async with self._database.reading() as connection:
            of = await read_staff(connection, staff_table.c.id == staff_id)
            rows = (await connection.execute(consulting_of(of))).all()
            loaded = await self._log.cases(connection, [row.case_id for row in rows])
        return tuple((loaded[row.case_id], row.name) for row in rows)

    async def agreed_at(self, county: str, body: str) -> tuple[tuple[str, str], ...]:
        """What of consultations (case, id) lies open with a body, whoever of it has it; oldest first."""
        async with self._database.reading() as connection:
            return tuple((row.case_id, row.name) for row in await connection.execute(agreed_at(county, body)))

    async def consulted(self, county: str) -> tuple[Case, ...]:
        """The cases of a county in which there was a consultation, oldest first."""
        async with self._database.reading() as connection:
            found = (await connection.execute(consulted_in(county))).all()
            return tuple((await self._log.cases(connection, [one.id for one in found])).values())

    async def _give_photos(self, connection: AsyncConnection, case_id: str, photos: str) -> None:
        row = {"case_id": case_id, "record": "photos", "wrapped": photos}
        await connection.execute(self._database.add(record_keys), row)

    async def _known(
        self, connection: AsyncConnection, submission: str, digests: Sequence[str]
    ) -> Case | Refused | None:
        row = (await connection.execute(_SUBMITTED, {"submission": submission})).one_or_none()
        if row is None:
            return None
        if row.digest not in digests:
            return Refused(code="submission.changed")
        return await self._log.case(connection, row.id)

    async def _make(
        self,
        connection: AsyncConnection,
        submission: Submission,
        digest: str,
        numbering: Numbering,
        find_by: Mapping[str, Iterable[str]],
        now: dt.datetime,
        accept: Accept,
        photos: str | None,
    ) -> Case:
        number = await draw_number(self._database, connection, submission.county, numbering, now)
        case_id = secrets.token_hex(_CASE_ID_BYTES)
        decision = accept(case_id, number, await self._rosters.of(connection, submission.county, now - _SLOT))
        if isinstance(decision, Refused):
            raise _Stop(decision)  # leaving by an exception gives the number back
        key, words_key = self._vault.new_record_key(), self._vault.new_record_key()
        bare, words = without_words(submission)
        sealed = self._vault.seal(key, bare.model_dump_json().encode(), _submission_place(case_id))
        said = self._vault.seal(words_key, json.dumps(words, ensure_ascii=False).encode(), _words_place(case_id))
        await put_case(connection, decision.case, digest=digest, sealed=sealed, words=said)
        records = {"case": key.wrapped, "words": words_key.wrapped} | ({"photos": photos} if photos else {})
        rows = [{"case_id": case_id, "record": record, "wrapped": wrapped} for record, wrapped in records.items()]
        await connection.execute(_KEYS, rows)
        if found := lookup_rows(self._vault, case_id, find_by):
            await connection.execute(_FIND_BY, found)
        await self._log.append(connection, decision.recorded, key)
        await project(self._database, connection, None, decision)
        await enqueue(connection, decision.notices, now)
        return decision.case

    async def _change(
        self,
        connection: AsyncConnection,
        command: Command,
        case: Case,
        decision: Decision,
        key: RecordKey,
        now: dt.datetime,
    ) -> Done:
        if not await move_case(connection, decision.case, since=case.version):
            raise _MovedOn(case.id)
        await self._log.append(connection, decision.recorded, key)
        await project(self._database, connection, case, decision)
        await enqueue(connection, decision.notices, now)
        await hand_on(connection, case, decision, now)
        first, last = case.version + 1, decision.case.version
        row = {"id": command.id, "case_id": case.id, "at": now, "first": first, "last": last}
        await connection.execute(_KEEP, row)
        return Done(case=decision.case, events=decision.recorded)

    async def _result(self, connection: AsyncConnection, command_id: str) -> Done | Refused | None:
        row = (await connection.execute(_RESULT, {"command": command_id})).one_or_none()
        if row is None:
            return None
        if row.refused is not None:
            return Refused.model_validate(row.refused)
        recorded = await self._log.read(connection, row.case_id, upto=row.last)
        return Done(case=self._log.fold(recorded), events=recorded[row.first - 1 :])


class _Stop(Exception):
    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused


class _MovedOn(Exception):
    """The row of the case is not at the version its events make."""


def lookup_rows(vault: Vault, case_id: str, find_by: Mapping[str, Iterable[str]]) -> list[dict[str, str]]:
    """The rows by which a case can be found, under the present lookup key."""
    hashes = {vault.lookup(f"{kind}:{value}"): kind for kind, values in find_by.items() for value in values}
    return [{"hash": one, "case_id": case_id, "kind": kind, "key_id": vault.lookup_id} for one, kind in hashes.items()]


def _words_place(case_id: str) -> bytes:
    return f"words:{case_id}".encode()


def _submission_place(case_id: str) -> bytes:
    return f"submission:{case_id}".encode()
