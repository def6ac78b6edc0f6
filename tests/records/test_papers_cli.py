"""`papers`, as the window types it: what there is, the files in a folder, and who has looked."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.keys import vault_of
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from model.values import Files, StoredFile
from routing.evolve import fold
from storage.case_papers import CasePapers
from storage.engine import open_database
from storage.files import FileStore
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Vault
from tests.machine import own_machine
from tests.records.office import Office, filled
from tests.routing.county import NOW, steward
from tests.transcripts.stage import PDF, PNG

HALL = "hall-1"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a case of heating, for which a permit was handed in on two pages."""
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_handed_in())


async def _handed_in() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    county = load_counties(COUNTIES)["xinxiang"]
    desk = Office(database, Records(database, vault, fold), Staffing(database, vault), county)
    await desk.hire(steward("heat_company", county="xinxiang").model_copy(update={"id": HALL, "name": "窗口甲"}))
    made = filled(county, "热力", "用水")
    files = await _stored(vault, settings.data / "files", made.id)
    like = next(iter(made.answers.values()))
    answers = {**made.answers, "heat_planning_permit": like.model_copy(update={"value": Files(files=files)})}
    key = _KEYS[made.id]
    case = await desk.casework.accept(made.model_copy(update={"answers": answers}), NOW, key)
    assert await CasePapers(database, vault).held(getattr(case, "id", ""))
    await database.close()


_KEYS: dict[str, str] = {}


async def _stored(vault: Vault, folder: Path, record: str) -> tuple[StoredFile, ...]:
    key, store = vault.new_record_key(), FileStore(folder, vault)
    _KEYS[record] = key.wrapped
    pages = (("image/png", PNG), ("application/pdf", PDF))
    return tuple(
        [StoredFile(digest=await store.put(key, record, data), media_type=kind, size=len(data)) for kind, data in pages]
    )


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["papers", "XXLB2026000001", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_what_there_is_for_which_service(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = typed(capsys)
    assert status == 0
    assert said.splitlines() == [
        "热力报装 第1份 规划许可证(副本)（照片，1KB）",
        "热力报装 第2份 规划许可证(副本)（PDF，1KB）",
    ]
    assert "没有人看过" in typed(capsys, "--looks")[1]


def test_the_files_and_the_record_of_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    status, said = typed(capsys, "--to", str(folder), "--by", HALL, "--only", "2")
    assert (status, "写在" in said) == (0, True)
    (written,) = folder.iterdir()
    assert written.name == "热力报装-2-规划许可证(副本).pdf"
    assert (written.read_bytes(), written.stat().st_mode & 0o777) == (PDF, 0o600)
    status, said = typed(capsys, "--looks")
    assert "窗口甲（hall-1）  电脑上  热力报装 第2份" in said
    assert "共1次" in said


@pytest.mark.parametrize(
    ("words", "about"),
    [(("--by", "nobody"), "--by"), ((), "--by"), (("--by", HALL, "--only", "7"), "没有第7份；有：1、2")],
)
def test_who_says_not_who_he_is_sees_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], about: str
) -> None:
    status, said = typed(capsys, "--to", str(tmp_path / "out"), *words)
    assert (status, about in said) == (1, True)
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = ("--to", str(tmp_path / "out"), "--by", HALL)
    assert typed(capsys, *folder)[0] == 0
    status, said = typed(capsys, *folder)
    assert (status, "已经有了" in said) == (1, True)


def test_a_file_that_is_gone_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for path in Settings().data.joinpath("files").rglob("*"):
        if path.is_file():
            path.unlink()
    status, said = typed(capsys, "--to", str(tmp_path / "out"), "--by", HALL)
    assert (status, said.count("读不出来")) == (0, 2)


def test_an_unknown_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", "XXLB2026009999"]) == 1
    assert "没有这个办件" in capsys.readouterr().err
