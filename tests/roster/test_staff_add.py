"""`staff add`: one person is read by the rules of the sheet and of the console's form, and every mistake is said at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.machine import own_machine

Typed = Callable[..., str]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    own_machine(tmp_path, monkeypatch)

    def add(*words: str, status: int = 0) -> str:
        assert main(["staff", "add", *words]) == status
        out, err = capsys.readouterr()
        return out + err

    return add


def test_whoever_is_entered_is_listed_and_can_be_bound(typed: Typed) -> None:
    told = typed("xinxiang", "water_company", "王师傅甲", "137-0000-0301", "--duty", "lead", "--districts", "小冀镇")
    assert "编号：xinxiang_" in told and "绑定码：" in told
    assert "已经有这个电话" in typed("xinxiang", "water_company", "王师傅甲", "13700000301", status=1)
    assert "--sure" in typed("xinxiang", "供水公司", "王师傅甲", "13700000302", status=1)
    assert "绑定码：" in typed("xinxiang", "供水公司", "王师傅甲", "13700000302", "--sure")


def test_what_cannot_be_entered_is_said_all_at_once(typed: Typed) -> None:
    told = typed("xinxiang", "nowhere", "王师傅1", "1370000030", "--districts", "月球镇", status=1)
    for said in (
        "姓名：“王师傅1”不像姓名",
        "单位：没有单位“nowhere”",
        "电话：“1370000030”（10位数字）",
        "没有乡镇“月球镇”",
    ):
        assert said in told, (said, told)
    assert "没有这个县" in typed("atlantis", "water_company", "李明", "13700000301", status=1)
