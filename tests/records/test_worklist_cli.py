"""`worklist`, as the hotline types it: whom to call, why, and what to say; a call is taken note of once."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.editions_cli import office
from bot.keys import vault_of
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from model.delivery import Outcome, Unknown, Unreachable
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.records.office import Office, filled
from tests.routing.county import NOW, steward

NUMBER = "(JXLB)000001"
CALLER = "water_company-汪清"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the task of a case reached its steward only perhaps, and the gas company has nobody in chat."""
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_left_over())


async def _left_over() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["jingxian"]
    desk = Office(database, Records(database, vault, fold), Staffing(database, vault), county)
    await desk.hire(
        steward("water_company", county="jingxian", name="汪清").model_copy(update={"id": CALLER, "name": "汪清"})
    )
    await desk.accept(filled(county, "水", "气"))
    outbox = Outbox(database)
    while rows := await outbox.claim(NOW, 10):
        for row in rows:
            ends: Outcome = Unreachable(reason="no_channel_body")
            if row.recipient.kind == "staff":
                await outbox.announce(row, "custom", None)
                ends = Unknown(reason="TimeoutError")
            await outbox.finish(row, ends, NOW, 0)
    await database.close()


def test_who_is_to_be_called_and_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worklist", "jingxian"]) == 0
    told = capsys.readouterr().out
    steward_line = next(line for line in told.splitlines() if "汪清" in line and NUMBER in line)
    assert "1390000" in steward_line and "TimeoutError" in steward_line
    assert "新任务 (JXLB)000001：用水业务" in told
    assert "no_channel_body" not in told and "单位在微信里没有人" in told
    assert told.splitlines()[-1].startswith("共2个电话要打")
    number = steward_line.split("　")[0]
    assert main(["worklist", "jingxian", "--called", number, "--by", CALLER]) == 0
    assert "汪清打过" in capsys.readouterr().out
    assert main(["worklist", "jingxian"]) == 0
    assert "共1个电话要打" in capsys.readouterr().out
    assert main(["worklist", "xinxiang"]) == 0
    assert capsys.readouterr().out.strip() == "没有要打的电话。"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "没有这个县"),
        (["jingxian", "--called", "1"], "--by 工号"),
        (["jingxian", "--called", "1", "--by", "nobody"], "--by 工号"),
        (["jingxian", "--called", "99", "--by", CALLER], "没有这一条"),
    ],
)
def test_what_is_typed_wrong_is_said(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worklist", *words]) != 0
    out = capsys.readouterr()
    assert says in out.out + out.err


async def _states() -> set[str]:
    async with office(Settings()) as here:
        found = await here.outbox.calls("jingxian", 10)
        return {row.recipient.kind for row, _, _ in found}


def test_a_call_is_noted_once(capsys: pytest.CaptureFixture[str]) -> None:
    main(["worklist", "jingxian"])
    numbers = [line.split("　")[0] for line in capsys.readouterr().out.splitlines() if NUMBER in line and "　" in line]
    assert [main(["worklist", "jingxian", "--called", numbers[0], "--by", CALLER]) == 0 for _ in range(2)] == [
        True,
        False,
    ]
    assert len(asyncio.run(_states())) == 1
