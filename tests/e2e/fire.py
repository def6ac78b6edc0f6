"""The product under fire: killed with -9 in every window while a crowd applies, started again, and then everything counted.

`python -m tests.e2e.fire --applicants 500 [--production]`; with `--production` two products on PostgreSQL and a Valkey
of their own. Raises what was found lost, doubled or malformed.
"""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import aiohttp
from sqlalchemy import select

from bot.keys import vault_of
from bot.settings import Settings
from bot.staff_cli import add_staff
from handlers.wording.values import show
from routing.evolve import fold
from routing.notices import notices
from storage.engine import open_database
from storage.records import Records
from storage.schema import bindings, cases, outbox
from storage.steps import POINTS, Step
from tests.e2e.crowd import Applicant, Clerk, Steward, Tally, client_for
from tests.e2e.keeping import Keeper
from tests.e2e.process import free_ports
from tests.e2e.running import apart, eventually
from tests.e2e.stores import Valkey, postgresql
from tests.e2e.zygote import Forked

WINDOWS = tuple(
    str(point)
    for point in POINTS
    if point.step in {
        Step.TURN, Step.INVITED, Step.PHOTO, Step.FETCHED, Step.LETTER,
        Step.SUBMITTING, Step.ACCEPT, Step.RECEIPT, Step.SETTLED, Step.SWEPT, Step.COMMAND,
        Step.CLAIM, Step.ANNOUNCE, Step.FINISH, Step.TEXT, Step.CARD,
    }
)  # fmt: skip
"""Every window of a message, a submission, a change in a case and its delivery (design §2.1 to 2.4); those of starting,
keeping and rotating have tests of their own.
"""
_LEAVING = "accept:after"
"""Who dies here leaves a submission to whoever comes later, and only then anybody passes `settled`."""
_FIRST_ONLY = {Step.SETTLED, Step.PHOTO, Step.FETCHED}
"""Of several products any may come later to what one has left, and phones that send papers speak to the first."""
_PATIENCE, _TRIES = 60.0, 8
_LEAP, _LATEST = 45, 6 * 3600
"""Seconds until a dead worker's rows are looked at, and until the last attempt of what the platform did not take."""
_LANES = 12
_TOLD_EVERY = 30.0
_OFTEN = {Step.TURN: 60, Step.CLAIM: 6, Step.ANNOUNCE: 6, Step.FINISH: 6}
_ENDED = ("delivered", "failed", "worklist", "superseded", "expired")
_WELL = {"delivered", "superseded", "worklist"}
"""How a push may end in this crowd: on the worklist only because it may have arrived."""
_PERHAPS = {"may_have_arrived", "TimeoutError"}
"""The product was killed over it, or the platform took too long to say."""
_SAID = {"水", "住宅", "住户", "身份证", "否", "过户", "已承诺"}
"""What everybody answers alike."""
_UNHURRIED = {"LIANBAN_BURST": "100000", "LIANBAN_RATE": "1000", "LIANBAN_WAIT": "3", "LIANBAN_LAG": "2"}
"""The crowd types faster than people do, and may be turned away."""


@dataclass
class Report:
    """What came of it: cases, the windows in which the product died, outbox rows by how they ended."""

    cases: int = 0
    killed: list[str] = field(default_factory=list)
    pushes: Counter = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    seconds: float = 0.0

    def __str__(self):
        told, met = self.tally, Counter(self.killed)
        lines = [
            f"{self.cases} cases, each once, with every answer; {self.seconds:.0f} s",
            f"  {told.most} applicants in the middle of their form at once; {told.papers} papers handed in beside them",
            f"  {told.messages} messages in {told.deliveries} deliveries; the slowest answer took {told.longest:.2f} s",
            f"  {told.repeated} deliveries got no answer; {told.busy} messages were told to come again, {told.unsure} to look first",
            f"  {told.lost} promises were never delivered again",
            f"  {len(self.killed)} deaths: " + ", ".join(f"{name} {count}" for name, count in met.items()),
            "  pushes: " + ", ".join(f"{name} {count}" for name, count in self.pushes.items()),
        ]
        return "\n".join(lines)


def _called(number):
    """王师傅甲, 王师傅乙 … 王师傅乙甲: a name of its own for each, as people have them, without digits."""
    ones = "甲乙丙丁戊己庚辛壬癸"
    return "王师傅" + "".join(ones[int(digit)] for digit in str(number))


def faults(windows, dice):
    """One kill in each window, at a random passage, in a random order."""
    drawn = [_led_up_to(name, dice.randint(1, _OFTEN.get(_step(name), 3))) for name in windows]
    dice.shuffle(drawn)
    return [one for group in drawn for one in group]


def _led_up_to(name, times=1):
    """The fault, after the one without which nobody would come by."""
    return (f"{_LEAVING}:1", f"{name}:1") if _step(name) is Step.SETTLED else (f"{name}:{times}",)


def _step(name):
    return Step(name.partition(":")[0])


def _again():
    """What is tried again where nobody came by, so often."""
    tried = Counter()

    def once_more(fault):
        name = fault.rpartition(":")[0]
        tried[name] += 1
        assert tried[name] < _TRIES, f"nobody came by {name}"
        return _led_up_to(name)

    return once_more


async def under_fire(folder, *, applicants, stewards, windows, arriving, pace=0.0, seed=1, products=1, **stores):
    """So many apply in 泾县, arriving within so many seconds and thinking for up to twice `pace` before each message, and
    stewards take their tasks, while each product dies in every window; others come until it has.
    """
    report, dice = Report(), random.Random(seed)
    began = asyncio.get_running_loop().time()
    environment = {**_UNHURRIED, **stores}
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(apart(folder, interval=0.3, **environment))
        others = [_other(site, folder, environment) for _ in range(products - 1)]
        people = await People.gather(stack, site, report.tally, dice)
        settings = Settings(data=folder, sandbox=site.sandbox_origin, **site.stores)
        desk = [await people.steward(settings) for _ in range(stewards)]
        crowd = [await people.applicant(pace * dice.uniform(0.25, 1)) for _ in range(applicants)]
        clerks = []
        await site.kill()
        keepers = [Keeper(site, faults(windows, dice), patience=_PATIENCE, again=_again())]
        for one in others:
            stack.push_async_callback(one.product.end)
            mine = [name for name in windows if _step(name) not in _FIRST_ONLY]
            keepers.append(Keeper(one, faults(mine, dice), patience=_PATIENCE, again=_again()))
        for keeper in keepers:
            stack.push_async_callback(keeper.end)
            await keeper.up()
        people.doors += [people.door(one.origin) for one in others]

        def losing():
            """Whether a promise is delivered once: one that nobody asks for again is to be left behind."""
            return any(keeper.armed.startswith(_LEAVING) and "settled" in keeper.coming for keeper in keepers)

        stack.callback(asyncio.create_task(_progress(keepers, crowd, report.tally, began)).cancel)
        async with asyncio.TaskGroup() as burning:
            for steward in desk:
                burning.create_task(steward.work(lambda: any(keeper.left for keeper in keepers)))
            for one in crowd:
                burning.create_task(one.apply(after=dice.uniform(0, arriving), once=losing))
            if any(_step(name) in _PAPERS for name in windows):
                burning.create_task(_papers(people, clerks, keepers))
            for keeper in keepers:
                burning.create_task(keeper.through())
            late = [burning.create_task(_latecomers(people, crowd, keepers, arriving, losing)) for _ in range(_LANES)]
        assert all(task.done() for task in late)
        for keeper in keepers:
            await keeper.up()
        await _leap(site, others, _LEAP)
        await _settled(site, people, others, settings)
        for one in crowd:
            await one.asked_again()
        numbers = [await one.case_number() for one in crowd]
        await _settled(site, people, others, settings)
        for one in clerks:
            await one.has_it()
        report.seconds = asyncio.get_running_loop().time() - began
        report.killed = [fault.rpartition(":")[0] or fault for keeper in keepers for fault in keeper.killed]
        for keeper in keepers:
            unmet = {name for name in windows if not any(one.startswith(f"{name}:") for one in keeper.killed)}
            assert all(_step(name) in _FIRST_ONLY and keeper is not keepers[0] for name in unmet), unmet
        await _count(site, settings, crowd, numbers, report)
    return report


async def _progress(keepers, crowd, tally, began):
    """Says now and then how far it is, and what each product waits to die of."""
    while True:
        await asyncio.sleep(_TOLD_EVERY)
        seconds = asyncio.get_running_loop().time() - began
        waiting = "; ".join(f"{one.armed or 'nothing'} ({one.left} left)" for one in keepers)
        print(
            f"fire: {seconds:.0f} s: {len(crowd)} came, {tally.under_way} under way, {tally.deliveries} deliveries, {waiting}",
            file=sys.stderr, flush=True,
        )  # fmt: skip


_PAPERS = {Step.PHOTO, Step.FETCHED, Step.LETTER}


def _other(site, folder, environment):
    """A second product over the same stores, on a port of its own."""
    port = free_ports()
    environment = {**environment, "LIANBAN_SANDBOX": site.sandbox_origin}
    product = Forked("bot", "run", "--port", str(port), data=folder, environment=environment, until="ready")
    return SimpleNamespace(
        product=product, kill=partial(product.end, signal.SIGKILL), origin=f"http://127.0.0.1:{port}"
    )


class People:
    """Who comes to the doors of the products; each has a phone of the sandbox."""

    def __init__(self, session, site, account, tally, dice):
        self.session, self.site, self.account = session, site, account
        self.doors = [self.door(site.origin)]
        self.tally, self.dice = tally, dice
        self.applicants = self.stewards = self.clerks = 0

    @classmethod
    async def gather(cls, stack, site, tally, dice):
        account = (await site.accounts())["jingxian"]
        connector, timeout = aiohttp.TCPConnector(limit=0, force_close=True), aiohttp.ClientTimeout(total=5)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector, timeout=timeout))
        return cls(session, site, account, tally, dice)

    def clock(self):
        """The time at the platform, which leaps at the end."""
        return datetime.now(UTC) + self.site.ahead

    def door(self, origin):
        """The account's endpoint at a product."""
        return self.account["endpoint"].replace(self.site.origin, origin)

    async def applicant(self, pace=0.0):
        number, self.applicants = self.applicants, self.applicants + 1
        return await self._come(Applicant, f"o_fire_{number:05d}", number=number, pace=pace)

    async def clerk(self):
        number, self.clerks = self.clerks, self.clerks + 1
        openid = f"o_clerk_{number:04d}"
        return await self._come(Clerk, openid)

    async def steward(self, settings):
        number, self.stewards = self.stewards, self.stewards + 1
        _, code = await add_staff(settings, "jingxian", "water_company", _called(number), f"137{number:08d}", ())
        openid = f"o_desk_{number:03d}"
        steward = await self._come(Steward, openid)
        # The platform hears of him only once: what is pushed to him soon has to go as a template message.
        steward.phone = None
        await self.site.phone("jingxian", openid).act("text", content="你好")
        await steward.bind(code)
        return steward

    async def _come(self, kind, openid, **more):
        await self.site.ask("phones/jingxian", openid=openid, nickname=openid)
        phone = self.site.phone("jingxian", openid)
        await phone.act("follow")
        client = client_for(self.session, self.account, self.clock)
        return kind(client, openid, self.tally, random.Random(self.dice.random()), self.doors, phone=phone, **more)


async def _latecomers(people, crowd, keepers, arriving, once):
    """Others come until the product has died in every window."""
    await asyncio.sleep(arriving)
    while any(keeper.left for keeper in keepers):
        one = await people.applicant()
        crowd.append(one)
        await one.apply(once=once)


async def _papers(people, clerks, keepers):
    """One after the other hands in a paper, until the product has died in every window."""
    while any(keeper.left for keeper in keepers):
        clerk = await people.clerk()
        clerks.append(clerk)
        await clerk.hand_in()


async def _leap(site, others, seconds):
    """What was being sent when the power went is looked at when its lease ends: no need to wait for it."""
    await site.move_clock(seconds)
    for one in others:
        async with site.session.post(
            f"{one.origin}/sandbox-clock", json={"offset": site.ahead.total_seconds()}
        ) as answer:
            assert answer.status == 200


async def _settled(site, people, others, settings):
    """Until nothing waits to be sent; what is tried again only later comes at once."""
    database = open_database(settings.database())

    async def left():
        async with database.reading() as connection:
            found = select(outbox.c.state, outbox.c.attempts).where(outbox.c.state.not_in(_ENDED))
            return (await connection.execute(found)).all()

    async def at_rest():
        return all(row.state == "waiting" and row.attempts for row in await left())

    try:
        for _ in range(_TRIES):
            await eventually(at_rest, within=180, every=0.2)
            if not await left():
                return
            await _leap(site, others, _LATEST)
        raise AssertionError(await left())
    finally:
        await database.close()


async def _count(site, settings, crowd, numbers, report):
    database = open_database(settings.database())
    try:
        async with database.reading() as connection:
            found = (await connection.execute(select(cases.c.id, cases.c.number, cases.c.person))).all()
            rows = (await connection.execute(select(outbox))).all()
            bound = {row.staff_id: row.person for row in (await connection.execute(select(bindings))).all()}
        desk = {one for one in bound.values() if one.startswith("o_desk_")}  # their late answers have no other way
        records = Records(database, vault_of(settings), fold)
        told = {one.openid: number for one, number in zip(crowd, numbers, strict=True)}
        assert sorted(row.person for row in found) == sorted(told), "one case for each applicant"
        assert {row.person: row.number for row in found} == told, "the number that was told is the case's"
        assert len(set(numbers)) == len(crowd)
        people = {one.openid: one for one in crowd}
        for row in found:
            await _complete(records, row.id, people[row.person])
            assert await _announced(records, row.id) == {
                (one.recipient, one.template, one.event)
                for one in rows
                if one.case_id == row.id and one.kind == "notice"
            }, "whoever is to be told of an event has a row"
    finally:
        await database.close()
    report.cases = len(found)
    report.pushes = Counter(row.state for row in rows)
    tasks = Counter(row.case_id for row in rows if row.template == "steward.task")
    assert tasks == Counter(row.id for row in found), "one task for each case"
    wrong = [(row.key, row.state, row.reason) for row in rows if row.state not in _WELL]
    assert not wrong, wrong
    called = [row for row in rows if row.state == "worklist" and not (row.kind == "reply" and row.recipient in desk)]
    assert {row.reason for row in called} <= _PERHAPS
    await _pushes(site, rows, {row.id: row.number for row in found}, bound)
    await _receipts(site, crowd, told, rows)


async def _complete(records, case_id, applicant):
    """Every answer of his is in the case, and every other one is what everybody said."""
    submission = await records.submission(case_id)
    held = {name: show(answer.value) for name, answer in submission.answers.items() if answer.value is not None}
    assert not set(applicant.data.values()) - set(held.values()), (applicant.openid, held)
    others = {value for name, value in held.items() if value not in applicant.data.values()}
    assert others >= _SAID, (applicant.openid, held)
    events = Counter(one.event.event for one in await records.events(case_id))
    assert max(events.values()) == 1, (applicant.openid, events)


async def _announced(records, case_id):
    """Whom the events of a case are to be told, by the rules of the routing core."""
    recorded = await records.events(case_id)
    return {
        (notice.recipient.id, notice.template, notice.event)
        for number in range(1, len(recorded) + 1)
        for notice in notices(fold(recorded[:number]), recorded[number - 1 : number])
    }


async def _receipts(site, crowd, told, rows):
    """Each got his receipt once: as the answer to his promise, or pushed."""
    for one in crowd:
        pushed = [row for row in rows if row.recipient == one.openid and row.kind == "reply"]
        pushes = [str(entry) for entry in await site.phone("jingxian", one.openid).pushes("已收到")]
        shown = [text for text in pushes if "正在登记" not in text]  # a late answer: the number was not there yet
        assert len(pushes) - len(shown) <= 1, (one.openid, pushes)
        number = told[one.openid]
        assert one.receipts <= {number}, (one.openid, one.receipts, number)
        assert all(number in text for text in shown), (one.openid, shown)
        perhaps = one.doubted or any(row.state == "worklist" for row in pushed)
        assert len(one.receipts) + len(shown) == 1 or (perhaps and not (one.receipts or shown)), (
            one.openid,
            one.receipts,
            shown,
        )


async def _pushes(site, rows, numbers, bound):
    """What each phone shows against what the outbox says of it; and each case's task on exactly one of them."""
    mine = {}
    for row in rows:
        person = bound.get(row.recipient) if row.recipient_kind == "staff" else row.recipient
        if person is not None:
            mine.setdefault(person, []).append(row)
    for person, sent in mine.items():
        shown = await site.phone("jingxian", person).pushes()
        arrived = [row for row in sent if row.state == "delivered"]
        # Only what was under way when the power went may be on the phone without being known to have arrived.
        perhaps = [row for row in sent if row.state != "delivered" and row.channel is not None]
        assert len(arrived) <= len(shown) <= len(arrived) + len(perhaps), (person, len(arrived), len(shown))
        for row in sent:
            if row.template == "steward.task":
                times = sum(_is_task(one, numbers[row.case_id]) for one in shown)
                assert times == 1 or (times == 0 and row.state != "delivered"), (person, row.key, times)


def _is_task(shown, number):
    """Whether this is the case's task, as a card or in words; late answers to the steward name the case too."""
    return number in str(shown) and (shown["kind"] == "template" or "新任务" in str(shown))


@contextmanager
def _quiet():
    """The journal is of no interest where all goes well."""
    said = StringIO()
    try:
        with redirect_stdout(said):
            yield
    except BaseException:
        print("".join(said.getvalue().splitlines(keepends=True)[-200:]), file=sys.stderr)
        raise


async def run(*, applicants, seed=1, production=False):
    """The long version in a folder of its own."""
    size = {"applicants": applicants, "stewards": applicants // 25 + 1, "arriving": applicants / 50, "pace": 15.0}
    size |= {"windows": WINDOWS, "seed": seed}
    async with AsyncExitStack() as stack:
        stack.enter_context(_quiet())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lianban-fire-")))
        if not production:
            return await under_fire(folder, **size)
        server = stack.enter_context(postgresql())
        valkey = await Valkey(folder / "external").start()
        stack.callback(valkey.close)
        return await under_fire(folder, **size, products=2, DATABASE_URL=server.get_uri(), REDIS_URL=valkey.url)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.fire")
    parser.add_argument("--applicants", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--production", action="store_true", help="two products on PostgreSQL and a Valkey of its own")
    print(asyncio.run(run(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
