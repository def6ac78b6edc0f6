"""订阅通知: what a person has agreed to be sent, counted once, and spent once (platform rule: one message for each one-time opt-in).

A row is one thing the platform has reported of one template: that he agreed, that he declined, that he stopped it in the settings. What he
agreed to is `open` until a row of the outbox takes it, and comes back where that row surely sent nothing.
"""

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.delivery import RowState
from storage.engine import Database
from storage.schema import opt_ins, outbox
from storage.steps import Step

Kind = Literal["one_time", "long_term"]
What = Literal["one_time", "long_term", "declined", "stopped"]
"""Agreed to one message, or to all; said no to being asked; stopped it in the settings, which ends what he agreed to before."""
SUBSCRIPTION: Final = "subscription"
"""The channel of the outbox by which opt-ins are spent."""

_OPEN, _TAKEN, _SPENT, _ENDED = "open", "taken", "spent", "ended"
_AGREED: Final = ("one_time", "long_term")
_NO: Final = ("declined", "stopped")
_SETTLED: Final = dt.timedelta(days=1)
"""After so long nobody sends any more what took it; its row, which tells what became of it, is still there."""
_REPORTED_AGAIN: Final = dt.timedelta(days=3)
"""Until then the platform may report the same thing again, and it must be known."""
_LONGEST: Final = dt.timedelta(days=730)


class Heard(NamedTuple):
    """One thing reported of one template. `key` is the event's own: it is kept as a digest, and counts once. `at`: the platform's time."""

    key: str
    account: str
    person: str
    template: str
    what: What
    at: dt.datetime


class Taken(NamedTuple):
    """What a row of the outbox may send one message with."""

    id: int
    kind: Kind
    row: str
    at: dt.datetime


class Standing(NamedTuple):
    """What he may be sent of one template: `open` opt-ins, and when he last said no, if that was after the last yes."""

    open: int = 0
    no_at: dt.datetime | None = None


class OptIns:
    """The ledger. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, heard: Sequence[Heard], now: dt.datetime) -> tuple[Heard, ...]:
        """What of it is new. What is older than a stop of the same template is known, and worth nothing."""
        new = []
        async with self._database.writing(Step.OPT_IN) as connection:
            for one in heard:
                if await self._kept(connection, one, now):
                    new.append(one)
                if one.what == "stopped":
                    await _end(connection, _his(one.account, one.person, one.template), opt_ins.c.at <= one.at, now)
        return tuple(new)

    async def _kept(self, connection: AsyncConnection, one: Heard, now: dt.datetime) -> bool:
        stopped = select(opt_ins.c.id).where(
            _his(one.account, one.person, one.template), opt_ins.c.what == "stopped", opt_ins.c.at > one.at
        )
        late = one.what in _AGREED and (await connection.execute(stopped.limit(1))).first() is not None
        row = one._asdict() | {
            "key": hashlib.sha256(f"{one.key}|{one.template}".encode()).hexdigest(),
            "heard_at": now,
            "state": _ENDED if late else _OPEN if one.what in _AGREED else "said",
            "state_at": now,
        }
        return (await connection.execute(self._database.add(opt_ins), row)).rowcount == 1

    async def take(self, account: str, person: str, template: str, row: str, now: dt.datetime) -> Taken | None:
        """One opt-in for this row (its key) and no other; again the same one where this row has one already. A standing one
        is not used up. None: he has agreed to nothing, or others have taken it.
        """
        his = _his(account, person, template)
        standing = select(opt_ins.c.id).where(his, opt_ins.c.what == "long_term", opt_ins.c.state == _OPEN).limit(1)
        async with self._database.reading() as connection:
            found = (await connection.execute(standing)).scalar()
            if found is not None:
                return Taken(found, "long_term", row, now)
        once, mine = opt_ins.c.what == "one_time", and_(opt_ins.c.state == _TAKEN, opt_ins.c.taken_by == row)
        # Nothing is locked or written for those who never agreed to anything: most of the time most of them.
        if not await self._any(his, once, or_(_FREE, mine)):
            return None
        mine_first = case((opt_ins.c.taken_by == row, 0), else_=1)
        one = (
            select(opt_ins.c.id)
            .where(his, once, or_(_FREE, mine))
            .order_by(mine_first, opt_ins.c.at, opt_ins.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        async with self._database.writing(Step.OPT_IN) as connection:
            found = (await connection.execute(one)).scalar()
            if found is None:
                return None
            values = {"state": _TAKEN, "taken_by": row, "state_at": now}
            await connection.execute(update(opt_ins).where(opt_ins.c.id == found).values(**values))
        return Taken(found, "one_time", row, now)

    async def give_back(self, taken: Taken, now: dt.datetime) -> None:
        """The platform surely did not take the message."""
        await self._settle(taken, {"state": _OPEN, "taken_by": None, "state_at": now})

    async def spend(self, taken: Taken, now: dt.datetime) -> None:
        """The platform took the message, or may have."""
        await self._settle(taken, {"state": _SPENT, "state_at": now})

    async def _settle(self, taken: Taken, values: dict[str, Any]) -> None:
        if taken.kind == "long_term":
            return
        his = and_(opt_ins.c.id == taken.id, opt_ins.c.state == _TAKEN, opt_ins.c.taken_by == taken.row)
        async with self._database.writing(Step.OPT_IN) as connection:
            await connection.execute(update(opt_ins).where(his).values(**values))

    async def clear(self, account: str, person: str, template: str, heard_by: dt.datetime, now: dt.datetime) -> None:
        """The platform says that nothing is left of this template (43101). What was heard after `heard_by` it did not mean."""
        async with self._database.writing(Step.OPT_IN) as connection:
            await _end(connection, _his(account, person, template), opt_ins.c.heard_at <= heard_by, now)

    async def leave(self, account: str, person: str, at: dt.datetime, now: dt.datetime) -> None:
        """He has left the account at this time, and what he agreed to before went with it (platform rule)."""
        his = and_(opt_ins.c.account == account, opt_ins.c.person == person)
        if not await self._any(his, _FREE):
            return
        async with self._database.writing(Step.OPT_IN) as connection:
            await _end(connection, his, opt_ins.c.at <= at, now)

    async def standing(self, account: str, person: str, templates: Collection[str]) -> dict[str, Standing]:
        """How he stands with each of these templates."""
        last = {
            name: func.max(case((opt_ins.c.what.in_(what), opt_ins.c.at))).label(name)
            for name, what in (("no", _NO), ("yes", _AGREED))
        }
        free = func.count(case((_FREE, 1))).label("free")
        query = select(opt_ins.c.template, free, *last.values()).group_by(opt_ins.c.template)
        query = query.where(opt_ins.c.account == account, opt_ins.c.person == person, opt_ins.c.template.in_(templates))
        found = dict.fromkeys(templates, Standing())
        async with self._database.reading() as connection:
            for one in await connection.execute(query):
                no = one.no if one.no is not None and (one.yes is None or one.no >= one.yes) else None
                found[one.template] = Standing(one.free, no)
        return found

    async def of(self, account: str, person: str, heard_by: dt.datetime) -> int:
        """How many rows about this person were written until then."""
        query = select(func.count()).select_from(opt_ins).where(*_about(account, person, heard_by))
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def forget(self, account: str, person: str, heard_by: dt.datetime) -> int:
        """Deletes them; how many."""
        async with self._database.writing(Step.CLEAR) as connection:
            return (await connection.execute(delete(opt_ins).where(*_about(account, person, heard_by)))).rowcount

    async def due(self, now: dt.datetime) -> int:
        """How many rows are over, and cannot be reported by the platform again."""
        async with self._database.reading() as connection:
            return int(
                (await connection.execute(select(func.count()).select_from(opt_ins).where(_over(now)))).scalar_one()
            )

    async def tidy(self, now: dt.datetime) -> int:
        """Deletes them; how many. What a dead worker took is settled by what became of its row."""
        if not await self._any(or_(_lost(now), _over(now))):
            return 0
        async with self._database.writing(Step.CLEAR) as connection:
            free = {"state": _OPEN, "taken_by": None, "state_at": now}
            await connection.execute(update(opt_ins).where(_lost(now), ~_SENT).values(**free))
            await connection.execute(update(opt_ins).where(_lost(now)).values(state=_SPENT, state_at=now))
            return (await connection.execute(delete(opt_ins).where(_over(now)))).rowcount

    async def _any(self, *where: ColumnElement[bool]) -> bool:
        async with self._database.reading() as connection:
            return (await connection.execute(select(opt_ins.c.id).where(*where).limit(1))).first() is not None


_SENT: Final = exists().where(
    outbox.c.key == opt_ins.c.taken_by, or_(outbox.c.state == RowState.SENDING, outbox.c.channel == SUBSCRIPTION)
)
_FREE: Final = and_(opt_ins.c.what.in_(_AGREED), or_(opt_ins.c.state == _OPEN, and_(opt_ins.c.state == _TAKEN, ~_SENT)))
"""Open; or taken by a row that went on without it: its worker died before it said that it goes this way."""


def _his(account: str, person: str, template: str) -> ColumnElement[bool]:
    return and_(opt_ins.c.account == account, opt_ins.c.person == person, opt_ins.c.template == template)


def _about(account: str, person: str, heard_by: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    return opt_ins.c.account == account, opt_ins.c.person == person, opt_ins.c.heard_at <= heard_by


def _lost(now: dt.datetime) -> ColumnElement[bool]:
    return and_(opt_ins.c.state == _TAKEN, opt_ins.c.state_at < now - _SETTLED)


def _over(now: dt.datetime) -> ColumnElement[bool]:
    used = and_(opt_ins.c.state.in_((_SPENT, _ENDED)), opt_ins.c.state_at < now - _REPORTED_AGAIN)
    return or_(used, opt_ins.c.heard_at < now - _LONGEST)


async def _end(
    connection: AsyncConnection, his: ColumnElement[bool], which: ColumnElement[bool], now: dt.datetime
) -> None:
    ended = update(opt_ins).where(his, which, opt_ins.c.state.in_((_OPEN, _TAKEN)))
    await connection.execute(ended.values(state=_ENDED, state_at=now))
