"""A scripted platform and the ledger of what arrived: some answers are lost, some attempts fail, some people are unreachable."""

import datetime as dt
from collections import Counter
from collections.abc import Container
from random import Random

from bot.delivery import Announce
from model.delivery import Delivered, Failed, Obsolete, Outcome, Row, Unknown, Unreachable

CHANNEL = "template"
_PROTECTED = dt.timedelta(minutes=10)
_REFUSED, _LOST, _BROKEN = 0.01, 0.015, 0.02


class Post:
    """`bot.delivery.Sender`. Like the platform it knows a key again, and does not deliver it twice."""

    def __init__(self, chance: Random, gone: Container[str]) -> None:
        """`gone` are the staff who do not serve any more."""
        self._chance = chance
        self._gone = gone
        self.arrived = Counter[str]()
        self.outcomes = Counter[str]()

    async def send(self, row: Row, announce: Announce) -> Outcome:
        """See `Sender`."""
        outcome = await self._send(row, announce)
        self.outcomes[outcome.outcome] += 1
        return outcome

    async def _send(self, row: Row, announce: Announce) -> Outcome:
        if row.recipient.kind in ("body", "window") or ":" in row.recipient.id:
            return Unreachable(reason="no channel reaches it")
        if row.recipient.id in self._gone:
            return Obsolete(reason="he does not serve any more")
        await announce(CHANNEL, _PROTECTED)
        dice = self._chance.random()
        if dice < _REFUSED:
            return Failed(reason="errcode -1")
        if dice < _LOST:
            if self._chance.random() < 0.5:
                self._arrive(row)
            return Unknown(reason="no answer")
        self._arrive(row)
        if dice < _BROKEN:
            raise ConnectionResetError("it had gone out")
        return Delivered()

    def _arrive(self, row: Row) -> None:
        if row.channel != CHANNEL or not self.arrived[row.key]:  # repeated with its key, it is recognised
            self.arrived[row.key] += 1
