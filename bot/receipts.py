"""What became of our pushes, as the platform reports it (platform rule: TEMPLATESENDJOBFINISH, subscribe_msg_sent_event)."""

from collections.abc import Callable
from typing import Final

import structlog

from bot.channels.wechat.reports import Report, SubscriptionReport, TemplateReport
from bot.ways.gate import TEMPLATE
from bot.ways.way import number_of
from handlers.ports import Clock
from handlers.turn import Turns
from storage.ledger import QuotaLedger
from storage.receipts import Receipts, Status

_SUCCESS: Final = "success"
log = structlog.get_logger()


class PushReceipts:
    """Hears reports. What it cannot keep it raises: the platform reports again."""

    def __init__(
        self,
        receipts: Receipts,
        ledger: QuotaLedger,
        turns: Turns,
        clock: Clock,
        *,
        wake: Callable[[], None] = lambda: None,
        heard: Callable[[str], None] = lambda _status: None,
    ) -> None:
        """`wake` the delivery: a row may have to go another way. `heard` counts by status."""
        self._receipts = receipts
        self._ledger = ledger
        self._turns = turns
        self._clock = clock
        self._wake = wake
        self._heard = heard

    async def hear(self, report: Report) -> None:
        """Who refuses cards is not sent one for a while, and what he did not get goes the next way."""
        match report:
            case TemplateReport(account=account, person=person, msgid=msgid, status=status):
                if status == "blocked":
                    talk = self._turns.conversation_id(account, person)
                    await self._ledger.refuse(talk, TEMPLATE, self._clock())
                await self._keep(account, msgid, status)
            case SubscriptionReport(account=account, kind="sent", items=items):
                for one in items:
                    await self._keep(account, one.msgid, "delivered" if one.status == _SUCCESS else "failed")
            case SubscriptionReport(account=account, kind=kind, items=items):
                log.info("subscription.reported", account=account, kind=kind, items=len(items))
        self._wake()

    async def _keep(self, account: str, msgid: str, status: Status) -> None:
        new = bool(msgid) and await self._receipts.keep(number_of(account, msgid), status, self._clock())
        if new:
            self._heard(status)
        log.info("push.reported", account=account, msgid=msgid, status=status, new=new)
