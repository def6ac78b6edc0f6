"""A task that is told to end, ends."""

import asyncio
from contextlib import suppress

from storage.cancelling import cancelled


async def test_a_task_that_lost_its_cancellation_ends_all_the_same():
    heard = []

    async def hard_of_hearing():
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        heard.append("once")
        await asyncio.Event().wait()

    async def fails():
        raise OSError

    tasks = [asyncio.create_task(one()) for one in (hard_of_hearing, fails)]
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await cancelled(tasks)
    assert heard == ["once"]
    assert tasks[0].cancelled()


async def test_nobody_to_end():
    await cancelled([])
