"""What `check` says of a way of its own (过户, 销户) that is wrong: the place, what is wrong, what would be valid (J66–J82)."""

from pathlib import Path

import pytest

from tests.config.slips import said_of


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      net: {field: net_business", "      nett: {field: net_business", "没有叫“nett”的事项"),
        ("water_business, has: [过户]", "water_busines, has: [过户]", "water_busines"),
        ("water_business, has: [过户]", "water_business, has: [转户]", "转户"),
        ("fail_form: check_failed", "fail_form: check_fail", "没有叫“check_fail”的小表"),
        ("told_form: holder_told", "told_form: check_failed", "没有勾选题"),
        ("    limit: {days: 3}\n    fail", "    steps: [contact]\n    fail", "没有办结的环节"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    report = said_of(tmp_path, "jingxian", "process.yaml", old, new)
    assert said in report
