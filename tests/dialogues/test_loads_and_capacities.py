"""A load that changes is not the capacity, rows share the words before them, and what was sold is there no more."""

import pytest

from tests.dialogues.telling import shortly

NEW = "电 新装 一路 报2500kVA 负荷1900千瓦"


@pytest.mark.parametrize(
    ("turns", "cells"),
    [
        ([NEW, "一路负荷1750 容量照旧"], {"power_1_load": "1750千瓦", "power_1_new": "2500千伏安", "power_1_old": "0千伏安"}),
        ([NEW + " 二路一样", "负荷两路都改成1750"], {"power_1_load": "1750千瓦", "power_2_load": "1750千瓦", "power_2_new": "2500千伏安"}),
        ([NEW, "一路负荷不变 申请2000"], {"power_1_load": "1900千瓦", "power_1_new": "2000千伏安", "power_1_old": "0千伏安"}),
        ([NEW, "一路申请容量改成2000"], {"power_1_load": "1900千瓦", "power_1_new": "2000千伏安"}),
        (["电 增容 眼下一路400 二路200 千伏安"], {"power_1_old": "400千伏安", "power_2_old": "200千伏安"}),
        (["电 新装 一路400 二路200 千伏安"], {"power_1_new": "400千伏安", "power_2_new": "200千伏安"}),
    ],
)  # fmt: skip
def test_loads_beside_capacities(turns, cells):
    found = shortly("xinxiang", *turns)
    assert {name: found.get(name) for name in cells} == cells


@pytest.mark.parametrize(
    ("text", "power"),
    [
        ("以前配过一台40千瓦的柴油机，早报废了", None),
        ("从前有台20千瓦的发电机 前年卖给亲戚了", None),
        ("去年买了台40千瓦的柴油机，备着停电用", "40千瓦"),
    ],
)
def test_a_generator_that_is_gone(text, power):
    found = shortly("xinxiang", "电增容", text)
    assert found.get("own_supply_capacity") == power and found.get("own_supply") == (True if power else None)


def test_the_same_as_somebody_is_no_number():
    assert shortly("jingxian", "电增容 原来是3千瓦 加到6千瓦", "6怕不够 那跟我叔一样")["power_main"] == "6千瓦"


def test_firms_in_a_question_are_no_homes():
    assert shortly("xinxiang", "通信 户数84户 7栋", "两家能不能同一天来")["network_households"] == "84户"


@pytest.mark.parametrize(
    ("text", "odd"), [("水泵变频不变频我搞不懂", None), ("水泵不变频", False), ("水泵是变频的 算非线性", True)]
)
def test_one_who_does_not_know_says_neither(text, odd):
    assert shortly("xinxiang", "电增容", text).get("nonlinear_load") == odd


@pytest.mark.parametrize(
    ("text", "main"), [("200有点紧 要250", "250千伏安"), ("人家嫌160紧 200正好", "200千伏安"), ("200不紧", "200千伏安")]
)
def test_what_is_tight_is_too_little(text, main):
    assert shortly("jingxian", "电 现125千伏安 要到200", text)["power_main"] == main
