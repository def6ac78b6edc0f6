"""`editions`, `move` and `check`, as an operator types them."""

import asyncio
import base64
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import new_keys
from config.loader import COUNTIES, load_counties
from handlers.casework import Casework
from handlers.editions import Editions
from model.case import Case
from model.draft import Answer
from model.submission import Submission
from model.values import Phone, Pick, Picks
from routing.evolve import fold
from storage.calendars import Calendars
from storage.editions import EditionStore
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.editions.houses import NOW


@pytest.fixture
def counties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine in production, with one county's files."""
    folder = tmp_path / "counties"
    shutil.copytree(COUNTIES / "xinxiang", folder / "xinxiang")
    made = new_keys()
    for name, value in {
        "DATA": str(tmp_path / "data"), "COUNTIES": str(folder), "KEYS": json.dumps({"k1": made["k1"]}),
        "LOOKUP_KEY": made["lookup"],
    }.items():  # fmt: skip
        monkeypatch.setenv(f"LIANBAN_{name}", value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return folder


async def on_the_air(counties: Path, environment: dict[str, str], *, case: bool = False) -> Case | None:
    """The program is started with what the files say now, and takes a case."""
    keys = json.loads(environment["LIANBAN_KEYS"])
    vault = Vault(
        Keyring("k1", {"k1": base64.b64decode(keys["k1"])}), base64.b64decode(environment["LIANBAN_LOOKUP_KEY"])
    )
    url = f"sqlite:///{environment['LIANBAN_DATA']}/lianban.sqlite3"
    Path(environment["LIANBAN_DATA"]).mkdir(exist_ok=True)
    await upgrade(url)
    database = open_database(url)
    editions = Editions(load_counties(counties), EditionStore(database), Calendars(database))
    await editions.register(NOW)
    try:
        if not case:
            return None
        form = editions["xinxiang"].form
        values = {
            "services": Picks(picks=(Pick(option="用水"),)),
            editions["xinxiang"].places.applicant_phone: Phone(number="13500000127"),
        }
        answers = {name: Answer(value=value, by="o", at=NOW) for name, value in values.items()}
        submission = Submission(
            id="s", account="xinxiang", person="o", county="xinxiang", form=form.id, form_version=form.version,
            channel="wechat", submitted_at=NOW, answers=answers, agreements={},
        )  # fmt: skip
        done = await Casework(Records(database, vault, fold), Staffing(database, vault), editions).accept(
            submission, NOW
        )
        assert isinstance(done, Case), done
        return done
    finally:
        await database.close()


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_an_operator_changes_the_process(counties: Path, capsys: pytest.CaptureFixture[str]) -> None:
    process = counties / "xinxiang" / "process.yaml"
    case = asyncio.run(on_the_air(counties, dict(os.environ), case=True))
    assert case is not None
    assert main(["check", str(counties)]) == 0
    change(process, "limit: {days: 1}", "limit: {days: 2}")
    capsys.readouterr()
    assert main(["check", str(counties)]) == 1
    assert "process.yaml 改过了，version 还是 1" in capsys.readouterr().out
    change(process, "version: 1", "version: 2")
    assert main(["check", str(counties)]) == 0
    assert main(["move", "xinxiang", "--to", "2"]) == 1
    assert "没有第 2 版流程" in capsys.readouterr().err
    asyncio.run(on_the_air(counties, dict(os.environ)))
    assert main(["editions"]) == 0
    listed = capsys.readouterr().out
    assert re.search(r"process 1 .*在办 1 件\n", listed)
    assert re.search(r"process 2 .*在办 0 件  ← 本机文件", listed)
    assert main(["move", "xinxiang", "--to", "2", "--dry-run"]) == 0
    assert "可以换 1 件" in capsys.readouterr().out
    assert main(["move", "xinxiang", "--to", "2"]) == 0
    assert capsys.readouterr().out == f"{case.number}：已换到第 2 版\n换了 1 件，换不了 0 件。\n"
    assert main(["move", "xinxiang", "--to", "2"]) == 0
    assert "换了 0 件，换不了 0 件" in capsys.readouterr().out
    assert main(["move", "elsewhere", "--to", "2"]) == 1
