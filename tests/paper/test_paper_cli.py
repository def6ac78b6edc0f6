"""`paper`, as an operator types it: a file that was not there before, and who printed it is recorded."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.keys import vault_of
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from model.values import Words
from routing.evolve import fold
from storage.engine import open_database
from storage.looks import Looks
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.paper.reading import read
from tests.records.office import Office, filled
from tests.routing.county import NOW, steward

NUMBER = "XXLB2026000001"
HALL = "hall-1"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a case of somebody whose name is rare."""
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_handed_in())


async def _handed_in() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["xinxiang"]
    desk = Office(database, Records(database, vault, fold), Staffing(database, vault), county)
    await desk.hire(steward("water_company", county="xinxiang").model_copy(update={"id": HALL, "name": "窗口甲"}))
    made = filled(county, "用水")
    name = made.answers["applicant_name"].model_copy(update={"value": Words(text="王𠮷")})
    assert await desk.casework.accept(made.model_copy(update={"answers": made.answers | {"applicant_name": name}}), NOW)
    await database.close()


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["paper", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


async def looks() -> list[tuple[str, str, str]]:
    database = open_database(Settings().database())
    found = await Looks(database).of_case("xinxiang", NUMBER)
    await database.close()
    return [(one.what, one.paper, one.staff) for one in found]


def test_a_filled_sheet(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    status, said = typed(capsys, NUMBER, "--to", str(file), "--by", HALL)
    assert (status, f"写在 {file}" in said) == (0, True)
    assert "请手写补上：建设单位(自然人)名称 𠮷" in said
    assert "王〔U+20BB7〕" in read(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o600
    assert asyncio.run(looks()) == [("sheet", "application", HALL)]


def test_the_receipt(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "r.pdf"
    assert typed(capsys, NUMBER, "--sheet", "receipt", "--to", str(file), "--by", HALL)[0] == 0
    assert f"办件编号{NUMBER}" in read(file.read_bytes())


def test_a_blank_sheet_is_nobodys(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "b.pdf"
    status, _ = typed(capsys, "jingxian", "--blank", "--to", str(file))
    assert (status, "使用地址" in read(file.read_bytes())) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((NUMBER, "--by", "nobody"), "--by"),
        ((NUMBER,), "--by"),
        ((NUMBER, "--by", HALL, "--sheet", "form"), "application（新乡县公共服务事项报装申请表）"),
        ((NUMBER, "--by", HALL, "--sheet", "survey"), "没有联合踏勘意见表"),
        (("XXLB2026000009", "--by", HALL), "没有这个办件"),
        (("anhui", "--blank"), "没有这个县：anhui；有：jingxian、xinxiang"),
        (("xinxiang", "--blank", "--sheet", "receipt"), "没有空白的"),
    ],
)
def test_what_cannot_be_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "x.pdf"
    status, told = typed(capsys, *words, "--to", str(file))
    assert (status, said in told) == (1, True), told
    assert not file.exists()
    assert asyncio.run(looks()) == []


def test_no_file_is_written_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"kept")
    for path in (file, tmp_path / "none" / "x.pdf"):
        assert typed(capsys, "xinxiang", "--blank", "--to", str(path))[0] == 1
    assert file.read_bytes() == b"kept"
