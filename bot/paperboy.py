"""Papers for stewards, through the same outbox as everything that is pushed; and what the chats of an account can bring."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from bot.channels.wechat.account import Account
from bot.channels.wecom.app import WeComApp
from bot.ways.wecom import PICTURES
from handlers.papers import Carries
from handlers.ports import CoreAway
from handlers.showing import WITHIN
from model.delivery import Recipient
from model.look import Look
from storage.away import RECORDS_AWAY
from storage.looks import Looks

_MB: Final = 1024 * 1024
OFFICIAL: Final = Carries(frozenset({"image/jpeg", "image/png", "image/gif"}), most=10 * _MB)
"""Platform rule: 客服消息 of kind image; there is none for files."""
WECOM: Final = Carries(PICTURES, files=True, most=10 * _MB, file_most=20 * _MB)
NOTHING: Final = Carries()


def carried(official: Iterable[Account], apps: Iterable[WeComApp]) -> dict[str, Carries]:
    """By account id; nothing where an account may not write to people by itself (订阅号)."""
    by_official = {one.id: OFFICIAL if one.may_text else NOTHING for one in official}
    return {**by_official, **{one.id: WECOM for one in apps}}


class OutboxPaperboy:
    """`handlers.showing.Paperboy`: rows of kind `reply`, each with the record of the look, in one transaction."""

    def __init__(self, looks: Looks, carries: Mapping[str, Carries], woken: Callable[[], None] = lambda: None) -> None:
        """`carries` by account; `woken` is called after every row, so that delivery need not come by."""
        self._looks = looks
        self._carries = carries
        self._woken = woken

    def carries(self, account: str) -> Carries:
        """See `Paperboy`."""
        return self._carries.get(account, NOTHING)

    async def bring(self, looked: Sequence[tuple[Look, Mapping[str, str]]], person: str, now: dt.datetime) -> None:
        """See `Paperboy`."""
        to = Recipient(kind="applicant", id=person)  # as replies say it: nobody gets two messages at once
        try:
            await self._looks.show(looked, to, now, now + WITHIN)
        except RECORDS_AWAY as error:
            raise CoreAway(type(error).__name__) from error
        self._woken()
