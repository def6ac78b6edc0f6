"""Shamir's secret sharing (Shamir 1979) over the field of 256 elements that AES uses (FIPS 197, 4.2), byte by byte.

A secret byte is the value at 0 of a polynomial that is drawn; a share is its value at the share's number. `need` of them name the
polynomial, with fewer every secret is as likely as before. Nothing in it is timed: it runs once, on a machine at which nobody else is.
"""

import os
from collections.abc import Callable, Mapping
from typing import Final

MOST: Final = 255


def split(secret: bytes, *, shares: int, need: int, draw: Callable[[int], bytes] = os.urandom) -> dict[int, bytes]:
    """So many shares by their number from 1, each as long as the secret. Raises `ValueError` unless 2 ≤ need ≤ shares ≤ 255."""
    if not 2 <= need <= shares <= MOST:
        raise ValueError("2 <= need <= shares <= 255")
    drawn = [draw(len(secret)) for _ in range(need - 1)]
    made = {}
    for number in range(1, shares + 1):
        value = bytes(len(secret))
        for coefficient in reversed(drawn):  # Horner's rule
            value = bytes(_times(each ^ add, number) for each, add in zip(value, coefficient, strict=True))
        made[number] = bytes(each ^ add for each, add in zip(value, secret, strict=True))
    return made


def join(shares: Mapping[int, bytes]) -> bytes:
    """The secret, if there are enough shares and all are of it; else some other bytes. Raises `ValueError` for unequal lengths."""
    lengths = {len(share) for share in shares.values()}
    if len(lengths) != 1 or not all(1 <= number <= MOST for number in shares):
        raise ValueError("shares of one secret have one length, and numbers from 1 to 255")
    secret = bytes(lengths.pop())
    for number, share in shares.items():
        weight = 1  # of this share at 0, by Lagrange
        for other in shares:
            if other != number:
                weight = _times(weight, _over(other, other ^ number))
        secret = bytes(each ^ _times(weight, value) for each, value in zip(secret, share, strict=True))
    return secret


def _tables() -> tuple[list[int], list[int]]:
    """Powers of 3, which generates the field, and their logarithms."""
    powers, logs, value = [0] * 255, [0] * 256, 1
    for exponent in range(255):
        powers[exponent], logs[value] = value, exponent
        doubled = value << 1
        value ^= doubled ^ 0x11B if doubled & 0x100 else doubled
    return powers, logs


_POWERS, _LOGS = _tables()


def _times(a: int, b: int) -> int:
    return _POWERS[(_LOGS[a] + _LOGS[b]) % 255] if a and b else 0


def _over(a: int, b: int) -> int:
    return _POWERS[(_LOGS[a] - _LOGS[b]) % 255] if a else 0
