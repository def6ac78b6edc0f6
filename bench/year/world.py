"""A county on the air on a clock that jumps: from one act, warning, morning or delivery that is due to the next."""

import datetime as dt
import heapq
import itertools
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from random import Random

from bench.year.hours import Hours
from bench.year.post import Post
from bot.delivery import Delivery
from bot.letters import OutboxLetters
from bot.mornings import Mornings
from bot.ringing import Ringer
from bot.warning import Warner
from handlers.casework import Casework
from model.calendar import CHINA
from model.case import Case
from model.command import Command, Do
from model.county import County
from model.decision import Done, Refused
from model.message import Actor
from model.staff import Staff
from model.submission import Submission
from routing.evolve import fold
from storage.alarms import Alarms
from storage.deadlines import Deadlines
from storage.engine import Database
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault

Act = Callable[[], Awaitable[None]]
WINDOW = Actor(person="window", role="staff")

_TO_DELIVER = dt.timedelta(minutes=10)
"""What waits goes out together so soon after: nobody looks at his telephone sooner."""
_AT_ONCE = 200
_EVER = dt.timedelta(days=1)
_KEY_BYTES = 32


class _Heard:
    """The core, as the clock acts through it: whoever hears of changes hears of what comes of that too."""

    def __init__(self, core: Casework, heard: Callable[[Case | None, Done], None]) -> None:
        self._core = core
        self._heard = heard

    async def execute(self, command: Command, now: dt.datetime) -> Done | Refused:
        done = await self._core.execute(command, now)
        if isinstance(done, Refused):
            raise RuntimeError(  # noqa: TRY004 - no mistake of a type
                f"the clock was refused: {done.code}: {command}"
            )
        self._heard(None, done)
        return done


class World:
    """Everything that runs, and what it has cost."""

    def __init__(self, county: County, database: Database, start: dt.datetime, end: dt.datetime, seed: int) -> None:
        self.county, self.database, self.now, self.end = county, database, start, end
        self.chance = Random(seed)
        first, last = start.date() - dt.timedelta(days=30), end.date() + dt.timedelta(days=400)
        self.hours = Hours(county.process.hours.spans, county.process.closes, first, last)
        vault = Vault(Keyring("bench", {"bench": secrets.token_bytes(_KEY_BYTES)}), secrets.token_bytes(_KEY_BYTES))
        counties = {county.id: county}
        self.records, self.staffing = Records(database, vault, fold), Staffing(database, vault)
        self.core = Casework(self.records, self.staffing, counties)
        self.outbox, self.deadlines = Outbox(database), Deadlines(database)
        self.gone: dict[str, dt.datetime] = {}
        """Who has left, and when."""
        self.post = Post(Random(seed + 1), self.gone)
        self.delivery = Delivery(self.outbox, self.post, now=self.clock, jitter=self.chance.random, at_once=_AT_ONCE)
        self.warner = Warner(self.deadlines, self.core, self.clock)
        self.alarms = Alarms(database)
        self.ringer = Ringer(self.alarms, _Heard(self.core, self._commit), self.clock)
        self.mornings = Mornings(self.staffing, OutboxLetters(self.outbox), counties, self.clock)
        self.cases: dict[str, Case] = {}
        self.staff: dict[str, Staff] = {}
        self.commands, self.warned, self.rung = 0, 0, 0
        self.refused = Counter[str]()
        self.spent = Counter[str]()
        """Seconds of CPU, by what for."""
        self._heap: list[tuple[dt.datetime, int, Act]] = []
        self._order = itertools.count()
        self._post_at: dt.datetime | None = None
        self._warn_at = end
        self._changed: Callable[[Case | None, Done], None] = lambda _before, _done: None

    def clock(self) -> dt.datetime:
        """The simulated time."""
        return self.now

    def at(self, when: dt.datetime, act: Act) -> None:
        """Has something done at this time; never if the simulation is over then."""
        if when <= self.end:
            heapq.heappush(self._heap, (max(when, self.now), next(self._order), act))

    def applicant(self, case_id: str) -> Actor:
        """Whoever applied; the window for him if he is not in chat."""
        case = self.cases[case_id]
        return Actor(person=case.person) if case.in_chat else WINDOW

    def steward(self, staff: str) -> Actor:
        """A member of staff who serves."""
        return Actor(person=self.staff[staff].person or "", role="steward", staff=staff)

    def on_change(self, heard: Callable[[Case | None, Done], None]) -> None:
        """Who looks at every change: the case as it was, and what was done."""
        self._changed = heard

    async def hire(self, one: Staff) -> None:
        """A new member of staff, bound at once."""
        await self.staffing.put(one)
        await self.staffing.issue_code(one.id, f"code {one.id}", self.now + dt.timedelta(days=1))
        bound = await self.staffing.redeem(f"code {one.id}", one.account or "", one.person or "", self.now)
        assert isinstance(bound, Staff), bound
        self.staff[one.id] = bound

    async def accept(self, submission: Submission) -> Case:
        """A case that must come about."""
        began = time.process_time()
        case = await self.core.accept(submission, self.now)
        self.spent["commands"] += time.process_time() - began
        assert isinstance(case, Case), case
        self.commands += 1
        self._commit(None, Done(case=case, events=()))
        await self._listen()
        return case

    async def do(
        self, case_id: str, actor: Actor, do: Do, *, happened_at: dt.datetime | None = None, late_reason: str = ""
    ) -> Done | Refused:
        """A command; whoever hears of changes hears of it. `happened_at`: a step that is entered was done then."""
        self.commands += 1
        command = Command(
            id=f"year:{self.commands}",
            case=case_id,
            actor=actor,
            do=do,
            happened_at=happened_at,
            late_reason=late_reason,
        )
        began = time.process_time()
        done = await self.core.execute(command, self.now)
        self.spent["commands"] += time.process_time() - began
        if isinstance(done, Refused):
            self.refused[f"{do.do}: {done.code}"] += 1
        else:
            self._commit(self.cases.get(case_id), done)
            await self._listen()
        return done

    async def run(self) -> None:
        """To the end: everything that is due on the way is done at its time."""
        self._morning(self.now.astimezone(CHINA).date())
        while self._heap:
            when, _, act = heapq.heappop(self._heap)
            await self._warn_until(when)
            self.now = max(self.now, when)
            await act()
        await self._warn_until(self.end)
        self.now = self.end
        await self._deliver_all()

    def _commit(self, before: Case | None, done: Done) -> None:
        self.cases[done.case.id] = done.case
        clocks = (clock.next for order in done.case.orders for clock in order.clocks.values())
        coming = [one.at for one in clocks if one is not None]
        self._warn_at = min([self._warn_at, *coming])
        self._post_soon(self.now + _TO_DELIVER)
        self._changed(before, done)

    async def _listen(self) -> None:
        """Whatever a command has set the clock to ring for, it rings for at its time."""
        coming = await self.alarms.soonest()
        if coming is not None:
            self._warn_at = min(self._warn_at, coming)

    async def _warn_until(self, when: dt.datetime) -> None:
        """Gives every warning and rings every alarm at the instant at which it is due."""
        began = time.process_time()
        while self._warn_at <= when:
            self.now = max(self.now, self._warn_at)
            while given := await self.warner.round():
                self.warned += given
                self._post_soon(self.now + _TO_DELIVER)
            while rung := await self.ringer.round():
                self.rung += rung
            times = [await self.deadlines.soonest(), await self.alarms.soonest()]
            self._warn_at = min((one for one in times if one is not None), default=self.end + _EVER)
            if self._warn_at <= self.now:
                raise RuntimeError(f"due since {self._warn_at} and not done: {await self.deadlines.ripe(self.now, 3)}")
        self.spent["warnings"] += time.process_time() - began

    def _post_soon(self, when: dt.datetime) -> None:
        if self._post_at is None or when < self._post_at:
            self._post_at = when
            self.at(when, self._deliver)

    async def _deliver(self) -> None:
        self._post_at = None
        began = time.process_time()
        await self.delivery.deliver_due()
        coming = await self.outbox.next_due()
        self.spent["delivery"] += time.process_time() - began
        if coming is not None:
            self._post_soon(max(coming, self.now + dt.timedelta(seconds=1)))

    async def _deliver_all(self) -> None:
        """What still waits when the year is over is tried until it has ended."""
        await self.delivery.deliver_due()
        while (coming := await self.outbox.next_due()) is not None:
            self.now = max(coming, self.now + dt.timedelta(seconds=1))
            await self.delivery.deliver_due()

    def _morning(self, day: dt.date) -> None:
        opens = dt.datetime.combine(day, self.county.process.hours.spans[0][0], CHINA)

        async def told() -> None:
            began = time.process_time()
            if await self.mornings.round():
                self._post_soon(self.now + _TO_DELIVER)
            self.spent["mornings"] += time.process_time() - began
            self._morning(day + dt.timedelta(days=1))

        self.at(opens + dt.timedelta(seconds=20), told)
