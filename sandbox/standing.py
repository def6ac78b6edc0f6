"""How the platform stands to an account: from where it may ask, what it may ask for, and how often.

Nothing of it is on unless it was ordered: a stand-in that is stricter than one needs hides what one looks for.
"""

from collections import Counter
from datetime import datetime, timedelta, timezone

from pydantic import BaseModel, ConfigDict

from .errors import ApiError

_CHINA = timezone(timedelta(hours=8))
_MINUTE = 60
_ENOUGH = 1 << 60
"""No limit."""


class Standing(BaseModel):
    """`whitelist`: addresses that may ask, empty for any. `unauthorised`: paths the account has no right to. `banned`: it was punished.
    `daily`, `per_minute`: how many calls of a path the platform takes; `per_person`: how many messages of a path to one person in a minute.
    """

    model_config = ConfigDict(extra="forbid")

    whitelist: tuple[str, ...] = ()
    unauthorised: frozenset[str] = frozenset()
    banned: bool = False
    daily: dict[str, int] = {}
    per_minute: dict[str, int] = {}
    per_person: dict[str, int] = {}


class Doorman:
    """Keeps the standing of one account, and counts its calls."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._days: Counter[tuple[str, str]] = Counter()
        self._minutes: Counter[tuple[str, int]] = Counter()
        self._persons: Counter[tuple[str, str, int]] = Counter()

    def admit(self, path: str, address: str, now: float) -> None:
        """A call comes in. Raises ApiError: 40164, 48004, 48001, 45011, 45009, in this order."""
        self.knows(address)
        rules = self.standing
        if rules.banned:
            raise ApiError(48004, "api forbidden for irregularities")
        if path in rules.unauthorised:
            raise ApiError(48001, "api unauthorized")
        minute, day = int(now // _MINUTE), _day(now)
        if self._minutes[path, minute] >= rules.per_minute.get(path, _ENOUGH):
            raise ApiError(45011, "api minute-quota reach limit, must slower, retry next minute")
        if self._days[path, day] >= rules.daily.get(path, _ENOUGH):
            raise ApiError(45009, "reach max api daily quota limit")
        self._minutes[path, minute] += 1
        self._days[path, day] += 1

    def knows(self, address: str) -> None:
        """Where the call comes from. Raises ApiError: 40164."""
        if self.standing.whitelist and address not in self.standing.whitelist:
            raise ApiError(40164, f"invalid ip {address} ipv6 ::ffff:{address}, not in whitelist")

    def writes(self, path: str, openid: str, now: float) -> None:
        """A message to one person. Raises ApiError: 43117."""
        key = (path, openid, int(now // _MINUTE))
        if self._persons[key] >= self.standing.per_person.get(path, _ENOUGH):
            raise ApiError(43117, "send frequency to this user limited")
        self._persons[key] += 1

    def buys(self, what: str, most: int, now: float) -> None:
        """One of so many a day that were claimed or bought (服务市场). Raises ApiError: 101003 none were, 101002 all are used."""
        if most == 0:
            raise ApiError(101003, "not enough market quota")
        if self._days[what, _day(now)] >= most:
            raise ApiError(101002, "not enough market quota")
        self._days[what, _day(now)] += 1

    def used(self, path: str, now: float) -> int:
        """Calls of a path today."""
        return self._days[path, _day(now)]

    def clear(self) -> None:
        """Platform rule: clear_quota sets the daily counts back."""
        self._days.clear()


def _day(now: float) -> str:
    """Platform rule: a day ends at midnight in China."""
    return datetime.fromtimestamp(now, _CHINA).strftime("%Y-%m-%d")
