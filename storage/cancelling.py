"""Ending tasks that may not hear it the first time."""

import asyncio
from collections.abc import Iterable
from typing import Any, Final

_AGAIN_SECONDS: Final = 0.5


async def cancelled(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancels these tasks until all have ended; what they ended with is nobody's concern.

    Once is not enough: `asyncio.wait_for` of Python 3.11 loses a cancellation that comes together with what it waits for,
    and redis-py sends within it.
    """
    all_of_them = set(tasks)
    left = all_of_them
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=_AGAIN_SECONDS)
    await asyncio.gather(*all_of_them, return_exceptions=True)
