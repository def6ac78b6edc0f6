"""Cells of a story are counted as a careful clerk would: spelling does not matter, values do."""

from decimal import Decimal

import pytest

from bench.scoring import Tally, same, tally

NOTHING = {"values": {}, "to_confirm": [], "asked": [], "missing": []}


def counted(expected, **result):
    return tally({"turns": ["…", "…"], "expected": expected}, {**NOTHING, **result})


@pytest.mark.parametrize(
    ("want", "got", "label"),
    [
        (70000, "7万平方米", "规划建筑面积"),
        (1500, "1.5公里", "地下通信管道长度"),
        (3.5, Decimal("3.50"), "单台额定流量"),
        ({"数值": 630, "单位": "千伏安"}, "630 kVA", "主供容量"),
        ({"数值": 630, "单位": "千伏安"}, {"数值": Decimal(630), "单位": "千伏安"}, "主供容量"),
        ("0373-5080217", "（0373）5080217", "联系电话"),
        ("泾川镇青弋路20号", "安徽省宣城市泾县泾川镇青弋路 20号", "使用地址"),
        ("2025-03-14 上午", "2025年3月14日 09:30", "计划时间"),
        ("新装", ["新装"], "申请种类"),
        (["1", "2", "3"], ["3号楼", "2#", "1"], "报装范围"),
        ("工业", {"选项": "工业", "说明": "茶叶加工"}, "业务性质"),
        ({"_contains": ["其他", ["桥", "路"]]}, {"选项": "其他", "说明": "修路"}, "业务性质"),
        (
            [{"设备": "炒灶", "台数": 4}, {"设备": "蒸柜", "台数": 1}],
            [{"设备": "蒸柜", "台数": 1, "序号": 1}, {"设备": "炒灶", "台数": 4}],
            "x",
        ),
    ],
)
def test_the_same_value_in_another_spelling(want, got, label):
    assert same(want, got, label)


@pytest.mark.parametrize(
    ("want", "got", "label"),
    [
        (70000, 7, "规划建筑面积"),
        ({"数值": 630, "单位": "千伏安"}, "630千瓦", "主供容量"),
        ("0373-5080217", "5080217", "联系电话"),
        ("泾川镇青弋路20号", "泾川镇青弋路21号", "使用地址"),
        ("2025-03-14 上午", "2025-03-14", "计划时间"),
        (["1", "2"], ["1"], "报装范围"),
        ({"_contains": ["其他", "桥"]}, "其他", "业务性质"),
        ([{"设备": "炒灶", "台数": 4}], [{"设备": "炒灶", "台数": 4}, {"设备": "炒灶", "台数": 4}], "x"),
        ([{"设备": "炒灶"}, {"设备": "炒灶"}], [{"设备": "炒灶"}, {"设备": "蒸柜"}], "x"),
    ],
)
def test_another_value(want, got, label):
    assert not same(want, got, label)


def test_each_cell_is_right_wrong_missing_or_invented():
    expected = {"用电": {"业务类型": "新装", "第一路电源容量": {"千瓦": 20, "申请容量(千伏安)": 30}}}
    got = {"用电": {"业务类型": "增容", "第一路电源容量": {"千瓦": 20}, "自备电源": "有"}}
    found = counted(expected, values=got)
    assert (found.right, found.wrong, found.missing, found.invented, found.usable) == (1, 1, 1, 1, 0)
    assert (found.precision, found.recall) == (1 / 3, 1 / 3)


def test_a_guess_that_is_marked_is_no_invention_and_a_marked_slip_leaves_the_story_usable():
    expected = {"用电": {"业务类型": "新装"}}
    got = {"用电": {"业务类型": "增容", "自备电源": "有"}}
    found = counted(expected, values=got, to_confirm=["用电/业务类型", "用电/自备电源"])
    assert (found.wrong, found.invented, found.usable) == (1, 0, 1)
    assert counted(expected, values=got, to_confirm=["用电"]).usable == 0  # a section is no cell


def test_what_a_clerk_would_ask_about_may_be_left_open_if_it_is_asked():
    expected = {"用水": {"供水需求": 3}, "_待确认": ["供水需求: 三吨来的"]}
    assert counted(expected, asked=["用水/供水需求"]) == Tally(stories=1, turns=2, usable=1)
    assert counted(expected).missing == 1


def test_marking_what_was_said_plainly_is_needless():
    got = {"用水": {"申请种类": "新装"}}
    assert counted(got, values=got, to_confirm=["用水/申请种类"]).needless == 1
    assert counted({**got, "_待确认": ["申请种类"]}, values=got, to_confirm=["用水/申请种类"]).needless == 0


def test_a_part_of_the_form_that_is_closed_must_stay_empty():
    got = {"燃气": {"报装户数": 3}}
    assert counted(got, values=got).usable == 1
    assert counted({**got, "_不应填写": ["居民客户"]}, values=got).usable == 0


def test_what_may_be_filled_in_is_no_invention_if_it_is_right():
    expected = {"_可填": {"基本信息": {"工程项目地址": "示范路1号"}}}
    assert counted(expected, values={"基本信息": {"工程项目地址": "示范路1号"}}).invented == 0
    assert counted(expected, values={"基本信息": {"工程项目地址": "示范路2号"}}).invented == 1


def test_tallies_add_up():
    assert Tally(1, 5, 10, 1, 2, 3, 4, 1) + Tally(1, 1, 1, 1, 1, 1, 1, 0) == Tally(2, 6, 11, 2, 3, 4, 5, 1)
