"""The event log of a case, sealed under the record key of its applicant (design §2.3, §6)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import BindParameter, bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.case import Case
from model.event import Event, Recorded
from model.message import Actor
from storage.newer import Newer
from storage.schema import events, record_keys
from storage.trace import current_trace
from storage.vault import RecordKey, Unreadable, Vault

RecordName: TypeAlias = Literal["case", "words", "photos"]
"""What of a case has a key of its own: the case, the words in which answers were given, and its photos."""


_ALL: Final = 2**31 - 1
# Made once: making a statement costs more than carrying it out.
_APPEND: Final = insert(events)
_EVENTS: Final = (
    select(events)
    .where(events.c.case_id == bindparam("case"), events.c.sequence <= bindparam("upto"))
    .order_by(events.c.sequence)
)
_KEY: Final = select(record_keys.c.wrapped).where(
    record_keys.c.case_id == bindparam("case"), record_keys.c.record == bindparam("record")
)
_AT_ONCE: Final = 20
_OF: Final[BindParameter[Any]] = bindparam("cases", expanding=True)
_EVENTS_OF: Final = select(events).where(events.c.case_id.in_(_OF)).order_by(events.c.case_id, events.c.sequence)
_KEYS_OF: Final = select(record_keys.c.case_id, record_keys.c.wrapped).where(
    record_keys.c.case_id.in_(_OF), record_keys.c.record == "case"
)


class _Body(BaseModel):
    """What of an event may be personal: the words in it, and who acted."""

    model_config = ConfigDict(frozen=True)

    actor: Actor
    event: Event


class Fold(Protocol):
    """Makes a case of its events."""

    def __call__(self, recorded: Iterable[Recorded], case: Case | None = None) -> Case:
        """Of all of them, or of those that follow on `case`."""


class Log:
    """Appends and reads events; `fold` makes a case of them."""

    def __init__(self, vault: Vault, fold: Fold) -> None:
        self._vault = vault
        self.fold = fold

    async def append(self, connection: AsyncConnection, recorded: Sequence[Recorded], key: RecordKey) -> None:
        """Add events. Raises `IntegrityError` if a place in the log is taken."""
        await connection.execute(_APPEND, [self._row(one, key) for one in recorded])

    async def case(self, connection: AsyncConnection, case_id: str, key: RecordKey | None = None) -> Case:
        """The case as all its events make it. Raises `Unreadable` once it was erased."""
        return self.fold(await self.read(connection, case_id, key=key))

    async def cases(self, connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Case]:
        """Several cases in this order, for lists: a few at a time, so that others are served between. Raises what `case` raises."""
        every, found = list(dict.fromkeys(ids)), dict[str, Case]()
        for start in range(0, len(every), _AT_ONCE):
            few = every[start : start + _AT_ONCE]
            wrapped = {row.case_id: row.wrapped for row in await connection.execute(_KEYS_OF, {"cases": few})}
            if len(wrapped) < len(few):
                raise Unreadable("the record was erased")
            logs: dict[str, list[Any]] = {}
            for row in await connection.execute(_EVENTS_OF, {"cases": few}):
                logs.setdefault(row.case_id, []).append(row)
            for name, rows in logs.items():
                key = self._vault.unwrap(wrapped[name])
                found[name] = self.fold(self.opened(row, key) for row in rows)
        return {name: found[name] for name in every}

    async def read(
        self, connection: AsyncConnection, case_id: str, *, upto: int | None = None, key: RecordKey | None = None
    ) -> tuple[Recorded, ...]:
        """The events of a case in order, or those up to a sequence; `key` is that of the case, if it is at hand.

        Raises `Unreadable` once it was erased, and `Newer` for an event this program does not know.
        """
        key = key or await self.key(connection, case_id)
        rows = await connection.execute(_EVENTS, {"case": case_id, "upto": _ALL if upto is None else upto})
        return tuple(self.opened(row, key) for row in rows)

    def opened(self, row: Any, key: RecordKey) -> Recorded:
        """An event from its row. Raises `Newer` for one this program does not know."""
        body = self._body(self._vault.open(key, row.sealed, _place(row.case_id, row.sequence)))
        return Recorded(
            case=row.case_id,
            sequence=row.sequence,
            at=row.at,
            actor=body.actor,
            process_version=row.process_version,
            calendar=row.calendar,
            event=body.event,
        )

    def as_read(self, recorded: Iterable[Recorded]) -> Iterable[Recorded]:
        """These events as they are when they are read again: in UTC, and with what their kinds leave out left out."""
        for one in recorded:
            body = self._body(_Body(actor=one.actor, event=one.event).model_dump_json().encode())
            yield one.model_copy(update={"at": one.at.astimezone(dt.UTC), "actor": body.actor, "event": body.event})

    def _body(self, plain: bytes) -> _Body:
        try:
            return _Body.model_validate_json(plain)
        except ValidationError as error:
            raise Newer("an event of a kind this program does not know") from error

    async def key(self, connection: AsyncConnection, case_id: str, record: RecordName = "case") -> RecordKey:
        """The key of one record of a case. Raises `Unreadable` once it was erased."""
        wrapped = (await connection.execute(_KEY, {"case": case_id, "record": record})).scalar_one_or_none()
        if wrapped is None:
            raise Unreadable("the record was erased")
        return self._vault.unwrap(wrapped)

    def _row(self, one: Recorded, key: RecordKey) -> dict[str, object]:
        body = _Body(actor=one.actor, event=one.event).model_dump_json().encode()
        return {
            "case_id": one.case,
            "sequence": one.sequence,
            "at": one.at,
            "kind": one.event.event,
            "process_version": one.process_version,
            "calendar": one.calendar,
            "sealed": self._vault.seal(key, body, _place(one.case, one.sequence)),
            "trace": current_trace(),
        }


def _place(case_id: str, sequence: int) -> bytes:
    return f"event:{case_id}:{sequence}".encode()
