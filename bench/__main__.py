"""`make bench`: every figure, one after the other."""

import argparse

from bench import engine, turns, wire

BENCHES = {"engine": engine.run, "turns": turns.run, "wire": wire.run}


def main() -> None:
    """Runs all benches, or those named."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="default: all")
    for name in parser.parse_args().names or BENCHES:
        BENCHES[name]()


main()
