"""What we ask of the platform, for one account.

Of wechatpy the endpoint builders are used: they describe a request (`catalogue.py`), and `transport.py` carries it out
on aiohttp. Overriding `_request` with a coroutine would have made them awaitable too, but with untyped results,
exceptions for errors, and the token hidden in a synchronous property.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import aiohttp

from bot.channels.wechat.account import Account
from bot.channels.wechat.catalogue import Catalogue
from bot.channels.wechat.envelope import Clock
from bot.channels.wechat.errors import FIELD_INVALID, TEMPLATE_UNKNOWN, meaning_of
from bot.channels.wechat.js_ticket import TicketSource, cached_as
from bot.channels.wechat.render import text_of
from bot.channels.wechat.results import Done, Failed, Media, NoAnswer, QrCode, Refusal, Sent, TooLarge, Uploaded
from bot.channels.wechat.sdk import Call, Upload
from bot.channels.wechat.template_fields import Unfit, fit_all
from bot.channels.wechat.tokens import TokenCache, Tokens
from bot.channels.wechat.transport import Api, Transport
from bot.channels.wechat.wire import Patience
from model.card import Card
from model.message import Reply
from storage.steps import Step

MAX_MEDIA_BYTES: Final = 10 * 1024 * 1024
MAX_QR_SECONDS: Final = 2_592_000
MAX_SCENE: Final = 64
_READ_AT: Final[Mapping[Card, str]] = {"identity": "idcard", "licence": "bizlicense"}


class WeChat:
    """The outbound side of one account. Answers are values; only a programming error or the token cache raises."""

    def __init__(
        self,
        account: Account,
        session: aiohttp.ClientSession,
        cache: TokenCache,
        *,
        clock: Clock,
        patience: Patience | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        refused: Callable[[str, int], None] = lambda _api, _code: None,
    ) -> None:
        """`refused` hears of every error answer: the API's path and the code."""
        self.account = account
        self.catalogue = Catalogue(account.appid)
        self.transport = Transport(
            api_of(account), session, cache, clock=clock, patience=patience, sleep=sleep, refused=refused
        )
        source = TicketSource(lambda: self.transport.call(self.catalogue.js_ticket(), step=None, busy_retries=1))
        self._tickets = Tokens(cached_as(account.appid), cache, source, clock)

    async def send_text(self, person: str, reply: Reply) -> Sent | Failed:
        """客服消息: a text, its choices as links. Raises ValueError when there is nothing to say.

        It has no idempotency key (platform rule), so a busy platform is asked once more and no oftener.
        """
        text = text_of(reply)
        if not text:
            raise ValueError("nothing to send")
        return _sent(
            await self.transport.call(self.catalogue.custom_text(person, text), step=Step.TEXT, busy_retries=1)
        )

    async def send_template(
        self, person: str, template: str, fields: Mapping[str, str], *, key: str, url: str = ""
    ) -> Sent | Failed:
        """模板消息 by our name of the template. Values are made to fit; what cannot is refused before it is sent.

        `key` makes sending it again harmless for 10 minutes (platform rule: client_msg_id).
        """
        card = self._card(person, template, self.account.templates.get(template), fields)
        if isinstance(card, Refusal):
            return card
        body = card | {"client_msg_id": client_msg_id(key)} | ({"url": url} if url else {})
        return _sent(await self.transport.call(self.catalogue.template(body), step=Step.CARD))

    async def send_subscription(self, person: str, template: str, fields: Mapping[str, str]) -> Sent | Failed:
        """订阅通知 by our name of the template, with values made to fit as for 模板消息.

        It has no idempotency key (platform rule), so a busy platform is asked once more and no oftener.
        """
        card = self._card(person, template, self.account.subscriptions.templates.get(template), fields)
        if isinstance(card, Refusal):
            return card
        return _sent(await self.transport.call(self.catalogue.subscription(card), step=Step.NOTICE, busy_retries=1))

    def _card(
        self, person: str, template: str, template_id: str | None, fields: Mapping[str, str]
    ) -> dict[str, Any] | Refusal:
        if template_id is None:
            return Refusal.of(TEMPLATE_UNKNOWN, f"no template id configured for {template}")
        fitted = fit_all(fields)
        if isinstance(fitted, Unfit):
            return Refusal.of(FIELD_INVALID, f"{fitted.field}: {fitted.reason}")
        data = {name: {"value": value} for name, value in fitted.items()}
        return {"touser": person, "template_id": template_id, "data": data}

    async def send_image(self, person: str, media_id: str) -> Sent | Failed:
        """客服消息: a picture that was uploaded. As little protected against a repetition as a text."""
        call = self.catalogue.custom_image(person, media_id)
        return _sent(await self.transport.call(call, step=Step.TEXT, busy_retries=1))

    async def upload(self, upload: Upload, kind: str = "image") -> Uploaded | Failed:
        """Give the platform a temporary file of a kind (platform rule: a picture is JPG, PNG or GIF, of 10 MB at most)."""
        return uploaded(await self.transport.call(self.catalogue.upload(kind, upload), step=Step.UPLOAD))

    async def media(self, media_id: str, *, limit: int = MAX_MEDIA_BYTES) -> Media | TooLarge | Failed:
        """A temporary file of at most `limit` bytes (platform rule: kept for three days)."""
        return await self.transport.download(self.catalogue.media(media_id), limit)

    async def read_card(self, card: Card, photo: bytes, content_type: str) -> dict[str, Any] | Failed:
        """What the platform reads on the photo of a card, by its own names (platform rule: under 2 MB, a number a day)."""
        upload = Upload(f"photo.{content_type.rpartition('/')[2]}", content_type, photo, part="img")
        return await self.transport.call(self.catalogue.card(_READ_AT[card], upload), step=None)

    async def create_menu(self, menu: Mapping[str, Any]) -> Done | Failed:
        """Replace the account's menu (platform rule: at most 3 × 5; phones see it within 5 minutes)."""
        return _done(await self.transport.call(self.catalogue.menu(menu), step=Step.MENU))

    async def delete_menu(self) -> Done | Failed:
        """Take the account's menu away."""
        return _done(await self.transport.call(self.catalogue.delete_menu(), step=Step.MENU))

    async def current_menu(self) -> dict[str, Any] | Failed:
        """The menu as phones show it, however it was made (platform rule: get_current_selfmenu_info)."""
        return await self.transport.call(self.catalogue.current_menu(), step=None)

    async def current_autoreplies(self) -> dict[str, Any] | Failed:
        """The automatic replies entered in the platform's pages, whether they are given just now or not."""
        return await self.transport.call(self.catalogue.current_autoreplies(), step=None)

    async def create_qrcode(self, scene: str, *, seconds: int | None = None) -> QrCode | Failed:
        """A QR code with this scene, for `seconds` or for good (platform rule: at most 100 000 of these).

        Raises ValueError for a scene that is not 1–64 characters, or more than 30 days.
        """
        too_long = seconds is not None and not 0 < seconds <= MAX_QR_SECONDS
        if not 0 < len(scene) <= MAX_SCENE or too_long:
            raise ValueError("scene or seconds out of range")
        body: dict[str, Any] = {
            "action_name": "QR_LIMIT_STR_SCENE" if seconds is None else "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        if seconds is not None:
            body["expire_seconds"] = seconds
        # A permanent code is used up even if the answer is lost.
        found = await self.transport.call(self.catalogue.qrcode(body), step=None, busy_retries=1)
        if not isinstance(found, dict):
            return found
        ticket, url = found.get("ticket"), found.get("url")
        if not (isinstance(ticket, str) and isinstance(url, str)):
            return NoAnswer("unexpected", may_have_arrived=True)
        return QrCode(ticket, url)

    async def js_ticket(self) -> str | Failed:
        """The ticket for pages with the JS-SDK: one for all processes. Raises what the token cache raises."""
        return await self._tickets.current()

    async def js_ticket_refused(self, ticket: str) -> None:
        """The platform took no signature made with it: forget it, unless it has been replaced meanwhile."""
        await self._tickets.refused(ticket)

    async def typing(self, person: str, *, on: bool = True) -> Done | Failed:
        """「对方正在输入」 (platform rule: within 30 s of their message, lasts 15 s)."""
        return _done(await self.transport.call(self.catalogue.typing(person, on=on), step=None, busy_retries=0))


def client_msg_id(key: str) -> str:
    """The platform's idempotency key for ours (platform rule: at most 32 characters)."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def api_of(account: Account) -> Api:
    """Platform rule: stable_token, never forced, so that a token others use is never broken."""
    body = {
        "grant_type": "client_credential",
        "appid": account.appid,
        "secret": account.appsecret,
        "force_refresh": False,
    }
    token_call = Call("POST", "/cgi-bin/stable_token", body=body)
    return Api(account.id, account.api_base, account.appid, token_call, meaning_of)


def uploaded(found: dict[str, Any] | Failed) -> Uploaded | Failed:
    """What the platform says of an upload, on either platform. What it keeps without our knowing its id, it forgets."""
    if not isinstance(found, dict):
        return found
    media_id = found.get("media_id")
    return (
        Uploaded(media_id) if isinstance(media_id, str) and media_id else NoAnswer("no_media_id", may_have_arrived=True)
    )


def _sent(found: dict[str, Any] | Failed) -> Sent | Failed:
    return Sent(str(found.get("msgid", ""))) if isinstance(found, dict) else found


def _done(found: dict[str, Any] | Failed) -> Done | Failed:
    return Done() if isinstance(found, dict) else found
