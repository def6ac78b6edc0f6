"""`python -m tests.rules [--all] [ids]`: runs the mutations that are new (or all, or those of some ids) and writes docs/coverage.md."""

import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from ruamel.yaml import YAML

from tests.rules.mutants import Unusable, copied, failures, killers
from tests.rules.page import page
from tests.rules.table import DATA, ROOT, Mutation, courses, results, rules

_AT_ONCE = 2
_LONG = 1200


def main(arguments: list[str]) -> int:
    """Exit status 1 if a rule can be taken out unnoticed, or a mutation could not be tried."""
    table, known = rules(), dict(results())
    every = {name: one for rule in table for name, one in rule.keyed()}
    wanted = {
        name: one
        for name, one in every.items()
        if "--all" in arguments
        or name.split(".")[0] in arguments
        or known.get(name, {}).get("digest") != one.digest
        or not known[name]["killed_by"]
    }
    found = _run(wanted) if wanted else {}
    newest = {name: found.get(name) or known.get(name) for name in every}
    now = {name: _plain(kept) for name, kept in newest.items() if kept}
    with (DATA / "results.yaml").open("w", encoding="utf-8") as file:
        file.write("# 由 python -m tests.rules 写出，不要手改。\n")
        YAML().dump(now, file)
    (ROOT / "docs" / "coverage.md").write_text(page(table, courses(), now), "utf-8")
    alive = [name for name in every if not now.get(name, {}).get("killed_by")]
    for name in alive:
        print(f"{name} {every[name].takes}：没有测试失败")
    print(f"{len(wanted)} 次，{len(every) - len(alive)}/{len(every)} 有测试失败")
    return 1 if alive else 0


def _run(wanted: dict[str, Mutation]) -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(_AT_ONCE) as pool:
        trees = SimpleQueue[Path]()
        for number in range(_AT_ONCE):
            trees.put(copied(Path(home) / str(number)))
        before = sorted({test for one in wanted.values() for test in one.fails})
        tree = trees.get()
        if broken := failures(tree, tuple(before), patience=_LONG):
            raise SystemExit(f"these fail as it is: {'、'.join(broken)}")
        trees.put(tree)

        def tried(name: str) -> tuple[str, dict[str, Any] | None]:
            tree = trees.get()
            try:
                by = killers(tree, wanted[name])
            except Unusable as unusable:
                print(f"{name}: {unusable}", file=sys.stderr)
                return name, None
            finally:
                trees.put(tree)
            print(f"{name} {wanted[name].takes}: {'、'.join(by) or '没有测试失败'}", flush=True)
            return name, {"digest": wanted[name].digest, "killed_by": list(by)}

        once = {one.digest: name for name, one in wanted.items()}  # what several ids share is run once
        found = dict(pool.map(tried, once.values()))
        shared = ((name, found[once[one.digest]]) for name, one in wanted.items())
        return {name: result for name, result in shared if result is not None}


def _plain(result: Mapping[str, Any]) -> dict[str, Any]:
    """The result by itself: what several share is written out for each."""
    return {"digest": result["digest"], "killed_by": [*result["killed_by"]]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
