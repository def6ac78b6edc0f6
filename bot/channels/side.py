"""What the endpoint needs of one account, whichever platform it is on."""

from collections.abc import Mapping
from typing import Protocol

from bot.channels.wechat.envelope import Opened
from bot.channels.wechat.inbound import Inbound
from bot.reception import Said
from model.message import Update


class Side(Protocol):
    """Checks, opens, reads and answers what a platform sends to one account."""

    @property
    def account(self) -> str:
        """Our id of the account."""

    @property
    def path(self) -> str:
        """Where the platform calls it."""

    @property
    def nothing(self) -> str:
        """The body that ends the deliveries and says nothing to the person (platform rule)."""

    def greet(self, query: Mapping[str, str]) -> str:
        """The answer to the platform's URL check. Raises Refused."""

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """The message in a push. Raises Refused."""

    def read(self, xml: str) -> Inbound:
        """What it says. Raises Refused."""

    def words(self, update: Update, opened: Opened, text: str) -> str:
        """The body of an answer in words that are not ours: they go as they are, links and all."""

    async def answer(self, update: Update, opened: Opened, said: Said) -> str:
        """The body of the answer, "" where nothing is said in it.

        Raises CoreAway where what is to be said cannot be kept: the platform shall ask again then.
        """
