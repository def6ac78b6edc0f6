"""Mutations carried out: in a throw-away copy of the tree, never in place; only the tests named are run."""

import os
import re
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

from tests.rules.table import ROOT, Mutation, node, short

_LEFT_OUT = ("docs/screenshots/", "tests/stories/", "bench/")
_PATIENCE = 300
_FAILED = re.compile(r"^FAILED (\S+?::\w+(?:\[\S+?\](?= |$))?).*?(?: - (.*))?$", re.MULTILINE)
#: Times of change that never come twice, so that nothing compiled before is taken for the present text.
_TICKS = count(1_000_000_000)


class Unusable(Exception):
    """The mutation does not fit the tree any more, or breaks more than the rule."""


def mutated(text: str, one: Mutation) -> str:
    """The text without the rule. Raises `Unusable` unless there is exactly one place for it."""
    place = 0
    if one.after:
        if text.count(one.after) != 1:
            raise Unusable(f"{one.file}: {one.after!r} stands there {text.count(one.after)} times")
        place = text.index(one.after) + len(one.after)
    elif text.count(one.find) != 1:
        raise Unusable(f"{one.file}: {one.find!r} stands there {text.count(one.find)} times")
    where = text.find(one.find, place)
    if where < 0:
        raise Unusable(f"{one.file}: {one.find!r} does not stand behind {one.after!r}")
    return text[:where] + one.put + text[where + len(one.find) :]


def copied(home: Path) -> Path:
    """A copy of the tree as it is now, tracked or not yet."""
    listed = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for name in names:
        if name and not name.startswith(_LEFT_OUT) and (ROOT / name).is_file():
            target = home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    return home


def killers(tree: Path, one: Mutation) -> tuple[str, ...]:
    """The tests that fail without the rule; empty if it is missed by nobody. Raises `Unusable`."""
    file = tree / one.file
    before = file.read_text("utf-8")
    try:
        _write(file, mutated(before, one))
        return failures(tree, one.fails)
    finally:
        _write(file, before)


def failures(tree: Path, tests: tuple[str, ...], *, patience: int = _PATIENCE) -> tuple[str, ...]:
    """Which of these tests fail in this tree. Raises `Unusable` where they cannot be run."""
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "--tb=line", "-rf", *map(node, tests)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ran = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, timeout=patience, env=environment, check=False
    )
    if ran.returncode not in (0, 1):
        raise Unusable(f"{' '.join(tests)}: {ran.stdout[-800:]}{ran.stderr[-400:]}")
    failed = _FAILED.findall(ran.stdout)
    broken = [
        why for _, why in failed if why.startswith(("config.mistakes", "SyntaxError", "ImportError", "NameError"))
    ]
    if broken or (ran.returncode and not failed):
        raise Unusable(f"it does not run at all: {broken or ran.stdout[-800:]}")
    return tuple(dict.fromkeys(short(name) for name, _ in failed))


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    tick = next(_TICKS)
    os.utime(file, (tick, tick))
