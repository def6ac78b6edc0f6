"""Figures told by the hour, the day or the head, and those whose form belongs to something else."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("said", "demand"),
    [
        ("水一个钟头用两吨一天开十个钟头", "20吨/日"),
        ("水需求 每小时5吨 每天开工8小时", "40吨/日"),
        ("工厂用水 每小时5立方", None),  # nobody says for how long
        ("水 20人 每人每天150升", None),
        ("用水需求：每天35方", "35吨/日"),
    ],
)
def test_water_in_a_day(said, demand):
    assert shortly("jingxian", said).get("water_demand") == demand


@pytest.mark.parametrize(
    ("said", "load"),
    [
        ("茶厂炒茶要气 每天用200方", None),
        ("气 通气点火 一小时30方 一天开8个小时", "30方/小时"),
        ("气 用量大概25个立方 一个小时", "25方/小时"),
    ],
)
def test_gas_in_an_hour(said, load):
    assert shortly("jingxian", said).get("gas_load") == load


def test_three_figures_apart_are_no_telephone():
    found = shortly("xinxiang", "用电新装", "第二路 200 0 250")
    assert found["power_2_load"] == "200千瓦"


def test_what_was_paid_for_is_no_bill():
    found = shortly("xinxiang", "热力：建面 30000；入网 28500；缴费面积 28500；缴费金额 1140000元")
    assert (found["heat_fee_area"], found["heat_fee_amount"]) == ("28500平方米", "1140000元")


def test_loads_in_turn_without_units():
    found = shortly("xinxiang", "用电 主供1250千伏安 备供630千伏安 负荷分别是1000和500千瓦")
    assert (found["power_1_load"], found["power_2_load"]) == ("1000千瓦", "500千瓦")


def test_homes_of_all_buildings():
    assert shortly("xinxiang", "燃气 三栋楼每栋两个单元每单元24户")["gas_households"] == "144户"


def test_tenths_of_a_kilometre():
    assert shortly("xinxiang", "通信 地下通信管道有9孔的，内径100，一公里二")["network_duct_length"] == "1200米"
