"""A gateway for SMS: what it is given, and every way it can end as a value (design §2.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sms:
    """One message. `key` is the same at every attempt and names nobody. Where the gateway sends by approved templates, `template`
    is our name of the notice and `params` are the fields of its card.
    """

    phone: str = field(repr=False)
    text: str = field(repr=False)
    key: str
    template: str = ""
    params: Mapping[str, str] = field(default_factory=dict, repr=False)


class Why(StrEnum):
    """What a gateway's refusal means. Of the number, of the message, or of everybody: see `bot.ways.sms`."""

    BLOCKED = "blocked"  # he has unsubscribed, or is on the gateway's list
    BAD_NUMBER = "bad_number"
    DAY_USED = "day_used"  # of this number
    BAD_TEXT = "bad_text"  # a word, the signature or the template is not approved
    NO_TEMPLATE = "no_template"  # the settings name none for this notice: the gateway was not asked
    REFUSED = "refused"  # a code that the settings do not know
    TOO_FAST = "too_fast"  # this number, or all of us: later
    BUSY = "busy"
    NO_MONEY = "no_money"
    NOT_AUTHORISED = "not_authorised"
    GATEWAY_DAY_USED = "gateway_day_used"  # of the whole installation


@dataclass(frozen=True, slots=True)
class Sent:
    """The gateway took the message; `number` is what it calls it, "" if it does not say."""

    number: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway's answer that it did nothing; `code` is its own word, for the log."""

    why: Why
    code: str = ""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No answer that can be read. `may_have_arrived` is False only where the request surely was not carried out."""

    reason: str
    may_have_arrived: bool


class SmsGateway(Protocol):
    """Whoever carries an SMS."""

    async def send(self, sms: Sms) -> Sent | Refused | NoAnswer:
        """Send it once; nothing is tried again inside."""
