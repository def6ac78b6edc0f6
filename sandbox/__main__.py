"""Start the stand-in platform: `python -m sandbox --config sandbox/default.json --port 8081 --product http://…`."""

import argparse
import logging
import sys
from pathlib import Path

from aiohttp import web
from pydantic import ValidationError

from .accounts import load
from .app import build_app
from .clock import Clock
from .delivery import TIMEOUT
from .rules import page

HOST = "127.0.0.1"
"""Loopback only: whoever reaches this process can speak for every person in it."""


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments, listen, serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A stand-in WeChat platform for local use.")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("default.json"))
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--product", default="http://127.0.0.1:8080", help="where the product listens")
    parser.add_argument("--interval", type=float, default=TIMEOUT, help="seconds from one attempt to the next")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--by-day", action="store_true", help="by night, begin on the next working morning")
    start.add_argument("--opens-at", type=int, metavar="HOUR", help="begin on the next working day at this hour")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--rules", action="store_true", help="print the rules it keeps, with their sources, and end")
    options = parser.parse_args(arguments)
    if options.rules:
        print("\n".join(page()))
        return 0
    level = logging.INFO if options.verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        config = load(options.config)
    except (OSError, ValidationError) as error:
        print(f"{options.config}: {error}", file=sys.stderr)
        return 2
    origin = f"http://{HOST}:{options.port}"
    clock = Clock(holidays=config.holidays, make_up_days=config.make_up_days)
    if options.by_day:
        clock.wake()
    elif options.opens_at is not None:
        clock.set(clock.offset_to_next_workday(options.opens_at))
    app = build_app(config, options.product, origin, interval=options.interval, clock=clock)

    def listening(_: str) -> None:
        print(f"微信沙箱 {origin} → {options.product}", flush=True)

    # The access log would hold access tokens and is of no use here.
    web.run_app(app, host=HOST, port=options.port, print=listening, access_log=None, shutdown_timeout=1.0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
