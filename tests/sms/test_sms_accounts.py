"""订阅号: what the account may not do is not tried, and the applicant hears how he gets to know; nobody is told what is not so."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.__main__ import main
from bot.channels.wechat.account import Kind, Mode
from bot.menus import create_menus
from bot.texting import news_of
from bot.ways.in_turn import ways_of
from bot.ways.way import Closed
from handlers.wording.catalogue import Catalogue
from tests.shipped import shipped
from tests.sms.test_sms_gateway import settings
from tests.sms.test_sms_settings import GOOD
from tests.wechat.hall import account

KINDS = [Kind.SERVICE, Kind.VERIFIED_SUBSCRIPTION, Kind.SUBSCRIPTION]


@pytest.mark.parametrize(("kind", "closed"), [(KINDS[2], ["custom", "template"]), (KINDS[1], ["template"])])
async def test_what_it_has_no_right_to_is_not_tried(kind: Kind, closed: list[str]) -> None:
    asked = list[str]()

    class Client:
        account: Any = SimpleNamespace(
            **{name: getattr(ACCOUNT[kind], name) for name in ("may_text", "may_card", "appid")}
        )

        def __init__(self) -> None:
            self.account.templates = {"t": "1"}

    class Turns:
        def conversation_id(self, *_: str) -> str:
            return "c"

        async def conversation(self, *_: str) -> Any:
            asked.append("quota")
            raise ConnectionError

    letter: Any = SimpleNamespace(account="a", person="p", template="t", fields={"thing1": "x"})
    clients: Any = {"a": Client()}
    turns: Any = Turns()
    nothing: Any = None
    found = list[str]()
    for way in (one for one in ways_of(clients, turns, nothing, nothing, nothing) if one.serves("a")):
        try:
            outcome = await way.send(nothing, letter, nothing)
        except ConnectionError:
            continue
        assert outcome == Closed("no_right")
        found.append(way.name)
    assert found == closed
    assert len(asked) == 2 - len(closed)


ACCOUNT: Mapping[Kind, Any] = {kind: account(Mode.PLAIN).model_copy(update={"kind": kind}) for kind in Kind}


async def test_no_menu_where_there_may_be_none() -> None:
    made = list[Kind]()

    def client(kind: Kind) -> Any:
        async def create_menu(_: object) -> None:
            made.append(kind)

        return SimpleNamespace(account=ACCOUNT[kind].model_copy(update={"county": "xinxiang"}), create_menu=create_menu)

    await create_menus({kind: client(kind) for kind in Kind}, shipped())
    assert made == KINDS[:2]


def test_how_news_come() -> None:
    def one(name: str, kind: Kind, county: str) -> Any:
        return ACCOUNT[kind].model_copy(update={"id": name, "county": county})

    accounts = [one("a", KINDS[0], "xinxiang"), one("b", KINDS[1], "xinxiang"), one("c", KINDS[2], "jingxian")]
    assert news_of(accounts, [settings("https://sms.example.cn/")]) == {"b": "sms", "c": "ask"}


@pytest.mark.parametrize(
    ("news", "says"),
    [
        ("push", ""),
        ("sms", "本号发不了通知：要紧的进展发短信到138****1234，其余的请随时在这里回复“进度”看。"),
        ("ask", "本号发不了通知：想知道办到哪一步，请随时在这里回复“进度”；要紧的会打138****1234告诉您。"),
    ],
)
def test_what_the_receipt_says(news: str, says: str) -> None:
    say = Catalogue(shipped()["xinxiang"]).say
    facts: dict[str, Any] = {"number": "N", "bodies": {}, "due": "近日", "missing": [], "in_person": [], "left": 0}
    told = say("receipt", **facts, news=news, phone="138****1234")
    assert says in told
    assert ("本号发不了通知" in told) == bool(says)


def test_check_tells_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = {
        "county": "jingxian",
        "original_id": "gh_1",
        "appid": "wx1",
        "appsecret": "s",
        "token": "t",
        "mode": "plain",
        "kind": "subscription",
    }
    files = {"LIANBAN_SMS": [GOOD], "LIANBAN_ACCOUNTS": [written | {"id": "dy"}]}
    for name, listed in files.items():
        file = tmp_path / name
        file.write_text(json.dumps(listed), encoding="utf-8")
        monkeypatch.setenv(name, str(file))
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path))
    assert main(["check"]) == 0
    told = capsys.readouterr().out
    assert "xinxiang：短信经 sms.example.cn 发。" in told
    assert "公众号 dy 是订阅号，不能发模板消息" in told and "热线打电话" in told
    (tmp_path / "LIANBAN_SMS").write_text("[{}]", encoding="utf-8")
    assert main(["check"]) == 1
    assert "LIANBAN_SMS 第1项" in capsys.readouterr().err
