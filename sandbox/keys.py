"""An EncodingAESKey (platform rule: 43 characters, base64 of 32 bytes without its `=`), as a type."""

import base64
import binascii
from typing import Annotated

from pydantic import AfterValidator, Field


def _thirty_two_bytes(key: str) -> str:
    try:
        raw = base64.b64decode(key + "=")
    except binascii.Error as error:
        raise ValueError("EncodingAESKey is not base64") from error
    if len(raw) != 32:
        raise ValueError("EncodingAESKey must decode to 32 bytes")
    return key


AesKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}$"), AfterValidator(_thirty_two_bytes)]
