"""Yes and no, trades and appointments in the plain words of many people."""

import pytest

from tests.dialogues.telling import filled, shortly


@pytest.mark.parametrize(
    ("said", "transformer", "peak"),
    [
        ("电新装 变压器我不要 峰谷给我开", False, True), ("电新装 30千瓦 不上变压器，谷峰也给免了", False, False),
        ("电新装，变压器要装；峰谷电价开通与否，他得回院里商量后答复", True, None),
        ("电新装 变压器由厂家一起装 分时电价要", True, True),
    ],
)  # fmt: skip
def test_transformer_and_peak(said, transformer, peak):
    found = shortly("jingxian", said)
    assert found["power_business"] == "新装"
    assert (found["power_transformer"], found.get("power_peak")) == (transformer, peak)


def test_neither_of_two():
    found = shortly("xinxiang", "报气，住宅精装交付，没有小户型也没有廉租房")
    assert (found["gas_small_flats"], found["gas_public_flats"]) == (False, False)


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("power_category", "电新装，手机维修店", "商业"), ("water_nature", "报水 电 开个宠物店", "非居民生活"),
        ("water_kind", "水表埋在路底下了，想提到院墙边上", "移表"), ("gas_use", "报气 打烧饼用", "餐饮"),
        ("water_kind", "水管从邻居家屋底下过，想改到外头", "移管线"), ("gas_use", "报气 铁艺厂喷塑固化用", "工业设备"),
    ],
)  # fmt: skip
def test_trades_and_doings(field, said, value):
    assert filled("xinxiang", said)[field] == value


def test_no_trade_in_a_particle():
    assert "power_category" not in filled("xinxiang", "用电 开个票吧")


@pytest.mark.parametrize(
    ("turns", "day"),
    [
        (("装宽带 周四下午", "周四有事 往后推一天"), "10, 24) half='下午'"),
        (("装宽带 这周五下班前",), "10, 24) half='下午'"),
    ],
)
def test_days(turns, day):
    assert day in filled("jingxian", *turns)["planned_time"]
