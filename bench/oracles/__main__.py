"""`python -m bench.oracles`: our readers against the test data of three other projects (docs/figures.md)."""

import argparse
from pathlib import Path

from bench.oracles import doctests, jionlp, recognizers
from bench.oracles.cases import ask, failures, rows

_SOURCES = {"recognizers": recognizers.oracles, "jionlp": jionlp.oracles, "stdnum": doctests.oracles}


def main() -> None:
    """Prints the table of the checkouts that are given, and what was not read right if that is wanted."""
    parser = argparse.ArgumentParser(prog="python -m bench.oracles")
    for name in _SOURCES:
        parser.add_argument(f"--{name}", type=Path, metavar="DIR", help="a checkout of it")
    parser.add_argument("--failures", action="store_true", help="each case that was not read right")
    options = vars(parser.parse_args())
    asked = [(oracle, ask(oracle)) for name, of in _SOURCES.items() if options[name] for oracle in of(options[name])]
    if not asked:
        parser.error("no checkout given")
    print("\n".join(rows(asked)))
    if options["failures"]:
        print("\n".join(failures(asked)))


if __name__ == "__main__":
    main()
