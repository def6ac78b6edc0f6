"""Figures told in other words: paid for a size, less than another, the same as it, put right, or nobody's."""

import pytest

from tests.dialogues.telling import shortly

HEAT = ("热力报装 小区", "总规划5万平 建筑面积8000平")


@pytest.mark.parametrize(
    ("turns", "size", "money"),
    [
        (["配套费按七千二交的，一共二十八万八"], "7200", "288000"),
        (["配套费照7200平交了，共28.8万元"], "7200", "288000"),
        (["配套费交了一半，一百八十七万块，算46750平方的"], "46750", "1870000"),
        (["配套的费缴完了 七千三的面积 二十一万九千块"], "7300", "219000"),
        (["配套费交了288000元", "热量表装了，共453块"], None, "288000"),
    ],
)
def test_a_fee_and_the_size_it_was_paid_for(turns, size, money):
    found = shortly("xinxiang", *HEAT, *turns)
    numbers = [found.get(name, "").replace("平方米", "").replace("元", "").replace(",", "") or None for name in FEE]
    assert numbers == [size, money]


FEE = ("heat_fee_area", "heat_fee_amount")


@pytest.mark.parametrize(
    ("said", "net"),
    [
        ("入网的要扣掉1200平", 6800),
        ("入网得减去1200平方米", 6800),
        ("入网面积与之相等", 8000),
        ("入网一样是八千", 8000),
        ("并网面积七千五", 7500),
    ],
)
def test_one_size_by_another(said, net):
    found = shortly("xinxiang", HEAT[0], f"总规划5万平，建筑面积8000平，{said}")
    assert int("".join(filter(str.isdigit, found["heat_net_area"]))) == net


@pytest.mark.parametrize(
    ("turns", "households"),
    [
        (["报装428户", "装一户收多少钱？"], 428),
        (["报装216户", "有36户，每户四十平，算不算小户型？"], 216),
        (["744户，96家小户型"], 744),
        (["报装一户，地址是6排4号", "地址写错了，是6排5号"], 1),
    ],
)
def test_households_are_those_applied_for(turns, households):
    found = shortly("xinxiang", "小区报燃气", *turns)
    assert int("".join(filter(str.isdigit, found["gas_households"]))) == households


@pytest.mark.parametrize(
    ("turns", "main"),
    [
        (["报电新装 22千瓦", "要装分拣线，用电提高到30千瓦"], "30千瓦"),
        (["报电 8千瓦增到45千瓦", "窑改小 45不要 要36kW"], "36千瓦"),
        (["报电 8千瓦增到45千瓦", "窑换小了，36千瓦就够，不要那个45了"], "36千瓦"),
        (["报电新装 主供500千瓦", "主供那个500后头跟的是kVA"], "500千伏安"),
    ],
)
def test_a_supply_put_right(turns, main):
    found = shortly("jingxian", *turns)
    assert found["power_main"] == main
    assert "power_spare" not in found


@pytest.mark.parametrize(("said", "demand"), [("日用约1200公斤", "1.2"), ("15t每天", "15"), ("2.5t/天", "2.5")])
def test_units_of_water(said, demand):
    assert shortly("jingxian", f"水新装 {said}")["water_demand"].startswith(demand)


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("自备电源为4台柴油发电机，单台1800千瓦", "7200千瓦"),
        ("自备两台柴油发电机，400和300千瓦，加起来填", "700千瓦"),
    ],
)
def test_generators_together(said, own):
    assert shortly("xinxiang", "报电 新装 工业", said)["own_supply_capacity"].replace(",", "") == own
