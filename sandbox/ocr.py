"""The platform reads photos of cards (OCR): what a picture made here says, as the platform would answer it."""

from typing import Any, Final

from aiohttp import web

from .cards import Card, card_in
from .errors import ApiError
from .world import Hall

KINDS: Final = ("idcard", "bizlicense", "comm")
BOUGHT: Final = "cv/ocr"
"""What a day's number is of: all kinds together, as they are bought (服务市场)."""
_LIMIT: Final = 2_000_000
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM")


async def read(request: web.Request, hall: Hall, now: float) -> dict[str, Any]:
    """The answer to a call. 40066 no such kind, 41005 no picture, 101002 and 101003 none left of the day; and as `_read`."""
    kind = request.match_info["kind"]
    if kind not in KINDS:
        raise ApiError(40066, "invalid url")
    sent = (await request.post()).get("img") if request.content_type.startswith("multipart/") else None
    data = sent.file.read() if isinstance(sent, web.FileField) else b""
    if not data and "img_url" in request.query:  # nothing out there that this one could fetch
        raise ApiError(101000, "invalid image url")
    if not data:
        raise ApiError(41005, "media data missing")
    hall.door.buys(BOUGHT, hall.account.ocr, now)
    return _read(kind, data)


def _read(kind: str, data: bytes) -> dict[str, Any]:
    """What is read. 40006 not under 2 MB, 101000 no picture, 101001 not such a card."""
    if len(data) >= _LIMIT:
        raise ApiError(40006, "invalid media size")
    if not data.startswith(_PICTURES):
        raise ApiError(101000, "invalid image url")
    card = card_in(data)
    if kind == "comm":
        return _ok({"items": _items(card), "img_size": {"w": 320, "h": 200}})
    if card is None or card.kind != kind:
        raise ApiError(101001, "certificate not found")
    if kind == "idcard":
        return _ok({"type": "Back", "valid_date": card.valid_date} if card.back else _front(card))
    return _ok(
        {
            "reg_num": card.number,
            "serial": "",
            "legal_representative": card.representative,
            "enterprise_name": card.name,
            "type_of_organization": "",
            "address": card.address,
            "type_of_enterprise": "有限责任公司",
            "business_scope": "",
            "registered_capital": "",
            "paid_in_capital": "",
            "valid_period": "长期",
            "registered_date": "",
        }
    )


def _front(card: Card) -> dict[str, Any]:
    return {
        "type": "Front",
        "name": card.name,
        "id": card.number,
        "addr": card.address,
        "gender": "女",
        "nationality": "汉",
    }


def _items(card: Card | None) -> list[dict[str, Any]]:
    """Of any picture every line that can be read; of one without words none."""
    said = () if card is None else (card.name, card.number, card.representative, card.address)
    corner = {"x": 0, "y": 0}
    pos = {"left_top": corner, "right_top": corner, "right_bottom": corner, "left_bottom": corner}
    return [{"text": text, "pos": pos} for text in said if text]


def _ok(answer: dict[str, Any]) -> dict[str, Any]:
    return {"errcode": 0, "errmsg": "ok", **answer}
