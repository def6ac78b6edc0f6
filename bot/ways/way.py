"""One way to a person: it sends, or says why it is closed to him now, and the next is tried (design §2.4)."""

from dataclasses import dataclass
from typing import Final, Protocol

from bot.delivery import Announce
from handlers.letter import Letter
from model.delivery import Outcome, Row

NO_RIGHT: Final = "no_right"
"""The account is of a kind that may not push this way: the platform is not asked, and nobody alarmed."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing was sent, and nothing will arrive. `reason` is one word, for the row and the worklist."""

    reason: str


class Way(Protocol):
    """客服消息, 模板消息 …; `name` stands in the outbox as the channel."""

    @property
    def name(self) -> str:
        """What the outbox calls it."""

    @property
    def shows_choices(self) -> bool:
        """Whether what is asked comes with its choices, so that a bare number answers it."""

    def serves(self, account: str) -> bool:
        """Whether people of this account can be reached by it."""

    async def send(self, row: Row, letter: Letter, announce: Announce) -> Outcome | Closed:
        """Sends it, with `announce` right before what might arrive."""


def tried(closed: dict[str, str]) -> str:
    """Which ways were closed and why, in the order of trying: `custom=closed template=not_following`."""
    return " ".join(f"{name}={reason}" for name, reason in closed.items())


def number_of(account: str, msgid: str) -> str:
    """By which number the platform took a message, as its receipt will name it: the platform's is unique per account."""
    return f"{account}:{msgid}"
