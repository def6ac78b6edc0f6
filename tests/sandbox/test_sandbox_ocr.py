"""The stand-in reads photos of cards by the platform's rules, and only those it has drawn itself."""

import io
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient

from sandbox.accounts import SandboxConfig
from sandbox.cards import SAMPLES, Card, card_in, picture_of
from sandbox.media import sample_photo
from tests.dialogues.people import identity_check, uscc_check
from tests.sandbox.sandbox_stage import XX, Stage, staged

ID, LICENCE = picture_of(Card(kind="idcard")), picture_of(Card(kind="bizlicense"))


async def read(stage: Stage, kind: str, data: bytes | None, *, part: str = "img", **query: str) -> dict[str, Any]:
    """What the platform answers to this upload."""
    client: TestClient[Any, Any] = stage.client
    form = aiohttp.FormData()
    if data is not None:
        form.add_field(part, io.BytesIO(data), filename="photo.png", content_type="image/png")
    params = {"access_token": await stage.token()} | query
    response = await client.post(f"/cv/ocr/{kind}", params=params, data=form if data is not None else None)
    assert response.status == 200
    answer: dict[str, Any] = await response.json()
    return answer


async def code(stage: Stage, kind: str, data: bytes | None, **query: str) -> int:
    return int((await read(stage, kind, data, **query))["errcode"])


def test_the_samples_are_nobodys_and_their_numbers_hold() -> None:
    person, firm = SAMPLES["idcard"].number, SAMPLES["bizlicense"].number
    assert person[14:17] == "000"
    assert person == person[:17] + identity_check(person[:17])
    assert firm == firm[:17] + uscc_check(firm[:17])


async def test_each_kind_by_its_own_names(stage: Stage) -> None:
    front = await read(stage, "idcard", ID)
    assert (front["type"], front["name"], front["id"]) == ("Front", "李示例", "410721199001010006")
    assert front["addr"].startswith("河南省新乡县")
    back = await read(stage, "idcard", picture_of(Card(kind="idcard", back=True)))
    assert (back["type"], back["valid_date"]) == ("Back", "20200101-20400101")
    assert "name" not in back
    firm = await read(stage, "bizlicense", LICENCE)
    assert (firm["enterprise_name"], firm["reg_num"], firm["legal_representative"]) == (
        "新乡县示例食品有限公司",
        "91410721MA000901X3",
        "李示例",
    )
    lines = await read(stage, "comm", ID)
    assert "李示例" in [one["text"] for one in lines["items"]]
    assert (await read(stage, "comm", sample_photo()))["items"] == []


async def test_what_cannot_be_read(stage: Stage) -> None:
    assert await code(stage, "idcard", sample_photo()) == 101001
    assert await code(stage, "idcard", LICENCE) == 101001
    assert await code(stage, "idcard", b"%PDF-1.4") == 101000
    assert await code(stage, "idcard", None, img_url="http://127.0.0.1/photo.png") == 101000
    assert await code(stage, "idcard", None) == 41005
    assert await code(stage, "passport", ID) == 40066
    assert (await read(stage, "idcard", ID, part="image"))["errcode"] == 41005
    assert await code(stage, "idcard", ID + bytes(2_000_000 - len(ID))) == 40006
    assert await code(stage, "idcard", ID + bytes(1_999_999 - len(ID))) == 0


async def test_the_token_and_the_standing_are_as_anywhere(stage: Stage) -> None:
    response = await stage.client.post("/cv/ocr/idcard", params={"access_token": "no-such-token"})
    assert (await response.json())["errcode"] == 40001
    await stage.client.post("/sandbox/standing/xinxiang", json={"unauthorised": ["cv/ocr/idcard"]})
    assert await code(stage, "idcard", ID) == 48001
    assert await code(stage, "bizlicense", LICENCE) == 0
    await stage.client.post("/sandbox/standing/xinxiang", json={})
    await stage.client.post("/sandbox/faults/xinxiang", json={"path": "cv/ocr/idcard", "errcode": -1})
    assert await code(stage, "idcard", ID) == -1
    assert await code(stage, "idcard", ID) == 0


@pytest.mark.parametrize(("claimed", "answered"), [(0, 101003), (2, 101002)])
async def test_a_days_number_is_of_all_kinds_together(config: SandboxConfig, claimed: int, answered: int) -> None:
    first, *rest = config.accounts
    accounts = (first.model_copy(update={"ocr": claimed}), *rest)
    async with staged(config.model_copy(update={"accounts": accounts})) as stage:
        for kind, data in (("idcard", ID), ("bizlicense", LICENCE))[:claimed]:
            assert await code(stage, kind, data) == 0
        refusal = await read(stage, "comm", ID)
        assert refusal["errcode"] == answered
        assert "not enough market quota" in refusal["errmsg"]
        assert "rid: " in refusal["errmsg"]
        if claimed:
            stage.clock.offset += 86400
            assert await code(stage, "idcard", ID) == 0


async def test_a_phone_sends_the_picture_of_a_card(stage: Stage) -> None:
    await stage.follow()
    await stage.act("photo", card={"kind": "idcard", "name": "王示例"})
    media = (await stage.phone(XX))["entries"][-1]["media"]
    picture = await (await stage.client.get(f"/sandbox/media/{media}")).read()
    card = card_in(picture)
    assert card is not None
    assert (card.name, card.number) == ("王示例", SAMPLES["idcard"].number)
    assert card_in(sample_photo()) is None
    assert card_in(picture[:200]) is None
    response = await stage.client.post(f"/sandbox/phones/xinxiang/{XX}/photo", json={"card": {"kind": "passport"}})
    assert response.status == 400
