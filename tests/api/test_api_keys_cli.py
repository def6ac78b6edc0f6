"""`python -m bot api-key`: what the operator of a county types, and what he is told."""

import argparse
import base64
import json
from pathlib import Path

import pytest

from bot.api_keys_cli import ApiKeyMistake, api_key_arguments, api_keys
from bot.keys import vault_of
from bot.settings import Settings
from storage.clients import Clients
from storage.engine import open_database

KEY = base64.b64encode(b"1" * 32).decode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, keys=json.dumps({"k1": KEY}), lookup_key=KEY)


async def typed(settings: Settings, *words: str) -> list[str]:
    parser = argparse.ArgumentParser()
    api_key_arguments(parser)
    return await api_keys(settings, parser.parse_args(words))


async def test_a_key_is_shown_once_listed_and_withdrawn(settings: Settings) -> None:
    assert await typed(settings, "list") == ["还没有发过钥匙。"]
    told = await typed(settings, "add", "jingxian", "政务服务网")
    key, name = told[1].removeprefix("钥匙："), told[0].partition(" ")[0]
    assert told[0].endswith("政务服务网（泾县 申报平台）")
    database = open_database(settings.database())
    found = await Clients(database, vault_of(settings)).by_key(key)
    assert found is not None and found.id == name
    await typed(settings, "add", "xinxiang", "营销系统", "--body", "power_company")
    listed = await typed(settings, "list")
    assert any(line.startswith(f"{name}  泾县 申报平台 政务服务网，") for line in listed)
    assert any("新乡县" in line and "营销系统" in line for line in listed)
    assert not any(key[-20:] in line for line in listed)
    assert await typed(settings, "revoke", name) == [f"{name} 已停用，从下一次请求起不能再用。"]
    assert await Clients(database, vault_of(settings)).by_key(key) is None
    assert any("停用" in line for line in await typed(settings, "list"))
    await database.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "atlantis", "x"), "有：jingxian、xinxiang"),
        (("add", "jingxian", "x", "--body", "nobody"), "water_company"),
        (("add", "jingxian", " "), "1到60个字"),
        (("revoke", "nobody"), "api-key list"),
    ],
)
async def test_what_cannot_be_done_says_what_can(settings: Settings, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(ApiKeyMistake, match=told):
        await typed(settings, *words)
