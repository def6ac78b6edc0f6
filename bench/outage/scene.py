"""Who is written to, on both sides: what the platform knows of each person, and what we believe (platform rules §2)."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from bot.channels.wechat.account import Account, Mode
from model.conversation import Quota

ACCOUNT: Final = "bench"
TEMPLATE: Final = "survey"
APPID, SECRET, ORIGINAL, SIGNS = "wx00000000000000be", "0123456789abcdef", "gh_bench", "benchtoken"
TEMPLATE_ID: Final = "bench-template"
PER_PERSON: Final = 8
"""Pushes to each: more than the five 客服消息 that one message of a person allows."""

Kind = Literal["gone", "silent", "refuses", "elsewhere", "writes"]
KINDS: Final[tuple[Kind, ...]] = (
    "gone", "gone", "gone", "silent", "silent", "refuses", "elsewhere", "writes", "writes", "writes",
)  # fmt: skip
"""Of ten: three have left and we do not know it, two have never written, one takes no cards, for one the platform counts more than we do
(another program writes too), three have written to us today."""


@dataclass(frozen=True, slots=True)
class Person:
    """One follower, or one who was."""

    number: int

    @property
    def openid(self) -> str:
        """His id at the account."""
        return f"o_bench_{self.number}"

    @property
    def kind(self) -> Kind:
        """What there is to him."""
        return KINDS[self.number % len(KINDS)]

    def quota(self, at: dt.datetime) -> Quota:
        """What we believe we may send him."""
        return Quota() if self.kind == "silent" else Quota(wrote_at=at)


def person_of(openid: str) -> Person:
    """The person of an openid."""
    return Person(int(openid.rpartition("_")[2]))


def account(api: str) -> Account:
    """The account as we have it."""
    return Account(
        id=ACCOUNT,
        county="bench",
        original_id=ORIGINAL,
        appid=APPID,
        appsecret=SECRET,
        token=SIGNS,
        mode=Mode.PLAIN,
        api_base=api,
        templates={TEMPLATE: TEMPLATE_ID},
    )
