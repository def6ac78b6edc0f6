"""Notices that no way brought: somebody has to call."""

from model.delivery import Unreachable
from storage.outbox import Outbox
from tests.console.office import Office


async def unreached(here: Office) -> int:
    """Everything that waits to be sent reaches nobody; how many rows there were."""
    outbox, count = Outbox(here.database), 0
    while rows := await outbox.claim(here.now, 20):
        for row in rows:
            count += 1
            await outbox.finish(row, Unreachable(reason="no_channel_body"), here.now, 0)
    return count
