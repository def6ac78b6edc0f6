"""Photos and a signature as a browser sends them from the site: so many, so large, and what their first bytes say they are."""

import base64
import binascii
import hashlib
from typing import Final, NamedTuple

from aiohttp.web_request import FileField

from bot.console.visit import Visit
from model.site import MOST, MOST_BYTES, MOST_SIGNATURE
from storage.sniff import HEAD_BYTES, media_type

_PHOTOS: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic"})
_SIGNATURE: Final = "data:image/png;base64,"


class Sent(NamedTuple):
    """What was sent beside the words: photos as they came, the signature, the name written instead."""

    photos: tuple[bytes, ...]
    signature: bytes
    signed: str


def read(visit: Visit) -> Sent:
    """What came with a form; what is no PNG where a signature should be is kept as what it is not."""
    photos = [one for one in visit.form.getall("photo", []) if isinstance(one, FileField)]
    told, signature = visit.text("signature"), b""
    if told.startswith(_SIGNATURE) and len(told) <= 2 * MOST_SIGNATURE:
        try:
            signature = base64.b64decode(told.removeprefix(_SIGNATURE), validate=True)
        except binascii.Error:
            signature = b"?"
    elif told:
        signature = b"?"
    data = tuple(one.file.read(MOST_BYTES + 1) for one in photos[: MOST + 1])
    return Sent(tuple(one for one in data if one), signature, " ".join(visit.text("signed").split()))


def wrong_with(sent: Sent, name: str) -> str:
    """What is wrong with the photos or the signature; "" for nothing."""
    if len(sent.photos) > MOST:
        return "many"
    if any(len(one) > MOST_BYTES for one in sent.photos):
        return "large"
    if any(media_type(one[:HEAD_BYTES]) not in _PHOTOS for one in sent.photos):
        return "no_photo"
    if sent.signature:
        good = media_type(sent.signature[:HEAD_BYTES]) == "image/png" and len(sent.signature) <= MOST_SIGNATURE
        return "" if good else "no_signature"
    return "" if sent.signed == name else "unsigned"


def digests(sent: Sent) -> tuple[str, ...]:
    """By which the same content is known when it is sent again."""
    data = [hashlib.sha256(one).hexdigest() for one in (*sent.photos, sent.signature)]
    return (*data, sent.signed)
