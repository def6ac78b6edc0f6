"""The product under fire: it is killed with -9 and started again while a crowd applies, and then everything is counted."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
from sqlalchemy import select

from bot.settings import Settings, keyring
from bot.staff_cli import add_staff
from handlers.wording.values import show
from routing.evolve import fold
from storage.engine import open_database
from storage.records import Records
from storage.schema import bindings, cases, outbox
from storage.vault import Vault
from tests.e2e.crowd import Applicant, Steward, Tally, clients
from tests.e2e.running import Site, eventually

_ENDED = ("delivered", "failed", "worklist", "superseded", "expired")


@dataclass
class Report:
    """What came of it."""

    cases: int = 0
    kills: list[str] = field(default_factory=list)
    """The windows in which the product died."""
    pushes: Counter[str] = field(default_factory=Counter)
    """Outbox rows by how they ended."""
    tally: Tally = field(default_factory=Tally)
    seconds: float = 0.0


async def under_fire(
    site: Site, *, applicants: int, stewards: int, tasks: int, kills: Sequence[float], seed: int = 1
) -> Report:
    """The crowd applies in 泾县 while the product is killed after each of these pauses (seconds after it is ready).

    Raises AssertionError for anything lost, doubled or malformed.
    """
    report, dice = Report(), random.Random(seed)
    loop = asyncio.get_running_loop()
    began = loop.time()
    account = (await site.accounts())["jingxian"]
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        crowd = [
            Applicant(client, f"o_fire_{number:05d}", report.tally, random.Random(dice.random()), number=number)
            for number, client in enumerate(await clients(session, account, lambda: datetime.now(UTC), applicants))
        ]
        desk = [
            Steward(client, f"o_desk_{number:03d}", report.tally, random.Random(dice.random()))
            for number, client in enumerate(await clients(session, account, lambda: datetime.now(UTC), stewards))
        ]
        for person in (*crowd, *desk):
            await site.new_phone("jingxian", person.openid)
        settings = Settings(data=site.data, sandbox=site.sandbox_origin, **site.stores)
        for number, person in enumerate(desk):
            await person.bind(
                await add_staff(settings, "jingxian", "water_company", f"管{number}", f"137{number:08d}", ())
            )
        async with asyncio.TaskGroup() as fire:
            fire.create_task(_kill(site, kills, report))
            async with asyncio.TaskGroup() as applying:
                for one in crowd:
                    applying.create_task(one.apply())
            async with asyncio.TaskGroup() as working:
                for steward in desk:
                    working.create_task(steward.contact(tasks))
        numbers = [await one.case_number() for one in crowd]
    await _settled(settings)
    report.seconds = loop.time() - began
    await _count(site, settings, crowd, numbers, report)
    return report


async def _kill(site: Site, kills: Sequence[float], report: Report) -> None:
    for pause in kills:
        await asyncio.sleep(pause)
        await site.kill()
        report.kills.append("at random")
        await site.product.start()


async def _settled(settings: Settings) -> None:
    """Until nothing waits to be sent; what was being sent when the power went is looked at when its lease ends."""
    database = open_database(settings.database())

    async def none_left() -> bool:
        async with database.reading() as connection:
            left = select(outbox.c.id).where(outbox.c.state.not_in(_ENDED)).limit(1)
            return (await connection.execute(left)).first() is None

    try:
        await eventually(none_left, within=180, every=0.2)
    finally:
        await database.close()


async def _count(
    site: Site, settings: Settings, crowd: Sequence[Applicant], numbers: Sequence[str], report: Report
) -> None:
    ring, lookup_key = keyring(settings)
    vault, database = Vault(ring, lookup_key), open_database(settings.database())
    try:
        async with database.reading() as connection:
            found = (await connection.execute(select(cases.c.id, cases.c.number, cases.c.person))).all()
            rows = (await connection.execute(select(outbox))).all()
            bound = {row.staff_id: row.person for row in (await connection.execute(select(bindings))).all()}
        records = Records(database, vault, fold)
        told = {one.openid: number for one, number in zip(crowd, numbers, strict=True)}
        assert sorted(row.person for row in found) == sorted(told), "one case for each applicant"
        assert {row.person: row.number for row in found} == told, "the number that was told is the case's"
        assert len(set(numbers)) == len(crowd)
        people = {one.openid: one for one in crowd}
        for row in found:
            submission = await records.submission(row.id)
            assert submission is not None
            held = {show(answer.value) for answer in submission.answers.values() if answer.value is not None}
            assert not set(people[row.person].data.values()) - held, (row.person, held)
    finally:
        await database.close()
    report.cases = len(found)
    report.pushes = Counter(row.state for row in rows)
    tasks = Counter(row.case_id for row in rows if row.template == "steward.task")
    assert tasks == Counter(row.id for row in found), "one task for each case"
    assert not [row.key for row in rows if row.state not in _ENDED]
    await _pushes(site, rows, {row.id: row.number for row in found}, bound)


async def _pushes(site: Site, rows: Sequence[Any], numbers: Mapping[str, str], bound: Mapping[str, str]) -> None:
    """What each phone shows against what the outbox says of it; and each case's task on exactly one of them."""
    mine: dict[str, list[Any]] = {}
    for row in rows:
        person = bound.get(row.recipient) if row.recipient_kind == "staff" else row.recipient
        if person is not None:
            mine.setdefault(person, []).append(row)
    for person, sent in mine.items():
        shown = await site.phone("jingxian", person).pushes()
        arrived = [row for row in sent if row.state == "delivered"]
        # Only what was under way when the power went may be on the phone without being known to have arrived.
        perhaps = [row for row in sent if row.state != "delivered" and row.channel is not None]
        assert len(arrived) <= len(shown) <= len(arrived) + len(perhaps), (person, len(arrived), len(shown))
        for row in sent:
            if row.template == "steward.task":
                times = sum(numbers[row.case_id] in str(one) for one in shown)
                assert times == 1 or (times == 0 and row.state != "delivered"), (person, row.key, times)
