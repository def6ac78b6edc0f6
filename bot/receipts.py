"""What became of our pushes, as the platform reports it (platform rule: TEMPLATESENDJOBFINISH, subscribe_msg_sent_event)."""

from collections.abc import Callable
from typing import Final

import structlog

from bot.channels.wechat.reports import Report, SubscriptionItem, SubscriptionReport, TemplateReport
from bot.opting_in import OptInReports
from bot.ways.gate import TEMPLATE
from bot.ways.way import number_of
from handlers.ports import Clock
from handlers.turn import Turns
from storage.ledger import QuotaLedger
from storage.receipts import Receipts, Status

_SUCCESS: Final = "success"
_NOT_TAKEN: Final = "43101"
"""Platform rule: the code of a sent 订阅通知 that he does not take, as in the answer to sending."""
log = structlog.get_logger()


class PushReceipts:
    """Hears reports. What it cannot keep it raises: the platform reports again."""

    def __init__(
        self,
        receipts: Receipts,
        ledger: QuotaLedger,
        turns: Turns,
        clock: Clock,
        opt_ins: OptInReports,
        *,
        wake: Callable[[], None] = lambda: None,
        heard: Callable[[str], None] = lambda _status: None,
    ) -> None:
        """`wake` the delivery: a row may have to go another way. `heard` counts by status."""
        self._receipts = receipts
        self._ledger = ledger
        self._turns = turns
        self._clock = clock
        self._opt_ins = opt_ins
        self._wake = wake
        self._heard = heard

    async def hear(self, report: Report) -> None:
        """Who refuses cards is not sent one for a while, whoever took back his consent none at all; what he did not get goes the
        next way.
        """
        match report:
            case TemplateReport(account=account, person=person, msgid=msgid, status=status):
                if status == "blocked":
                    talk = self._turns.conversation_id(account, person)
                    await self._ledger.refuse(talk, TEMPLATE, self._clock())
                await self._keep(account, msgid, status)
            case SubscriptionReport(account=account, kind="sent", items=items):
                for one in items:
                    status = _status(one)
                    if status == "blocked":
                        await self._opt_ins.spent(report, one)
                    await self._keep(account, one.msgid, status)
            case SubscriptionReport():
                await self._opt_ins.hear(report)
        self._wake()

    async def _keep(self, account: str, msgid: str, status: Status) -> None:
        new = bool(msgid) and await self._receipts.keep(number_of(account, msgid), status, self._clock())
        if new:
            self._heard(status)
        log.info("push.reported", account=account, msgid=msgid, status=status, new=new)


def _status(one: SubscriptionItem) -> Status:
    if one.status == _SUCCESS:
        return "delivered"
    return "blocked" if one.code == _NOT_TAKEN else "failed"
