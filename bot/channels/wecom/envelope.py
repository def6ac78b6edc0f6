"""What is around a message of WeCom: one signature, always encrypted. One SealedDoor per app."""

from collections.abc import Mapping

from bot.channels.wechat.document import decoded, document, field
from bot.channels.wechat.envelope import Clock, Opened, closed, fresh, stamped, unlocked
from bot.channels.wechat.refused import broken, forbidden
from bot.channels.wechat.sdk import MessageCipher
from bot.channels.wechat.signature import signed
from bot.channels.wecom.app import WeComApp

_MAX_ECHO = 2048


class SealedDoor:
    """Lets in what the platform sent to this app within `window` seconds of now, and closes answers again.

    Platform rule: msg_signature alone proves where a request comes from, over the ciphertext too; the ciphertext ends with
    the CorpID.
    """

    def __init__(self, app: WeComApp, clock: Clock, window: float) -> None:
        self.app = app
        self._clock = clock
        self._window = window
        self._ciphers = tuple(MessageCipher(key, app.corpid) for key in app.aes_keys)

    def greet(self, query: Mapping[str, str]) -> str:
        """Platform rule: the URL check; the echo in plain, without quotes and line breaks. Raises Refused."""
        sealed = query.get("echostr", "")
        if not 0 < len(sealed) <= _MAX_ECHO:
            raise broken("echostr")
        return self._opened(query, sealed).xml

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """The message in a push. Raises Refused."""
        stamped(query)
        if not body:
            raise broken("empty_body")
        sealed = field(document(decoded(body)), "Encrypt").strip()
        if not sealed:
            raise broken("no_encrypt")
        return self._opened(query, sealed)

    def seal(self, xml: str, opened: Opened) -> str:
        """The answer, encrypted with the key the message came with."""
        cipher = opened.cipher or self._ciphers[0]
        return closed(xml, cipher, self.app.token, self._clock())

    def _opened(self, query: Mapping[str, str], sealed: str) -> Opened:
        stamp, nonce = stamped(query)
        # The signature first: a stranger learns nothing about our clock.
        if not signed(query.get("msg_signature", ""), self.app.token, stamp, nonce, sealed):
            raise forbidden("msg_signature")
        fresh(stamp, self._clock(), self._window)
        return unlocked(sealed, self._ciphers)
