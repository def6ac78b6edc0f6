"""What `check` says where a rule of the process names a small form that is not there: the place, and what would be valid."""

from pathlib import Path

import pytest

from tests.config.slips import said_of


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amending: {form: amendment_refused}", "amending: {form: amendment_refuse}"),
        ("form: urge_reply}", "form: urge_replied}"),
    ],
)
@pytest.mark.parametrize("county", ["xinxiang", "jingxian"])
def test_a_form_that_is_not_there_is_found(tmp_path: Path, county: str, old: str, new: str) -> None:
    report = said_of(tmp_path, county, "process.yaml", old, new)
    name = new.rpartition("form: ")[2].rstrip("}")
    assert f"没有叫“{name}”的小表" in report
