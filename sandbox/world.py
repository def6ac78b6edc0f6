"""Everything the stand-in platform knows: accounts, phones, media, tokens, and the way messages take between them."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from .accounts import Account, PhoneConfig, SandboxConfig
from .clock import Clock
from .delivery import Delivery, Push
from .events import Stream
from .faults import Faults
from .ids import MessageIds
from .js_tickets import JsTickets
from .lines import Line, OfficialLine
from .media import MediaStore
from .phones import UNAVAILABLE, Entry, Phone
from .reply import Part, Verdict
from .scenes import Scenes
from .selfmenu import Entered
from .sms import SmsDesk
from .spans import spans
from .standing import Doorman, Standing
from .tokens import Tokens
from .wecom_account import WeComApp
from .wecom_cards import Desk
from .wecom_limits import Robot
from .wecom_wire import UPDATE, WeComLine
from .wire import Fields, Value, build

log = logging.getLogger(__name__)


@dataclass
class WeCom:
    """The WeCom app beside an official account: where the product hears of it, its cards and its robots."""

    app: WeComApp
    endpoint: str
    line: WeComLine
    desk: Desk = field(default_factory=Desk)
    robots: dict[str, Robot] = field(default_factory=dict)
    repeats: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    """Until when the same request is not sent again, and what it was answered."""


@dataclass
class Hall:
    """One official account as it lives in the sandbox, with the WeCom app of the same county."""

    account: Account
    endpoint: str
    phones: dict[str, Phone]
    menu: list[dict[str, Any]] = field(default_factory=list)
    entered: Entered = field(default_factory=Entered)
    scenes: Scenes = field(default_factory=Scenes)
    faults: Faults = field(default_factory=Faults)
    door: Doorman = field(default_factory=lambda: Doorman(Standing()))
    sent: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    """Template messages by person and client_msg_id, for the ten minutes a repeated one is not sent again."""
    wecom: WeCom | None = None

    def app_of(self, phone: Phone) -> WeComApp | None:
        """The app a member writes to; None for whoever writes to the official account."""
        return self.wecom.app if self.wecom is not None and phone.config.channel == "wecom" else None

    def owner_of(self, phone: Phone) -> str:
        """To whom the media belong that this person sends: the account, or the enterprise."""
        app = self.app_of(phone)
        return self.account.id if app is None else app.corpid

    def line_of(self, phone: Phone) -> tuple[Line, str]:
        """How this person's account talks with the product, and where."""
        if phone.config.channel == "wecom" and self.wecom is not None:
            return self.wecom.line, self.wecom.endpoint
        return OfficialLine(self.account), self.endpoint


@dataclass(frozen=True)
class Outcome:
    """What came of something a person did."""

    push: Push | None = None
    shown: tuple[Entry, ...] = ()
    first: int = 0
    """How many attempts had been made before this."""

    def view(self) -> dict[str, Any]:
        """The answer to the page or the test that asked for the act."""
        seen = self.push.view() if self.push else {"message_id": None, "attempts": [], "note": ""}
        return {
            "message_id": seen["message_id"],
            "shown": [entry.view() for entry in self.shown],
            "attempts": seen["attempts"][self.first :],
            "note": seen["note"],
        }


class World:
    """The platform's state, in memory only: a new start is a new world."""

    def __init__(self, config: SandboxConfig, product: str, clock: Clock, delivery: Delivery) -> None:
        self.product = product.rstrip("/")
        self.clock = clock
        self.clock_url = config.clock_url.format(product=self.product)
        self.origin = ""
        """Where this process is reached; set when it listens."""
        self.stream = Stream()
        self.tokens = Tokens()
        self.wecom_tokens = Tokens(grace=0)
        self.js_tickets = JsTickets()
        self.media = MediaStore()
        self.ids = MessageIds(clock.now())
        self.sms, self.sms_faults = SmsDesk(), Faults()
        self.delivery = delivery
        self.halls = {
            account.id: Hall(
                account,
                config.endpoint.format(product=self.product, account=account.id),
                {phone.openid: Phone(phone) for phone in account.phones}
                # A member is in the app's visible range: he need not follow.
                | {phone.openid: Phone(phone, following=True) for phone in account.members},
                wecom=self._wecom(account, config.wecom_endpoint),
            )
            for account in config.accounts
        }
        self._tasks: set[asyncio.Task[Any]] = set()
        self._moving = asyncio.Lock()

    def _wecom(self, account: Account, endpoint: str) -> WeCom | None:
        app = account.wecom
        if app is None:
            return None
        place = endpoint.format(product=self.product, account=app.id)
        return WeCom(app, place, WeComLine(app), robots={key: Robot() for key in app.robots})

    def add_phone(self, hall: Hall, config: PhoneConfig) -> Phone:
        """A new phone, while the sandbox runs."""
        phone = hall.phones[config.openid] = Phone(config)
        self.stream.publish("added", hall.account.id, {"phone": phone.view(self.clock.now())})
        return phone

    def show(self, hall: Hall, phone: Phone, entry: Entry) -> Entry:
        """Put something into a chat and tell the page."""
        placed = phone.add(entry, self.clock.now())
        self.stream.publish("entry", hall.account.id, {"openid": phone.openid, "entry": placed.view()})
        return placed

    def update_card(self, hall: Hall, phone: Phone, task_id: str, said: str) -> None:
        """The buttons of a card make way for what was chosen: nothing can be pressed there any more."""
        entry = phone.card_entry(task_id)
        if entry is None or entry.card is None:
            return
        entry = entry.model_copy(update={"card": entry.card.model_copy(update={"said": said})})
        phone.amend(entry)
        self.stream.publish("amended", hall.account.id, {"openid": phone.openid, "entry": entry.view()})

    def changed(self, hall: Hall, phone: Phone) -> None:
        """Tell the page that a phone's state has changed."""
        self.stream.publish("phone", hall.account.id, {"phone": phone.brief(self.clock.now())})

    def entry_of(self, hall: Hall, phone: Phone, part: Part, origin: str) -> Entry:
        """A thing the account sent, as the chat keeps it. In WeCom only addresses of the web become links."""
        entry = Entry(side="them", kind=part.kind, origin=origin, content=part.content)
        if part.kind == "text":
            menu = phone.config.channel == "official"
            return entry.model_copy(update={"spans": spans(part.content, menu=menu)})
        if part.kind == "image":
            return entry.model_copy(update={"media": part.media_id})
        if part.kind == "file" and (medium := self.media.find(part.media_id)) is not None:
            return entry.model_copy(update={"media": medium.id, "title": medium.name, "size": len(medium.data)})
        return entry.model_copy(update={"title": part.title, "url": part.url, "picture": part.picture})

    def compose(self, hall: Hall, phone: Phone, kind: str, fields: Fields, *, number: int | None, quiet: bool) -> Push:
        """A push from this person: the common head, the kind's own fields, a MsgId if it is a message."""
        app = hall.app_of(phone)
        head: list[tuple[str, Value]] = [
            ("ToUserName", hall.account.original_id if app is None else app.corpid),
            ("FromUserName", phone.openid),
            ("CreateTime", int(self.clock.now())),
            ("MsgType", kind),
        ]
        tail: list[tuple[str, Value]] = [("MsgId", number)] if number is not None else []
        if app is not None:
            tail.append(("AgentID", app.agentid))
        label = str(dict(fields)["Event"]) if kind == "event" else kind
        push_id = str(number) if number is not None else f"event-{secrets.token_hex(6)}"
        push = Push(push_id, phone.openid, label, build([*head, *fields, *tail]), quiet)
        phone.pushes.append(push)
        return push

    async def deliver(self, hall: Hall, phone: Phone, push: Push) -> Outcome:
        """Push to the product, then show what it answered, or the platform's line if it failed."""
        self._pushed(hall, phone, push)
        line, endpoint = hall.line_of(phone)
        verdict = await self.delivery.push(
            line, endpoint, push, self._live(hall), lambda: self._pushed(hall, phone, push)
        )
        if push.answer is None:
            push.answer = verdict
            self._update(hall, phone, push, verdict)
        entries = () if push.quiet else self._entries(hall, phone, verdict)
        shown = tuple(self.show(hall, phone, entry) for entry in entries)
        self._pushed(hall, phone, push)
        self.changed(hall, phone)
        return Outcome(push, shown)

    async def redeliver(self, hall: Hall, phone: Phone, push: Push, times: int, *, at_once: bool) -> Outcome:
        """Send a push again, as the platform does when it believes the first try lost. The person sees the reply only
        if no earlier attempt was answered; the outcome's `shown` carries it either way.
        """
        first, live = len(push.attempts), self._live(hall)
        line, endpoint = hall.line_of(phone)
        trials = [self.delivery.attempt(line, endpoint, push, live) for _ in range(times)]
        verdicts = list(await asyncio.gather(*trials)) if at_once else [await trial for trial in trials]
        shown: list[Entry] = []
        for verdict in verdicts:
            if verdict is None or push.quiet:
                continue
            unanswered, push.answer = push.answer is None, push.answer or verdict
            if unanswered:
                self._update(hall, phone, push, verdict)
            entries = self._entries(hall, phone, verdict)
            shown += [self.show(hall, phone, entry) for entry in entries] if unanswered else entries
        self._pushed(hall, phone, push)
        return Outcome(push, tuple(shown), first)

    def later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something after the answer has gone out, as the platform does with its own events."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    async def close(self) -> None:
        """Stop what is still under way."""
        self.stream.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def move_clock(self, goal: Callable[[], float]) -> dict[str, Any]:
        """Set the clock, tell the product, and wait until it has taken note; one move at a time, so that the product
        never hears of an older move after a newer one.
        """
        async with self._moving:
            self.clock.set(goal())
            answer = await self.delivery.post_json(self.clock_url, {"offset": self.clock.offset})
            view = self.clock_view() | {"product": answer}
            self.stream.publish("clock", None, view)
            return view

    def clock_view(self) -> dict[str, Any]:
        """The clock as JSON."""
        return {"now": self.clock.today().isoformat(timespec="seconds"), "offset": self.clock.offset}

    def _entries(self, hall: Hall, phone: Phone, verdict: Verdict | None) -> list[Entry]:
        if verdict is None or verdict.refused:
            # In WeCom a member is told nothing.
            told = phone.config.channel == "official"
            return [Entry(side="system", kind="notice", origin="platform", content=UNAVAILABLE)] if told else []
        return [self.entry_of(hall, phone, part, "passive") for part in verdict.parts if part.kind != UPDATE]

    def _update(self, hall: Hall, phone: Phone, push: Push, verdict: Verdict | None) -> None:
        """A click may be answered with an update of the card that was clicked."""
        for part in verdict.parts if verdict else ():
            if part.kind == UPDATE:
                self.update_card(hall, phone, push.card, part.content)

    def _live(self, hall: Hall) -> frozenset[str]:
        return self.media.live(hall.account.id, self.clock.now())

    def _pushed(self, hall: Hall, phone: Phone, push: Push) -> None:
        self.stream.publish("push", hall.account.id, {"openid": phone.openid, "push": push.view()})

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a later push failed", exc_info=error)


def open_session() -> aiohttp.ClientSession:
    """The connections to the product: new for every request, like the platform's, and blind to proxies."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True, limit=100), trust_env=False)
