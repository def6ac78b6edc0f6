"""`check` says what goes as 订阅通知, and what of it cannot."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main

GOOD = {"one_time": {"applicant.built": "t1", "applicant.closed": "t1"}, "long_term": {"applicant.opinion": "t2"}}


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run(subscriptions: object, **more: str) -> tuple[int, str]:
        written = {
            "id": "jx", "county": "jingxian", "original_id": "gh_1", "appid": "wx1", "appsecret": "s", "token": "t",
            "mode": "plain", "subscriptions": subscriptions,
        }  # fmt: skip
        file = tmp_path / "accounts.json"
        file.write_text(json.dumps([written | more]), encoding="utf-8")
        monkeypatch.setenv("LIANBAN_ACCOUNTS", str(file))
        monkeypatch.setenv("LIANBAN_DATA", str(tmp_path))
        status = main(["check"])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_what_goes_that_way(checked, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    status, told = checked(GOOD)
    assert status == 0
    assert (
        "公众号 jx 的订阅通知：一次性 1 个模板管 2 种通知、长期 1 个模板管 1 种通知；没有设 LIANBAN_PUBLIC_URL" in told
    )
    monkeypatch.setenv("LIANBAN_PUBLIC_URL", "https://lianban.example.com")
    status, told = checked(GOOD)
    assert "管 1 种通知。" in told
    assert "不起作用" in checked(GOOD, kind="verified_subscription")[1]
    assert "订阅通知" not in checked({})[1]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"one_time": {"applicant.buit": "t1"}}, "没有叫“applicant.buit”的通知；您想写的可能是：applicant.built"),
        ({"one_time": {"applicant.built": "t1", "enquiry.asked": "t1"}}, "两个要填的栏不一样，不能共用"),
        ({"one_time": {"applicant.built": "t1"}, "long_term": {"applicant.built": "t2"}}, "of both kinds"),
        ({"often": {}}, "subscriptions.often"),
    ],
)
def test_what_cannot(checked, wrong: object, says: str) -> None:  # type: ignore[no-untyped-def]
    status, told = checked(wrong)
    assert status == 1
    assert says in told
