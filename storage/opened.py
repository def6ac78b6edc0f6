"""Several cases opened at once, with what their applicants confirmed: for lists, which would ask the database for each else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.case import Case
from model.submission import Submission
from storage.log import Log
from storage.schema import cases, events, record_keys
from storage.vault import Vault


async def opened(
    connection: AsyncConnection, log: Log, vault: Vault, ids: Sequence[str], place: Callable[[str], bytes]
) -> Mapping[str, tuple[Case, Submission]]:
    """The cases with these ids, in three queries, and what was confirmed, without the words in which it was said; what was erased
    is left out. `place` is where a submission was sealed. Raises `Newer` for an event this program does not know.
    """
    mine = record_keys.c.case_id.in_(ids)
    wrapped = select(record_keys.c.case_id, record_keys.c.wrapped).where(mine, record_keys.c.record == "case")
    keys = {row.case_id: vault.unwrap(row.wrapped) for row in await connection.execute(wrapped)}
    sealed = select(cases.c.id, cases.c.sealed).where(cases.c.id.in_(ids))
    kept = {row.id: row.sealed for row in await connection.execute(sealed) if row.id in keys}
    logs: dict[str, list[Any]] = {}
    query = select(events).where(events.c.case_id.in_(list(kept))).order_by(events.c.case_id, events.c.sequence)
    for row in await connection.execute(query):
        logs.setdefault(row.case_id, []).append(row)
    return {
        name: (
            log.fold(log.opened(row, keys[name]) for row in rows),
            Submission.model_validate_json(vault.open(keys[name], kept[name], place(name))),
        )
        for name, rows in logs.items()
    }
