"""Passwords: made into what is kept (argon2id), looked at, and judged when somebody chooses one."""

import asyncio
import secrets
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 10
LONGEST: Final = 200
_AT_ONCE: Final = 2
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS: Final = 4
_LETTERS: Final = 4
_DIFFERENT: Final = 5
_PLAIN: Final = (
    "1234567890",
    "0123456789",
    "9876543210",
    "qwertyuiop",
    "asdfghjkl",
    "password",
    "abcdefghij",
    "iloveyou",
    "lianban",
)


def drawn() -> str:
    """One to be told to its owner, in groups: it is typed once."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(_GROUPS))


def weakness(password: str, name: str) -> str | None:
    """Why this one will not do for the login `name`: `short`, `long`, `name`, `plain`; None if it will.

    Length counts, not kinds of letters (NIST SP 800-63B).
    """
    small = password.casefold()
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if name in small:
        return "name"
    if len(set(small)) < _DIFFERENT or any(one in small and len(small) < len(one) + SHORTEST // 2 for one in _PLAIN):
        return "plain"
    return None


class Passwords:
    """Hashing takes tens of milliseconds and 64 MiB: in threads, so many at once and no more."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """`hasher` as argon2 recommends it; tests take a quicker one."""
        self._hasher = hasher or PasswordHasher()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._nobodys = ""

    async def kept(self, password: str) -> str:
        """What is kept of it."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def right(self, hashed: str | None, password: str) -> bool:
        """Whether it is the one. Without `hashed` it takes as long as with one, and is not."""
        if len(password) > LONGEST:
            return False
        self._nobodys = self._nobodys or await self.kept(secrets.token_urlsafe(16))
        async with self._room:
            matched = await asyncio.to_thread(self._matches, hashed or self._nobodys, password)
        return matched and hashed is not None

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
