"""The open loop: messages arrive at a constant rate, however long the answers take."""

import asyncio
import time
from collections import Counter, deque
from typing import Any

from bench.exchange import Exchange
from bench.pushes import wire

PLATFORM_SECONDS = 5.0
"""Platform rule: after five seconds the platform hangs up."""
_BUSY_WORDS = ("忙", "稍后", "稍等")


class Person:
    """An applicant and how far he is; he repeats what was not answered, as the platform does for him."""

    __slots__ = ("at", "name", "request", "until")

    def __init__(self, name: str, at: int, until: int) -> None:
        self.name, self.at, self.until = name, at, until
        self.request = b""


class Arrivals:
    """Counts what came of each message."""

    def __init__(self, run: dict[str, Any]) -> None:
        self._wire, self._lines, self._port = wire(run["wire"], run["path"]), run["script"], run["port"]
        self._first, self._number, self._stretches = run["first"], 0, run["stretches"]
        self._idle: deque[Person] = deque()
        self._free: list[Exchange] = []
        self.open = 0
        self.counts: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.example = ""
        self._idle.extend(self._new() for _ in range(run["people"]))

    def _new(self) -> Person:
        person = Person(str(self._first + self._number), *self._stretches[self._number % len(self._stretches)])
        self._number += 1
        return person

    def message(self) -> None:
        """One arrival: whoever has waited longest since his last answer says the next thing."""
        if not self._idle:
            self.counts["nobody left to write"] += 1
            return
        person = self._idle.popleft()
        if not person.request:
            person.request = self._wire.request(person.name, self._lines[person.at]["say"])
        exchange = self._free.pop() if self._free else Exchange(self._port)
        self.open += 1
        self.counts["sent"] += 1
        began, loop = time.perf_counter(), asyncio.get_running_loop()

        def late() -> None:
            exchange.close()
            self.counts["no answer in 5 s"] += 1
            self._over(person, began)

        timer = loop.call_later(PLATFORM_SECONDS, late)

        def answered(status: int, body: bytes) -> None:
            timer.cancel()
            if status:
                self._free.append(exchange)
            self._judge(person, status, body)
            self._over(person, began)

        exchange.ask(person.request, answered)

    def _judge(self, person: Person, status: int, body: bytes) -> None:
        words = self._wire.words(body) if status == 200 else ""
        if status == 200 and self._lines[person.at]["expect"] in words:
            self.counts["answered"] += 1
            person.at += 1
            person.request = b""
        elif status == 200 and any(one in words for one in _BUSY_WORDS):
            self.counts["told we are busy"] += 1
        else:
            self.counts[f"status {status}" if status != 200 else "another answer"] += 1
            self.example = self.example or words[:300]

    def _over(self, person: Person, began: float) -> None:
        self.seconds.append(time.perf_counter() - began)
        self.open -= 1
        if person.at < person.until:
            self._idle.append(person)

    def close(self) -> None:
        """Hang up everywhere."""
        for exchange in self._free:
            exchange.close()


async def arrive(run: dict[str, Any]) -> dict[str, Any]:
    """`rate` messages a second for `seconds`, by `people` applicants; then waits for the last answers."""
    arrivals = Arrivals(run)
    began = time.perf_counter()
    due = 0
    while (passed := time.perf_counter() - began) < run["seconds"]:
        while due < passed * run["rate"]:
            arrivals.message()
            due += 1
        await asyncio.sleep(0.001)
    give_up = run["seconds"] + 2 * PLATFORM_SECONDS
    while arrivals.open and time.perf_counter() - began < give_up:  # noqa: ASYNC110 - every message has its own timer
        await asyncio.sleep(0.02)
    arrivals.close()
    seconds = sorted(arrivals.seconds)
    share = (lambda part: seconds[min(int(len(seconds) * part), len(seconds) - 1)]) if seconds else lambda _: 0.0
    return {
        "counts": arrivals.counts, "p50": share(0.5), "p99": share(0.99), "most": share(1.0), "example": arrivals.example,
        "unfinished": arrivals.open,
    }  # fmt: skip
