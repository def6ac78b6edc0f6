"""`bulletin` and `ledger` as an operator types them; the document and the workbook are read back."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.__main__ import main
from bot.keys import vault_of
from bot.ledger_book import write_ledger
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from handlers.ledger import Line
from handlers.wording.catalogue import Catalogue
from model.calendar import CHINA
from model.values import Address, Phone, Words
from routing.evolve import fold
from storage.engine import open_database
from storage.looks import Looks
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.records.office import Office
from tests.routing.county import steward, submission
from tests.shipped import shipped

PUSHED = dt.datetime(2026, 10, 12, 9, 30, tzinfo=CHINA)
NASTY = '=HYPERLINK("http://x.example","点")'


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with cases of October, and a supervisor, a second one and the head of the water company."""
    own_machine(tmp_path / "data", monkeypatch)
    monkeypatch.chdir(tmp_path)
    asyncio.run(_handed_in())


async def _handed_in() -> None:
    settings = Settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["xinxiang"]
    desk = Office(database, Records(database, vault, fold), Staffing(database, vault), county)
    for name, duty in (("zhang", "steward"), ("li", "lead"), ("wang", "supervisor"), ("zhao", "supervisor")):
        who = steward("water_company", county="xinxiang", duty=duty)
        await desk.hire(who.model_copy(update={"id": name, "name": f"{name}某", "person": f"p-{name}"}))
    places = county.places
    for number, name in enumerate(("王示例", NASTY, "李示例")):
        made = submission(county, county.services[0].option, key=f"s{number}")
        answers = {
            places.services: made.answers["services"],
            places.applicant_name: made.answers["name"].model_copy(update={"value": Words(text=name)}),
            places.applicant_phone: made.answers["phone"].model_copy(update={"value": Phone(number="01012345678")}),
            places.address: made.answers["address"].model_copy(
                update={"value": Address(text="小冀镇示范路6号院2号楼")}
            ),
        }
        fresh = made.model_copy(update={"form_version": county.form.version, "answers": answers})
        await desk.accept(fresh, PUSHED + dt.timedelta(days=number))
    await database.close()


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(list(words))
    said = capsys.readouterr()
    return said.out if status == 0 else f"!{said.err}"


def test_a_bulletin_from_its_draft_to_the_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = ("bulletin", "xinxiang", "2026-10")
    assert "草稿：还没有发出" in typed(capsys, *asked)
    assert "通报由督办人员发出" in typed(capsys, *asked, "--issue", "--by", "li")
    assert "不是督办人员" in typed(capsys, *asked, "--issue", "--by", "zhang")
    assert "请写明是谁办的" in typed(capsys, *asked, "--issue")
    assert "还没有发出，发出以后" in typed(
        capsys, *asked, "--object", "少一件", "--about", "water_company:opened", "--by", "li"
    )
    done = typed(capsys, *asked, "--issue", "--by", "wang")
    assert "已发出，数字从现在起不再改动" in done
    assert "收件3，办结0，在办超时3" in done
    assert "--about 单位:数字" in typed(capsys, *asked, "--object", "少一件", "--about", "water_company", "--by", "li")
    assert "异议已记下，编号1" in typed(
        capsys, *asked, "--object", "少一件，问13800001234", "--about", "water_company:opened", "--by", "li"
    )
    assert "没有这个编号的异议" in typed(capsys, *asked, "--answer", "2", "--words", "有", "--by", "wang")
    assert "答复已记下" in typed(
        capsys, *asked, "--answer", "1", "--words", "查实，收件应为4项。", "--corrects", "--by", "zhao"
    )
    again = typed(capsys, *asked, "--issue", "--by", "zhao", "--to", str(tmp_path / "10.docx"))
    assert "这个月早已发出，数字没有改动" in again
    paper = Document(str(tmp_path / "10.docx"))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "2026年10月通报" in text
    assert "发出人：wang某" in text
    assert text.count("四舍五入") == 1
    assert "li某对“新乡县供水公司（示例）·收件”提出：少一件，问138****1234" in text
    assert "13800001234" not in text
    assert "zhao某）：查实，收件应为4项。正文数字按发出时保留。" in text
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert cells[0][:4] == ["单位", "收件", "办结", "在办超时"]
    assert cells[1][1:4] == ["3", "0", "3"]


def test_what_comes_later_does_not_change_an_issued_month(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    typed(capsys, "bulletin", "xinxiang", "2026-10", "--issue", "--by", "wang")
    asyncio.run(_one_more())
    assert "收件3，办结0" in typed(capsys, "bulletin", "xinxiang", "2026-10")


async def _one_more() -> None:
    """A case of October that somebody enters afterwards."""
    settings = Settings()
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["xinxiang"]
    desk = Office(database, Records(database, vault, fold), Staffing(database, vault), county)
    made = submission(county, county.services[0].option, key="late").model_copy(
        update={"form_version": county.form.version}
    )
    answers = {county.places.services: made.answers["services"]}
    await desk.accept(made.model_copy(update={"answers": answers}), PUSHED)
    await database.close()


def test_the_ledger_is_masked_and_holds_no_formula(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    assert "写了3行" in typed(capsys, "ledger", "xinxiang", "--to", str(file))
    assert file.stat().st_mode & 0o077 == 0
    sheet: Any = load_workbook(file)["台账"]
    rows = list(sheet.iter_rows())
    heads = [cell.value for cell in rows[0]]
    assert heads[:3] == ["办件编号", "业务", "单位"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", f"A1:O{len(rows)}")
    first = dict(zip(heads, rows[1], strict=True))
    assert first["受理时间"].value == dt.datetime(2026, 10, 12, 9, 30)
    assert first["受理时间"].is_date
    assert first["是否超时"].value == "超时"
    assert (first["申请人"].value, first["电话"].value) == ("王**", "010******78")
    assert first["地址"].value == "小冀镇示范路******"
    assert {cell.data_type for row in rows[1:] for cell in row} <= {"s", "d", "n"}
    assert "已经有了" in typed(capsys, "ledger", "xinxiang", "--to", str(file))


def test_unmasked_it_is_recorded_who_looked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    asked = ("ledger", "xinxiang", "--to", str(file), "--unmasked")
    assert "要督办人员" in typed(capsys, *asked)
    assert "要督办人员" in typed(capsys, *asked, "--by", "li")
    assert not file.exists()
    assert "谁看的已经记下" in typed(capsys, *asked, "--by", "wang")
    rows = list(load_workbook(file)["台账"].iter_rows(min_row=2))
    assert [(row[11].value, row[11].data_type) for row in rows] == [("王示例", "s"), (NASTY, "s"), ("李示例", "s")]
    assert rows[0][12].value == "01012345678"
    assert rows[0][13].value == "小冀镇示范路6号院2号楼"
    assert asyncio.run(_looks("wang")) == ["ledger"] * 4  # at the list, and at each of three cases


async def _looks(staff: str) -> list[str]:
    database = open_database(Settings().database())
    found = await Looks(database).by(staff, PUSHED)
    await database.close()
    return [one.what for one in found]


def test_the_filters_name_what_there_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def asked(*words: str) -> str:
        (tmp_path / "f.xlsx").unlink(missing_ok=True)
        return typed(capsys, "ledger", "xinxiang", "--to", str(tmp_path / "f.xlsx"), *words)

    assert "写了2行" in asked("--from", "2026-10-13")
    assert "写了1行" in asked("--until", "2026-10-12", "--late")
    assert "写了0行" in asked("--state", "closed")
    assert "写了3行" in asked("--body", "water_company", "--service", "water")
    assert "没有这个单位：nobody；有：" in asked("--body", "nobody")
    assert "2026-11-01" in asked("--from", "昨天")
    assert "没有这个县" in typed(capsys, "ledger", "nowhere", "--to", "x.xlsx")


@pytest.mark.parametrize("month", ["11", "2026-13", "二〇二六", "2026-11-01", "99999-01"])
def test_a_month_that_is_none(capsys: pytest.CaptureFixture[str], month: str) -> None:
    assert "例如 2026-11" in typed(capsys, "bulletin", "xinxiang", month)


@pytest.mark.parametrize("begins", ["=1+1", "+861", "-2", "@SUM(A1)", "\tx", "=", "0012", "x\x0by"])
async def test_text_stays_text(begins: str, tmp_path: Path) -> None:
    """Whatever it begins with, also once somebody edits the cell; a character that no file may hold is left out."""
    words = dict.fromkeys(Line._fields, begins) | {"accepted": PUSHED, "closed": None, "due": None}
    line = Line(**words)  # type: ignore[arg-type]

    async def lines() -> AsyncIterator[tuple[Any, Line]]:
        yield None, line

    await write_ledger(lines(), Catalogue(shipped()["xinxiang"]), tmp_path / "t.xlsx")
    sheet: Any = load_workbook(tmp_path / "t.xlsx").active
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (begins.replace("\x0b", ""), "s", "@")
