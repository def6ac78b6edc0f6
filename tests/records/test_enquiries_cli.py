"""`enquiries`, as an operator types it: who was asked first, who has it; what was said only if asked for (J45, J47)."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.keys import vault_of
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from handlers.enquiries import EnquiryWork
from model.enquiry import AnswerEnquiry, AskEnquiry, EnquiryCommand, HandOver, Holder
from model.message import Actor
from routing.enquiry_log import fold_enquiry
from storage.engine import open_database
from storage.enquiries import Enquiries
from storage.migrate import upgrade
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.records.office import Office
from tests.routing.county import NOW, steward


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a water clerk and a colleague; one enquiry was handed over, another answered."""
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_asked())


async def _asked() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    staffing, county = Staffing(database, vault), load_counties(COUNTIES)["xinxiang"]
    office = Office(database, None, staffing, county)  # type: ignore[arg-type]
    for body, name in (("water_company", "润"), ("gas_company", "然")):
        await office.hire(steward(body).model_copy(update={"name": name}))
    work = EnquiryWork(Enquiries(database, vault, fold_enquiry), staffing, {county.id: county})
    for key, about, phone in (("m1", "water", "13900000001"), ("m2", "gas", "13900000002")):
        asked = AskEnquiry(county=county.id, words=f"谁修{about}", person="p", account="a", about=about, phone=phone)
        done = await work.ask(key, asked, Actor(person="p"), NOW)
        owner = done.enquiry.owner.id  # type: ignore[union-attr]
        do = HandOver(to=Holder(kind="body", id="gas_company")) if key == "m1" else AnswerEnquiry(words="我们修")
        actor = Actor(person=f"person-{owner}", role="steward", staff=owner)
        command = EnquiryCommand(id=f"c{key}", enquiry=done.enquiry.id, actor=actor, do=do)  # type: ignore[union-attr]
        await work.execute(command, NOW)
    await database.close()


def said(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["enquiries", "xinxiang", *more]) == 0
    return capsys.readouterr().out


def test_the_chain_is_told_and_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys)
    assert "首问润，现由润" in told
    assert "润转给然，等对方接" in told
    assert "2026-11-23 09:30办结" in told
    assert not [word for word in ("谁修", "我们修", "13900000001") if word in told]


def test_the_words_are_told_to_whoever_asks_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--words")
    assert all(word in told for word in ("问：谁修water", "答：我们修", "电话：13900000002"))


@pytest.mark.parametrize(
    ("more", "first"),
    [(["--open"], "首问润"), (["--owner", "然"], "首问然"), (["--phone", "13900000002"], "首问然")],
)
def test_only_what_is_looked_for(more: list[str], first: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, *more)
    assert first in told
    assert told.count("首问") == 1


def test_a_name_that_nobody_has_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["enquiries", "xinxiang", "--owner", "谁"]) == 1
    assert "没有这个人" in capsys.readouterr().err
