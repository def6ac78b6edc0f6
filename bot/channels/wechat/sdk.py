"""The seam to wechatpy, and the one file that imports it: it is untyped, synchronous, and raises almost anything.

Taken from it: the encryption of safe mode, and its builders of requests. Importing it emits no warnings.
"""

import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wechatpy.client import WeChatClient
from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import WeChatException

from bot.channels.wechat.account import PUBLIC_API, aes_key_bytes

_HOME = f"{PUBLIC_API}/cgi-bin/"


class CannotDecryptError(Exception):
    """Not encrypted with this key, damaged, or meant for another appid: these cannot be told apart."""


class _Crypto(PrpCrypto):
    # The original draws from a guessable generator. Under a fixed IV only these bytes keep two equal messages apart.
    def get_random_string(self) -> bytes:
        return secrets.token_bytes(16)


class MessageCipher:
    """One EncodingAESKey of one account. Platform rule: AES-256-CBC; random 16, length 4, text, appid, PKCS#7 to 32."""

    def __init__(self, aes_key: str, appid: str) -> None:
        self._crypto = _Crypto(aes_key_bytes(aes_key))
        self._appid = appid

    def encrypt(self, text: str) -> str:
        """The base64 ciphertext; different every time."""
        return bytes(self._crypto.encrypt(text, self._appid)).decode("ascii")

    def decrypt(self, sealed: str) -> str:
        """The text. Raises CannotDecryptError; wrong padding shows as a wrong appid, which comes last."""
        try:
            return str(self._crypto.decrypt(sealed, self._appid))
        except (WeChatException, ValueError, IndexError, struct.error) as error:
            raise CannotDecryptError from error


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be sent as multipart, by the name of `part`. `name` is what a phone may show of it."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    part: str = "media"


@dataclass(frozen=True, slots=True)
class Call:
    """A request to the platform, without host and token. `body` is sent as JSON, an `upload` as a form."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    upload: Upload | None = None


class Describing(WeChatClient):
    """wechatpy's client with its hands tied: whatever it is asked to do, it returns the Call it would have made.

    The inherited initialiser is left out: it opens an HTTP session. The inherited `__new__` reads every property, so
    `access_token`, which would fetch one, must have no effect.
    """

    def __init__(self, appid: str) -> None:
        self.appid = appid
        self.session = None

    @property
    def access_token(self) -> str:
        """None is needed to describe a request."""
        return ""

    def _request(self, method: str, url_or_endpoint: str, **given: Any) -> Call:
        url = url_or_endpoint
        if not url.startswith(("http://", "https://")):
            url = str(given.get("api_base_url", _HOME)) + url
        if not url.startswith(f"{PUBLIC_API}/"):
            raise ValueError(f"not an endpoint of {PUBLIC_API}: the access token must not go there")
        body = given.get("data", given.get("json"))
        upload = (given.get("files") or {}).get("media")
        if not (body is None or isinstance(body, Mapping)) or (given.get("files") and not isinstance(upload, Upload)):
            raise NotImplementedError("only JSON bodies and our own uploads can be described")
        params = {key: str(value) for key, value in (given.get("params") or {}).items() if key != "access_token"}
        return Call(method.upper(), url.removeprefix(PUBLIC_API), params, body, upload)
