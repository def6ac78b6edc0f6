"""Template and subscription messages: cards, idempotence, what each field may say."""

from typing import Any

import pytest
from sandbox_stage import XX, Stage, staged

from sandbox.accounts import SandboxConfig, TemplateConfig
from sandbox.fields import card_fields

pytestmark = pytest.mark.asyncio


def template(data: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"touser": XX, "template_id": "T1", "data": {key: {"value": text} for key, text in data.items()}} | more


async def test_a_template_message_becomes_a_card_and_its_end_is_reported(stage: Stage) -> None:
    await stage.follow()
    data = {"thing1": "现场踏勘", "time2": "2026年11月25日 09:30", "phrase3": "待确认"}
    answer = await stage.api("message/template/send", template(data, url="https://a.example/c"))
    push = await stage.product.next()
    assert [push.get(tag) for tag in ("Event", "Status", "MsgID")] == [
        "TEMPLATESENDJOBFINISH",
        "success",
        str(answer["msgid"]),
    ]
    card = (await stage.phone())["entries"][-1]
    assert [(field["key"], field["label"], field["value"]) for field in card["fields"]] == [
        ("thing1", "事项", "现场踏勘"),
        ("time2", "时间", "2026年11月25日 09:30"),
        ("phrase3", "状态", "待确认"),
    ]
    assert card["url"] == "https://a.example/c"


async def test_client_msg_id_protects_for_ten_minutes(stage: Stage) -> None:
    await stage.follow()
    body = template({"thing1": "踏勘"}, client_msg_id="a-1")
    first, second = [(await stage.api("message/template/send", body))["msgid"] for _ in range(2)]
    stage.clock.set(601)
    third = (await stage.api("message/template/send", body))["msgid"]
    assert first == second != third
    assert sum(entry["kind"] == "template" for entry in (await stage.phone())["entries"]) == 2
    assert (await stage.api("message/template/send", body | {"client_msg_id": "x" * 33}))["errcode"] == 47003


async def test_a_person_who_blocks_templates(stage: Stage) -> None:
    await stage.follow()
    await stage.act("block_templates", on=True)
    assert (await stage.api("message/template/send", template({"thing1": "踏勘"})))["errcode"] == 0
    assert (await stage.product.next()).get("Status") == "failed:user block"
    assert all(entry["kind"] != "template" for entry in (await stage.phone())["entries"])


GOOD = [
    ("thing1", "二十个字以内的事项说明可以有标点。"), ("thing1", "a" * 20), ("character_string2", "XXLB-2026-000123"),
    ("number3", "12.5"), ("letter4", "abcDEF"), ("symbol5", "※★"[:1]), ("phrase6", "待您确认"), ("name7", "陈禾"),
    ("name7", "Li Ming"), ("phone_number8", "0373-5589000"), ("car_number9", "豫A12345"), ("amount10", "¥1200.50元"),
    ("time11", "09:30"), ("time11", "2026年11月25日 09:30~2026年11月25日 11:30"), ("time11", "2026-11-25 09:30:00"),
    ("date12", "2026年11月25日"), ("date12", "2026年11月25日 14:00~16:00"), ("const13", "已受理"),
]  # fmt: skip
BAD = [
    ("thing1", "a" * 21), ("thing1", ""), ("thing1", "两\n行"), ("thing1", "好😀"), ("character_string2", "编号1"),
    ("character_string2", "a" * 33), ("number3", "三"), ("number3", "1" * 33), ("letter4", "abc1"), ("phrase6", "ok"),
    ("phrase6", "一二三四五六"), ("name7", "一二三四五六七八九十一"), ("name7", "陈禾2"),
    ("phone_number8", "1" * 18), ("phone_number8", "电话"), ("car_number9", "豫A1234567"),
    ("amount10", "12345678901"), ("amount10", "很多"), ("time11", "25:00"), ("time11", "下午3点"),
    ("time11", "3:30 PM"), ("date12", "09:30"), ("date12", "2026年13月1日"), ("thing1.DATA", "踏勘"),
    ("subject", "踏勘"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), GOOD)
async def test_fields_the_platform_takes(key: str, value: str) -> None:
    assert card_fields({key: {"value": value}, "first": {"value": "您好"}}, None)[0].value == value


@pytest.mark.parametrize(("key", "value"), BAD)
async def test_fields_the_platform_refuses_by_name(stage: Stage, key: str, value: str) -> None:
    await stage.follow()
    answer = await stage.api("message/template/send", template({"thing9": "踏勘"} | {key: value}))
    assert answer["errcode"] == 47003
    assert f"data.{key}" in answer["errmsg"]


async def test_only_listed_templates_once_a_list_exists(config: SandboxConfig) -> None:
    known = TemplateConfig(template_id="T1", title="踏勘通知", fields={"thing1": "办件"}, enums={})
    account = config.accounts[0].model_copy(update={"templates": (known,)})
    async with staged(config.model_copy(update={"accounts": (account,)})) as stage:
        await stage.follow()
        assert (await stage.api("message/template/send", template({"thing1": "水"}, template_id="T2")))[
            "errcode"
        ] == 40037
        assert (await stage.api("message/template/send", template({"thing2": "水"})))["errcode"] == 47003
        assert (await stage.api("message/template/send", template({"thing1": "水"})))["errcode"] == 0
        card = (await stage.phone())["entries"][-1]
        assert (card["title"], card["fields"][0]["label"]) == ("踏勘通知", "办件")
