"""What `check` says of permits and joint construction that are wrong: the place, what is wrong, what would be valid (X45–X50)."""

import shutil
from pathlib import Path

import pytest

from config.check import check
from config.loader import COUNTIES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("body: gardens, works", "body: garden, works", "没有叫“garden”的单位"),
        ("body: gardens, works", "body: gas_company, works", "不是审批单位"),
        ("works: [动绿地]", "works: [动草地]", "接入方案的小表里没有“动草地”"),
        ("works: [新建管线],", "works: [新建管线], modes: [filing],", "没有“filing”这种办理方式"),
        ("name: 容缺受理\n", "name: 容缺受理\n      works_from: accepted\n", "批下来以前就能施工"),
        ("forms: {apply: permit_application", "forms: {apply: permit_aplication", "没有叫“permit_aplication”的小表"),
        ("{id: green, name: 破绿许可", "{id: green, name: 占绿许可", "没有“占绿许可”"),
        ("{id: green, name: 破绿许可", "{id: road, name: 破绿许可", "“road”用了两次"),
        ("name: 容缺受理\n      items", "name: 容缺\n      items", "没有“容缺”"),
        ("online: 网上报,", "online: 网办,", "没有“网办”"),
        ("{service: gas, limit: {days: 15}}", "{service: gaz, limit: {days: 15}}", "没有叫“gaz”的事项"),
        ("joint: {lead: city_management", "joint: {lead: city", "没有叫“city”的单位"),
        ("form: joint_window,", "form: joint_windows,", "没有叫“joint_windows”的小表"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    directory = tmp_path / "xinxiang"
    shutil.copytree(COUNTIES / "xinxiang", directory)
    file = directory / "process.yaml"
    text = file.read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
    report, good = check(directory)
    assert not good
    assert said in report
