"""Pushes that are not about a case, through the same outbox."""

import datetime as dt
from collections.abc import Callable, Sequence

from handlers.figures import FIGURES
from handlers.ports import CoreAway
from handlers.reminding import REMINDER
from handlers.systems.gone import GONE
from model.calendar import CHINA
from model.delivery import Recipient
from model.draft import Draft
from model.message import Update
from model.staff import Staff
from model.webhook import Webhook
from storage.away import RECORDS_AWAY
from storage.outbox import Outbox

_LATE_WITHIN = dt.timedelta(hours=48)


def key_of(account: str, person: str, key: str) -> str:
    """The key of the row that pushes the reply to the message `key`."""
    return f"reply:{account}:{person}:{key}"


class OutboxLetters:
    """`handlers.ports.Letters`: rows of kind `reply`, whose text stays in the conversation."""

    def __init__(self, outbox: Outbox, woken: Callable[[], None] = lambda: None) -> None:
        """Over the outbox; `woken` is called after every row, so that delivery need not come by."""
        self._outbox = outbox
        self._woken = woken

    async def reply(
        self, account: str, person: str, key: str, now: dt.datetime, not_after: dt.datetime, about: str = ""
    ) -> None:
        """See `Letters`. `now` is when it is due: asked again with an earlier one, it goes earlier."""
        refs = {"account": account, "person": person, "key": key} | ({"about": about} if about else {})
        told = key_of(account, person, key)
        await self._push(person, refs, key=told, now=now, not_after=not_after, subject=about)

    async def late(self, update: Update, now: dt.datetime) -> None:
        """The reply to a message whose person was told that nobody knows (ADR 7): it is pushed, though committed as an
        answer. Raises CoreAway.
        """
        refs = {"account": update.account, "person": update.person, "key": update.key, "late": "yes"}
        key = f"late:{update.account}:{update.person}:{update.key}"
        await self._push(update.person, refs, key=key, now=now, not_after=now + _LATE_WITHIN)

    async def remind(self, account: str, person: str, draft: Draft, now: dt.datetime, not_after: dt.datetime) -> None:
        """See `Letters`. The row names the draft and since when it rests; what it says is read when it is sent."""
        since = draft.changed_at.isoformat()
        refs = {"account": account, "person": person, "draft": draft.id, "since": since}
        key = f"reminder:{draft.id}:{since}"
        await self._push(person, refs, key=key, now=now, not_after=not_after, template=REMINDER)

    async def digest(self, staff: Staff, template: str, day: dt.date, now: dt.datetime, not_after: dt.datetime) -> bool:
        """The digest of a member of staff for a day; False if it was put down before, by whatever process. Raises CoreAway.

        The row names him and the day; what it says is read when it is sent.
        """
        account, person = staff.account or "", staff.person or ""
        refs = {"account": account, "person": person, "staff": staff.id}
        to = Recipient(kind="staff", id=staff.id)
        key = f"digest:{staff.id}:{day.isoformat()}"
        try:
            added = await self._outbox.reply(to, refs, key=key, now=now, not_after=not_after, template=template)
        except RECORDS_AWAY as error:
            raise CoreAway(type(error).__name__) from error
        self._woken()
        return added

    async def figures(self, account: str, county: str, day: dt.date, now: dt.datetime, not_after: dt.datetime) -> bool:
        """The figures of a day for the group robot of a WeCom app; False if they were put down before. Raises CoreAway."""
        refs, key = {"account": account, "county": county}, f"figures:{account}:{day.isoformat()}"
        to = Recipient(kind="window", id=county)
        try:
            added = await self._outbox.reply(to, refs, key=key, now=now, not_after=not_after, template=FIGURES)
        except RECORDS_AWAY as error:
            raise CoreAway(type(error).__name__) from error
        self._woken()
        return added

    async def system_gone(self, hook: Webhook, supervisors: Sequence[Staff], now: dt.datetime) -> None:
        """Tells those who supervise the county, else its window, that a body's own system is gone; once a day. Raises CoreAway."""
        told = [
            (Recipient(kind="staff", id=one.id), one.account or "", one.person or "")
            for one in supervisors
            if one.reachable
        ]
        day = now.astimezone(CHINA).date().isoformat()
        for to, account, person in told or [(Recipient(kind="window", id=hook.county), "", "")]:
            refs = {"account": account, "person": person, "staff": to.id if person else "", "body": hook.body}
            key = f"gone:{hook.id}:{to.id}:{day}"
            try:
                await self._outbox.reply(to, refs, key=key, now=now, not_after=now + _LATE_WITHIN, template=GONE)
            except RECORDS_AWAY as error:
                raise CoreAway(type(error).__name__) from error
        self._woken()

    async def _push(
        self,
        person: str,
        refs: dict[str, str],
        *,
        key: str,
        now: dt.datetime,
        not_after: dt.datetime,
        template: str = "",
        subject: str = "",
    ) -> None:
        to = Recipient(kind="applicant", id=person)  # as notices say it: nobody gets two messages at once
        try:
            await self._outbox.reply(
                to, refs, key=key, now=now, not_after=not_after, template=template, subject=subject
            )
        except RECORDS_AWAY as error:
            raise CoreAway(type(error).__name__) from error
        self._woken()
