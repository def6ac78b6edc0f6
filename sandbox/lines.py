"""How one kind of account talks with the product: what a push looks like on its way out, what an answer to it means."""

from typing import TYPE_CHECKING, Protocol

from .accounts import Account
from .reply import Verdict, judge
from .wire import Envelope, seal

if TYPE_CHECKING:
    from .delivery import Push


class Line(Protocol):
    """One account's side of the wire."""

    @property
    def id(self) -> str:
        """The account, for the log."""

    def seal(self, push: "Push", now: float) -> Envelope:
        """The request for one attempt: new timestamp, nonce and ciphertext every time."""

    def judge(self, push: "Push", body: bytes, known_media: frozenset[str]) -> Verdict:
        """What an answer with status 200 means."""


class OfficialLine:
    """`Line` of an official account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @property
    def id(self) -> str:
        """See `Line`."""
        return self._account.id

    def seal(self, push: "Push", now: float) -> Envelope:
        """See `Line`."""
        return seal(self._account, push.xml, push.openid, now)

    def judge(self, push: "Push", body: bytes, known_media: frozenset[str]) -> Verdict:
        """See `Line`."""
        return judge(self._account, push.openid, body, known_media)
