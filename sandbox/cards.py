"""Pictures of cards that nobody has: what stands on one is written into the picture's own text, where the stand-in reads it back."""

import json
import struct
import zlib
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .media import drawn

_KEYWORD: Final = b"sandbox-card"
_MAGIC: Final = b"\x89PNG\r\n\x1a\n"


class Card(BaseModel):
    """What stands on a card. Without anything said it is that of nobody: order code 000, a firm called 示例."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["idcard", "bizlicense"]
    name: str = Field(default="", max_length=200)
    number: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=300)
    representative: str = Field(default="", max_length=60)
    back: bool = False
    valid_date: str = "20200101-20400101"


SAMPLES: Final = {
    "idcard": Card(kind="idcard", name="李示例", number="410721199001010006", address="河南省新乡县小冀镇示范路10号"),
    "bizlicense": Card(
        kind="bizlicense",
        name="新乡县示例食品有限公司",
        number="91410721MA000901X3",
        address="河南省新乡县小冀镇示范路10号",
        representative="李示例",
    ),
}


def picture_of(card: Card) -> bytes:
    """A PNG of this card; what is not said is as on the sample."""
    said = card.model_dump(exclude_unset=True)
    whole = SAMPLES[card.kind].model_copy(update=said)
    text = _KEYWORD + b"\0\0\0\0\0" + whole.model_dump_json().encode()
    return drawn(320, 200, lambda x, y: _colour(card, x, y), (b"iTXt", text))


def card_in(data: bytes) -> Card | None:
    """What stands on the picture; None for one that was not made here."""
    at = len(_MAGIC)
    while data.startswith(_MAGIC) and at + 12 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if kind == b"iTXt" and body.startswith(_KEYWORD + b"\0"):
            try:
                return Card.model_validate(json.loads(body.split(b"\0", 5)[-1]))
            except (ValueError, ValidationError, zlib.error):
                return None
        at += 12 + size
    return None


def _colour(card: Card, x: int, y: int) -> bytes:
    """Something like one: lines where words stand, a face or an emblem."""
    if card.kind == "idcard" and not card.back and 215 < x < 295 and 40 < y < 140:
        return b"\xb9\xc0\xc8"
    if y % 24 < 8 and 24 < x < 190 and 24 < y < 170:
        return b"\x6a\x72\x80"
    return b"\xd6\xe4\xec" if card.kind == "idcard" else b"\xf2\xe6\xc8"
