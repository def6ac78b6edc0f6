"""The wire of a WeCom app: always encrypted, signed by msg_signature alone; what may be answered to which push."""

import secrets
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from .crypto import CryptoError, MessageCipher, same, signature
from .reply import MAX_TEXT, Part, Verdict
from .wecom_account import WeComApp
from .wire import Envelope, WireError, build, child, parse

if TYPE_CHECKING:
    from .delivery import Push

CARD_EVENT = "template_card_event"
UPDATE = "update_button"
_ANSWERED = frozenset({"subscribe", "enter_agent", "LOCATION", "click", "view", "view_miniprogram", "scancode_waitmsg"})
"""Platform rule: events to which a message may be answered; to a click on a card only an update of that card."""
_MESSAGES = frozenset({"text", "image", "voice", "video", "location", "link"})


class WeComLine:
    """`Line` of a WeCom app. Platform rule: the receive id inside the ciphertext is the CorpID."""

    def __init__(self, app: WeComApp) -> None:
        self._app = app
        self._cipher = MessageCipher(app.encoding_aes_key, app.corpid)

    @property
    def id(self) -> str:
        """See `Line`."""
        return self._app.id

    def seal(self, push: "Push", now: float) -> Envelope:
        """See `Line`. Platform rule: the URL carries msg_signature, timestamp and nonce, nothing else."""
        sealed = self._cipher.encrypt(push.xml)
        body = build([("ToUserName", self._app.corpid), ("AgentID", str(self._app.agentid)), ("Encrypt", sealed)])
        return Envelope(self._signed(sealed, now), body.encode("utf-8"))

    def check(self, echo: str, now: float) -> dict[str, str]:
        """The query of the URL check. Platform rule: echostr is encrypted; its plaintext must be answered within a second."""
        sealed = self._cipher.encrypt(echo)
        return self._signed(sealed, now) | {"echostr": sealed}

    def judge(self, push: "Push", body: bytes, known_media: frozenset[str]) -> Verdict:
        """See `Line`. Platform rule: an empty body says nothing; anything else must be sealed, and be of a kind that may
        be answered to this push.
        """
        text = body.decode("utf-8", "replace")
        if not text:
            return Verdict(text)
        try:
            text, root = self._open(text)
            return Verdict(text, (self._part(push, root),))
        except (WireError, CryptoError) as error:
            return Verdict(text, refused=str(error))

    def _signed(self, sealed: str, now: float) -> dict[str, str]:
        stamp, nonce = str(int(now)), str(secrets.randbelow(9 * 10**8) + 10**8)
        return {
            "msg_signature": signature(self._app.token, stamp, nonce, sealed),
            "timestamp": stamp,
            "nonce": nonce,
        }

    def _open(self, text: str) -> tuple[str, ElementTree.Element]:
        root = parse(text)
        sealed, stamp, nonce = child(root, "Encrypt"), child(root, "TimeStamp"), child(root, "Nonce")
        if not same(child(root, "MsgSignature"), signature(self._app.token, stamp, nonce, sealed)):
            raise WireError("MsgSignature 不对")
        opened = self._cipher.decrypt(sealed)
        return opened, parse(opened)

    def _part(self, push: "Push", root: ElementTree.Element) -> Part:
        if child(root, "ToUserName") != push.openid:
            raise WireError("ToUserName 不是发消息的成员")
        if child(root, "FromUserName") != self._app.corpid:
            raise WireError("FromUserName 不是本企业的 CorpID")
        if not child(root, "CreateTime").strip().isdigit():
            raise WireError("CreateTime 不是整数")
        kind = child(root, "MsgType")
        if kind == UPDATE:
            if push.kind != CARD_EVENT:
                raise WireError("只有点了卡片才能更新卡片")
            name = child(root, "Button/ReplaceName").strip()
            if not name:
                raise WireError("Button/ReplaceName 为空")
            return Part(UPDATE, name)
        if kind != "text":
            raise WireError(f"沙箱不显示 MsgType {kind[:20]}")
        if push.kind not in _MESSAGES | _ANSWERED:
            raise WireError(f"{push.kind} 不能回复消息")
        content = child(root, "Content")
        if not content.strip():
            raise WireError("Content 为空")
        # Platform rule: what is longer is cut off.
        return Part("text", content.encode("utf-8")[:MAX_TEXT].decode("utf-8", "ignore"))
