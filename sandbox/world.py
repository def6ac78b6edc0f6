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
from .media import MediaStore
from .phones import UNAVAILABLE, Entry, Phone
from .reply import Part, Verdict
from .scenes import Scenes
from .selfmenu import Entered
from .spans import spans
from .standing import Doorman, Standing
from .tokens import Tokens
from .wire import Fields, Value, build

log = logging.getLogger(__name__)


@dataclass
class Hall:
    """One official account as it lives in the sandbox."""

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
        self.media = MediaStore()
        self.ids = MessageIds(clock.now())
        self.delivery = delivery
        self.halls = {
            account.id: Hall(
                account,
                config.endpoint.format(product=self.product, account=account.id),
                {phone.openid: Phone(phone) for phone in account.phones},
            )
            for account in config.accounts
        }
        self._tasks: set[asyncio.Task[Any]] = set()
        self._moving = asyncio.Lock()

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

    def changed(self, hall: Hall, phone: Phone) -> None:
        """Tell the page that a phone's state has changed."""
        self.stream.publish("phone", hall.account.id, {"phone": phone.brief(self.clock.now())})

    def entry_of(self, hall: Hall, part: Part, origin: str) -> Entry:
        """A thing the account sent, as the chat keeps it."""
        entry = Entry(side="them", kind=part.kind, origin=origin, content=part.content)
        if part.kind == "text":
            return entry.model_copy(update={"spans": spans(part.content)})
        if part.kind == "image":
            return entry.model_copy(update={"media": part.media_id})
        return entry.model_copy(update={"title": part.title, "url": part.url, "picture": part.picture})

    def compose(self, hall: Hall, phone: Phone, kind: str, fields: Fields, *, number: int | None, quiet: bool) -> Push:
        """A push from this person: the common head, the kind's own fields, a MsgId if it is a message."""
        head: list[tuple[str, Value]] = [
            ("ToUserName", hall.account.original_id),
            ("FromUserName", phone.openid),
            ("CreateTime", int(self.clock.now())),
            ("MsgType", kind),
        ]
        tail: list[tuple[str, Value]] = [("MsgId", number)] if number is not None else []
        label = str(dict(fields)["Event"]) if kind == "event" else kind
        push_id = str(number) if number is not None else f"event-{secrets.token_hex(6)}"
        push = Push(push_id, phone.openid, label, build([*head, *fields, *tail]), quiet)
        phone.pushes.append(push)
        return push

    async def deliver(self, hall: Hall, phone: Phone, push: Push) -> Outcome:
        """Push to the product, then show what it answered, or the platform's line if it failed."""
        self._pushed(hall, phone, push)
        verdict = await self.delivery.push(
            hall.account, hall.endpoint, push, self._live(hall), lambda: self._pushed(hall, phone, push)
        )
        if push.answer is None:
            push.answer = verdict
        shown = () if push.quiet else tuple(self.show(hall, phone, entry) for entry in self._entries(hall, verdict))
        self._pushed(hall, phone, push)
        self.changed(hall, phone)
        return Outcome(push, shown)

    async def redeliver(self, hall: Hall, phone: Phone, push: Push, times: int, *, at_once: bool) -> Outcome:
        """Send a push again, as the platform does when it believes the first try lost. The person sees the reply only
        if no earlier attempt was answered; the outcome's `shown` carries it either way.
        """
        first, live = len(push.attempts), self._live(hall)
        trials = [self.delivery.attempt(hall.account, hall.endpoint, push, live) for _ in range(times)]
        verdicts = list(await asyncio.gather(*trials)) if at_once else [await trial for trial in trials]
        shown: list[Entry] = []
        for verdict in verdicts:
            if verdict is None or push.quiet:
                continue
            unanswered, push.answer = push.answer is None, push.answer or verdict
            entries = self._entries(hall, verdict)
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

    def _entries(self, hall: Hall, verdict: Verdict | None) -> list[Entry]:
        if verdict is None or verdict.refused:
            return [Entry(side="system", kind="notice", origin="platform", content=UNAVAILABLE)]
        return [self.entry_of(hall, part, "passive") for part in verdict.parts]

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
