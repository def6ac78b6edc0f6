"""Every write has a name: the doors refuse one without, and what says that it writes nothing only reads."""

import ast
from pathlib import Path

import pytest

from bot.faults import FaultMistaken, hang_fault
from bot.settings import Settings
from storage.steps import POINTS, Step, hang, passing

ROOT = Path(__file__).parents[2]
READS = {"GET", "HMGET", "ZRANGEBYSCORE", "ZRANGE", "ZCARD", "PING", "HGETALL", "_LOAD", "_COPY"}
REWRITES = {"BGREWRITEAOF"}
"""The same data in fresh bytes: nothing becomes durable by it."""


def nameless(path):
    """What is called with `step=None`, by its first argument."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            steps = [one for one in node.keywords if one.arg == "step" and isinstance(one.value, ast.Constant)]
            if steps and steps[0].value.value is None:
                first = node.args[0]
                yield first.value if isinstance(first, ast.Constant) else getattr(first, "id", ast.unparse(first))


def test_what_has_no_name_only_reads():
    found = {name for path in (ROOT / "storage").glob("*.py") for name in nameless(path)}
    assert found == READS | REWRITES
    for name, reads in (("load", {"GET", "HGET", "HGETALL"}), ("copy", {"TYPE", "PTTL", "GET", "HGETALL", "ZRANGE"})):
        script = (ROOT / "storage" / "scripts" / f"{name}.lua").read_text("utf-8")
        assert {call.split("'")[1] for call in script.split("redis.call(")[1:]} == reads


def test_no_transaction_is_begun_past_the_door():
    wrong = [
        str(path.relative_to(ROOT))
        for room in ("storage", "handlers", "bot")
        for path in (ROOT / room).rglob("*.py")
        if "engine.begin()" in path.read_text("utf-8") and path.name != "engine.py"
    ]
    assert wrong == []


def test_a_hook_hears_every_point_until_it_is_taken_off():
    heard = []
    off = hang(heard.append)
    passing(Step.ACCEPT, "before")
    passing(None, "before")
    off()
    passing(Step.ACCEPT, "after")
    assert [str(one) for one in heard] == ["accept:before"]
    assert len(POINTS) == 2 * len(Step)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"fault": "accept:after:1"}, "LIANBAN_FAULTS=1"),
        ({"fault": "accept:after", "faults": True}, "N-th passage"),
        ({"fault": "accept:during:1", "faults": True}, "accept:before"),
        ({"fault": "accept:after:0", "faults": True}, "N-th passage"),
    ],
)
def test_a_fault_that_cannot_be_is_named(given, words):
    with pytest.raises(FaultMistaken, match=words):
        hang_fault(Settings(**given))
