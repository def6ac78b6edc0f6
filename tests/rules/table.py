"""What shows that a rule of the two counties is kept: tests by name, and changes under which they must fail."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[2]
_CHAT = "tests/transcripts/test_transcripts.py::test_transcript"

#: All ids there are; X62–X69 and J48–J49 were never given.
IDS = tuple(
    f"{part}{number}"
    for part, spans in {"X": ((1, 61), (70, 162)), "J": ((1, 47), (50, 93)), "C": ((1, 14),), "R": ((1, 33),)}.items()
    for first, last in spans
    for number in range(first, last + 1)
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mutation(_Frozen):
    """The rule taken out of a county's data or of the code, and the tests of which one has to fail then.

    `find` stands exactly once in `file`; or, where `after` stands exactly once, it is the first one behind it.
    """

    takes: str
    file: str
    find: str = Field(min_length=1)
    put: str = ""
    after: str = ""
    fails: tuple[str, ...] = Field(min_length=1)

    @property
    def digest(self) -> str:
        """Changes when anything of it does: a result of before is then none."""
        return hashlib.sha256(self.model_dump_json(exclude={"takes"}).encode()).hexdigest()[:12]


class Rule(_Frozen):
    """One id. `bound`: what it has that can be broken; then there is a mutation, or `unbroken` says why there is none."""

    id: str
    says: str
    shown: tuple[str, ...] = ()
    bound: tuple[Literal["limit", "condition", "refusal"], ...] = ()
    without: tuple[Mutation, ...] = ()
    unbroken: str = ""
    reason: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "Rule":
        if not self.shown and not self.reason:
            raise ValueError(f"{self.id}: neither shown nor a reason why not")
        if self.bound and not self.without and not self.unbroken:
            raise ValueError(f"{self.id}: it can be broken, and nothing breaks it")
        return self

    def keyed(self) -> Iterator[tuple[str, Mutation]]:
        """Its mutations by name: X20.1."""
        return ((f"{self.id}.{number}", one) for number, one in enumerate(self.without, start=1))


class Course(_Frozen):
    """A course that a case can take, and the transcripts that go it to the end, by county."""

    name: str
    xinxiang: str
    jingxian: str


def node(short: str) -> str:
    """What pytest calls it: `chat:rating_bad` is a transcript, all else stands below tests/."""
    return f"{_CHAT}[{short.removeprefix('chat:')}]" if short.startswith("chat:") else f"tests/{short}"


def short(named: str) -> str:
    """The other way round, without the values a test ran with."""
    if named.startswith(_CHAT):
        return "chat:" + named.removeprefix(_CHAT).strip("[]")
    return re.sub(r"\[.*", "", named.removeprefix("tests/"))


@cache
def rules() -> tuple[Rule, ...]:
    """All ids in their order."""
    found: dict[str, Any] = {}
    for file in ("xinxiang", "xinxiang_form", "jingxian", "jingxian_form", "counties", "readings"):
        found |= _read(f"{file}.yaml")
    return tuple(Rule(id=name, **found[name]) for name in sorted(found, key=lambda one: IDS.index(one)))


@cache
def courses() -> tuple[Course, ...]:
    """The courses of a case."""
    return tuple(Course(name=name, **chats) for name, chats in _read("courses.yaml").items())


def results() -> Mapping[str, Mapping[str, Any]]:
    """What came of the mutations when they were last run: by name, the digest and the tests that failed."""
    return _read("results.yaml")


def _read(name: str) -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load((DATA / name).read_text("utf-8")) or {}
