"""What `check` says of a sheet that is wrong: the place, what is wrong, what would be valid (X31, X37–X41)."""

import shutil
from pathlib import Path

import pytest

from config.check import check
from config.loader import COUNTIES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{body: planning}", "{body: planing}", "没有叫“planing”的单位"),
        ("{body: planning}", "{body: gas_company}", "不是审批单位"),
        ("{body: planning}", "{body: highway}", "“highway”写了两遍"),
        ("{body: planning}", "{body: planning, when: {field: nowhere, answered: true}}", "nowhere"),
        ("row: sheet_row\n", "row: sheet_rows\n", "没有叫“sheet_rows”的小表"),
        ("      promise: sheet_promise\n", "", "没有写“promise”用哪张小表"),
        ("{text: 公路局, words", "{text: 公路处, words", "“公路处”不是审批单位的简称"),
        ("- id: basis\n", "- id: base\n", "没有写依据的地方"),
        ("- id: surveyor\n", "- id: somebody\n", "没有写勘验人员的地方"),
        (
            "{text: 待整改, passes: true, needs_text: true, follow_up",
            "{text: 整改, passes: true, needs_text: true, follow_up",
            "对不上",
        ),
        ("  lead: city_management\n", "", "没有牵头单位"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    directory = tmp_path / "xinxiang"
    shutil.copytree(COUNTIES / "xinxiang", directory)
    file = directory / "process.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    report, good = check(directory)
    assert not good
    assert said in report
