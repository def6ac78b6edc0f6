"""What `check` says of cells for staff that are wrong: the place, what is wrong, what would be valid (X97–X99, J75)."""

import shutil
from pathlib import Path

import pytest

from config.check import check
from config.loader import COUNTIES


@pytest.mark.parametrize(
    ("county", "old", "new", "said"),
    [
        ("xinxiang", "{field: power_receiver, known", "{field: power_reciever, known", "没有叫“power_reciever”的字段"),
        ("xinxiang", "{field: power_receiver, known", "{field: power_kind, known", "是申请人填的"),
        (
            "xinxiang",
            "{field: power_receiver, known",
            "{field: power_received_on, known",
            "“power_received_on”写了两遍",
        ),
        ("xinxiang", "- service: tv\n    form", "- service: tele\n    form", "没有叫“tele”的事项"),
        ("xinxiang", "form: tv_cells\n", "form: tv_cell\n", "没有叫“tv_cell”的小表"),
        ("xinxiang", "mend_form: power_cells_again\n", "mend_form: tv_cells\n", "“tv_review”不是这几栏里的"),
        ("xinxiang", "- service: tv\n    form", "- form", "没有写哪项业务填"),
        ("jingxian", "港华: ganghua, 新奥: xinao}}", "华港: ganghua, 新奥: xinao}}", "表上没有“华港”这个选项"),
        ("jingxian", "港华: ganghua, 新奥: xinao}}", "港华: gangha, 新奥: xinao}}", "没有叫“gangha”的单位"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, county: str, old: str, new: str, said: str) -> None:
    directory = tmp_path / county
    shutil.copytree(COUNTIES / county, directory)
    file = directory / "process.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    report, good = check(directory)
    assert not good
    assert said in report
