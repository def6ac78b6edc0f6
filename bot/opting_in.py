"""What the platform reports of opt-ins, into the ledger (platform rule: subscribe_msg_popup_event, subscribe_msg_change_event)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import structlog

from bot.channels.wechat.account import Account, Subscriptions
from bot.channels.wechat.reports import SubscriptionItem, SubscriptionReport
from handlers.ports import Clock
from model.message import Update
from storage.away import RECORDS_AWAY
from storage.opt_ins import Heard, OptIns, What

_ACCEPT, _REJECT = "accept", "reject"
_NONE: Final = Subscriptions()

log = structlog.get_logger()


class OptInReports:
    """Hears them. What it cannot keep it raises: the platform reports again."""

    def __init__(
        self,
        opt_ins: OptIns,
        accounts: Iterable[Account],
        clock: Clock,
        *,
        heard: Callable[[str], None] = lambda _what: None,
    ) -> None:
        """`heard` counts what is new, by what it is."""
        self._opt_ins = opt_ins
        self._subscriptions = {one.id: one.subscriptions for one in accounts}
        self._clock = clock
        self._heard = heard

    async def hear(self, report: SubscriptionReport) -> None:
        """He was asked, or has stopped some of it in the settings. Templates that are not among ours are another program's."""
        new = await self._opt_ins.keep(tuple(self._of(report)), self._clock())
        for one in new:
            self._heard(one.what)
        log.info("opt_in.reported", account=report.account, kind=report.kind, items=len(report.items), new=len(new))

    async def spent(self, report: SubscriptionReport, item: SubscriptionItem) -> None:
        """A message could not be brought because he does not take it (any more)."""
        await self._opt_ins.clear(report.account, report.person, item.template, report.at, self._clock())

    async def left(self, update: Update) -> None:
        """He follows no more. The turn that notes it must not wait for the records: the platform's refusal would tell, too."""
        try:
            await self._opt_ins.leave(update.account, update.person, update.at, self._clock())
        except RECORDS_AWAY as error:
            log.warning("opt_in.leaving_unkept", error=type(error).__name__)

    def _of(self, report: SubscriptionReport) -> Iterator[Heard]:
        ours = self._subscriptions.get(report.account, _NONE)
        for item in report.items:
            what = self._what(report, item, ours)
            if what is not None:
                yield Heard(report.key, report.account, report.person, item.template, what, report.at)

    def _what(self, report: SubscriptionReport, item: SubscriptionItem, ours: Subscriptions) -> What | None:
        kind = ours.kind(item.template)
        if kind is None or item.status not in (_ACCEPT, _REJECT):
            return None
        if report.kind == "change":
            return "stopped" if item.status == _REJECT else None
        return kind if item.status == _ACCEPT else "declined"
