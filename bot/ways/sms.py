"""短信: the last way, for what matters and where a phone is known; it costs money, and rings (design §2.4)."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from bot.channels.sms.gateway import NoAnswer, Refused, Sent, Sms, SmsGateway, Why
from bot.delivery import Announce
from bot.ways.gate import Gate, day_ends
from bot.ways.way import Closed, number_of
from handlers.letter import Letter, Texted
from handlers.ports import Clock
from model.county import County
from model.delivery import Delivered, Failed, Outcome, Row, Unknown
from routing.quiet import morning
from storage.sms_days import SmsDays

SMS: Final = "sms"
_SOON: Final = dt.timedelta(minutes=1)
_LATER: Final = dt.timedelta(minutes=10)
_WAITS: Final[Mapping[Why, dt.timedelta]] = {Why.TOO_FAST: _SOON, Why.BUSY: _LATER}
"""Over by then, most likely: the row is tried again from its first way on."""
_SHUTS_DAY: Final = (Why.GATEWAY_DAY_USED,)
_SHUTS_HOUR: Final = (Why.NO_MONEY, Why.NOT_AUTHORISED)
"""Nobody is reached by it before somebody has put it right; looked at again every hour."""


class SmsWay:
    """`Way` by SMS. What may have arrived is not sent again, unless the gateway recognises its key (`protects`)."""

    name = SMS
    shows_choices = False

    def __init__(
        self,
        gateways: Mapping[str, SmsGateway],
        protects: Mapping[str, dt.timedelta],
        counties: Mapping[str, County],
        gate: Gate,
        days: SmsDays,
        mark: Callable[[str], str],
        clock: Clock,
    ) -> None:
        """`gateways` and `protects` by county; `mark` makes of a number what may be kept of it."""
        self._gateways = gateways
        self._protects = protects
        self._counties = counties
        self._gate = gate
        self._days = days
        self._mark = mark
        self._clock = clock

    def serves(self, _: str) -> bool:
        """Of every account, and of none: it goes by the county."""
        return True

    async def send(self, row: Row, letter: Letter, announce: Announce) -> Outcome | Closed:
        """See `Way`. By night an applicant's waits until morning, as notices to him do, whatever happened to it before."""
        texted = letter.texted
        if texted is None:
            return Closed("not_by_sms")
        gateway = self._gateways.get(texted.county)
        if gateway is None:
            return Closed("no_gateway")
        if not texted.phone:
            return Closed("no_mobile")
        if (night := self._night(row, texted)) is not None:
            return Failed(reason="sms=night", retry_after=night)
        mark, again = self._mark(texted.phone), row.channel == SMS
        most = self._counties[texted.county].sms.a_day
        if not (again or await self._days.spend(mark, most, self._clock())):
            return Closed("number_used")
        if (held := await self._gate.admit(SMS, gateway_of(texted.county))) is not None:
            await self._returned(mark, again=again)
            return held
        await announce(SMS, self._protects.get(texted.county))
        key = hashlib.sha256(row.key.encode()).hexdigest()[:32]
        sms = Sms(texted.phone, texted.words, key, row.template, letter.fields)
        match await gateway.send(sms):
            case Sent(number=number):
                return Delivered(taken_as=number_of(f"{SMS}-{texted.county}", number)[:128] if number else "")
            case NoAnswer(reason=reason, may_have_arrived=True):
                return Unknown(reason=reason)
            case NoAnswer(reason=reason):
                await self._returned(mark, again=again)
                return Failed(reason=reason)
            case Refused(why=why):
                await self._returned(mark, again=again)
                return await self._refused(texted.county, why)

    async def _refused(self, county: str, why: Why) -> Outcome | Closed:
        now = self._clock()
        if why in _WAITS:
            return Failed(reason=f"sms={why}", retry_after=_WAITS[why])
        if why in _SHUTS_DAY or why in _SHUTS_HOUR:
            until = day_ends(now) if why in _SHUTS_DAY else now + dt.timedelta(hours=1)
            await self._gate.shut(SMS, gateway_of(county), until, why)
        elif why is Why.BAD_TEXT:
            self._gate.tell(SMS, gateway_of(county))
        return Closed(why)

    async def _returned(self, mark: str, *, again: bool) -> None:
        if not again:
            await self._days.give_back(mark, self._clock())

    def _night(self, row: Row, texted: Texted) -> dt.timedelta | None:
        """How long the night still lasts for him; None by day, for staff, and for what the county says he waits for."""
        county, now = self._counties[texted.county], self._clock()
        until = morning(county, now)
        if until is None or row.recipient.kind != "applicant":
            return None
        return None if row.template.removeprefix("applicant.") in county.quiet.still else until - now


def gateway_of(county: str) -> str:
    """What the gate and the figures call the gateway of a county."""
    return f"{SMS}:{county}"
