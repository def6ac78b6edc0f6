"""How much a WeCom app and its robots may send: what is too much for a member disappears without a word."""

from collections import deque
from dataclasses import dataclass, field

from .errors import ApiError

_MINUTE, _HOUR = 60.0, 3600.0
_A_MINUTE, _AN_HOUR, _ROBOT = 30, 1000, 20


@dataclass
class MemberLimit:
    """Platform rule: at most 30 messages a minute and 1000 an hour from one app to one member; whoever is over is shut
    out for a minute, or for an hour, and the answer says nothing of it.
    """

    sent: deque[float] = field(default_factory=deque)
    shut_until: float = 0.0
    dropped: int = 0

    def passes(self, now: float) -> bool:
        """Whether the member gets this one."""
        while self.sent and self.sent[0] <= now - _HOUR:
            self.sent.popleft()
        in_minute = sum(at > now - _MINUTE for at in self.sent)
        if now >= self.shut_until:
            if len(self.sent) >= _AN_HOUR:
                self.shut_until = now + _HOUR
            elif in_minute >= _A_MINUTE:
                self.shut_until = now + _MINUTE
        if now < self.shut_until:
            self.dropped += 1
            return False
        self.sent.append(now)
        return True


@dataclass
class Robot:
    """One group robot (群机器人): what it has said in its group. Platform rule: at most 20 messages a minute."""

    said: list[str] = field(default_factory=list)
    sent: deque[float] = field(default_factory=deque)

    def admit(self, now: float) -> None:
        """Raises ApiError: 45009."""
        while self.sent and self.sent[0] <= now - _MINUTE:
            self.sent.popleft()
        if len(self.sent) >= _ROBOT:
            raise ApiError(45009, "api freq out of limit")
        self.sent.append(now)
