"""`python -m bench.independent CHECKOUT…`: what other projects test themselves with, against our endpoint (docs/independent.md)."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import aiohttp

from bench.independent import report
from bench.independent.accounts import cases, strangers
from bench.independent.checkouts import Checkout, NoCheckout
from bench.independent.deliveries import Outcome, deliver
from bench.independent.doors import wrong_sealed, wrong_url
from bench.independent.product import running
from bench.independent.sources import Material, gather
from bench.independent.vectors import Sealed

_MOST_SECONDS = 1800


def main() -> int:
    """Prints the figures and every fault; 1 if there is any, 2 if a path is no repository."""
    parser = argparse.ArgumentParser(prog="python -m bench.independent")
    parser.add_argument("checkouts", nargs="+", type=Path, metavar="CHECKOUT", help="a git repository, bare or not")
    options = parser.parse_args()
    try:
        material = gather([Checkout(path) for path in options.checkouts])
    except NoCheckout as error:
        print(error, file=sys.stderr)
        return 2
    _say(report.sources(material))
    wrong = list(_try_vectors(material))
    _say(report.vectors(material, wrong))
    with tempfile.TemporaryDirectory(prefix="lianban-independent-") as directory:
        outcomes = asyncio.run(_deliver(Path(directory), material))
    _say(report.deliveries(outcomes))
    wrong += [
        f"{material.samples[one.case.sample]}, {one.case.sample.kind}, {one.case.way.name}: {why}"
        for one in outcomes
        for why in one.wrong
    ]
    _say([f"\n{len(wrong)} faults", *wrong])
    return 1 if wrong else 0


def _say(lines: Iterable[str]) -> None:
    print("\n".join(lines), flush=True)


def _try_vectors(material: Material) -> Iterator[str]:
    for vector, place in material.vectors.items():
        wrong = wrong_sealed(vector) if isinstance(vector, Sealed) else wrong_url(vector)
        yield from (f"{place}, {vector.value[:16]}: {why}" for why in wrong)


async def _deliver(directory: Path, material: Material) -> list[Outcome]:
    """One case after the other, so that what changes meanwhile was changed by it. Raises TimeoutError if it takes too long."""
    them, others = cases(tuple(material.samples)), strangers()
    accounts = [*(one.account for one in them), *others.values()]
    async with (
        running(directory, accounts) as product,
        aiohttp.ClientSession() as session,
        asyncio.timeout(_MOST_SECONDS),
    ):
        return [await deliver(product, session, one, others[one.way.mode]) for one in them]


if __name__ == "__main__":
    sys.exit(main())
