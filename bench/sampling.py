"""Where a process spends its CPU: its stack, looked at whenever it has used a few milliseconds more.

`python -m bench.sampling FILE run --port 8080` runs the product so, and writes samples per layer to FILE at the end.
"""

import json
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from bot.__main__ import main

_EVERY = 0.003
_ROOT = str(Path(__file__).parent.parent) + "/"
_OURS = ("dialogs", "handlers/wording", "handlers", "storage", "bot/channels", "bot", "model")
_LIBRARIES = (
    "aiohttp",
    "redis",
    "hiredis",
    "pydantic",
    "jinja2",
    "cryptography",
    "wechatpy",
    "structlog",
    "sqlalchemy",
)


class Sampler:
    """Counts in which layer the process is: the innermost frame that belongs to one. Waiting is not CPU and not counted."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.lines: Counter[str] = Counter()

    def start(self) -> None:
        """Begins."""
        signal.signal(signal.SIGPROF, self._look)
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)

    def stop(self) -> None:
        """Ends."""
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _look(self, _: int, frame: FrameType | None) -> None:
        if frame is not None:
            self.lines[f"{frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frame.f_code.co_name}"] += 1
            self.seen[_layer(frame)] += 1


def _layer(frame: FrameType | None) -> str:
    while frame is not None:
        name = frame.f_code.co_filename
        if (at := name.find("/site-packages/")) >= 0:
            library = name[at + 15 :].partition("/")[0]
            if library in _LIBRARIES:
                return library
        elif name.endswith("/bot/__main__.py"):
            return "loop"
        elif name.startswith(_ROOT) and (ours := next((one for one in _OURS if name.startswith(_ROOT + one)), None)):
            return ours
        elif name == "<template>":
            return "jinja2"
        frame = frame.f_back
    return "loop"


if __name__ == "__main__":
    sampler = Sampler()
    sampler.start()
    status = main(sys.argv[2:])
    sampler.stop()
    Path(sys.argv[1]).write_text(json.dumps({"layers": sampler.seen, "lines": sampler.lines.most_common(60)}))
    sys.exit(status)
