"""Cases of an oracle, which of them are ours to read, and how many of these are read right."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A stretch of text and the value it should give, counted from `now` if it is about time; `kind` is what they call it."""

    said: str
    want: object
    now: dt.datetime | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Oracle:
    """Cases of one origin and the reader they are for.

    What is left out is told by the case alone, never by what our reader makes of it; of several names the first counts.
    """

    name: str
    reader: str
    cases: tuple[Case, ...]
    read: Callable[[Case], object]
    left_out: Mapping[str, Callable[[Case], bool]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many cases were read right, the others with what was read, and how many were left out by which name."""

    right: int
    wrong: tuple[tuple[Case, object], ...]
    left_out: Mapping[str, int]

    @property
    def ours(self) -> int:
        """All cases that are ours to read."""
        return self.right + len(self.wrong)


def ask(oracle: Oracle) -> Outcome:
    """Reads every case that is ours to read."""
    right, wrong, left_out = 0, list[tuple[Case, object]](), Counter[str]()
    for case in oracle.cases:
        name = next((name for name, holds in oracle.left_out.items() if holds(case)), None)
        if name is not None:
            left_out[name] += 1
        elif (got := oracle.read(case)) == case.want:
            right += 1
        else:
            wrong.append((case, got))
    return Outcome(right, tuple(wrong), {name: left_out[name] for name in oracle.left_out if left_out[name]})


def rows(oracles: Iterable[tuple[Oracle, Outcome]]) -> Iterable[str]:
    """The table, as it stands in `docs/understanding.md`."""
    yield "| oracle | read with | right | left out |"
    yield "|---|---|---|---|"
    for oracle, outcome in oracles:
        left = ", ".join(f"{name} {count}" for name, count in outcome.left_out.items())
        yield f"| {oracle.name} | `{oracle.reader}` | {outcome.right} of {outcome.ours} | {left or 'none'} |"


def failures(oracles: Iterable[tuple[Oracle, Outcome]]) -> Iterable[str]:
    """Each case that was not read right."""
    for oracle, outcome in oracles:
        if outcome.wrong:
            yield f"\n{oracle.name}, {oracle.reader}:"
        for case, got in outcome.wrong:
            yield f"  {case.said}: expected {_told(case.want)}, got {_told(got)}"


def _told(value: object) -> str:
    if value is None:
        return "nothing"
    return " ".join(map(_told, value)) or "nothing" if isinstance(value, tuple) else str(value)
