"""`calendar` as an operator types it, beside what `due` and `check` say by it."""

import io
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.config.test_notice import GOOD
from tests.machine import own_machine


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_machine(tmp_path / "data", monkeypatch)
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert main(["calendar", *words]) == status
    out = capsys.readouterr()
    return out.out if status == 0 else out.err


def test_a_year_is_brought_in_and_brought_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("通知.txt").write_text(GOOD, "utf-8-sig")
    assert "还没有上传过" in said(capsys, "history", "jingxian")
    assert "还没有公布" in said(capsys, "show", "jingxian", "--year", "2027")
    assert "试算，没有存" in said(capsys, "import", "jingxian", "通知.txt", "--dry-run")
    assert "已存为第1版" in said(capsys, "import", "jingxian", "通知.txt")
    assert "和现在的一样，没有存" in said(capsys, "import", "jingxian", "通知.txt")
    assert "2027年2月14日（周日） 上班" in said(capsys, "show", "jingxian", "--year", "2027")
    assert main(["due", "jingxian", "survey", "2026-12-31T16:00"]) == 0
    assert "到期：2027-01-04 17:30 周一\n" in capsys.readouterr().out
    said(capsys, "template", "jingxian", "2027.xlsx", "--year", "2027")
    assert "和现在的一样" in said(capsys, "import", "jingxian", "2027.xlsx")
    monkeypatch.setattr("sys.stdin", io.StringIO(GOOD.replace("6月9日", "6月10日")))
    assert "已存为第2版" in said(capsys, "import", "jingxian", "-")
    assert "已存为第3版" in said(capsys, "back", "jingxian", "1")
    assert "2027年用回程序自带的" in said(capsys, "back", "jingxian", "0", "--year", "2027", "--dry-run")
    assert [line.split()[0] for line in said(capsys, "history", "jingxian").splitlines()] == [
        "第3版",
        "第2版",
        "第1版",
    ]


def test_what_cannot_be_done_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("错.txt").write_text(GOOD.replace("3天", "4天"), "utf-8")
    assert "共1处要改，什么也没有存" in said(capsys, "import", "jingxian", "错.txt", status=1)
    Path("图.txt").write_bytes(b"\xff\xfe\x00")
    assert "不是文字" in said(capsys, "import", "jingxian", "图.txt", status=1)
    assert "没有这个文件" in said(capsys, "import", "jingxian", "无.txt", status=1)
    assert "没有这个县" in said(capsys, "show", "nowhere", status=1)
    assert "没有这一版" in said(capsys, "back", "jingxian", "7", status=1)
    assert "请以 .xlsx 结尾" in said(capsys, "template", "jingxian", "a.txt", status=1)
