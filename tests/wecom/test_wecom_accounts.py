"""The list of accounts: official ones and WeCom apps beside each other."""

import json

import aiohttp
import pytest
from pydantic import ValidationError

from bot.accounts import AccountsMissing, load_accounts, read_accounts
from bot.settings import Settings
from tests.shipped import shipped
from tests.wecom.enterprise import wecom_app

OFFICIAL = {
    "id": "xinxiang", "county": "xinxiang", "original_id": "gh_x", "appid": "wx1", "appsecret": "s", "token": "t", "mode": "plain",
}  # fmt: skip
APP = wecom_app(id="desk", county="jingxian").model_dump()


def test_both_kinds_stand_in_one_list() -> None:
    accounts = read_accounts([APP, OFFICIAL])
    assert ([one.id for one in accounts.official], [one.id for one in accounts.apps]) == (["xinxiang"], ["desk"])
    assert accounts.counties == {"xinxiang": "xinxiang", "desk": "jingxian"}


def test_an_app_may_not_have_the_id_of_another_account() -> None:
    with pytest.raises(AccountsMissing, match="same id"):
        read_accounts([APP | {"id": "xinxiang"}, OFFICIAL])


@pytest.mark.parametrize(
    "wrong",
    [
        {"aes_key": ""}, {"aes_key": "too short"}, {"previous_aes_key": "x" * 42}, {"corpid": ""}, {"agentid": "one"},
        {"robot": "qyapi/send"}, {"templates": {}}, {"id": "桌子"},
    ],
)  # fmt: skip
def test_an_app_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as error:
        read_accounts([APP | wrong])
    assert "s3cret" not in str(error.value)


async def test_an_app_of_a_county_that_is_not_there(tmp_path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text(json.dumps([APP | {"county": "nowhere"}]))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(AccountsMissing, match="nowhere"):
            await load_accounts(Settings(accounts=file), session, shipped())


def test_secrets_are_not_shown() -> None:
    shown = repr(wecom_app(robot="https://qyapi.example/send?key=k1"))
    assert not [one for one in ("s3cret", "k1", "tideofspring") if one in shown]
