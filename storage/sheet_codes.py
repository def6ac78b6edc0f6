"""Codes by which a row of a survey sheet is signed (ADR 38): used once, and by the same words as often as their answer is lost."""

import datetime as dt
from typing import Any, Final

from sqlalchemy import and_, delete, or_, select, update

from model.sheet_code import TRIES, SheetCode
from storage.engine import Database
from storage.schema import sheet_codes
from storage.steps import Step
from storage.vault import Vault

KEPT: Final = dt.timedelta(days=30)
"""So long after its time a code that was not used is still known, so that whoever comes with it hears what became of it."""


class SheetCodes:
    """Of a code, and of what was handed in with it, only keyed hashes are kept. Every method is a transaction."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def issue(self, code: str, made: SheetCode) -> None:
        """Let this code sign; an earlier one for the same row is void, unless something is recorded with it just now."""
        row = made.model_dump(exclude={"case"}) | {"hash": self._hash(code), "case_id": made.case}
        same = (sheet_codes.c.case_id == made.case, sheet_codes.c.body == made.body, sheet_codes.c.state == "open")
        old = (sheet_codes.c.until < made.made_at - KEPT, sheet_codes.c.state != "used")
        async with self._database.writing(Step.SHEET_CODE) as connection:
            await connection.execute(delete(sheet_codes).where(*old))
            await connection.execute(update(sheet_codes).where(*same).values(state="void"))
            await connection.execute(self._database.add(sheet_codes), row)

    async def found(self, code: str) -> SheetCode | None:
        """What this code signs, whatever became of it."""
        query = select(sheet_codes).where(sheet_codes.c.hash.in_(self._hashes(code)))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return None if row is None else _read(row)

    async def of_case(self, case: str) -> tuple[SheetCode, ...]:
        """All that were made for a case, oldest first."""
        query = select(sheet_codes).where(sheet_codes.c.case_id == case).order_by(sheet_codes.c.made_at)
        async with self._database.reading() as connection:
            return tuple(_read(row) for row in (await connection.execute(query)).mappings())

    async def take(self, code: str, said: str, now: dt.datetime) -> bool:
        """Somebody hands this in. False: the code is not (any more) one to sign with, or somebody else's words are being recorded."""
        c, hashed = sheet_codes.c, self.said(said)
        free = or_(c.state == "open", and_(c.state == "taken", c.said == hashed))
        able = (c.hash.in_(self._hashes(code)), c.until > now, c.tries < TRIES, free)
        async with self._database.writing(Step.SHEET_CODE) as connection:
            taken = update(sheet_codes).where(*able).values(state="taken", said=hashed, tries=c.tries + 1)
            return (await connection.execute(taken)).rowcount == 1

    async def give_back(self, code: str) -> None:
        """What was handed in could not be recorded: he may put it right."""
        mine = (sheet_codes.c.hash.in_(self._hashes(code)), sheet_codes.c.state == "taken")
        async with self._database.writing(Step.SHEET_CODE) as connection:
            await connection.execute(update(sheet_codes).where(*mine).values(state="open"))

    async def signed(self, code: str, signature: str | None, now: dt.datetime) -> None:
        """It is recorded; said again, nothing changes."""
        mine = (sheet_codes.c.hash.in_(self._hashes(code)), sheet_codes.c.state == "taken")
        done = {"state": "used", "signed_at": now, "signature": signature}
        async with self._database.writing(Step.SHEET_CODE) as connection:
            await connection.execute(update(sheet_codes).where(*mine).values(**done))

    def said(self, words: str) -> str:
        """By which it is known what was handed in."""
        return self._vault.lookup(f"sheet_said:{words}")

    def _hash(self, code: str) -> str:
        return self._vault.lookup(f"sheet_code:{code}")

    def _hashes(self, code: str) -> tuple[str, ...]:
        return self._vault.lookups(f"sheet_code:{code}")


def _read(row: Any) -> SheetCode:
    kept = {name: value for name, value in row.items() if name not in ("hash", "case_id")}
    return SheetCode(case=row["case_id"], **kept)
