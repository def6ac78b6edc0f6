"""The gate to the platform: what is shut is not asked, and what it answers is learnt for everybody (wechat platform, codes)."""

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import structlog

from bot.channels.wechat.errors import Correction, Reaction
from bot.channels.wechat.results import Refusal
from bot.ways.way import Closed
from handlers.ports import Clock
from model.calendar import CHINA
from model.delivery import Failed, Outcome, Postponed
from storage.breakers import Breakers, DayUsed, Go, Pace, Shut, Wait
from storage.ledger import QuotaLedger, Right

EVERYTHING: Final = "*"
"""The breaker of the whole account."""
CUSTOM, TEMPLATE = "custom", "template"
WECOM, MEMBER = "wecom", "member"
"""Messages of a WeCom app, and those of them to one member."""
MEDIA: Final = "media"
"""Files given to the platform, of whichever kind."""
_TOO_FAST: Final = "too_fast"
_ACCOUNT: Final = "account"
_PASSES: Final = (_TOO_FAST, _ACCOUNT)
"""Over soon, or for all ways alike: one waits, and tries no other."""
_ACCOUNT_SECONDS: Final = 60.0
_OF_THE_PERSON: Final[Mapping[Correction, str]] = {
    Correction.NOT_FOLLOWING: "not_following",
    Correction.BLACKLISTED: "blacklisted",
    Correction.WRONG_PERSON: "wrong_person",
    Correction.NOT_MEMBER: "not_member",
}
"""Nobody of this account reaches him until he does something here."""
_OF_THE_DAY: Final[Mapping[Correction, str]] = {
    Correction.BREAKER_OPEN: "day_used",
    Correction.FEATURE_OFF: "not_authorised",
}
"""Nobody is reached this way today; tomorrow it is tried again."""

log = structlog.get_logger()


class Gate:
    """Shared by all ways of all accounts. `alert` hears what an operator must look at: the account and one word."""

    def __init__(
        self,
        breakers: Breakers,
        ledger: QuotaLedger,
        clock: Clock,
        *,
        paces: Mapping[str, Pace] | None = None,
        alert: Callable[[str, str], None] = lambda _account, _what: None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """`paces` by way: what is not among them is limited by the platform alone."""
        self.ledger = ledger
        self._breakers = breakers
        self._clock = clock
        self._paces = paces or {}
        self._alert = alert
        self._jitter = jitter

    async def admit(self, account: str, api: str, *needs: str, pace: Pace | None = None) -> Postponed | Closed | None:
        """Whether this may be asked now: None, or what becomes of the attempt. `needs` are breakers beside the way's own; `pace`
        is the account's, where it is not that of the way.
        """
        now = self._clock()
        wanted = (EVERYTHING, api, *needs)
        match await self._breakers.admit(
            account, api, wanted, pace or self._paces.get(api, Pace()), now, day_ends(now)
        ):
            case Go():
                return None
            case Shut(why=why) if why.partition(":")[0] in _PASSES:
                return Postponed(reason=why)
            case Shut(why=why):
                return Closed(why)
            case Wait():
                return Postponed(reason="pace")
            case DayUsed():
                return Closed("day_used")

    async def shut(self, account: str, api: str, until: dt.datetime, why: str) -> None:
        """Nobody asks before `until`, and the operator hears of it."""
        log.error("platform.alert", account=account, api=api, note=why)
        self._alert(account, api)
        await self._breakers.shut(account, api, until, why)

    def tell(self, account: str, api: str) -> None:
        """The operator has something to look at; others are served as before."""
        log.error("platform.alert", account=account, api=api, note="refused")
        self._alert(account, api)

    async def learn(
        self,
        account: str,
        api: str,
        conversation: str,
        refusal: Refusal,
        *,
        rights: Sequence[Right] = (),
        template: str = "",
    ) -> Outcome | Closed:
        """What follows from a refusal, now and for those who come later."""
        meaning, now = refusal.meaning, self._clock()
        if meaning.alert:
            log.error("platform.alert", account=account, api=api, code=refusal.code, rid=refusal.rid, note=meaning.note)
            self._alert(account, api)
        match meaning.correction:
            case (
                Correction.NOT_FOLLOWING
                | Correction.BLACKLISTED
                | Correction.WRONG_PERSON
                | Correction.NOT_MEMBER as of_him
            ):
                await self.ledger.bar(conversation, _OF_THE_PERSON[of_him], now)
                return Closed(_OF_THE_PERSON[of_him])
            case Correction.WINDOW_CLOSED | Correction.COUNT_USED:
                await self.ledger.exhaust(conversation, rights)
                return Closed("used" if meaning.correction is Correction.COUNT_USED else "closed")
            case Correction.OPT_IN_SPENT:
                return Closed("opt_in_spent")
            case Correction.TEMPLATE_OFF:
                await self._breakers.shut(account, template_breaker(template), day_ends(now), "template_unknown")
                return Closed("template_unknown")
            case Correction.FEATURE_OFF | Correction.BREAKER_OPEN as of_today:
                await self._breakers.shut(account, api, day_ends(now), _OF_THE_DAY[of_today])
                return Closed(_OF_THE_DAY[of_today])
            case Correction.TOO_FAST:
                pause = dt.timedelta(seconds=meaning.delay * (1 + self._jitter()))
                await self._breakers.shut(account, api, now + pause, _TOO_FAST)
            case Correction.ACCOUNT_SHUT:
                until = now + dt.timedelta(seconds=_ACCOUNT_SECONDS)
                await self._breakers.shut(account, EVERYTHING, until, f"{_ACCOUNT}:{refusal.code}")
        return _failed(refusal)


def template_breaker(template_id: str) -> str:
    """The breaker of one template: another id in the settings is another breaker."""
    return f"template:{template_id}"


def day_ends(now: dt.datetime) -> dt.datetime:
    """Midnight in China: then the platform's daily quotas begin anew (platform rule)."""
    tomorrow = now.astimezone(CHINA).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(), CHINA)


def _failed(refusal: Refusal) -> Failed:
    meaning, reason = refusal.meaning, f"errcode {refusal.code}"
    after = dt.timedelta(seconds=meaning.delay) if meaning.delay else None
    return Failed(reason=reason, permanent=meaning.reaction is Reaction.PERMANENT, retry_after=after)
