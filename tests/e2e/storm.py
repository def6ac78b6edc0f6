"""The long version: many at once, kills at random points and random passages, some promises nobody repeats.

`python -m tests.e2e.storm --kills 100 --seed 7 [--production]`; the same seed gives the same order of faults. With
`--production`: PostgreSQL and a Valkey of its own. Raises what was found wrong.
"""

import argparse
import asyncio
import random
import re
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from storage.steps import POINTS, Step
from tests.e2e.jobs import AGENT, fill, short
from tests.e2e.keeping import ANYWHERE, Stage, kept
from tests.e2e.running import apart, client_of
from tests.e2e.stores import postgresql, valkey

AT_START = {Step.MIGRATE, Step.STAFF, Step.MENU}
"""Passed by every start; the others of a start only by the first."""
NEVER = {Step.TOKEN, Step.BIND, Step.ERASE, Step.CLIENT, Step.WEBHOOK, Step.POST, Step.PASSED}
_PATIENCE = 6.0
OFTEN = {Step.TURN: 40, Step.CLAIM: 6}
"""Up to which passage a kill may wait; else up to the second."""


@dataclass
class Storm:
    """What a storm has seen: kills by point, people who promised, messages asked again, real seconds."""

    kills: dict[str, int]
    people: int
    lost: int
    seconds: float


def faults(kills: int, dice: random.Random) -> list[str]:
    """Random points, each at a random passage."""
    points = [one for one in POINTS if one.step not in NEVER]
    drawn = [dice.choice(points) for _ in range(kills)]
    return [f"{one}:{1 if one.step in AT_START else dice.randint(1, OFTEN.get(one.step, 2))}" for one in drawn]


async def storm(folder: Path, *, kills: int, seed: int, at_once: int = 6, **environment: str) -> Storm:
    """Kills the product so often while people talk to it, then looks whether all is there, once."""
    dice, began = random.Random(seed), time.monotonic()
    async with (
        apart(folder, interval=0.3, start=False, **environment) as site,
        kept(site, faults(kills, dice), patience=_PATIENCE) as stage,
    ):
        lost: dict[str, int] = {}
        ticking = asyncio.create_task(_tick(stage))
        talks = [_apply(stage, dice, one, lost) for one in range(at_once)]
        await asyncio.gather(*talks, _take(stage), _hand_in_papers(stage))
        await _drained(stage)
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
        for person, number in lost.items():  # the platform's next try
            await (await client_of(site, "jingxian")).text(person, "我承诺", number)
        await stage.finished()
        await stage.check()
        points = [*map(str, POINTS), ANYWHERE]
        counted = {point: sum(f"{one}:".startswith(f"{point}:") for one in stage.keeper.killed) for point in points}
        return Storm(counted, len(stage.promised), len(lost), time.monotonic() - began)


async def _tick(stage: Stage) -> None:
    """Time runs ten times as fast, so that leases end and the sweeper comes by."""
    while True:
        await asyncio.sleep(0.5)
        await stage.forward(5)


async def _drained(stage: Stage) -> None:
    """Hundreds of tasks are told to one steward one after the other: waits while that goes on."""
    before: list[object] = [None]
    while (left := await stage.books.unfinished()) and left != before:
        before = left
        await asyncio.sleep(10)


async def _apply(stage: Stage, dice: random.Random, lane: int, lost: dict[str, int]) -> None:
    number = lane * 1000
    while stage.keeper.left:
        number += 1
        await asyncio.sleep(1)
        said = f"泾川镇示范路{number}号3栋201", "李示例", f"137{number:08}", f"门牌{number}"
        phone = await stage.new_phone(f"o_jx_storm{number}")
        await fill(phone, short(*said))
        stage.promised[phone.person] = said
        if dice.random() < 0.3:
            lost[phone.person] = 28_000_000_000_000_000 + number
            await stage.say_once(phone.person, "我承诺", lost[phone.person])
        else:
            receipt = await phone.say("我承诺")
            assert len(set(re.findall(r"\(JXLB\)\d{6}", receipt))) == 1 or "已收到" in receipt or not receipt, receipt


async def _take(stage: Stage) -> None:
    """The steward takes whatever is first on his list."""
    water = stage.phone("o_jx_water")
    while stage.keeper.left:
        for text in ("任务", "1", "接单", "已联系"):
            await water.act("text", content=text)


async def _hand_in_papers(stage: Stage) -> None:
    number = 0
    while stage.keeper.left:
        number += 1
        phone = await stage.new_phone(f"o_jx_sheet{number}")
        await fill(phone, AGENT)
        await phone.act("file")


async def run(*, kills: int, seed: int, production: bool) -> Storm:
    """A storm in a folder of its own."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lianban-storm-")))
        if not production:
            return await storm(folder, kills=kills, seed=seed)
        server = stack.enter_context(postgresql())
        redis = await stack.enter_async_context(valkey(folder / "external"))
        return await storm(folder, kills=kills, seed=seed, DATABASE_URL=server.get_uri(), REDIS_URL=redis.url)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.storm")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--production", action="store_true", help="on PostgreSQL and a Valkey of its own")
    seen = asyncio.run(run(**vars(parser.parse_args())))
    print(
        f"{sum(seen.kills.values())} kills, {seen.people} people, {seen.lost} promises not repeated, {seen.seconds:.0f} s"
    )
    print(*(f"  {point:20} {count}" for point, count in seen.kills.items()), sep="\n")


if __name__ == "__main__":
    main()
