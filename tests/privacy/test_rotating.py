"""Keys are replaced while people write: nothing is lost, nothing stays under the old key, and stopping anywhere is no harm."""

import asyncio
import os
from functools import partial

from sqlalchemy import select

from handlers.casework import find_by
from storage.rotation import Rotation
from storage.schema import lookups, record_keys
from storage.vault import Keyring, Secrets, Vault

OLD, NEW, LOOKUP, OTHER = (os.urandom(32) for _ in range(4))
BEFORE = Secrets(Keyring("k1", {"k1": OLD}), LOOKUP)
AFTER = Secrets(Keyring("k2", {"k1": OLD, "k2": NEW}), LOOKUP)
ONLY_NEW = Secrets(Keyring("k2", {"k2": NEW}), LOOKUP)
REINDEXED = Secrets(Keyring("k1", {"k1": OLD}), OTHER, LOOKUP)


def rotation(office):
    return Rotation(office.database, office.store, office.vault, office.records)


async def busy(office, person, stop):
    """Somebody who begins, answers and cancels all the time; what he answered last is there."""
    turns = 0
    while not stop.is_set():
        await office.say(person, "热力", "个人", "同意", "李示例")
        assert "李示例" in str((await office.talk(person)).drafts[0].answers)
        await office.say(person, "取消", "1")
        turns += 1
    return turns


async def wrapped(office):
    """Every wrapped key that is stored anywhere."""
    async with office.database.reading() as connection:
        found = list((await connection.execute(select(record_keys.c.wrapped))).scalars())
    async for name in office.store.names():
        parts = (await office.store.load(name)).parts
        found += [value.decode() for part, value in parts.items() if part.startswith("key:")]
    return found


async def test_keys_are_rotated_while_people_write(office):
    office.vault.take(BEFORE)
    case = await office.hand_in("p")
    await office.say("draft", "热力", "个人", "同意", "李示例")
    for one in range(20):
        await office.say(f"q{one}", "你好")
    other = office.another()
    other.book._vault = other.vault = Vault(BEFORE.keyring, LOOKUP, source=lambda: AFTER)
    stop = asyncio.Event()
    people = [asyncio.create_task(busy(one, name, stop)) for one, name in ((office, "x"), (other, "y"))]
    await asyncio.sleep(0)
    office.vault.take(AFTER)
    done = await rotation(office).records() + await rotation(office).conversations()
    assert done > 20
    other.vault.refresh()
    stop.set()
    assert all(turns > 0 for turns in await asyncio.gather(*people))
    await rotation(office).conversations()
    assert await rotation(office).conversations() == await rotation(office).records() == 0
    assert all(one.startswith("k2:") for one in await wrapped(office))
    office.vault.take(ONLY_NEW)
    office.vault._unwrapped.clear()
    assert (await office.records.submission(case.id)).answers
    assert (await office.talk("draft")).drafts[0].answers
    await other.port.close()


async def test_a_key_destroyed_meanwhile_stays_destroyed(office):
    """Between reading it and putting it back under the new key."""
    office.vault.take(BEFORE)
    await office.say("p", "热力", "个人", "同意")
    office.vault.take(AFTER)
    swap = office.store.swap

    async def late(name, changed):
        await office.say("p", "取消", "1")
        return await swap(name, changed)

    office.store.swap = late
    assert await rotation(office).conversations() == 1  # that of the talk, which is the same as before
    assert set((await office.page("p")).keys) == {"talk"}


async def test_a_process_meets_a_key_it_does_not_know_and_reads_the_file(office):
    office.vault.take(AFTER)
    await office.say("p", "热力")
    old = office.another()
    old.book._vault = Vault(BEFORE.keyring, LOOKUP, source=lambda: AFTER)
    assert (await old.talk("p")).drafts
    await old.port.close()


async def test_cases_are_found_before_during_and_after_reindexing(office):
    office.vault.take(BEFORE)
    made = [await office.hand_in(f"p{n}") for n in range(3)]
    office.vault.take(REINDEXED)
    finding = partial(find_by, county=office.counties["xinxiang"])
    stop = asyncio.Event()

    async def seeks():
        times = 0
        while not stop.is_set():
            found = await office.records.find("xinxiang", phone="13800000000")
            assert {case.id for case in made} <= set(found)
            times += 1
        return times

    async def arrives():
        return await office.hand_in("new")

    seeker, arrival = asyncio.create_task(seeks()), asyncio.create_task(arrives())
    await asyncio.sleep(0)
    assert await rotation(office).lookups("xinxiang", finding) == 3
    new = await arrival
    stop.set()
    assert await seeker > 0
    assert await rotation(office).lookups("xinxiang", finding) == 0
    assert await rotation(office).lookups_left() == 0
    office.vault.take(Secrets(Keyring("k1", {"k1": OLD}), OTHER))
    assert set(await office.records.find("xinxiang", phone="13800000000")) == {new.id, *(case.id for case in made)}
    async with office.database.reading() as connection:
        ids = set((await connection.execute(select(lookups.c.key_id))).scalars())
    assert ids == {office.vault.lookup_id}


async def test_reindexing_may_stop_anywhere(office):
    office.vault.take(BEFORE)
    for n in range(3):
        await office.hand_in(f"p{n}")
    office.vault.take(REINDEXED)
    finding = partial(find_by, county=office.counties["xinxiang"])
    times = 0

    def dies(submission):
        nonlocal times
        times += 1
        if times == 2:
            raise asyncio.CancelledError
        return finding(submission)

    try:
        await rotation(office).lookups("xinxiang", dies)
    except asyncio.CancelledError:
        assert (
            await rotation(office).lookups_left() == 10
        )  # of two cases: telephone, name, road, and the place in two ways
    assert await rotation(office).lookups("xinxiang", finding) == 2
    assert await rotation(office).lookups_left() == 0
