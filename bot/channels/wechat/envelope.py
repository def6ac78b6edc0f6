"""What is around a message: signature, freshness, encryption. One Door per account."""

import datetime as dt
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.channels.wechat.account import Account, Mode
from bot.channels.wechat.document import decoded, document, field
from bot.channels.wechat.refused import broken, forbidden
from bot.channels.wechat.sdk import CannotDecryptError, MessageCipher
from bot.channels.wechat.signature import signature, signed

Clock = Callable[[], dt.datetime]
"""The present instant, with a time zone."""

_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)
MAX_PARAMETER = 512


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified message: its XML as the platform wrote it, and the cipher to answer with (None: answer in plain)."""

    xml: str
    cipher: MessageCipher | None


class Door:
    """Lets in what the platform sent to this account within `window` seconds of now, and closes answers again."""

    def __init__(self, account: Account, clock: Clock, window: float) -> None:
        self.account = account
        self._clock = clock
        self._window = window
        self._ciphers = tuple(MessageCipher(key, account.appid) for key in account.aes_keys)

    def greet(self, query: Mapping[str, str]) -> str:
        """Platform rule: the URL check; the echostr to answer verbatim. Raises Refused."""
        self._check(query)
        echo = query.get("echostr", "")
        if not 0 < len(echo) <= MAX_PARAMETER:
            raise broken("echostr")
        return echo

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """The message in a push. Raises Refused. A plaintext one is refused in safe mode.

        Both signatures are checked when the message is encrypted: `signature` belongs to the URL, `msg_signature` to
        the body. In compatible mode the body holds both forms; only the encrypted one is signed, so that one counts.
        """
        self._check(query)
        if not body:
            raise broken("empty_body")
        text = decoded(body)
        if query.get("encrypt_type", "raw") not in {"", "raw"}:
            return self._decrypt(query, text)
        if self.account.mode is Mode.SAFE:
            raise forbidden("plaintext_in_safe_mode")
        return Opened(text, None)

    def seal(self, xml: str, cipher: MessageCipher | None) -> str:
        """The answer as the platform wants it: encrypted with the key the message came with, or plain."""
        return xml if cipher is None else closed(xml, cipher, self.account.token, self._clock())

    def _check(self, query: Mapping[str, str]) -> None:
        stamp, nonce = stamped(query)
        # The signature first: a stranger learns nothing about our clock.
        if not signed(query.get("signature", ""), self.account.token, stamp, nonce):
            raise forbidden("signature")
        fresh(stamp, self._clock(), self._window)

    def _decrypt(self, query: Mapping[str, str], text: str) -> Opened:
        if query["encrypt_type"] != "aes":
            raise broken("encrypt_type")
        sealed = field(document(text), "Encrypt").strip()
        if not sealed:
            raise broken("no_encrypt")
        if not signed(query.get("msg_signature", ""), self.account.token, query["timestamp"], query["nonce"], sealed):
            raise forbidden("msg_signature")
        return unlocked(sealed, self._ciphers)


def stamped(query: Mapping[str, str]) -> tuple[str, str]:
    """Timestamp and nonce of a request. Raises Refused (400)."""
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not _SECONDS.fullmatch(stamp) or not 0 < len(nonce) <= MAX_PARAMETER:
        raise broken("query")
    return stamp, nonce


def fresh(stamp: str, now: dt.datetime, window: float) -> None:
    """Whether a request was made within `window` seconds of now. Raises Refused (403)."""
    if abs(int(stamp) - now.timestamp()) > window:
        raise forbidden("stale")


def unlocked(sealed: str, ciphers: Iterable[MessageCipher]) -> Opened:
    """What the first of these keys opens. Raises Refused (403) when none does."""
    for cipher in ciphers:
        try:
            return Opened(cipher.decrypt(sealed), cipher)
        except CannotDecryptError:
            continue
    raise forbidden("cannot_decrypt")


def closed(xml: str, cipher: MessageCipher, token: str, now: dt.datetime) -> str:
    """The answer sealed and signed, as the platform wants it."""
    sealed, stamp, nonce = cipher.encrypt(xml), str(int(now.timestamp())), secrets.token_hex(8)
    mark = signature(token, stamp, nonce, sealed)
    return (
        f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt><MsgSignature><![CDATA[{mark}]]></MsgSignature>"
        f"<TimeStamp>{stamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    )
