"""What `check` says where a rule of the process names a small form that is not there: the place, and what would be valid."""

import shutil
from pathlib import Path

import pytest

from config.check import check
from config.loader import COUNTIES


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amending: {form: amendment_refused}", "amending: {form: amendment_refuse}"),
        ("form: urge_reply}", "form: urge_replied}"),
    ],
)
@pytest.mark.parametrize("county", ["xinxiang", "jingxian"])
def test_a_form_that_is_not_there_is_found(tmp_path: Path, county: str, old: str, new: str) -> None:
    directory = tmp_path / county
    shutil.copytree(COUNTIES / county, directory)
    file = directory / "process.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    report, good = check(directory)
    assert not good
    name = new.rpartition("form: ")[2].rstrip("}")
    assert f"没有叫“{name}”的小表" in report
