"""Figures as people tell them: pairs, sums, ranges, parts of rows, and those that are nobody's answer."""

import pytest

from tests.dialogues.telling import shortly, told

POWER = ("power_1_load", "power_1_old", "power_1_new", "power_2_load", "power_2_old", "power_2_new")


@pytest.mark.parametrize(
    ("turns", "load", "old", "new"),
    [
        (["报电 增容", "现在250 要400"], None, "250千伏安", "400千伏安"),
        (["报电 增容", "电现在是315的变压器，想换630"], None, "315千伏安", "630千伏安"),
        (["报电 增容", "315升630"], None, "315千伏安", "630千伏安"),
        (["报电 增容", "315kva→630kva 负荷480kw"], "480千瓦", "315千伏安", "630千伏安"),
        (["报电 增容", "从315增到630，负荷500"], "500千瓦", "315千伏安", "630千伏安"),
        (["报电 增容", "一路 原400现630千伏安 负荷520千瓦"], "520千瓦", "400千伏安", "630千伏安"),
        (["报电 增容", "315改成400，负荷从250涨到350千瓦"], "350千瓦", "315千伏安", "400千伏安"),
        (["报电 新装", "2台箱变各800kVA 合计申请1600 设备1440kW"], "1440千瓦", "0千伏安", "1600千伏安"),
        (["报电 新装", "负荷在80到100千瓦之间，按100报"], "100千瓦", "0千伏安", None),
        (["报电 新装", "申请315千伏安", "隔壁厂报的是500千伏安"], None, "0千伏安", "315千伏安"),
    ],
)
def test_one_supply(turns, load, old, new):
    found = shortly("xinxiang", *turns)
    assert [found.get(name) for name in POWER] == [load, old, new, None, None, None]


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        ("主供2000 备用1000 都是千伏安", [None, 2000, None, 1000]),
        ("主供电源容量1250千伏安，负荷1000千瓦；备用电源容量630千伏安，负荷450千瓦", [1000, 1250, 450, 630]),
        ("第一路 400千伏安 320千瓦；第二路不定", [320, 400, None, None]),
    ],
)
def test_two_supplies(said, cells):
    found = shortly("xinxiang", "报电 新装", said)
    names = [POWER[0], POWER[2], POWER[3], POWER[5]]
    numbers = [int("".join(filter(str.isdigit, found[name]))) if name in found else None for name in names]
    assert numbers == cells


def rows(*turns):
    values, _ = told("xinxiang", *turns)
    found = values["燃气"].get("用气设备、数量", [])
    flows = [one.get("单台额定流量") for one in found]
    return {
        one["设备名称"]: (int(one["台数"]), None if flow is None else float(flow))
        for one, flow in zip(found, flows, strict=True)
    }


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["大炒灶2 蒸箱1 煲仔炉1 流量分别是5、4、3"], {"大炒灶": (2, 5), "蒸箱": (1, 4), "煲仔炉": (1, 3)}),
        (["壁挂炉9个班每班1台 门厅再1台 每台2.2方"], {"壁挂炉": (10, 2.2)}),
        (["炒灶×3，单台3.2m3/h；蒸柜×1，单台4m3/h"], {"炒灶": (3, 3.2), "蒸柜": (1, 4)}),
        (["3台炒灶（4方）1台蒸柜（6方）"], {"炒灶": (3, 4), "蒸柜": (1, 6)}),
        (["炒灶、汤锅各2台，都是3.5方"], {"炒灶": (2, 3.5), "汤锅": (2, 3.5)}),
        (["炒灶每台4方，一共3台"], {"炒灶": (3, 4)}),
        (["猛火灶 3台，蒸箱一台", "流量：猛火灶5方，蒸箱3方"], {"猛火灶": (3, 5), "蒸箱": (1, 3)}),
        (["猛火灶 3台", "地址在小冀镇示范路10号", "猛火灶每台5方"], {"猛火灶": (3, 5)}),
        (["猛火灶5台单台4.5", "更正 猛火灶4"], {"猛火灶": (4, 4.5)}),
        (["桌灶32台 单台0.6方", "桌灶 包间撤了俩 30台"], {"桌灶": (30, 0.6)}),
        (["炒料锅2台 单台5方", "炒料锅流量5.5"], {"炒料锅": (2, 5.5)}),
        (["猛火灶 3台", "蒸箱多少钱一台"], {"猛火灶": (3, None)}),
    ],
)
def test_rows_that_are_told_in_parts(turns, expected):
    assert rows("报气 饭店", *turns) == expected


@pytest.mark.parametrize(
    ("county", "turns", "field", "value"),
    [
        ("jingxian", ["水新装", "一天用水60到80吨 按80报"], "water_demand", "80吨/日"),
        ("jingxian", ["水新装", "水费多少钱一吨"], "water_demand", None),
        ("jingxian", ["水增容", "现在60吨/日 要100吨/日", "水 100用不掉 90"], "water_demand", "90吨/日"),
        ("jingxian", ["水增容", "水 增容 现在五吨 要九吨 电 增容 50千瓦到80千瓦"], "power_main", "80千瓦"),
        ("jingxian", ["电新装", "一共40千瓦", "主供改55 可千万别晚"], "power_main", "55千瓦"),
        ("jingxian", ["电新装", "电八个千瓦", "搅拌机换了大的 电要十二个千瓦"], "power_main", "12千瓦"),
        ("jingxian", ["电新装", "电315千伏安 变压器要的"], "power_main", "315千伏安"),
        ("jingxian", ["网 电信 宽带 新装", "200兆多少钱一个月"], "net_bandwidth", None),
        ("jingxian", ["电信宽带 移机", "顺便提速 300兆提到500"], "net_bandwidth", "500兆"),
        ("jingxian", ["网 安广 电视 新装", "7间教室各一台", "电视砍掉2台"], "net_tvs", "5台"),
        ("xinxiang", ["报暖气", "建筑面积19860平 入网的18200", "不是18200，有6户不肯装，按17640算"], "heat_net_area", "17640平方米"),
        ("xinxiang", ["报暖气", "入网面积按实际住户 两万六千三百"], "heat_net_area", "26300平方米"),
        ("xinxiang", ["报通信", "地下管道6孔，Φ110，740米"], "network_duct_length", "740米"),
        ("xinxiang", ["报通信", "楼就1栋 户数写1 电信间2个"], "network_households", "1户"),
        ("xinxiang", ["报电 新装", "自备电源：柴油发电机组2×500kW"], "own_supply_capacity", "1000千瓦"),
        ("xinxiang", ["报电 新装", "厂房顶上装了光伏，装机容量1.2兆瓦"], "own_supply_capacity", "1200千瓦"),
        ("xinxiang", ["报电 新装", "一路 申请315千伏安 原来没有 负荷260千瓦"], "power_2_old", None),
    ],
)  # fmt: skip
def test_one_figure(county, turns, field, value):
    assert shortly(county, *turns).get(field) == value


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("1到4号楼再加7号楼 一共168户", ["1", "2", "3", "4", "7"]),
        ("楼号1到8 里头4号跟7号早拆了 没有", ["1", "2", "3", "5", "6", "8"]),
        ("1#到6#、8#、9#，没有7号楼", ["1", "2", "3", "4", "5", "6", "8", "9"]),
    ],
)
def test_buildings_that_are_not_there(said, numbers):
    values, _ = told("xinxiang", "报气 居民", said)
    assert values["燃气"]["报装范围(楼号)"] == numbers


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("打算11月15号用暖", "2025-11-15"),
        ("计划2026年10月底用热", "2026-10-31"),
        ("11月15号能用上暖吗", None),
    ],
)
def test_a_day_before_what_it_is_the_day_of(said, day):
    values, _ = told("xinxiang", "报暖气", said)
    assert values.get("热力", {}).get("拟用热时间") == day
