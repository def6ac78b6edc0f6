"""The product beside the bare stack, the leanest stack and the peers: one run, rounds interleaved, one core for the server."""

import argparse
import asyncio
import math
import os
import statistics
import tempfile
from pathlib import Path

import redis

from bench.contestants import Contestant, House, contestants, load_itself
from bench.course import Figures, Wrong, stage, started, walk
from bench.environments import CannotInstall
from bench.processes import CORES, OTHER_CORE, SERVER_CORE, DidNotStart, stay_off_the_servers_core
from bench.rounds import ratios, spread, verdict

AT_ONCE = 32
Results = dict[str, list[Figures]]


def run(*, rounds: int = 5, seconds: float = 4.0, only: list[str] | None = None) -> None:
    """Prints the comparison. `seconds` is about how long each timed run takes."""
    stay_off_the_servers_core()
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_compare(Path(directory), rounds, seconds, only or []))


async def _compare(directory: Path, rounds: int, seconds: float, only: list[str]) -> None:
    print(
        f"compare: the whole 新乡县 form from the first word to the review card, {AT_ONCE} applicants at once, {rounds} rounds of "
        f"about {seconds:g} s each\n  server on core {SERVER_CORE}, load, Valkey (appendfsync always, unix socket) and "
        f"stand-in on core {OTHER_CORE}; {len(CORES)} cores in all, load average {os.getloadavg()[0]:.1f}"
    )
    results: Results = {}
    field = [one for one in contestants() if not only or any(part in one.title for part in only)]
    lengths = {one.kind: len(one.script) for one in field if "handed" not in one.name}
    print(f"  messages in it: {', '.join(f'{kind} {count}' for kind, count in lengths.items())}")
    async with stage(directory) as (house, client):
        await _limit(house, client)
        try:
            await _rounds(field, house, client, rounds, seconds, results)
        finally:  # interrupted, it says what it has
            _print([one for one in field if one.title in results], results)


async def _rounds(
    field: list[Contestant], house: House, client: "redis.Redis", rounds: int, seconds: float, results: Results
) -> None:
    people: dict[str, int] = {}
    for number in range(rounds):
        for one in list(field):
            try:
                await _once(one, house, client, people, seconds, results)
            except (CannotInstall, DidNotStart, Wrong) as error:
                print(f"  {one.title}: left out: {error}")
                field.remove(one)
                results.pop(one.title, None)
        print(f"  round {number + 1} done", flush=True)


async def _limit(house: House, client: "redis.Redis") -> None:
    one = load_itself()
    async with started(one, house) as (server, load):
        found = await walk(one, server, load, client, people=200, at_once=AT_ONCE)
    print(f"  the load's own limit, against a server that does nothing: {found.rate:,.0f} messages/s")


async def _once(
    one: Contestant, house: House, client: "redis.Redis", people: dict[str, int], seconds: float, results: Results
) -> None:
    client.flushall()
    async with started(one, house) as (server, load):
        warm = await walk(one, server, load, client, people=people.get(one.title, AT_ONCE) // 2, at_once=AT_ONCE // 2)
        lines = len(one.script)
        people.setdefault(one.title, max(AT_ONCE, math.ceil(warm.rate * seconds / lines / AT_ONCE) * AT_ONCE))
        figures = await walk(one, server, load, client, people=people[one.title], at_once=AT_ONCE)
    if one.kind == "product" and "handed" not in one.name:
        # The baselines carry what the product carries today.
        os.environ["BENCH_WRITTEN_BYTES"] = str(max(int(figures.written) - 700, 1))
        os.environ["BENCH_READ_BYTES"] = str(max(int(figures.read) - 150, 1))
    results.setdefault(one.title, []).append(figures)


def _print(field: list[Contestant], results: Results) -> None:
    print(
        f"  {'':30}{'messages/s':>26}{'CPU µs a message':>24}{'p50 ms':>8}{'p99 ms':>8}{'reads':>7}"
        f"{'KB to':>7}{'KB from':>8}{'busy':>6}{'load':>6}"
    )
    for one in field:
        found = results[one.title]

        def middle(name: str, found: list[Figures] = found) -> float:
            return float(statistics.median(getattr(figures, name) for figures in found))

        print(
            f"  {one.title:30}{spread([figures.rate for figures in found]):>26}"
            f"{spread([figures.cpu for figures in found]):>24}{middle('p50') * 1e3:8.1f}{middle('p99') * 1e3:8.1f}"
            f"{middle('reads'):7.2f}{middle('written') / 1e3:7.1f}{middle('read') / 1e3:8.1f}"
            f"{middle('saturation'):6.0%}{middle('load'):6.0%}"
        )
    print(
        "  (reads: of Redis's socket, per message: a read may carry several commands; KB: to and from Redis per message; "
        "busy: the server's share of its core; load: the load generator's share of the other)"
    )
    others = statistics.median(figures.others for found in results.values() for figures in found) if results else 0
    print(f"  the machine as a whole was {others:.0%} busy in the median run")
    for wire in ("plain", "safe"):
        _bars(wire, field, results)


def _bars(wire: str, field: list[Contestant], results: Results) -> None:
    product = results.get(f"product, {wire}")
    if not product:
        return
    peers = [one.title for one in field if one.kind == "peer" and wire in {"plain", one.wire}]
    best = max(peers, key=lambda title: statistics.median(one.rate for one in results[title]), default=None)
    compared = (
        ("(a) bare stack", f"bare stack, {wire}", 0.6, 0.8),
        ("(b) leanest stack", f"leanest stack, {wire}", 0.5, 0.7),
        (f"(c) best peer: {best}", best, 3.0, 4.0),
    )
    print(f"  product, {wire}, to")
    for words, title, bar, aim in compared:
        if title is None or title not in results:
            continue
        rate = ratios([one.rate for one in product], [one.rate for one in results[title]])
        cpu = ratios([one.cpu for one in results[title]], [one.cpu for one in product])
        # Where not the server's core was the limit but Valkey's, messages/s flatter us; the lower of the two counts.
        counts = min(statistics.median(rate), statistics.median(cpu))
        print(
            f"    {words:44} by messages/s {spread(rate, '.2f'):>20}   by CPU {spread(cpu, '.2f'):>20}   "
            f"{verdict(counts, bar, aim)}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.compare")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each timed run, about")
    parser.add_argument("--only", nargs="*", help="parts of names")
    options = parser.parse_args()
    run(rounds=options.rounds, seconds=options.seconds, only=options.only)
