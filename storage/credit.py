"""Credit notes in SQL (X60): each sealed under a key of its own, so that deleting one leaves nothing to read."""

import datetime as dt
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from model.credit import CreditNote
from model.delivery import Recipient
from storage.engine import Database
from storage.enqueuing import enqueue_credit
from storage.records import Conflict
from storage.schema import credit_notes
from storage.steps import Step
from storage.vault import Vault

_CONTEXT: Final = b"credit note "


class CreditNotes:
    """Every note, for staff only: nothing else in the program reads them."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def add(self, note: CreditNote) -> None:
        """Keep a new note; nobody is told before a second person has confirmed it."""
        key = self._vault.new_record_key()
        row = {"id": note.id, "county": note.county, "case_id": note.case, "at": note.at, "wrapped": key.wrapped}
        async with self._database.writing(Step.CREDIT) as connection:
            await connection.execute(insert(credit_notes).values(row | self._sealed(note, key.wrapped)))

    async def one(self, note_id: str) -> CreditNote | None:
        """The note with this id; None where it was deleted or never there. Raises `Unreadable`."""
        query = select(credit_notes).where(credit_notes.c.id == note_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else self._opened(row)

    async def of_county(self, county: str) -> tuple[CreditNote, ...]:
        """Those of a county, oldest first."""
        query = select(credit_notes).where(credit_notes.c.county == county)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(credit_notes.c.at, credit_notes.c.id))).all()
        return tuple(self._opened(row) for row in rows)

    async def change(
        self, note: CreditNote, tell: tuple[Recipient, str] | None, now: dt.datetime, at: dt.datetime
    ) -> None:
        """The note as it is now, with whom it is told to and by which text, `at` that time. Raises `Conflict` if it has moved on."""
        mine = (credit_notes.c.id == note.id, credit_notes.c.version == note.version - 1)
        async with self._database.writing(Step.CREDIT) as connection:
            wrapped = (await connection.execute(select(credit_notes.c.wrapped).where(*mine).with_for_update())).scalar()
            if wrapped is None:
                raise Conflict(note.id)
            await connection.execute(update(credit_notes).where(*mine).values(self._sealed(note, wrapped)))
            if tell is not None:
                await enqueue_credit(connection, note, *tell, now, at)

    async def remove(
        self, note: CreditNote, tell: tuple[Recipient, str] | None, now: dt.datetime, at: dt.datetime
    ) -> None:
        """Destroy the note with its key. Raises `Conflict` if it has moved on since it was read."""
        mine = (credit_notes.c.id == note.id, credit_notes.c.version == note.version)
        async with self._database.writing(Step.CREDIT) as connection:
            if (await connection.execute(delete(credit_notes).where(*mine))).rowcount != 1:
                raise Conflict(note.id)
            if tell is not None:
                gone = note.model_copy(update={"version": note.version + 1})
                await enqueue_credit(connection, gone, *tell, now, at)
        await self._database.scrub([credit_notes.name])

    def _sealed(self, note: CreditNote, wrapped: str) -> dict[str, Any]:
        words = note.model_dump_json().encode()
        sealed = self._vault.seal(self._vault.unwrap(wrapped), words, _CONTEXT + note.id.encode())
        return {"version": note.version, "sealed": sealed}

    def _opened(self, row: Any) -> CreditNote:
        words = self._vault.open(self._vault.unwrap(row.wrapped), row.sealed, _CONTEXT + row.id.encode())
        return CreditNote.model_validate_json(words)
