"""Answers at 80 % and at 200 % of capacity: messages arrive at a constant rate, whoever waits. Safe mode, one core."""

import argparse
import asyncio
import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.contestants import EACH_PERSON, PATH, contestants
from bench.course import stage, started, walk
from bench.filling import fill
from bench.processes import stay_off_the_servers_core
from bench.script import as_json, product_script, windows

SHARES = (0.8, 2.0)
AT_ONCE = 24
STRETCHES = 6
_FIRST = 700_000_000_000
_WAITS = 6
"""Seconds of arrivals that may be waiting: for so many more people there must be somebody to write."""


def run(*, seconds: float = 20, people: int = 384) -> None:
    """Prints what came of the messages. `people` find the capacity first; then `seconds` for each share."""
    stay_off_the_servers_core()
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_measure(Path(directory), seconds, people))


async def _measure(directory: Path, seconds: float, people: int) -> None:
    product = next(one for one in contestants() if one.kind == "product" and one.wire == "safe")
    product = replace(product, script=product_script(), settings=EACH_PERSON)
    cut = windows(STRETCHES)
    stretches = [(start, end) for start, end, _ in cut]
    talks = [talk for _, _, talk in cut]
    async with stage(directory) as (house, client), started(product, house) as (server, load):
        await fill(house, client, talks, _FIRST, people)
        figures = await walk(
            product, server, load, client, people=people, at_once=AT_ONCE, first=_FIRST, stretches=stretches
        )
        print(
            f"capacity: {figures.rate:,.0f} messages/s in safe mode on one core; {AT_ONCE} people at once, each in one of "
            f"{STRETCHES} stretches of the form, one of which ends with handing it in"
        )
        for number, share in enumerate(SHARES, 1):
            rate, first = figures.rate * share, _FIRST + number * 1_000_000_000
            writing = math.ceil(rate * (seconds * STRETCHES / len(product.script) + _WAITS))
            await fill(house, client, talks, first, writing)
            found = await load.run({
                "rate": rate, "seconds": seconds, "people": writing, "wire": product.wire, "path": PATH,
                "port": server.port, "pid": server.pid, "first": first, "script": as_json(product.script),
                "stretches": stretches,
            })  # fmt: skip
            _print(share, rate, found)


def _print(share: float, rate: float, found: dict[str, Any]) -> None:
    counts = dict(found["counts"])
    sent = counts.pop("sent", 0) or 1
    late = counts.get("no answer in 5 s", 0) + found["unfinished"]
    said = ", ".join(f"{words} {count:,} ({count / sent:.1%})" for words, count in sorted(counts.items()))
    print(f"  at {share:.0%}: {rate:,.0f} messages/s arrive; {said}")
    print(
        f"    p50 {found['p50'] * 1e3:,.0f} ms   p99 {found['p99'] * 1e3:,.0f} ms   longest {found['most'] * 1e3:,.0f} ms"
        f"   nobody over 5 s: {'met' if not late else f'MISSED by {late:,}'}"
        + (f"   p99 under 500 ms: {'met' if found['p99'] < 0.5 else 'MISSED'}" if share <= 1 else "")
    )
    if found["example"]:
        print(f"    another answer was, for example: {found['example']!r}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.capacity")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--people", type=int, default=384)
    options = parser.parse_args()
    run(seconds=options.seconds, people=options.people)
