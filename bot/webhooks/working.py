"""The worker that sends webhooks: the delivery worker over the rows for the own systems of bodies."""

import random
from collections.abc import Callable, Mapping

from bot.delivery import Delivery
from bot.letters import OutboxLetters
from bot.webhooks.posting import HttpPost, Post
from bot.webhooks.sending import WebhookSender
from handlers.ports import Clock, RoutingCore
from handlers.systems.payload import Payloads
from model.county import County
from model.webhook import Webhook
from storage.staffing import Staffing
from storage.webhook_rows import WebhookRows
from storage.webhooks import Webhooks


def webhook_delivery(
    hooks: Webhooks,
    rows: WebhookRows,
    core: RoutingCore,
    counties: Mapping[str, County],
    staffing: Staffing,
    letters: OutboxLetters,
    clock: Clock,
    *,
    ended: Callable[[str, str], None] = lambda _channel, _outcome: None,
    post: Post | None = None,
) -> Delivery:
    """One worker; others may run in other processes. `ended` hears of every attempt; `post` is HTTP unless given."""

    async def tell(hook: Webhook) -> None:
        found = await staffing.of_county(hook.county)
        await letters.system_gone(hook, [one for one in found if one.duty == "supervisor"], clock())

    sender = WebhookSender(hooks, Payloads(core, counties), post or HttpPost(clock), tell)
    return Delivery(rows, sender, now=clock, jitter=random.random, ended=ended)
