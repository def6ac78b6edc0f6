"""What each person has on the phone: the chat with the account, in order."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from .accounts import PhoneConfig
from .delivery import Push
from .opt_ins import OptIns
from .quota import Ledger
from .spans import Span
from .wecom_cards import Card
from .wecom_limits import MemberLimit

UNAVAILABLE = "该公众号暂时无法提供服务，请稍后再试"
"""Platform rule: what a person sees when the product stays silent or answers malformed data."""

Side = Literal["me", "them", "system"]


class CardField(BaseModel):
    """One line of a template card."""

    key: str
    label: str
    value: str


class Entry(BaseModel):
    """One thing in a chat. `me` is the person who holds the phone, `them` the official account."""

    id: int = 0
    at: int = 0
    side: Side
    kind: str
    origin: str = ""
    content: str = ""
    spans: list[Span] | None = None
    title: str | None = None
    url: str | None = None
    media: str | None = None
    picture: str | None = None
    fields: list[CardField] | None = None
    card: Card | None = None
    """A WeCom card with buttons."""
    lat: float | None = None
    lon: float | None = None
    size: int | None = None
    message_id: str | None = None
    client_id: str | None = None

    def view(self) -> dict[str, Any]:
        """The entry as JSON, without what it does not have."""
        return self.model_dump(exclude_none=True)


@dataclass
class Phone:
    """One phone: its holder, whether it follows the account, its chat and its last pushes."""

    config: PhoneConfig
    following: bool = False
    followed_at: int = 0
    followed_by_scene: str = ""
    blocks_templates: bool = False
    blacklisted: bool = False
    """The account itself has put the person on its blacklist."""
    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=500))
    pushes: deque[Push] = field(default_factory=lambda: deque(maxlen=50))
    ledger: Ledger = field(default_factory=Ledger)
    limit: MemberLimit = field(default_factory=MemberLimit)
    typing_until: float = 0.0
    opt_ins: OptIns = field(default_factory=OptIns)
    last_entry: int = 0

    @property
    def openid(self) -> str:
        """The person's id within this account."""
        return self.config.openid

    def add(self, entry: Entry, now: float) -> Entry:
        """Put an entry at the end of the chat."""
        self.last_entry += 1
        placed = entry.model_copy(update={"id": self.last_entry, "at": int(now)})
        self.entries.append(placed)
        return placed

    def card_entry(self, task_id: str) -> Entry | None:
        """The entry with this card."""
        return next((entry for entry in self.entries if entry.card and entry.card.task_id == task_id), None)

    def amend(self, entry: Entry) -> None:
        """An entry that stands in the chat is another now."""
        place = next(index for index, one in enumerate(self.entries) if one.id == entry.id)
        self.entries[place] = entry

    def view(self, now: float) -> dict[str, Any]:
        """Everything the page needs to draw this phone."""
        return self.brief(now) | {
            "entries": [entry.view() for entry in self.entries],
            "push": self.pushes[-1].view() if self.pushes else None,
        }

    def brief(self, now: float) -> dict[str, Any]:
        """The phone without its chat."""
        return self.config.model_dump() | {
            "following": self.following,
            "blocks_templates": self.blocks_templates,
            "blacklisted": self.blacklisted,
            "typing": max(0, round(self.typing_until - now)),
            "quota": self.ledger.view(now),
            "dropped": self.limit.dropped,
            "opt_ins": self.opt_ins.view(),
        }


def find_push(phone: Phone, wanted: Callable[[Push], bool]) -> Push | None:
    """The latest push of this phone that fits."""
    return next((push for push in reversed(phone.pushes) if wanted(push)), None)
