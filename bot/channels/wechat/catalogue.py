"""The platform's endpoints as plain descriptions of requests, from wechatpy's builders where it has them.

wechatpy sends everything through one method, `_request`; ours describes instead (`sdk.py`). So its some 400
endpoints stay usable, while tokens, retries, timeouts and results are ours (`transport.py`), asynchronous and typed.
Its own transport is synchronous, retries a refused token without end and raises on every error answer.
"""

from collections.abc import Mapping
from typing import Any

from bot.channels.wechat.account import PUBLIC_API
from bot.channels.wechat.sdk import Call, Describing, Upload


class Catalogue:
    """Describes requests. For endpoints without a method here: `anything.<wechatpy's name>(...)` returns a Call."""

    def __init__(self, appid: str) -> None:
        self.anything: Any = Describing(appid)

    def custom_text(self, person: str, text: str) -> Call:
        """客服消息, text."""
        return _call(self.anything.message.send_text(person, text))

    def custom_image(self, person: str, media_id: str) -> Call:
        """客服消息, image."""
        return _call(self.anything.message.send_image(person, media_id))

    def upload(self, kind: str, upload: Upload) -> Call:
        """Give the platform a temporary file."""
        return _call(self.anything.media.upload(kind, upload))

    def typing(self, person: str, *, on: bool) -> Call:
        """「对方正在输入」; wechatpy does not know it."""
        body = {"touser": person, "command": "Typing" if on else "CancelTyping"}
        return _call(self.anything.post("message/custom/typing", data=body))

    def template(self, body: Mapping[str, Any]) -> Call:
        """模板消息; wechatpy's builder knows no client_msg_id."""
        return _call(self.anything.post("message/template/send", data=dict(body)))

    def subscription(self, body: Mapping[str, Any]) -> Call:
        """订阅通知."""
        return _call(self.anything.post("message/subscribe/bizsend", data=dict(body)))

    def subscriptions(self) -> Call:
        """The templates of 订阅通知 the account has; another list than that of 模板消息."""
        return _call(self.anything.get("gettemplate", api_base_url=f"{PUBLIC_API}/wxaapi/newtmpl/"))

    def media(self, media_id: str) -> Call:
        """A temporary file."""
        return _call(self.anything.media.download(media_id))

    def card(self, path: str, photo: Upload) -> Call:
        """Read the photo of a card (`idcard`, `bizlicense`); wechatpy does not know it."""
        return Call("POST", f"/cv/ocr/{path}", upload=photo)

    def menu(self, menu: Mapping[str, Any]) -> Call:
        """Replace the account's menu."""
        return _call(self.anything.menu.create(dict(menu)))

    def delete_menu(self) -> Call:
        """Take the account's menu away."""
        return _call(self.anything.menu.delete())

    def current_menu(self) -> Call:
        """The menu as phones show it, however it was made."""
        return _call(self.anything.menu.get_menu_info())

    def current_autoreplies(self) -> Call:
        """The automatic replies entered in the platform's pages."""
        return _call(self.anything.message.get_autoreply_info())

    def qrcode(self, body: Mapping[str, Any]) -> Call:
        """Make a QR code."""
        return _call(self.anything.qrcode.create(dict(body)))

    def js_ticket(self) -> Call:
        """What pages' signatures are made with."""
        return _call(self.anything.get("ticket/getticket", params={"type": "jsapi"}))

    def basic_info(self) -> Call:
        """Who holds the account; wechatpy does not know it."""
        return _call(self.anything.post("account/getaccountbasicinfo", data={}))

    def callback_check(self) -> Call:
        """Whether the platform finds our address; wechatpy does not know it."""
        return _call(self.anything.post("callback/check", data={"action": "all", "check_operator": "DEFAULT"}))

    def callback_addresses(self) -> Call:
        """From where the platform pushes."""
        return _call(self.anything.misc.get_wechat_ips())

    def api_addresses(self) -> Call:
        """Where the platform's API is; wechatpy does not know it."""
        return _call(self.anything.get("get_api_domain_ip"))

    def templates(self) -> Call:
        """The templates the account has."""
        return _call(self.anything.template.get_all_private_template())

    def industries(self) -> Call:
        """The industries the account has chosen."""
        return _call(self.anything.template.get_industry())

    def quota(self, path: str) -> Call:
        """What is left today of the calls of a path (`/cgi-bin/…`); wechatpy does not know it."""
        return _call(self.anything.post("openapi/quota/get", data={"cgi_path": path}))


def _call(made: Any) -> Call:
    if not isinstance(made, Call):
        raise TypeError("wechatpy did not go through _request")
    return made
