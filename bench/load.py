"""The load: a process of its own that walks applicants through the form over HTTP and times every answer.

Reads one JSON line per run from standard input and answers with one JSON line. Requests are made before the clock runs
and answers read after it stopped, so that in between there is nothing but the exchange. Closed loop: so many applicants at
once, each waiting for his answer before he says the next thing. Open loop: messages at a constant rate, whoever waits.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import uvloop

from bench.arrivals import arrive
from bench.exchange import Exchange
from bench.processes import cpu_seconds, machine_seconds, resident_bytes
from bench.pushes import Wire, wire
from bench.stand_in import StandIn

_EXAMPLES = 3


class Applicant:
    """One person and everything he will say, as bytes; then everything he was answered."""

    __slots__ = ("answers", "expected", "person", "requests", "seconds")

    def __init__(self, person: str, requests: list[bytes], expected: list[str]) -> None:
        self.person, self.requests, self.expected = person, requests, expected
        self.answers: list[bytes] = []
        self.seconds: list[float] = []


class Walker:
    """One connection on which one applicant after the other fills in the form."""

    def __init__(self, exchange: Exchange, queue: Iterator[Applicant], walks: "Walks") -> None:
        self._exchange, self._queue, self._walks = exchange, queue, walks
        self._applicant: Applicant | None = None
        self._began, self._missing, self._status, self._body = 0.0, 0, 0, b""
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def begin(self) -> None:
        """The next applicant, if there is one."""
        self._applicant = next(self._queue, None)
        if self._applicant is None:
            self._exchange.close()
            if not self.ended.done():
                self.ended.set_result(None)
            return
        self._walks.walking[self._applicant.person] = self
        self._say()

    def _say(self) -> None:
        assert self._applicant is not None
        self._missing = 2 if self._walks.by_api else 1
        self._began = time.perf_counter()
        self._exchange.ask(self._applicant.requests[len(self._applicant.answers)], self._answered)

    def heard(self, body: bytes) -> None:
        """The bot sent this applicant a message by its platform's API."""
        self._body = body
        self._part()

    def _answered(self, status: int, body: bytes) -> None:
        self._status = status
        if not self._walks.by_api:
            self._body = body
        self._part()

    def _part(self) -> None:
        self._missing -= 1
        if self._missing > 0 and self._status in {0, 200}:
            return
        applicant = self._applicant
        assert applicant is not None
        applicant.seconds.append(time.perf_counter() - self._began)
        applicant.answers.append(self._body if self._status == 200 else b"status %d" % self._status)
        if self._status != 200 or len(applicant.answers) == len(applicant.requests):
            self._walks.walking.pop(applicant.person, None)
            self.begin()
        else:
            self._say()


class Walks:
    """Who is under way, so that the stand-in's messages find them."""

    def __init__(self) -> None:
        self.walking: dict[str, Walker] = {}
        self.by_api = False

    def heard(self, person: str, body: bytes) -> None:
        """See `StandIn`."""
        walker = self.walking.get(person)
        if walker is not None and self.by_api:
            walker.heard(body)


async def closed(run: dict[str, Any], walks: Walks) -> dict[str, Any]:
    """`people` applicants, `at_once` at a time, each saying all of `script`, or one of its `stretches` in turn."""
    speaking = wire(run["wire"], run["path"])
    lines = run["script"]
    stretches = run.get("stretches") or [[0, len(lines)]]
    applicants = []
    for number in range(run["people"]):
        person, (start, end) = str(run["first"] + number * run.get("stride", 1)), stretches[number % len(stretches)]
        expected = [line["expect"] for line in lines[start:end]]
        applicants.append(
            Applicant(person, [speaking.request(person, line["say"]) for line in lines[start:end]], expected)
        )
    walks.by_api = run["by_api"]
    queue = iter(applicants)
    walkers = [Walker(Exchange(run["port"]), queue, walks) for _ in range(run["at_once"])]
    measured = Measured(run["pid"])
    for walker in walkers:
        walker.begin()
    late = ""
    try:
        async with asyncio.timeout(run["limit"]):
            await asyncio.gather(*(walker.ended for walker in walkers))
    except TimeoutError:
        late = f"not done after {run['limit']} s"
    result = measured.result()
    seconds = sorted(one for applicant in applicants for one in applicant.seconds)
    wrong = _wrong(applicants, speaking)
    return {
        **result, "messages": len(seconds), "wrong": ([late] if late else []) + wrong,
        "completed": sum(len(one.answers) == len(one.requests) for one in applicants),
        "p50": _share(seconds, 0.5), "p99": _share(seconds, 0.99), "most": seconds[-1] if seconds else 0.0,
    }  # fmt: skip


class Measured:
    """What a stretch of time cost the server and this process, and what others did with the machine meanwhile."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._busy, self._total = machine_seconds()
        self._server, self._own, self._began = cpu_seconds(pid), time.process_time(), time.perf_counter()

    def result(self) -> dict[str, float]:
        """Seconds; `busy` is the share of the whole machine that was in use."""
        took, server, own = time.perf_counter() - self._began, cpu_seconds(self._pid), time.process_time()
        busy, total = machine_seconds()
        return {
            "seconds": took, "server": server - self._server, "own": own - self._own,
            "busy": (busy - self._busy) / max(total - self._total, 0.01), "resident": resident_bytes(self._pid),
        }  # fmt: skip


def _wrong(applicants: list[Applicant], speaking: Wire) -> list[str]:
    """The first wrong answer of each of some applicants: what follows it only follows from it."""
    found = list[str]()
    for applicant in applicants:
        for expected, answer in zip(applicant.expected, applicant.answers, strict=False):
            words = speaking.words(answer)
            if expected not in words:
                found.append(f"{applicant.person} should be answered by {expected!r}, not by {words[:400]!r}")
                break
    return found[:_EXAMPLES]


def _share(seconds: list[float], share: float) -> float:
    return seconds[min(int(len(seconds) * share), len(seconds) - 1)] if seconds else 0.0


async def main() -> None:
    """Serves runs until standard input ends. The first line names the stand-in's port."""
    loop = asyncio.get_running_loop()
    walks = Walks()
    setting = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    await loop.create_server(lambda: StandIn(walks.heard), "127.0.0.1", setting["stand_in"])
    print(json.dumps({"ready": True}), flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        run = json.loads(line)
        print(json.dumps(await (arrive(run) if "rate" in run else closed(run, walks))), flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with suppress(KeyboardInterrupt):
        uvloop.run(main())
