"""Two processes on one port against one, interleaved. Both may use every core: on two cores, load and Valkey are there too."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from bench.contestants import contestants
from bench.course import Figures, stage, started, walk
from bench.processes import CORES
from bench.rounds import ratios, spread

AT_ONCE = 64
_OPTION = "--processes"


def run(*, rounds: int = 3, people: int = 128) -> None:
    """Prints messages/s and CPU of both."""
    said = subprocess.run(
        [sys.executable, "-m", "bot", "run", "--help"], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    if _OPTION not in said.stdout:
        print(f"two: SKIPPED: `python -m bot run` knows no {_OPTION}")
        return
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_measure(Path(directory), rounds, people))


async def _measure(directory: Path, rounds: int, people: int) -> None:
    product = next(one for one in contestants() if one.kind == "product" and one.wire == "safe")
    print(
        f"two: processes on one port, safe mode, {AT_ONCE} applicants at once, {rounds} rounds; {len(CORES)} cores for all: "
        "server, load and Valkey together"
    )
    found: dict[int, list[Figures]] = {1: [], 2: []}
    async with stage(directory) as (house, client):
        for _ in range(rounds):
            for count, figures in found.items():
                more = [] if count == 1 else [_OPTION, str(count)]
                async with started(product, house, cores=set(CORES), more=more) as (server, load):
                    await walk(product, server, load, client, people=AT_ONCE, at_once=AT_ONCE)
                    figures.append(await walk(product, server, load, client, people=people, at_once=AT_ONCE))
    for count, figures in found.items():
        p99 = statistics.median(one.p99 for one in figures) * 1e3
        print(
            f"  {count} process{'es' if count > 1 else '  '}  {spread([one.rate for one in figures]):>24} messages/s   CPU "
            f"{spread([one.cpu for one in figures])} µs a message   p99 {p99:,.0f} ms   cores in use by the server "
            f"{statistics.median(one.saturation for one in figures):.2f}"
        )
    with suppress(statistics.StatisticsError):
        print(f"  two to one: {spread(ratios([one.rate for one in found[2]], [one.rate for one in found[1]]), '.2f')}")


if __name__ == "__main__":
    run()
