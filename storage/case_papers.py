"""Where the papers of a case are kept, those too that come later (补正): under the key of its photos, made when the first one comes."""

from typing import NamedTuple

from sqlalchemy import select

from storage.engine import Database
from storage.schema import cases, record_keys
from storage.steps import Step
from storage.vault import RecordKey, Vault


class PaperPlace(NamedTuple):
    """The record that a paper belongs to, and its key."""

    record: str
    key: RecordKey


class CasePapers:
    """The places of all cases."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def held(self, case_id: str) -> PaperPlace | None:
        """Where they are to be read; None if there are none, or the case was erased."""
        query = select(cases.c.submission, record_keys.c.wrapped).join(record_keys, record_keys.c.case_id == cases.c.id)
        mine = (cases.c.id == case_id, cases.c.erased_at.is_(None), record_keys.c.record == "photos")
        async with self._database.reading() as connection:
            found = (await connection.execute(query.where(*mine))).one_or_none()
        return None if found is None else PaperPlace(found.submission, self._vault.unwrap(found.wrapped))

    async def place(self, case_id: str) -> PaperPlace | None:
        """Where the papers of this case are kept; None once it was erased. Asked twice at once, it is one place."""
        mine = (cases.c.id == case_id, cases.c.erased_at.is_(None))
        held = select(record_keys.c.wrapped).where(record_keys.c.case_id == case_id, record_keys.c.record == "photos")
        async with self._database.writing(Step.ADOPT) as connection:
            record = (await connection.execute(select(cases.c.submission).where(*mine))).scalar_one_or_none()
            if record is None:
                return None
            fresh = {"case_id": case_id, "record": "photos", "wrapped": self._vault.new_record_key().wrapped}
            await connection.execute(self._database.insert(record_keys).values(fresh).on_conflict_do_nothing())
            wrapped = (await connection.execute(held)).scalar_one()
        return PaperPlace(record, self._vault.unwrap(wrapped))
