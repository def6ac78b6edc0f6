"""A strict little SMS gateway, as a county's carrier runs one: its own codes, its own limits, a key that makes a repetition harmless."""

import json
import re
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PATH = "/sms/send"
SIGNATURE = "【联办沙箱】"
MINUTES = 10
"""For so long the same msgId is the same message."""
LIMITS = (("MINUTE", 60, 1), ("HOUR", 3600, 5))
A_DAY = 10
_CHINA = timezone(timedelta(hours=8))
_LONGEST = 500
_MOBILE = re.compile(r"1[3-9]\d{9}")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Blocked(BaseModel):
    """The numbers that have unsubscribed; each order replaces the one before."""

    model_config = ConfigDict(extra="forbid")

    blocked: frozenset[str] = Field(default=frozenset(), max_length=1000)


class SmsRefused(Exception):
    """The gateway says no: HTTP status, its code, its words."""

    def __init__(self, code: str, message: str, status: int = 200) -> None:
        super().__init__(code)
        self.code, self.message, self.status = code, message, status


@dataclass(frozen=True)
class Message:
    """An SMS that has gone out."""

    id: str
    mobile: str
    content: str
    at: int

    def view(self) -> dict[str, Any]:
        """The message as the page shows it; `segments` are what the county pays for."""
        size = len(self.content.encode("utf-16-le")) // 2
        segments = 1 if size <= 70 else -(-size // 67)
        return {"id": self.id, "mobile": self.mobile, "content": self.content, "at": self.at, "segments": segments}


@dataclass
class SmsDesk:
    """The gateway: one customer, known by his secret."""

    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    blocked: frozenset[str] = frozenset()
    messages: deque[Message] = field(default_factory=lambda: deque(maxlen=500))
    _keys: dict[str, tuple[Message, float]] = field(default_factory=dict)
    _sent: dict[str, deque[float]] = field(default_factory=dict)

    def send(self, authorization: str, body: bytes, now: float) -> tuple[Message, bool]:
        """The message, and whether it is a new one. Raises SmsRefused."""
        if not secrets.compare_digest(authorization.encode(), f"Bearer {self.secret}".encode()):
            raise SmsRefused("AUTH", "invalid credential", 401)
        mobile, content, key = _asked(body)
        if not _MOBILE.fullmatch(mobile):
            raise SmsRefused("MOBILE", "invalid mobile")
        if not content.startswith(SIGNATURE) or content.count("【") > 1:
            raise SmsRefused("SIGN", "signature not registered")
        if len(content) > _LONGEST:
            raise SmsRefused("LENGTH", "content too long")
        known = self._keys.get(key) if key else None
        if known is not None and now - known[1] < MINUTES * 60:
            return known[0], False
        self._admit(mobile, now)
        message = Message(secrets.token_hex(8), mobile, content, int(now))
        self.messages.append(message)
        if key:
            self._keys[key] = (message, now)
        return message, True

    def _admit(self, mobile: str, now: float) -> None:
        if mobile in self.blocked:
            raise SmsRefused("BLACK", "unsubscribed")
        sent = self._sent.setdefault(mobile, deque(maxlen=A_DAY))
        for code, seconds, most in LIMITS:
            if sum(now - seconds < one <= now for one in sent) >= most:
                raise SmsRefused(code, "flow control")
        if sum(_day(one) == _day(now) for one in sent) >= A_DAY:
            raise SmsRefused("DAY", "flow control")
        sent.append(now)

    def view(self) -> dict[str, Any]:
        """What the page shows, and what the product needs to send by it."""
        gateway = {"path": PATH, "secret": self.secret, "signature": SIGNATURE, "minutes": MINUTES}
        return {"gateway": gateway, "messages": [one.view() for one in self.messages], "blocked": sorted(self.blocked)}


def _asked(body: bytes) -> tuple[str, str, str]:
    try:
        asked = json.loads(body)
        mobile, content, key = asked["mobile"], asked["content"], asked.get("msgId", "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SmsRefused("FORMAT", "mobile and content wanted", 400) from error
    if not (isinstance(mobile, str) and isinstance(content, str) and isinstance(key, str)):
        raise SmsRefused("FORMAT", "texts wanted", 400)
    if key and not _KEY.fullmatch(key):
        raise SmsRefused("FORMAT", "invalid msgId", 400)
    return mobile, content, key


def _day(now: float) -> str:
    return datetime.fromtimestamp(now, _CHINA).strftime("%Y-%m-%d")
