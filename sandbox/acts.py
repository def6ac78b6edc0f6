"""What a person can do with a phone, and the message each act becomes."""

import hashlib
from collections.abc import Callable, Coroutine, Iterable
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from .cards import Card, picture_of
from .errors import ApiError
from .media import SAMPLE_PDF, SAMPLE_VOICE, sample_photo
from .menu import button_at
from .opt_ins import MOST, popped_up, stopped, subscription_of
from .phones import Entry, Phone, find_push
from .quota import Interaction
from .refusal import Refused
from .wecom_press import press
from .wire import Fields
from .world import Hall, Outcome, World

_OFFICIAL = frozenset(
    {"tap", "menu", "scan", "subscribe", "manage", "block_templates", "blacklist", "report_location", "written"}
)
"""What there is with an official account only."""


class Act(BaseModel):
    """What may come with an act. `client_id` lets the page recognise the bubble it has already drawn."""

    model_config = ConfigDict(extra="forbid")

    client_id: str | None = Field(default=None, max_length=64)
    content: str = ""
    menu_id: str = Field(default="", max_length=200)
    path: list[int] = Field(default_factory=list, max_length=2)
    base64: str = ""
    name: str = Field(default="", max_length=120)
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    label: str | None = Field(default=None, max_length=300)
    title: str = Field(default="", max_length=200)
    url: str = Field(default="", max_length=2000)
    scene: str = Field(default="", max_length=64)
    ticket: str = ""
    times: int = Field(default=1, ge=1, le=3)
    at_once: bool = False
    message_id: str = ""
    task_id: str = ""
    templates: list[str] = Field(default_factory=list, max_length=3)
    choices: dict[str, bool] = Field(default_factory=dict, max_length=3)
    accept: bool = True
    keep: bool = False
    on: bool = True
    card: Card | None = None


class Acts:
    """Every act, by name. Each returns when its delivery has ended."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acts: dict[str, Callable[[Hall, Phone, Act, bytes], Coroutine[Any, Any, Outcome]]] = {
            "follow": self._follow,
            "unfollow": self._unfollow,
            "text": self._text,
            "written": self._written,
            "tap": self._tap,
            "menu": self._menu,
            "photo": self._photo,
            "file": self._file,
            "voice": self._voice,
            "location": self._location,
            "report_location": self._report_location,
            "link": self._link,
            "scan": self._scan,
            "subscribe": self._subscribe,
            "manage": self._manage,
            "block_templates": self._block_templates,
            "blacklist": self._blacklist,
            "redeliver": self._redeliver,
            "press": self._press,
        }

    @property
    def names(self) -> list[str]:
        """The acts there are."""
        return sorted(self._acts)

    async def do(self, name: str, hall: Hall, phone: Phone, act: Act, data: bytes = b"") -> Outcome:
        """Do it. `data` holds an uploaded file."""
        member = hall.app_of(phone) is not None
        if name in _OFFICIAL if member else name == "press":
            raise Refused("企业微信里没有这个" if member else "公众号里没有卡片按钮")
        if member and not phone.following and name not in {"follow", "redeliver"}:
            raise Refused("不在应用的可见范围里")
        if not phone.following and name not in {"follow", "scan", "redeliver", "block_templates", "blacklist"}:
            raise Refused("还没有关注公众号")
        return await self._acts[name](hall, phone, act, data)

    async def _follow(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        if phone.following:
            return Outcome()
        self._join(hall, phone, "", Interaction.FOLLOW)
        return await self._event(hall, phone, [("Event", "subscribe"), ("EventKey", "")])

    def _join(self, hall: Hall, phone: Phone, scene: str, interaction: Interaction) -> None:
        now = self._world.clock.now()
        phone.following, phone.followed_at, phone.followed_by_scene = True, int(now), scene
        phone.ledger.interact(interaction, now)
        app = hall.app_of(phone)
        said = f"已关注 {hall.account.title}" if app is None else f"可以使用 {app.title} 了"
        self._world.show(hall, phone, Entry(side="system", kind="notice", content=said))
        self._world.changed(hall, phone)

    async def _unfollow(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        phone.following = False
        phone.ledger.close()
        phone.opt_ins.clear()
        said = "已取消关注" if hall.app_of(phone) is None else "不在应用的可见范围里了"
        self._world.show(hall, phone, Entry(side="system", kind="notice", content=said))
        self._world.changed(hall, phone)
        return await self._event(hall, phone, [("Event", "unsubscribe"), ("EventKey", "")], quiet=True)

    async def _text(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        if not act.content.strip():
            raise Refused("不能发送空消息")
        if act.menu_id:
            return await self._tap(hall, phone, act, data)
        entry = Entry(side="me", kind="text", content=act.content)
        return await self._message(hall, phone, act, entry, "text", [("Content", act.content)])

    async def _written(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        """A client of its own delivers a message of this person: the right to push comes with it all the same."""
        phone.ledger.interact(Interaction.MESSAGE, self._world.clock.now())
        self._world.changed(hall, phone)
        return Outcome()

    async def _tap(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        if not act.content.strip():
            raise Refused("链接没有内容")
        fields: list[tuple[str, str]] = [("Content", act.content)]
        if act.menu_id and hall.account.sends_menu_id:
            fields.append(("bizmsgmenuid", act.menu_id))
        entry = Entry(side="me", kind="text", content=act.content)
        return await self._message(hall, phone, act, entry, "text", fields, Interaction.CLICK)

    async def _menu(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        button = button_at(hall.menu, act.path)
        if button is None:
            raise Refused("菜单里没有这一项")
        if button["type"] == "view":
            return await self._event(hall, phone, [("Event", "VIEW"), ("EventKey", button["url"])], quiet=True)
        if button["type"] == "miniprogram":
            fields: Fields = [("Event", "view_miniprogram"), ("EventKey", button["pagepath"])]
            return await self._event(hall, phone, fields, quiet=True)
        if "key" not in button:
            raise Refused("这个按钮由平台自己发素材，这里没有素材库")
        phone.ledger.interact(Interaction.CLICK, self._world.clock.now())
        name = "CLICK" if button["type"] == "click" else button["type"]
        return await self._event(hall, phone, [("Event", name), ("EventKey", button["key"])])

    async def _photo(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        sample = sample_photo() if act.card is None else picture_of(act.card)
        medium = self._world.media.keep(hall.owner_of(phone), data or sample, self._world.clock.now())
        if not medium.content_type.startswith("image/"):
            raise Refused("这不是照片（支持 JPG、PNG、GIF）")
        entry = Entry(side="me", kind="image", media=medium.id)
        link = f"{self._world.origin}/sandbox/media/{quote(medium.id)}"
        return await self._message(hall, phone, act, entry, "image", [("PicUrl", link), ("MediaId", medium.id)])

    async def _file(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        content, name = data or SAMPLE_PDF, act.name or "材料.pdf"
        medium = self._world.media.keep(hall.owner_of(phone), content, self._world.clock.now(), name)
        fields: Fields = [
            ("Title", name),
            ("Description", ""),
            ("FileKey", hashlib.sha256(medium.id.encode()).hexdigest()[:32]),
            ("FileMd5", hashlib.md5(content, usedforsecurity=False).hexdigest()),
            ("FileTotalLen", len(content)),
            ("MediaId", medium.id),
        ]
        entry = Entry(side="me", kind="file", title=name, media=medium.id, size=len(content))
        return await self._message(hall, phone, act, entry, "file", fields)

    async def _voice(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        medium = self._world.media.keep(hall.owner_of(phone), data or SAMPLE_VOICE, self._world.clock.now())
        # Platform rule: speech recognition is being retired, expect Recognition to be empty.
        fields: Fields = [("MediaId", medium.id), ("Format", "amr"), ("Recognition", act.content)]
        return await self._message(hall, phone, act, Entry(side="me", kind="voice", media=medium.id), "voice", fields)

    async def _location(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        lat, lon, label = self._place(hall, act)
        fields: Fields = [("Location_X", lat), ("Location_Y", lon), ("Scale", 16), ("Label", label)]
        entry = Entry(side="me", kind="location", content=label, lat=lat, lon=lon)
        return await self._message(hall, phone, act, entry, "location", fields)

    async def _report_location(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        lat, lon, _ = self._place(hall, act)
        fields: Fields = [("Event", "LOCATION"), ("Latitude", lat), ("Longitude", lon), ("Precision", 65.0)]
        return await self._event(hall, phone, fields, quiet=True)

    def _place(self, hall: Hall, act: Act) -> tuple[float, float, str]:
        place = hall.account.place
        return (
            place.lat if act.lat is None else act.lat,
            place.lon if act.lon is None else act.lon,
            place.label if act.label is None else act.label,
        )

    async def _link(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        if not act.url.startswith(("http://", "https://")):
            raise Refused("链接要以 http:// 或 https:// 开头")
        fields: Fields = [("Title", act.title or act.url), ("Description", act.content), ("Url", act.url)]
        entry = Entry(side="me", kind="news", title=act.title or act.url, content=act.content, url=act.url)
        return await self._message(hall, phone, act, entry, "link", fields)

    async def _scan(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        known = hall.scenes.of_ticket(act.ticket, self._world.clock.now()) if act.ticket else None
        if act.ticket and known is None:
            raise Refused("二维码已过期")
        scene, ticket = (known.scene, known.ticket) if known else (act.scene, f"ticket-{quote(act.scene)}")
        if not scene:
            raise Refused("请填写场景值")
        if phone.following:
            phone.ledger.interact(Interaction.SCAN, self._world.clock.now())
            return await self._event(hall, phone, [("Event", "SCAN"), ("EventKey", scene), ("Ticket", ticket)])
        self._join(hall, phone, scene, Interaction.SCAN)
        return await self._event(
            hall, phone, [("Event", "subscribe"), ("EventKey", f"qrscene_{scene}"), ("Ticket", ticket)]
        )

    async def _subscribe(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        """The popup of a page: `choices` by template, or `templates` and `accept` for all alike; `keep`: 总是保持以上选择."""
        chosen = {**dict.fromkeys(act.templates, act.accept), **act.choices}
        if not 0 < len(chosen) <= MOST:
            raise Refused(f"请填写模板编号，一次最多 {MOST} 个")
        self._known(hall, chosen)
        said = phone.opt_ins.ask(hall.account, chosen, keep=act.keep)
        self._world.changed(hall, phone)
        return await self._event(hall, phone, popped_up(said), quiet=True)

    async def _manage(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        """In the settings of 服务通知. Platform rule: only what is stopped is pushed."""
        if not act.templates:
            raise Refused("请填写模板编号")
        self._known(hall, act.templates)
        phone.opt_ins.manage(act.templates, on=act.on)
        self._world.changed(hall, phone)
        if act.on:
            return Outcome()
        return await self._event(hall, phone, stopped(act.templates), quiet=True)

    def _known(self, hall: Hall, templates: Iterable[str]) -> None:
        for name in templates:
            try:
                subscription_of(hall.account, name)
            except ApiError as error:
                raise Refused(f"没有这个订阅通知的模板：{name}") from error

    async def _block_templates(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        phone.blocks_templates = act.on
        self._world.changed(hall, phone)
        return Outcome()

    async def _blacklist(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        phone.blacklisted = act.on
        self._world.changed(hall, phone)
        return Outcome()

    async def _press(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        """A button of a card: named by what stands on it, on the card with this task id or else the latest that has it."""
        card, fields = press(hall, phone, act.content, act.task_id, self._world.clock.now())
        push = self._world.compose(hall, phone, "event", fields, number=None, quiet=False)
        push.card = card
        return await self._world.deliver(hall, phone, push)

    async def _redeliver(self, hall: Hall, phone: Phone, act: Act, data: bytes) -> Outcome:
        wanted = act.message_id
        push = find_push(phone, lambda push: push.message_id == wanted if wanted else not push.quiet)
        if push is None:
            raise Refused("没有可以重发的消息")
        return await self._world.redeliver(hall, phone, push, act.times, at_once=act.at_once)

    async def _message(
        self,
        hall: Hall,
        phone: Phone,
        act: Act,
        entry: Entry,
        kind: str,
        fields: Fields,
        interaction: Interaction = Interaction.MESSAGE,
    ) -> Outcome:
        number = self._world.ids.draw()
        phone.ledger.interact(interaction, self._world.clock.now())
        mine = {"message_id": str(number), "client_id": act.client_id}
        self._world.show(hall, phone, entry.model_copy(update=mine))
        push = self._world.compose(hall, phone, kind, fields, number=number, quiet=False)
        return await self._world.deliver(hall, phone, push)

    async def _event(self, hall: Hall, phone: Phone, fields: Fields, *, quiet: bool = False) -> Outcome:
        push = self._world.compose(hall, phone, "event", fields, number=None, quiet=quiet)
        return await self._world.deliver(hall, phone, push)
