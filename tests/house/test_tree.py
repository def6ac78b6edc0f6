"""What must never be in the tree: addresses in lock files, machine paths, forbidden names of modules."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_lock_files_hold_hashes_and_no_address():
    locks = [path for path in tracked() if path.suffix == ".lock"]
    assert {ROOT / "requirements.lock", ROOT / "requirements-dev.lock"} <= set(locks)
    for path in locks:
        text = path.read_text("utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text
        assert not re.search(r"^\s*(--index-url|--extra-index-url|--find-links)", text, re.MULTILINE)


def test_uv_lock_stays_out_of_git():
    assert all(path.name != "uv.lock" for path in tracked())


def test_no_module_is_a_drawer_for_everything():
    assert not [path for path in tracked() if re.fullmatch(r"(utils?|helpers?|managers?|misc|common)\.py", path.name)]


def test_nothing_names_a_machine():
    paths = re.compile(r"(/wor[k]/|/hom[e]/|/User[s]/)")
    wrong = [
        str(p)
        for p in tracked()
        if p.suffix in {".py", ".md", ".yaml", ".toml", ".js", ".html"} and paths.search(p.read_text("utf-8"))
    ]
    assert not wrong
