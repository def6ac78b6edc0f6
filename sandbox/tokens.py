"""Access tokens: issued, rotated, expired."""

import re
import secrets
from dataclasses import dataclass

from .errors import ApiError

LIFETIME = 7200
GRACE = 300
"""Platform rule: after a rotation the old token stays valid for five minutes."""
_LOOKS = re.compile(r"[A-Za-z0-9_-]+")
_LENGTH = 384
"""Random bytes: 512 characters, the least a product must be able to store."""


@dataclass
class _Issued:
    account: str
    until: float


class Tokens:
    """The tokens of all accounts. Stable tokens and rotated ones are two families that leave each other alone."""

    def __init__(self, grace: float = GRACE) -> None:
        """`grace`: a stable token that has no more seconds left than these is replaced."""
        self._grace = grace
        self._issued: dict[str, _Issued] = {}
        self._stable: dict[str, str] = {}
        self._rotated: dict[str, str] = {}

    def stable(self, account: str, now: float, *, force: bool) -> tuple[str, int]:
        """Platform rule: repeated calls return the same token; force_refresh replaces it, the old one dies at once."""
        current = self._stable.get(account)
        if current is not None:
            left = self._issued[current].until - now
            if force:
                self._issued[current].until = min(self._issued[current].until, now - 1)
            elif left > self._grace:
                return current, int(left)
        self._stable[account] = self._issue(account, now)
        return self._stable[account], LIFETIME

    def rotate(self, account: str, now: float) -> tuple[str, int]:
        """Platform rule: every call gives a new token."""
        current = self._rotated.get(account)
        if current is not None:
            self._issued[current].until = min(self._issued[current].until, now + GRACE)
        self._rotated[account] = self._issue(account, now)
        return self._rotated[account], LIFETIME

    def revoke(self, token: str) -> None:
        """It is no token any more: as when another program has fetched one by force."""
        issued = self._issued.pop(token, None)
        if issued is not None and self._stable.get(issued.account) == token:
            del self._stable[issued.account]

    def owner(self, token: str) -> str:
        """The account a token was issued to, whether it is still good or not; empty for no token of ours."""
        issued = self._issued.get(token)
        return issued.account if issued else ""

    def check(self, token: str, now: float) -> str:
        """The account a token speaks for; 41001 missing, 40014 no token by its looks, 40001 unknown, 42001 expired."""
        if not token:
            raise ApiError(41001, "access_token missing")
        if _LOOKS.fullmatch(token) is None:
            raise ApiError(40014, "invalid access_token")
        issued = self._issued.get(token)
        if issued is None:
            raise ApiError(40001, "invalid credential, access_token is invalid or not latest")
        if now > issued.until:
            raise ApiError(42001, "access_token expired")
        return issued.account

    def _issue(self, account: str, now: float) -> str:
        token = secrets.token_urlsafe(_LENGTH)
        self._issued[token] = _Issued(account, now + LIFETIME)
        return token
