"""A county with one slip in one of its files, and what `check` says of it."""

import shutil
from pathlib import Path

from config.check import check
from config.loader import COUNTIES


def said_of(tmp_path: Path, county: str, file: str, old: str, new: str) -> str:
    """What is reported when `new` stands where `old` stood; it must be a mistake."""
    directory = tmp_path / county
    shutil.copytree(COUNTIES / county, directory)
    changed = directory / file
    text = changed.read_text("utf-8")
    assert old in text
    changed.write_text(text.replace(old, new, 1), "utf-8")
    report, good = check(directory)
    assert not good
    return report
