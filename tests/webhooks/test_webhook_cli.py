"""`webhook`, as an operator types it: a system is entered, tried, told again, given another secret and removed."""

import asyncio
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.keys import vault_of
from bot.settings import Settings
from handlers.casework import Casework
from model.case import Case
from model.draft import Answer
from model.submission import Submission
from model.values import Phone, Pick, Picks
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from storage.webhook_rows import WebhookRows
from storage.webhooks import Webhooks
from tests.machine import own_machine
from tests.routing.county import NOW
from tests.shipped import shipped
from tests.webhooks.receiver import System, listening

SECRET = re.compile(r"whsec_\S+")


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with one case for the water company, from before anybody thought of systems."""
    own_machine(tmp_path, monkeypatch)
    monkeypatch.setattr(
        "bot.editions_cli.load_counties", lambda _directory: dict(shipped())
    )  # read once, not forty times
    asyncio.run(_accepted())


async def _accepted() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = shipped()["xinxiang"]
    values = {
        "services": Picks(picks=(Pick(option="用水"),)),
        county.places.applicant_phone: Phone(number="13500000127"),
    }
    made = Submission(
        id="s", account="xinxiang", person="o", county="xinxiang", form=county.form.id, form_version=county.form.version,
        channel="wechat", submitted_at=NOW, agreements={},
        answers={name: Answer(value=value, by="o", at=NOW) for name, value in values.items()},
    )  # fmt: skip
    core = Casework(Records(database, vault, fold), Staffing(database, vault), {county.id: county})
    assert isinstance(await core.accept(made, NOW), Case)
    await database.close()


@pytest.fixture
def system() -> Iterator[System]:
    """One that listens in a thread of its own, for the command has a loop of its own."""
    ready, over, found = threading.Event(), asyncio.Event(), []
    loop = asyncio.new_event_loop()

    async def listen() -> None:
        async with listening() as one:
            found.append(one)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(listen(),))
    thread.start()
    ready.wait(30)
    yield found[0]
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["webhook", *words]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["webhook", *words]) == 1
    return capsys.readouterr().err


WATER = ("xinxiang", "water_company")


def enter(capsys: pytest.CaptureFixture[str], system: System) -> str:
    told = said(capsys, "set", *WATER, system.url, "--allow-private")
    return SECRET.findall(told)[0]


def test_the_secret_is_shown_once(capsys: pytest.CaptureFixture[str], system: System) -> None:
    secret = enter(capsys, system)
    assert not SECRET.findall(said(capsys, "list", "xinxiang"))
    again = said(capsys, "set", *WATER, system.url + "/2", "--allow-private")
    assert "密钥不变" in again
    assert not SECRET.findall(again)
    said(capsys, "test", *WATER)
    assert system.got[0].signed_with(secret)


def test_a_ping_shows_what_came_back(capsys: pytest.CaptureFixture[str], system: System) -> None:
    enter(capsys, system)
    assert "收到：HTTP 204" in said(capsys, "test", *WATER)
    assert system.types() == ["ping"]
    system.answers(404)
    assert "没有收下：HTTP 404" in said(capsys, "test", *WATER)


def test_no_answer_is_said_too(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "set", *WATER, "http://127.0.0.1:1/", "--allow-private")
    assert "没有回答" in said(capsys, "test", *WATER)


def test_while_a_secret_is_replaced_both_sign(capsys: pytest.CaptureFixture[str], system: System) -> None:
    old = enter(capsys, system)
    new = SECRET.findall(said(capsys, "rotate", *WATER))[0]
    said(capsys, "test", *WATER)
    said(capsys, "rotate", *WATER, "--hours", "0")
    said(capsys, "test", *WATER)
    assert system.got[0].signed_with(old)
    assert system.got[0].signed_with(new)
    assert not system.got[1].signed_with(new)


def test_what_was_before_can_be_told(capsys: pytest.CaptureFixture[str], system: System) -> None:
    enter(capsys, system)
    assert "等着0条" in said(capsys, "list", "xinxiang")
    told = said(capsys, "replay", *WATER, "--since", "2026-11-23")
    assert "共1条，其中1条再推送一遍" in told
    assert "等着1条" in said(capsys, "list", "xinxiang")
    assert "共0条" in said(capsys, "replay", *WATER, "--since", "2026-11-24T08:00")
    assert "其中0条" in said(capsys, "replay", *WATER, "--since", "2026-11-23")  # it waits already
    said(capsys, "remove", *WATER)
    assert "还没有登记" in said(capsys, "list", "xinxiang")


def test_how_it_stands_is_shown(capsys: pytest.CaptureFixture[str], system: System) -> None:
    enter(capsys, system)
    assert "正常" in said(capsys, "list", "xinxiang")
    asyncio.run(_off())
    listed = said(capsys, "list", "xinxiang")
    assert "已停" in listed
    assert "HTTP 410" in listed


async def _off() -> None:
    settings = Settings()
    database = open_database(settings.database())
    await Webhooks(database, vault_of(settings, beside=True)).switch_off("xinxiang:water_company", "HTTP 410")
    assert (await WebhookRows(database).standing())["xinxiang:water_company"].on is False
    await database.close()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("list", "nowhere"), "没有这个县"),
        (("set", "xinxiang", "nobody", "https://x.example/"), "没有这个单位"),
        (("set", *WATER), "请写地址"),
        (("set", *WATER, "http://10.0.0.1/"), "这个地址不能用"),
        (("set", *WATER, "https://user:pw@x.example/"), "这个地址不能用"),
        (("test", *WATER), "还没有登记系统"),
        (("rotate", *WATER), "还没有登记系统"),
        (("remove", *WATER), "还没有登记系统"),
        (("replay", *WATER), "--since"),
    ],
)
def test_mistakes_are_named(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], reason: str) -> None:
    assert reason in refused(capsys, *words)
