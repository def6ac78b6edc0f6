"""Figures that come from others: what is added to what there is, what is told of both rows, of all things, of each home."""

import pytest

from tests.dialogues.telling import shortly, told

POWER = ("power_1_load", "power_1_old", "power_1_new", "power_2_load", "power_2_old", "power_2_new")


@pytest.mark.parametrize(
    ("turns", "first", "second"),
    [
        (["报电 增容", "现有一台400的变压器，想再加一台630的"], (None, 400, 1030), ()),
        (["报电 增容", "原来400千伏安不动 再上一台630千伏安"], (None, 400, 1030), ()),
        (["报电 增容", "在原来500的基础上再加300千伏安"], (None, 500, 800), ()),
        (["报电 增容", "原来是160，这次增加90 到250千伏安"], (None, 160, 250), ()),
        (["报电 增容", "原有两台315的变压器，换成两台630的"], (None, 630, 1260), ()),
        (["报电 增容", "变压器现在是200的，跑不动了，换成400的，负荷350"], (350, 200, 400), ()),
        (["报电 新装", "上两台800的变压器 负荷1300千瓦"], (1300, 0, 1600), ()),
        (["报电 新装", "柴发 容量300千瓦", "第一路容量500千伏安"], (None, 0, 500), ()),
        (["报电 新装", "第一路报800千瓦，变压器1250千伏安", "直流桩改成6根，报的800和1250都不变"], (800, 0, 1250), ()),
        (["报电 增容", "两路各630 都申请到1250"], (None, 630, 1250), (None, 630, 1250)),
        (["报电 增容", "第一路800增到1250，第二路不动还是800"], (None, 800, 1250), (None, 800, 800)),
        (
            ["报电 新装", "主电源1000千伏安（负荷800千瓦），备用电源630千伏安（负荷500千瓦）"],
            (800, 0, 1000),
            (500, 0, 630),
        ),
        (
            ["报电 增容", "1#线原容量500，申请容量800，2#线原容量0，申请容量500，负荷分别是640和400千瓦"],
            (640, 500, 800),
            (400, 0, 500),
        ),
        (
            ["报电 增容", "一路原800千伏安 增到1600 按1280千瓦；二路原400千伏安 增到630 按500千瓦"],
            (1280, 800, 1600),
            (500, 400, 630),
        ),
        (
            ["报电 增容", "一路 现在1000 申请1600 负荷1200千瓦", "二路 这次新加 原先没有这一路 申请800 负荷六百千瓦"],
            (1200, 1000, 1600),
            (600, 0, 800),
        ),
        (["报电 新装", "第一路就300千瓦 第二路没有"], (300, 0, None), ()),
    ],
)  # fmt: skip
def test_supplies_added_up(turns, first, second):
    found = shortly("xinxiang", *turns)
    numbers = [
        int("".join(filter(str.isdigit, found[name]))) if name in found else None
        for name in POWER
    ]  # fmt: skip
    assert numbers == [*first, *(second or (None, None, None))]


@pytest.mark.parametrize(
    ("turns", "main"),
    [
        (["电增容", "现用400千伏安 再加315千伏安 两台一起用"], "715千伏安"),
        (["电增容", "电50千瓦 再加20千瓦"], "70千瓦"),
        (["电新装", "主供容量：500千瓦\n备供容量：200千瓦", "主供的单位写错了，500是千伏安，备供没错就是千瓦"], "500千伏安"),
        (["电增容 宽带新装", "电由8千瓦加到45千瓦", "宽带500M", "窑换小一号了，45改36"], "36千瓦"),
    ],
)  # fmt: skip
def test_a_chosen_unit(turns, main):
    assert shortly("jingxian", *turns).get("power_main") == main


def rows(*turns):
    values, _ = told("xinxiang", "报燃气 饭店用", *turns)
    found = values["燃气"].get("用气设备、数量", [])
    return {one["设备名称"]: (int(one["台数"]), float(one["单台额定流量"])) for one in found}


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["灶的话就三个猛火灶 一个钟头5方一个"], {"猛火灶": (3, 5)}),
        (["所以报一台2蒸吨的燃气锅炉，铭牌耗气每小时160方"], {"2蒸吨的燃气锅炉": (1, 160)}),
        (["一台燃气锅炉，1蒸吨的，每小时80方"], {"燃气锅炉": (1, 80)}),
        (["烤鸭炉1台 5个方 双头灶3台 每台6个方"], {"烤鸭炉": (1, 5), "双头灶": (3, 6)}),
        (["双头炒炉3台，合计15方"], {"双头炒炉": (3, 5)}),
        (["有猛火灶3个，汤灶1个，流量都是4方"], {"猛火灶": (3, 4), "汤灶": (1, 4)}),
        (["炒炉2台 每台3方", "再加一台蒸箱 2方"], {"炒炉": (2, 3), "蒸箱": (1, 2)}),
        (["炒炉2台 每台3方", "漏报了一台烤箱 1.8方"], {"炒炉": (2, 3), "烤箱": (1, 1.8)}),
        (["我们三台炒菜的灶 一台一小时大概4方"], {"炒菜灶": (3, 4)}),
        (["热水锅炉2台 一台每小时38方 还有一台备用的小锅炉 12方"], {"热水锅炉": (2, 38), "小锅炉": (1, 12)}),
        (["气多少钱一方"], {}),
    ],
)
def test_rows_that_leave_something_out(turns, expected):
    assert rows(*turns) == expected


@pytest.mark.parametrize(
    ("county", "turns", "field", "value"),
    [
        ("xinxiang", ["住宅小区报燃气", "12栋楼 每栋40户"], "gas_households", "480户"),
        ("xinxiang", ["住宅小区报燃气", "4栋楼，每栋2个单元，一个单元15户"], "gas_households", "120户"),
        ("xinxiang", ["住宅小区报燃气", "3栋×36户"], "gas_households", "108户"),
        ("xinxiang", ["报热力", "总规划面积12800平方米 只有一期 本次就是1期3号楼"], "heat_phases", "1期"),
        ("xinxiang", ["报热力", "配套费交了 面积9800 金额29万4", "蒸饭柜单台3.2"], "heat_fee_amount", "294000元"),
        ("xinxiang", ["报热力", "配套费一平40 面积3万2 都交过了"], "heat_fee_amount", "1280000元"),
        ("jingxian", ["装宽带 固话10门", "固话10门多了，减4门"], "net_phones", "6门"),
    ],
)
def test_one_figure_by_another(county, turns, field, value):
    assert shortly(county, *turns).get(field) == value
