"""`make bench`: every figure, one after the other (docs/figures.md)."""

import argparse
import signal
from collections.abc import Callable

from bench import (
    capacity,
    compare,
    consoles,
    cost,
    effort,
    engine,
    fire,
    growth,
    layers,
    outage,
    paint,
    population,
    slow,
    turns,
    two,
    understanding,
)
from bench.year import simulate as year
from bench.year import stored

BENCHES: dict[str, Callable[[], None]] = {
    "understanding": understanding.run,
    "effort": effort.run,
    "cost": cost.run,
    "growth": growth.run,
    "engine": engine.run,
    "turns": turns.run,
    "compare": compare.run,
    "layers": layers.run,
    "capacity": capacity.run,
    "population": population.run,
    "two": two.run,
    "fire": fire.run,
    "year": year.run,
    "stored": stored.run,
    "outage": outage.run,
    "slow": slow.run,
    "consoles": consoles.run,
    "paint": paint.run,
}
QUICK: dict[str, Callable[[], None]] = {
    "cost": lambda: cost.run(rounds=5),
    "growth": lambda: growth.run(growth.FEW),
    "compare": lambda: compare.run(rounds=2, seconds=1.5),
    "layers": lambda: layers.run(people=32),
    "capacity": lambda: capacity.run(seconds=8, people=96),
    "population": lambda: population.run(sizes=(0, 1_000, 10_000), sittings=1, rounds=2, anybody=100),
    "two": lambda: two.run(rounds=1, people=64),
    "fire": lambda: fire.run(applicants=60),
    "year": lambda: year.run(cases=300),
    "stored": lambda: stored.run((1_000, 5_000)),
    "outage": lambda: outage.run(400),
    "slow": lambda: slow.run(5),
    "consoles": lambda: consoles.run(5),
    "paint": lambda: paint.run(2),
}


def main() -> None:
    """Runs all benches, or those named."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="default: all")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller populations")
    parser.add_argument("--cases", type=int, default=10_000, help="year: applications handed in")
    parser.add_argument("--county", default="xinxiang", help="year: which county")
    parser.add_argument("--database", help="year: the URL of an empty database; default: SQLite in a file of its own")
    options = parser.parse_args()
    if options.names == ["year"] and not options.quick:
        year.run(options.cases, options.county, options.database)
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended then too
    for name in options.names or BENCHES:
        (QUICK.get(name, BENCHES[name]) if options.quick else BENCHES[name])()


if __name__ == "__main__":
    main()
