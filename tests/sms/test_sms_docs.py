"""The examples of docs/sms.md are files that work: they are read, posted, and understood when the gateway answers as theirs does."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.channels.sms.gateway import Refused, Sent, Why
from bot.channels.sms.http import HttpGateway, gateway_session
from bot.channels.sms.settings import GatewaySettings
from bot.settings import Settings
from bot.texting import read_gateways
from model.short_message import ShortMessages
from tests.shipped import shipped
from tests.sms.conftest import Stand
from tests.sms.test_sms_gateway import NOW, PHONE, SMS, WORDS

PAGE = (Path(__file__).parents[2] / "docs" / "sms.md").read_text("utf-8")
PLATFORM, CARRIER = (json.loads(one) for one in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize("example", [PLATFORM, CARRIER])
def test_an_example_is_a_file_that_can_be_used(tmp_path: Path, example: list[Any]) -> None:
    file = tmp_path / "sms.json"
    file.write_text(json.dumps(example), encoding="utf-8")
    assert len(read_gateways(Settings(sms=file), list(shipped()))) == 1


async def test_they_work_against_gateways_of_their_kind(stand: Stand) -> None:
    stand.says('{"code": 0, "data": {"messageId": "m1"}}')
    stand.says('{"code": "1002"}')
    stand.says('{"rspcod": "success", "msgGroup": "g1", "success": true}')
    stand.says('{"rspcod": "IllegalMac", "msgGroup": "", "success": false}')
    found = list[Any]()
    async with gateway_session() as session:
        for example in (PLATFORM, PLATFORM, CARRIER, CARRIER):
            settings = GatewaySettings.model_validate(example[0] | {"url": stand.url})
            found.append(await HttpGateway(settings, session, lambda: NOW).send(SMS))
    assert found == [
        Sent("m1"),
        Refused(Why.BLOCKED, "1002"),
        Sent("g1"),
        Refused(Why.NOT_AUTHORISED, "IllegalMac"),
    ]
    got = json.loads(base64.b64decode(stand.bodies[2]))
    parts = (got["ecName"], got["apId"], "接口密码", PHONE, WORDS, got["sign"], got["addSerial"])
    assert got["mac"] == hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def test_every_setting_and_every_meaning_is_on_the_page() -> None:
    for name in (*GatewaySettings.model_fields, *Why):
        assert f"`{name}`" in PAGE or name in (Why.NO_TEMPLATE, Why.REFUSED), name
    assert f"a_day: {ShortMessages().a_day}" in PAGE
