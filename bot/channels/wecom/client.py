"""What we ask of WeCom, for one app."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Literal

import aiohttp

from bot.channels.wechat.client import MAX_MEDIA_BYTES, uploaded
from bot.channels.wechat.envelope import Clock
from bot.channels.wechat.render import text_of
from bot.channels.wechat.results import Failed, Media, Sent, TooLarge, Uploaded
from bot.channels.wechat.sdk import Call, Upload
from bot.channels.wechat.tokens import TokenCache
from bot.channels.wechat.transport import Api, Transport
from bot.channels.wechat.wire import Patience
from bot.channels.wecom.app import WeComApp
from bot.channels.wecom.errors import wecom_meaning
from model.message import Reply
from storage.steps import Step

CHECKED: Final = dt.timedelta(minutes=30)
"""For so long the platform does not deliver the same request twice, where it is asked not to (platform rule: 4 hours at most)."""


class WeCom:
    """The outbound side of one app. Answers are values; only a programming error or the token cache raises."""

    def __init__(
        self,
        app: WeComApp,
        session: aiohttp.ClientSession,
        cache: TokenCache,
        *,
        clock: Clock,
        patience: Patience | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        refused: Callable[[str, int], None] = lambda _api, _code: None,
    ) -> None:
        """`refused` hears of every error answer: the API's path and the code."""
        self.app = app
        self._transport = Transport(
            _api(app), session, cache, clock=clock, patience=patience, sleep=sleep, refused=refused
        )

    async def send_text(self, person: str, reply: Reply, *, once: bool = False) -> Sent | Failed:
        """A text, its choices numbered. `once`: the same words to the same member within `CHECKED` are the same message.

        Raises ValueError when there is nothing to say.
        """
        text = text_of(reply, links=False)
        if not text:
            raise ValueError("nothing to send")
        return await self._send(person, "text", {"content": text}, step=Step.TEXT, once=once)

    async def send_card(self, person: str, card: Mapping[str, Any]) -> Sent | Failed:
        """A card (`card_of`). Sent again as it was it is the same message; the platform takes no task id twice."""
        return await self._send(person, "template_card", card, step=Step.CARD, once=True)

    async def send_media(self, person: str, kind: Literal["image", "file"], media_id: str) -> Sent | Failed:
        """A picture or a file that was uploaded as that. The same one may well be asked for again, so no repetition is
        recognised.
        """
        return await self._send(person, kind, {"media_id": media_id}, step=Step.TEXT, once=False)

    async def upload(self, upload: Upload, kind: str = "image") -> Uploaded | Failed:
        """Give the platform a temporary file (platform rule: an `image` is JPG or PNG of 10 MB at most, a `file` 20 MB)."""
        call = Call("POST", "/cgi-bin/media/upload", {"type": kind}, upload=upload)
        return uploaded(await self._transport.call(call, step=Step.UPLOAD))

    async def media(self, media_id: str, *, limit: int = MAX_MEDIA_BYTES) -> Media | TooLarge | Failed:
        """A temporary file of at most `limit` bytes (platform rule: kept for three days)."""
        return await self._transport.download(Call("GET", "/cgi-bin/media/get", {"media_id": media_id}), limit)

    async def _send(
        self, person: str, kind: str, content: Mapping[str, Any], *, step: Step, once: bool
    ) -> Sent | Failed:
        body: dict[str, Any] = {"touser": person, "msgtype": kind, "agentid": self.app.agentid, kind: dict(content)}
        if once:
            body |= {"enable_duplicate_check": 1, "duplicate_check_interval": int(CHECKED.total_seconds())}
        # Without a check a busy platform is asked once more and no oftener, as everywhere where nothing protects a repetition.
        call = Call("POST", "/cgi-bin/message/send", body=body)
        found = await self._transport.call(call, step=step, busy_retries=3 if once else 1)
        return Sent(str(found.get("msgid", ""))) if isinstance(found, dict) else found


def _api(app: WeComApp) -> Api:
    # Platform rule: as long as a token is valid, whoever asks gets the same one.
    token_call = Call("GET", "/cgi-bin/gettoken", {"corpid": app.corpid, "corpsecret": app.secret})
    return Api(app.id, app.api_base, app.name, token_call, wecom_meaning)
