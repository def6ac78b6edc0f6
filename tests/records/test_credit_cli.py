"""`credit`, as staff type it: noted by one, confirmed by another, objected to, deleted; nobody else sees it (X60)."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.keys import vault_of
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.records.office import Office
from tests.routing.county import NOW, steward, submission

FACTS = "营业执照的章是假的"


@pytest.fixture(autouse=True)
def number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A machine with one case; its number."""
    own_machine(tmp_path, monkeypatch)
    return asyncio.run(_handed_in())


async def _handed_in() -> str:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["xinxiang"]
    staffing = Staffing(database, vault)
    desk = Office(database, Records(database, vault, fold), staffing, county)
    for name, duty in (("zhang", "steward"), ("li", "lead"), ("wang", "supervisor")):
        who = steward("water_company", county="xinxiang", duty=duty)  # type: ignore[arg-type]
        await desk.hire(who.model_copy(update={"id": name, "name": name, "person": f"p-{name}"}))
    case = await desk.accept(submission(county, county.services[0].option), NOW)
    await database.close()
    return case.number


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(["credit", "xinxiang", *words])
    said = capsys.readouterr()
    return said.out if status == 0 else said.err


def test_a_note_from_its_facts_to_its_end(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有信用记录" in typed(capsys, "list", "--by", "zhang")
    made = typed(capsys, "note", number, "--by", "zhang", "--ground", "forged", "--words", FACTS)
    assert "待第二人核对" in made
    name = made.split()[0]
    assert "负责人或督办" in typed(capsys, "confirm", name, "--by", "zhang")
    assert "li核对，已告诉本人" in typed(capsys, "confirm", name, "--by", "li")
    assert "本人异议（zhang记）：章是真的" in typed(capsys, "object", name, "--by", "zhang", "--words", "章是真的")
    assert "没有参与过" in typed(capsys, "uphold", name, "--by", "li", "--words", "看过了")
    assert "没有信用记录" in typed(capsys, "remove", name, "--by", "wang")


def test_what_is_not_there_is_said(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有这种情形，只能选：forged、concealed" in typed(
        capsys, "note", number, "--by", "zhang", "--ground", "rude", "--words", FACTS
    )
    assert "没有这个办件" in typed(capsys, "note", "XX1", "--by", "zhang", "--ground", "forged", "--words", FACTS)
    assert "没有这条记录" in typed(capsys, "confirm", "nothing", "--by", "li")
    assert "请写明是谁办的" in typed(capsys, "list", "--by", "nobody")
