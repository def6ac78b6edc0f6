"""Where the product's CPU goes, by layer: its stack, looked at whenever it has used another few milliseconds.

A run of its own, never one that is timed. `python -m bench.layers FILE run --port 8080` runs the product so. The kernel's
profiling timer counts processor time, not waiting; time inside a library's C code counts for the line that called it.
"""

import argparse
import asyncio
import json
import runpy
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import FrameType

_ROOT = Path(__file__).resolve().parent.parent
_EVERY = 0.002
_TOP = 12

_OURS = (
    ("dialogs/", "dialogs: the engine"),
    ("handlers/wording/", "wording: texts from templates"),
    ("handlers/book", "book: conversation to and from bytes"),
    ("handlers/shelf", "book: conversation to and from bytes"),
    ("handlers/", "turns, effects"),
    ("storage/vault", "sealing (AES-GCM)"),
    ("storage/valkey", "other"),
    ("storage/records", "SQL"),
    ("storage/outbox", "SQL"),
    ("storage/", "Redis: our port and store"),
    ("bot/channels/wechat/document", "XML"),
    ("bot/channels/wechat/inbound", "XML"),
    ("bot/channels/wechat/render", "XML"),
    ("bot/channels/wechat/envelope", "WeChat's signature and encryption"),
    ("bot/channels/wechat/sdk", "WeChat's signature and encryption"),
    ("bot/channels/wechat/signature", "WeChat's signature and encryption"),
    ("bot/channels/wechat/endpoint", "endpoint"),
    ("bot/channels/", "endpoint"),
    ("bot/delivery", "SQL"),
    ("bot/", "other"),
    ("model/", "pydantic"),
    ("routing/", "routing core"),
)
_LIBRARIES = {
    "aiohttp": "HTTP (aiohttp)", "yarl": "HTTP (aiohttp)", "multidict": "HTTP (aiohttp)", "redis": "Redis: redis-py",
    "pydantic": "pydantic", "pydantic_core": "pydantic", "jinja2": "wording: texts from templates",
    "wechatpy": "WeChat's signature and encryption", "structlog": "logging", "sqlalchemy": "SQL", "aiosqlite": "SQL",
}  # fmt: skip
_TREE = str(_ROOT) + "/"


def layer(name: str) -> str | None:
    """The layer of a source file; None: ask whoever called it."""
    if (at := name.find("/site-packages/")) >= 0:
        return _LIBRARIES.get(name[at + 15 :].partition("/")[0])
    if name.startswith(_TREE):
        return next((words for start, words in _OURS if name.startswith(start, len(_TREE))), None)
    if name == "<template>":
        return "wording: texts from templates"
    if "/json/" in name:
        return "book: conversation to and from bytes"
    return "loop, sockets, system calls" if "/asyncio/" in name else None


class Sampler:
    """Counts the innermost layer of the stack, and the functions in it."""

    def __init__(self) -> None:
        self.layers: Counter[str] = Counter()
        self.functions: Counter[str] = Counter()

    def start(self) -> None:
        """Begins."""
        signal.signal(signal.SIGPROF, self._look)
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)

    def forget(self, *_: object) -> None:
        """What was before does not count: the start and the warming up."""
        self.layers.clear()
        self.functions.clear()

    def _look(self, _: int, frame: FrameType | None) -> None:
        if frame is not None:
            code = frame.f_code
            self.functions[f"{'/'.join(code.co_filename.split('/')[-2:])} {code.co_name}"] += 1
        found = None
        while frame is not None and found is None:
            found = layer(frame.f_code.co_filename)
            frame = frame.f_back
        self.layers[found or "loop, sockets, system calls"] += 1


def _sampled(file: Path, arguments: list[str]) -> None:
    sampler = Sampler()
    signal.signal(signal.SIGUSR1, sampler.forget)
    sampler.start()
    sys.argv = ["bot", *arguments]
    try:
        runpy.run_module("bot", run_name="__main__")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        file.write_text(json.dumps({"layers": sampler.layers, "functions": sampler.functions.most_common(_TOP)}))


def run(*, people: int = 96, functions: bool = False) -> None:
    """Prints the shares, and what they are in microseconds of a message."""
    from bench.processes import stay_off_the_servers_core  # noqa: PLC0415 - the sampled process must not need them

    stay_off_the_servers_core()
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_measure(Path(directory), people, functions))


async def _measure(directory: Path, people: int, functions: bool) -> None:
    import os  # noqa: PLC0415

    from bench.contestants import contestants  # noqa: PLC0415
    from bench.course import stage, started, walk  # noqa: PLC0415

    file = directory / "samples.json"
    product = next(one for one in contestants() if one.kind == "product" and one.wire == "safe")
    async with stage(directory) as (house, client):
        async with started(product, house) as (server, load):
            await walk(product, server, load, client, people=16, at_once=16)
            figures = await walk(product, server, load, client, people=people, at_once=32)
        async with started(product, house, wrap=["-m", "bench.layers", str(file)]) as (server, load):
            await walk(product, server, load, client, people=16, at_once=16)
            os.kill(server.pid, signal.SIGUSR1)
            await walk(product, server, load, client, people=people, at_once=32)
        found = json.loads(file.read_text())
    total = sum(found["layers"].values()) or 1
    print(
        f"layers: where the product's {figures.cpu:,.0f} µs of CPU a message go, safe mode ({total:,} samples, {people} people)"
    )
    for words, count in sorted(found["layers"].items(), key=lambda one: -one[1]):
        print(f"  {words:40}{count / total:6.1%}{count / total * figures.cpu:8.0f} µs")
    if functions:
        for words, count in found["functions"]:
            print(f"    {count / total:6.1%}  {words}")


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[2] == "run":
        _sampled(Path(sys.argv[1]), sys.argv[2:])
    else:
        parser = argparse.ArgumentParser(prog="python -m bench.layers")
        parser.add_argument("--people", type=int, default=96)
        parser.add_argument("--functions", action="store_true", help="the most seen functions too")
        options = parser.parse_args()
        run(people=options.people, functions=options.functions)
