"""Capacities, generators and kinds of use told in other words: a unit before its number, what others have, a yes taken back."""

import pytest

from tests.dialogues.telling import shortly

_GROWN = "用电增容 第一路现有100千伏安 申请200千伏安 150千瓦"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            ("电增容", "一路 现有315 要到800 千瓦640"),
            {"power_1_load": "640千瓦", "power_1_old": "315千伏安", "power_1_new": "800千伏安"},
        ),
        ((_GROWN, "更正 千瓦170"), {"power_1_load": "170千瓦", "power_1_new": "200千伏安"}),
        ((_GROWN, "千瓦数 一百七 工业"), {"power_1_load": "170千瓦", "power_category": "工业"}),
        ((_GROWN, "加到250 千瓦写220"), {"power_1_load": "220千瓦", "power_1_new": "250千伏安"}),
        ((_GROWN, "自备 发电机75千瓦一台", "更正 申请250千伏安 190千瓦"), {"power_1_load": "190千瓦"}),
        ((_GROWN, "二路 200千瓦 250千伏安", "二路拿掉 不要了"), {"power_2_load": None, "power_2_new": None}),
        ((_GROWN, "二百怕不够 隔壁面馆就报了三百 我报二百五吧"), {"power_1_new": "250千伏安"}),
        ((_GROWN, "去年那厂房是315的"), {"power_1_new": "200千伏安"}),
        ((_GROWN, "我姐夫鸡场装的80的变压器"), {"power_1_new": "200千伏安"}),
        (("挂面房 用电新装", "六十千瓦"), {"power_1_load": "60千瓦", "applicant_name": None}),
        (("用电新装", "发电机没有非线性那个也没有我问过了"), {"own_supply": False, "nonlinear_load": False}),
        (("用电新装", "柴油机有 哦去年卖了 没有"), {"own_supply": False}),
        (
            ("用电增容", "自备 柴油机 原120千瓦那台报废了 现在用200千瓦的"),
            {"own_supply": True, "own_supply_capacity": "200千瓦", "power_1_load": None},
        ),
        (
            ("冷库电要增容", "第一路 原来是315的变压器", "换成630"),
            {"power_1_old": "315千伏安", "power_1_new": "630千伏安"},
        ),
        (("豆腐坊 加电", "30千伏安到80千伏安"), {"power_1_old": "30千伏安", "power_1_new": "80千伏安"}),
        ((_GROWN, "第二路不需要", "刚才两百写低了 写三百千伏安"), {"power_1_new": "300千伏安", "power_2_new": None}),
        (("用水移表", "三口人吃饭用的水"), {"water_nature": "居民生活"}),
        (("安置房 报燃气", "户数1056", "都是毛坯"), {"gas_fitting": "毛坯房安装"}),
        (("用电新装", "类别 他先说工业 又改口 按商业"), {"power_category": "商业"}),
    ],
)
def test_told_of_power(turns, expected):
    """What the message says of the supply, and nothing of anybody else's."""
    told = shortly("xinxiang", *turns)
    assert {name: told.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("新房 水新装", "水一天半吨"), {"water_demand": "0.5吨/日"}),
        (("充电站 报电新装", "变压器2台 每台800千伏安"), {"power_main": "1600千伏安"}),
        (("用电新装 30千瓦", "变压器我们这哪用得着"), {"power_transformer": False}),
        (("用电新装 30千瓦", "变压器村里现成的 我们不装"), {"power_transformer": False}),
        (("拉条宽带 电信 100兆", "固话电视都没有"), {"net_kind": "宽带"}),
        (("宽带座机都要", "座机大厅2门、柜台4门、办公室3门"), {"net_phones": "9门"}),
        (("家里宽带移机 移动的 300兆", "更正 新房502"), {"net_bandwidth": "300兆"}),
        (("店里装宽带 移动的", "取款机不在这次范围 那个电信专线不动"), {"net_operator": "移动"}),
        (("理发店装宽带", "店里就两个人用 还有个监控"), {"applicant_type": None}),
        (("宽带挪个家",), {"net_business": "迁移"}),
        (("水电都要新装 店搬到新菜场边上 还要个宽带",), {"net_business": "新装"}),
    ],
)
def test_told_of_power_and_network(turns, expected):
    """The same where one capacity is asked for, and of the network."""
    told = shortly("jingxian", *turns)
    assert {name: told.get(name) for name in expected} == expected
