"""Signatures in the form of Standard Webhooks 1.0: `v1,` and the HMAC-SHA-256 of `id.timestamp.body`, base64."""

import base64
import binascii
import hashlib
import hmac
import secrets as random
from collections.abc import Sequence
from typing import Final

_PREFIX: Final = "whsec_"
_BYTES: Final = 32


def new_secret() -> bytes:
    """A fresh secret."""
    return random.token_bytes(_BYTES)


def secret_text(secret: bytes) -> str:
    """As whoever runs the body's system is given it."""
    return _PREFIX + base64.b64encode(secret).decode()


def read_secret(text: str) -> bytes:
    """The bytes that sign. Raises ValueError for something else."""
    if not text.startswith(_PREFIX):
        raise ValueError("a secret begins with whsec_")
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a secret is base64") from error


def signature(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def headers(secrets: Sequence[bytes], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with the body; several signatures while a secret is being replaced."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(one, message_id, timestamp, body) for one in secrets),
        "content-type": "application/json; charset=utf-8",
        "user-agent": "lianban-webhooks/1",
    }
