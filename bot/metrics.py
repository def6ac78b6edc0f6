"""What is counted and measured, for Prometheus: no person, no number of theirs, no words in any label."""

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, GCCollector, Histogram, ProcessCollector
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from model.delivery import RowState
from storage.conversations import Backlog
from storage.port import Argument, Command, Port, Script, StoreAway, StoreBusy
from storage.steps import Step
from storage.webhook_rows import Standing

_TURN: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0)
_CALL: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"lianban_{name}", text, labels, registry=registry)

        def gauge(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(f"lianban_{name}", text, labels, registry=registry)

        def histogram(name: str, text: str, buckets: Sequence[float], *labels: str) -> Histogram:
            return Histogram(f"lianban_{name}", text, labels, registry=registry, buckets=buckets)

        self._messages = counter("messages", "Inbound messages by kind and by what became of them", "kind", "outcome")
        self._turn = histogram("turn_seconds", "From the request to the answer to the platform", _TURN)
        self._refused = counter("refused", "Requests turned away unread", "reason")
        self._passed = counter("passed_on", "What came of asking whoever had the account before", "outcome")
        self._passed_seconds = histogram("passed_on_seconds", "How long his answers took", _TURN)
        self._redis = histogram("redis_seconds", "One round trip to Redis", _CALL)
        self._redis_errors = counter("redis_errors", "Calls to Redis that failed", "kind")
        self._sql = histogram("sql_seconds", "One SQL statement", _CALL)
        self._sql_errors = counter("sql_errors", "SQL statements and connections that failed", "kind")
        self._pushes = counter("pushes", "Attempts to push by channel and outcome", "channel", "outcome")
        self._refusals = counter("platform_refusals", "Error answers of the platform", "api", "code")
        self._alerts = counter("platform_alerts", "What an operator must look at", "account", "api")
        self._reported = counter("push_reports", "What the platform says became of pushes", "status")
        self._opt_ins = counter("opt_ins", "What people agreed to be sent, declined, or stopped", "what")
        self._extractor = counter("extractor", "What came of asking the extractor", "outcome")
        self._extractor_seconds = histogram("extractor_seconds", "How long its answers took", _TURN)
        self._cards = counter("card_readings", "What came of reading photos of cards", "outcome")
        self.lag = histogram("loop_lag_seconds", "How late the event loop comes to a timer", _CALL)
        self._line = gauge("line", "Turns under way and messages in line before them", "where")
        self._outbox = gauge("outbox_rows", "Rows of the outbox that still need somebody", "state")
        self._outbox_age = gauge("outbox_oldest_seconds", "Age of the oldest of them", "state")
        self._systems = gauge("webhook_rows", "What waits for the own system of a body, what failed", "system", "state")
        self._systems_age = gauge("webhook_oldest_seconds", "Age of the oldest that waits", "system")
        self._systems_open = gauge("webhook_open", "1: its breaker is open, or it said that it is gone", "system")
        self._backlog = gauge("sweeper_entries", "Conversations in the work index")
        self._overdue = gauge("sweeper_oldest_seconds", "For how long the oldest of them has been due")
        self._keys = gauge("redis_keys", "Keys in Redis: conversations and the marks of their recent messages")
        self._up = gauge("up", "Whether a store answered just now", "store")
        self._children: dict[tuple[str, str], Counter] = {}

    def message(self, kind: str, outcome: str, seconds: float) -> None:
        """An inbound message was answered, or put off."""
        child = self._children.get((kind, outcome))
        if child is None:
            child = self._children[kind, outcome] = self._messages.labels(kind, outcome)
        child.inc()
        if outcome != "passed":  # another program's time is measured apart
            self._turn.observe(seconds)

    def passed(self, outcome: str, seconds: float) -> None:
        """Whoever had the account before us was asked."""
        self._passed.labels(outcome).inc()
        self._passed_seconds.observe(seconds)

    def refused(self, reason: str) -> None:
        """A request was not even read."""
        self._refused.labels(reason).inc()

    def pushed(self, channel: str, outcome: str) -> None:
        """An attempt to push has ended."""
        self._pushes.labels(channel, outcome).inc()

    def platform_refused(self, api: str, code: int) -> None:
        """The platform has answered with an error."""
        self._refusals.labels(api, str(code)).inc()

    def alert(self, account: str, api: str) -> None:
        """A setting must be changed, or a quota is used up: see the log."""
        self._alerts.labels(account, api).inc()

    def push_reported(self, status: str) -> None:
        """A receipt has come for the first time."""
        self._reported.labels(status).inc()

    def opted_in(self, what: str) -> None:
        """The platform has reported that somebody agreed, declined, or stopped it."""
        self._opt_ins.labels(what).inc()

    def extracted(self, outcome: str, seconds: float) -> None:
        """The extractor answered, failed, or was left alone (then it took no time)."""
        self._extractor.labels(outcome).inc()
        if seconds:
            self._extractor_seconds.observe(seconds)

    def card_read(self, outcome: str) -> None:
        """The photo of a card was read, or was not."""
        self._cards.labels(outcome).inc()

    def redis(self, seconds: float, error: Exception | None) -> None:
        """A call to Redis has ended."""
        self._redis.observe(seconds)
        if error is not None:
            self._redis_errors.labels("away" if isinstance(error, StoreAway) else "busy").inc()

    def line(self, at_work: Callable[[], float], waiting: Callable[[], float]) -> None:
        """Where the lengths of the line are read."""
        self._line.labels("at_work").set_function(at_work)
        self._line.labels("waiting").set_function(waiting)

    def stores(
        self,
        now: float,
        backlog: Backlog | None,
        keys: int | None,
        rows: dict[RowState, tuple[int, float]] | None,
    ) -> None:
        """What was read of the stores, at `now` (epoch seconds); None where one did not answer. `rows`: count and the
        epoch second of the oldest.
        """
        self._up.labels("redis").set(backlog is not None)
        self._up.labels("sql").set(rows is not None)
        if backlog is not None:
            self._backlog.set(backlog.entries)
            self._overdue.set(0 if backlog.oldest_ms is None else max(0.0, now - backlog.oldest_ms / 1000))
            self._keys.set(keys or 0)
        if rows is not None:
            for state in (one.value for one in RowState if one in _SHOWN):
                count, oldest = rows.get(RowState(state), (0, now))
                self._outbox.labels(state).set(count)
                self._outbox_age.labels(state).set(max(0.0, now - oldest))

    def systems(self, now: float, standing: Mapping[str, Standing]) -> None:
        """How the own systems of bodies stand, at `now` (epoch seconds). One that was removed is forgotten."""
        for one in (self._systems, self._systems_age, self._systems_open):
            one.clear()
        for system, at in standing.items():
            self._systems.labels(system, "waiting").set(at.waiting)
            self._systems.labels(system, "failed").set(at.failed)
            self._systems_age.labels(system).set(max(0.0, now - at.oldest.timestamp()) if at.oldest else 0)
            shut = not at.on or (at.open_until is not None and at.open_until.timestamp() > now)
            self._systems_open.labels(system).set(shut)

    def watch(self, engine: AsyncEngine) -> None:
        """Measures every statement of this engine."""

        @event.listens_for(engine.sync_engine, "before_cursor_execute")
        def began(_connection: Any, _cursor: Any, _text: Any, _values: Any, context: Any, _many: Any) -> None:
            context.lianban_began = time.perf_counter()

        @event.listens_for(engine.sync_engine, "after_cursor_execute")
        def ended(_connection: Any, _cursor: Any, _text: Any, _values: Any, context: Any, _many: Any) -> None:
            self._sql.observe(time.perf_counter() - context.lianban_began)

        @event.listens_for(engine.sync_engine, "handle_error")
        def failed(context: Any) -> None:
            self._sql_errors.labels(type(context.original_exception).__name__).inc()


_SHOWN: Final = {RowState.WAITING, RowState.SENDING, RowState.UNKNOWN, RowState.WORKLIST, RowState.FAILED}


class MeteredPort:
    """`Port` before another port: every call is measured."""

    def __init__(self, port: Port, metrics: Metrics) -> None:
        """Over the port that does the work."""
        self._port = port
        self._metrics = metrics

    async def call(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        *,
        step: Step | None,
        before: Sequence[Command] = (),
    ) -> object:
        """See `Port`."""
        began = time.perf_counter()
        try:
            answer = await self._port.call(script, keys, arguments, step=step, before=before)
        except (StoreAway, StoreBusy) as error:
            self._metrics.redis(time.perf_counter() - began, error)
            raise
        self._metrics.redis(time.perf_counter() - began, None)
        return answer

    async def command(self, *command: Argument, step: Step | None) -> object:
        """See `Port`."""
        began = time.perf_counter()
        try:
            answer = await self._port.command(*command, step=step)
        except (StoreAway, StoreBusy) as error:
            self._metrics.redis(time.perf_counter() - began, error)
            raise
        self._metrics.redis(time.perf_counter() - began, None)
        return answer

    def scan(self, pattern: str) -> AsyncIterator[bytes]:
        """See `Port`; not measured: it is many calls."""
        return self._port.scan(pattern)
