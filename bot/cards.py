"""Photos of cards, read by the platform's own service (OCR), within the day's number (ADR 30)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.errors import Correction, Reaction
from bot.channels.wechat.results import Media, NoAnswer, Refusal, TooLarge
from bot.ways.gate import Gate
from bot.ways.way import Closed
from handlers.ports import Unread
from model.card import Card
from model.delivery import Postponed
from storage.breakers import Pace
from storage.sniff import HEAD_BYTES, media_type

OCR: Final = "ocr"
"""In the ledger of the day: all kinds of cards together, for they are bought together (platform rule)."""
MAX_PHOTO_BYTES: Final = 2_000_000 - 1
"""Platform rule: under 2 MB. Nothing here can make a photo smaller: one that is larger is not read."""
NO_CARD: Final = 101001
_PHOTOS: Final = {"image/jpeg", "image/png"}
_PARTS: Final[Mapping[Card, Mapping[str, str]]] = {
    "identity": {"name": "name", "id": "number", "addr": "address"},
    "licence": {
        "enterprise_name": "name",
        "reg_num": "code",
        "legal_representative": "representative",
        "address": "address",
    },
}
"""The service's names of what it reads, and ours."""
_PASSES: Final = {Reaction.RETRY, Reaction.REFRESH_TOKEN, Reaction.DELAY}
_USED_UP: Final = {Correction.BREAKER_OPEN, Correction.FEATURE_OFF}

log = structlog.get_logger()


class WeChatCards:
    """`handlers.ports.CardReader` over the accounts of this process. What is read goes to whoever asks, and nowhere else."""

    def __init__(
        self, clients: Mapping[str, WeChat], gate: Gate, ended: Callable[[str], None] = lambda _outcome: None
    ) -> None:
        """`clients` by account id; `ended` hears what came of each attempt, in one word."""
        self._clients = clients
        self._gate = gate
        self._ended = ended

    async def read(
        self, account: str, conversation: str, media_id: str, card: Card
    ) -> Mapping[str, str] | Unread | None:
        """See `CardReader`."""
        found = await self._read(account, conversation, media_id, card)
        outcome = (
            "later" if found is None else found.code.removeprefix("card.") if isinstance(found, Unread) else "read"
        )
        log.info("card.read", account=account, card=card, outcome=outcome)
        self._ended(outcome)
        return found

    async def _read(
        self, account: str, conversation: str, media_id: str, card: Card
    ) -> Mapping[str, str] | Unread | None:
        client = self._clients.get(account)
        if client is None or client.account.card_readings == 0:
            return Unread("card.away")  # switched off since the photo came
        match await client.media(media_id, limit=MAX_PHOTO_BYTES):
            case Media(data=data):
                pass
            case TooLarge():
                return Unread("card.large")
            case NoAnswer():
                return None
            case _:
                return Unread("card.gone")
        kind = media_type(data[:HEAD_BYTES])
        if kind not in _PHOTOS:
            return Unread("card.type")
        match await self._gate.admit(client.account.appid, OCR, pace=Pace(a_day=client.account.card_readings)):
            case Postponed():
                return None
            case Closed():
                return Unread("card.full")
        match await client.read_card(card, data, kind):
            case NoAnswer():
                return None
            case Refusal() as refusal:
                await self._gate.learn(client.account.appid, OCR, conversation, refusal)
                return _refused(refusal)
            case answer:
                return _parts(card, answer)


def _refused(refusal: Refusal) -> Unread | None:
    """What a refusal means for this photo; None: it may be asked again."""
    if refusal.meaning.correction in _USED_UP:
        return Unread("card.full")
    if refusal.meaning.reaction in _PASSES or refusal.meaning.correction is Correction.ACCOUNT_SHUT:
        return None
    return Unread("card.none" if refusal.code == NO_CARD else "card.unreadable")


def _parts(card: Card, answer: Mapping[str, Any]) -> Mapping[str, str] | Unread:
    """Our parts of what was read. Platform rule: of an identity card each side is read by itself."""
    if card == "identity" and answer.get("type") == "Back":
        return Unread("card.back")
    read = {ours: answer.get(theirs) for theirs, ours in _PARTS[card].items()}
    return {part: text for part, text in read.items() if isinstance(text, str) and text.strip()}
