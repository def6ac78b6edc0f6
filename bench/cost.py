"""What understanding costs: CPU of the engine per message, now and at the commit before, measured in turns."""

import json
import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.rounds import ratios, spread

ROUNDS = 15
_ROOT = Path(__file__).parent.parent
_WORK = _ROOT / "var" / "bench"
_PROBE = Path(__file__).with_name("probe.py")
_FIRST = "dialogs/understanding/understand.py"
"""The file with which free text began to be understood: the commit before the one that added it is compared with."""
_DEARER = 0.10


def run(rounds: int = ROUNDS) -> None:
    """Prints both medians, and the ratio of each kind of message, formed round by round."""
    before = _before()
    if before is None:
        print("cost: no history here to compare with")
        return
    print(f"cost: CPU µs of the engine per message, now and before free text was understood ({before.name}), in turns")
    old, new = _started(before), _started(_ROOT)
    try:
        measured = [(_round(old), _round(new)) for _ in range(rounds + 1)][1:]  # the first warms both up
    finally:
        for process in (old, new):
            process.kill()
            process.wait()
    count, length = measured[0][1]["count"], measured[0][1]["length"]
    _row(f"one word ({count} answers of the form)", measured, "words", bar=True)
    _row("  of these: a name", measured, "named", bar=False)
    _row(f"{length} characters", measured, "long", bar=False)


def _row(name: str, measured: list[tuple[dict[str, Any], dict[str, Any]]], key: str, *, bar: bool) -> None:
    then, now = [one[key] for one, _ in measured], [one[key] for _, one in measured]
    ratio = ratios(now, then)
    told = f"  {name:34} before {spread(then)}  now {spread(now)}  ratio {spread(ratio, '.2f')}"
    middle = sorted(ratio)[len(ratio) // 2]
    print(told + (f"  bar {1 + _DEARER:.2f} {'met' if middle <= 1 + _DEARER else 'MISSED'}" if bar else ""))


def _before() -> Path | None:
    """A checkout of the commit before, below `var/bench`; None without a repository or without that commit."""
    added = _git("log", "--diff-filter=A", "--format=%H", "--", _FIRST)
    first = added.decode().split()[-1:] if added else []
    commit = _git("rev-parse", "--short", f"{first[0]}^") if first else None
    if commit is None:
        return None
    place = _WORK / f"before-{commit.decode().strip()}"
    if not place.exists():
        packed = _git("archive", "--format=tar", f"{first[0]}^")
        if packed is None:
            return None
        place.mkdir(parents=True)
        with tarfile.open(fileobj=BytesIO(packed)) as files:
            files.extractall(place, filter="data")
    return place


def _git(*arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", "-C", str(_ROOT), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def _started(tree: Path) -> subprocess.Popen[str]:
    """The probe in a process of its own, with the code and the counties of that tree and none of ours."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", str(_PROBE)],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _round(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the probe ended with {process.wait()}")
    figures: dict[str, Any] = json.loads(line)
    return figures
