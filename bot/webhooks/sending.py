"""Sending one row to a body's own system, and what its answer means (design §2.4)."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.delivery import Announce
from bot.webhooks.posting import Answer, NoAnswer, Post
from handlers.letter import Overtaken
from handlers.ports import CoreAway
from handlers.systems.payload import Payloads
from model.delivery import Delivered, Failed, Obsolete, Outcome, Postponed, Row, Unknown
from model.webhook import Webhook, webhook_id
from storage.steps import Step, passing
from storage.webhooks import Webhooks

CHANNEL: Final = "webhook"
_GONE: Final = 410
_TOO_MANY: Final = 429
_NOT_NOW: Final = (408, 425)
_FAULT: Final = 500
_BREATH: Final = dt.timedelta(minutes=1)

log = structlog.get_logger()


class WebhookSender:
    """`bot.delivery.Sender` for rows of kind `system`."""

    def __init__(
        self, hooks: Webhooks, payloads: Payloads, post: Post, tell: Callable[[Webhook], Awaitable[None]]
    ) -> None:
        """`tell` lets the county know that a system has said that it is gone."""
        self._hooks = hooks
        self._payloads = payloads
        self._post = post
        self._tell = tell

    async def send(self, row: Row, announce: Announce) -> Outcome:
        """See `Sender`."""
        hook = await self._hooks.one(row.recipient.id)
        if hook is None:
            return Obsolete(reason="system removed")
        if not hook.on:
            return Postponed(reason="system off")
        try:
            body = await self._payloads.compose(row)
        except CoreAway as away:
            return Postponed(reason=str(away))
        if isinstance(body, Overtaken):
            return Obsolete(reason=body.reason)
        await announce(CHANNEL, None)
        passing(Step.POST, "before")
        answer = await self._post(hook, webhook_id(row), body)
        passing(Step.POST, "after")
        if isinstance(answer, Answer) and answer.status == _GONE:
            await self._tell(hook)  # first: who dies in between tells again, and the row's key makes it once
            await self._hooks.switch_off(hook.id, "HTTP 410")
            log.warning("webhook.gone", system=hook.id)
            return Postponed(reason="HTTP 410")  # it waits: whoever enters the system anew loses nothing
        return outcome_of(answer)


def outcome_of(answer: Answer | NoAnswer) -> Outcome:
    """What an answer means. `Failed` is about this event, `Unknown` about the system (see `storage.webhook_rows`).

    A redirect is a refusal: following it could lead anywhere.
    """
    if isinstance(answer, NoAnswer):
        return Unknown(reason=answer.reason)
    reason = f"HTTP {answer.status}"
    if 200 <= answer.status < 300:
        return Delivered()
    if answer.status == _TOO_MANY:
        return Failed(reason=reason, retry_after=answer.retry_after or _BREATH)
    if answer.status >= _FAULT or answer.status in _NOT_NOW:
        return Failed(reason=reason, retry_after=answer.retry_after) if answer.retry_after else Unknown(reason=reason)
    return Failed(reason=reason)
