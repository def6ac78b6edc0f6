"""Message numbers: 64 bits, rising, like the platform's."""

import secrets


class MessageIds:
    """Draws MsgIds. They exceed 2**53, so that a client which reads them as floating point is found out."""

    def __init__(self, start: float) -> None:
        self._last = int(start) << 24

    def draw(self) -> int:
        """A number larger than all before it."""
        self._last += 1 + secrets.randbelow(1 << 12)
        return self._last
