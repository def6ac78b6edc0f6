"""Practising: nothing real is reached, what there is at the beginning is there once, and every page says that it is practice."""

import datetime as dt
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from bot import practising
from bot.console.pages import Pages
from bot.demo import demo_stewards
from bot.keys import vault_of
from bot.pages.assets import FOLDER, Assets
from bot.practising import furnish, practice_set, practice_settings
from bot.settings import Settings
from model.staff import Staff
from routing.evolve import fold
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.schema import cases, orders
from storage.staffing import Staffing
from tests.routing.county import NOW
from tests.shipped import shipped

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of an installation at work."""
    given = {
        "DATA": str(tmp_path),
        "ACCOUNTS": "/geheim/accounts.json",
        "SMS": "/geheim/sms.json",
        "KEYS": '{"k1": "geheim"}',
        "LOOKUP_KEY": "geheim",
        "KEYS_FILE": "/geheim/keys",
        "BACKUP_KEY": "geheim",
        "PUBLIC_URL": "https://geheim.example",
        "HOST": "0.0.0.0",
        "EXTRACTOR_URL": "https://geheim.example",
        "EXTRACTOR_MODEL": "geheim",
        "EXTRACTOR_KEY": "geheim",
        "PROCESSES": "4",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"LIANBAN_{name}", value)
    monkeypatch.setenv("REDIS_URL", "redis://geheim.example")
    monkeypatch.setenv("DATABASE_URL", "postgresql://geheim.example/geheim")
    return Settings()


def test_nothing_real_is_reached(real: Settings) -> None:
    made = practice_settings(real, Namespace(port=8090, fresh=False))
    told = {name: value.get_secret_value() if hasattr(value, "get_secret_value") else value for name, value in made}
    assert "geheim" not in str(told)
    assert (made.host, made.data, made.practice, made.processes) == ("127.0.0.1", real.data / "practice", True, 1)
    assert made.database() == f"sqlite:///{real.data / 'practice' / 'lianban.sqlite3'}"


def test_what_was_practised_is_forgotten_when_asked_for(real: Settings) -> None:
    (real.data / "practice").mkdir(parents=True)
    (real.data / "kept").touch()
    practice_settings(real, Namespace(port=1, fresh=False))
    assert (real.data / "practice").exists()
    practice_settings(real, Namespace(port=1, fresh=True))
    assert not (real.data / "practice").exists() and (real.data / "kept").exists()


async def test_all_that_there_is_to_practise_with_comes_about_once(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = Settings(data=tmp_path, sandbox=NOWHERE)
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings)
    staffing = Staffing(database, vault)
    for one in demo_stewards():
        await staffing.put(Staff(**one.model_dump(exclude={"account", "person"})))
        if one.person:
            await staffing.issue_code(one.id, one.id, NOW + dt.timedelta(days=1))
            await staffing.redeem(one.id, one.account, one.person, NOW)
    house = SimpleNamespace(
        records=Records(database, vault, fold), staffing=staffing, counties=shipped(), clock=lambda: NOW
    )
    for _ in range(2):
        await furnish(house, NOWHERE)
        async with database.reading() as connection:
            found = len((await connection.execute(select(cases.c.id))).all())
            states = set((await connection.execute(select(orders.c.state))).scalars())
        assert found == len(practice_set().cases)
        assert {"routed", "taken", "contacted"} <= states
    assert "xx.hotline　密码 " in capsys.readouterr().out
    await database.close()


def test_every_page_and_the_first_words_in_chat_say_that_it_is_practice(monkeypatch) -> None:
    from bot.app import _marked
    from bot.pages.problem import Problem
    from handlers.wording.catalogue import Catalogue

    county = shipped()["xinxiang"]
    assert _marked({"xinxiang": county}, practice=False)["xinxiang"].title == county.title
    assert _marked({"xinxiang": county}, practice=True)["xinxiang"].title == f"【练习】{county.title}"
    visit = SimpleNamespace(
        served=None, catalogue=Catalogue(county), request=SimpleNamespace(path="/console/"), proof="", now=NOW
    )
    problem = Problem(404, "no_page")
    for practice in (True, False):
        pages = Pages(
            Assets(FOLDER, practising.ROOT / "bot" / "console" / "static", prefix="/console"), practice=practice
        )
        assert ("练习：这里的人和事都是编的" in pages.problem(problem, visit).text) is practice
