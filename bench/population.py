"""Many open conversations: memory of the product and of Valkey, and the cost of a message, at each number of them."""

import asyncio
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import redis

from bench.contestants import House, contestants
from bench.course import stage, started, walk
from bench.filling import fill
from bench.processes import stay_off_the_servers_core
from bench.rounds import between, ratios, spread
from bench.script import half_way

SIZES = (0, 10_000, 100_000)
AT_ONCE = 8
BAR = 0.10
_FIRST = 500_000_000_000


@dataclass
class Population:
    """A Valkey with so many conversations in it, and what was measured there."""

    size: int
    house: House
    client: "redis.Redis"
    share: int
    """To so many of the conversations something is said in each round."""
    walking: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    anybody: list[float] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)
    answered: int = 0


def run(
    *, sizes: tuple[int, ...] = SIZES, sittings: int = 2, rounds: int = 60, people: int = 8, anybody: int = 80
) -> None:
    """Prints memory and cost. `anybody` messages of each round go to as many people spread evenly over all."""
    stay_off_the_servers_core()
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_measure(Path(directory), sizes, sittings, rounds, people, anybody))


async def _measure(
    directory: Path, sizes: tuple[int, ...], sittings: int, rounds: int, people: int, anybody: int
) -> None:
    conversation, _ = half_way()
    print(
        f"population: safe mode, {sittings} sittings of {rounds} rounds; in each round everybody in turn; walking: {people} "
        f"people fill in the whole form, {AT_ONCE} at once; anybody: {anybody} messages in each round, each to another of all "
        "the conversations (half filled in)"
    )
    async with AsyncExitStack() as stack:
        populations: list[Population] = []
        for size in sizes:
            place = directory / str(size)
            place.mkdir()
            house, client = await stack.enter_async_context(stage(place))
            began = time.perf_counter()
            await fill(house, client, [conversation], _FIRST, size)
            populations.append(Population(size, house, client, min(anybody, size // (sittings * rounds))))
            if size:
                print(f"  {size:,} conversations made in {time.perf_counter() - began:.0f} s", flush=True)
        stored = {one.size: one.client.info("memory")["used_memory"] for one in populations}
        for _ in range(sittings):
            await _sitting(populations, rounds, people)
    _print(populations, stored)


async def _sitting(populations: list[Population], rounds: int, people: int) -> None:
    """All the products run, and messages go to one after the other for a few seconds: the machine's moods meet them alike."""
    product = next(one for one in contestants() if one.kind == "product" and one.wire == "safe")
    _, line = half_way()
    one_line = replace(product, script=[line])
    async with AsyncExitStack() as stack:
        running = [(one, *await stack.enter_async_context(started(product, one.house))) for one in populations]
        for one, server, load in running:
            await walk(product, server, load, one.client, people=AT_ONCE, at_once=AT_ONCE)
        for number in range(rounds):
            for one, server, load in running if number % 2 else reversed(running):
                figures = await walk(product, server, load, one.client, people=people, at_once=AT_ONCE)
                one.walking.append(figures.cpu)
                one.rates.append(figures.rate)
                one.resident.append(figures.resident)
                if one.share:
                    # Another share of the conversations in every round: a message can be said to each but once.
                    first, one.answered = _FIRST + one.answered, one.answered + 1
                    stride = one.size // one.share
                    found = await walk(
                        one_line,
                        server,
                        load,
                        one.client,
                        people=one.share,
                        at_once=AT_ONCE,
                        first=first,
                        stride=stride,
                    )
                    one.anybody.append(found.cpu)
                    one.resident.append(found.resident)


def _print(populations: list[Population], stored: dict[int, int]) -> None:
    nothing = populations[0]
    print(
        f"  {'open':>9}{'Valkey MB':>11}{'bytes each':>12}{'product MB, most':>18}{'walking: CPU µs':>26}"
        f"{'messages/s':>20}{'anybody: CPU µs':>26}  growth"
    )
    for one in populations:
        each = (stored[one.size] - stored[nothing.size]) / one.size if one.size else 0
        growth = "" if one is nothing else _growth(one.walking, nothing.walking)
        print(
            f"  {one.size:9,}{stored[one.size] / 1e6:11.1f}{each:12,.0f}{max(one.resident) / 1e6:18.0f}"
            f"{spread(one.walking):>26}{spread(one.rates):>20}{spread(one.anybody):>26}  {growth}"
        )
    least = next((one for one in populations if one.anybody), None)
    most = populations[-1]
    if least is not None and least is not most and most.anybody:
        growth = _growth(most.anybody, least.anybody)
        print(f"  a message to anybody, {most.size:,} to {least.size:,} open: {growth}")


def _growth(more: list[float], fewer: list[float]) -> str:
    """The median over the rounds, and how sure that is."""
    found = ratios(more, fewer)
    growth, (low, high) = statistics.median(found) - 1, between(found)
    return f"{growth:+.1%} (19 to 1 between {low - 1:+.1%} and {high - 1:+.1%}), bar {BAR:.0%} {'met' if growth < BAR else 'MISSED'}"


if __name__ == "__main__":
    run()
