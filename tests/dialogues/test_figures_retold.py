"""Figures as others would say them: of each building, counted like things, told by another, and what is no figure at all."""

import pytest

from tests.dialogues.telling import shortly

ROOMS = ("network_buildings", "network_rooms", "network_room_area")
HEAT = ("heat_built_area", "heat_net_area", "heat_fee_area", "heat_fee_amount")
NET = ("net_kind", "net_bandwidth", "net_phones", "net_tvs")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["楼总共三栋 电信间有三个面积加一块三十六个平方"], ("3栋", "3个", "36平米")),
        (["楼6栋 一栋一个电信间 一间12平"], ("6栋", "6个", "72平米")),
        (["楼就一栋，9层。电信间每层设1间，一间6平米。"], ("1栋", "9个", "54平米")),
        (["四栋楼；每栋设电信间俩，单间18㎡"], ("4栋", "8个", "144平米")),
        (["楼一共五栋，每栋一个电信间，合5个，每个10平米"], ("5栋", "5个", "50平米")),
        (["8栋 每栋两个弱电间 每个弱电间8平"], ("8栋", "16个", "128平米")),
        (["6栋楼，电信间6间，总面积72㎡"], ("6栋", "6个", "72平米")),
        (["楼6栋 电信间6间，合起来78平方", "新图上电信间多出1间，是7间，面积91㎡"], ("6栋", "7个", "91平米")),
    ],
)
def test_rooms_of_each_building(turns, expected):
    filled = shortly("xinxiang", "报通信", *turns)
    assert tuple(filled.get(one) for one in ROOMS) == expected


def test_an_area_with_another_name_is_not_that_of_the_rooms():
    assert "network_room_area" not in shortly("xinxiang", "报热力 通信", "电信间5个，供热总面积6万平")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            ["建筑面积两万一千平，入网的比它小一千平", "费用（配套费）缴清了，面积按入网那个数，金额共八十万元"],
            ("21000平方米", "20000平方米", "20000平方米", "800000元"),
        ),
        (
            ["建面7.2万平，要入网的六万八千五；钱（配套费）早交完了，按入网那个面积交的，二百七十四万整"],
            ("72000平方米", "68500平方米", "68500平方米", "2740000元"),
        ),
        (
            ["规划建筑面积10.5万㎡，其中八成入网", "热力配套费已按入网面积缴，共三百三十六万元"],
            ("105000平方米", "84000平方米", "84000平方米", "3360000元"),
        ),
        (
            ["建面三万平 入网只有26300个平方，空房没算", "配套费交得干干净净，按26300个平方交的，七十八万九"],
            ("30000平方米", "26300平方米", "26300平方米", "789000元"),
        ),
        (
            ["规划建筑6.84万平方米，申请入网6.3万平方米。配套费交过了，按6.3万平方米交的，一共252万。"],
            ("68400平方米", "63000平方米", "63000平方米", "2520000元"),
        ),
        (["建面五万平，入网占九成", "配套费没交"], ("50000平方米", "45000平方米", None, None)),
        (["规划建筑63000㎡，其中入网58600㎡，配套费照入网面积一次交清，2344000元"],
         ("63000平方米", "58600平方米", "58600平方米", "2344000元")),
    ],
)  # fmt: skip
def test_areas_told_by_others_and_what_was_paid_for_them(turns, expected):
    filled = shortly("xinxiang", "报热力", *turns)
    assert tuple(filled.get(one) for one in HEAT) == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["她说电视多报了，按10台"], ("宽带、有线电视", "500兆", None, "10台")),
        (["电视不是12台，重新算：9个班各1台，另加门厅1台。"], ("宽带、有线电视", "500兆", None, "10台")),
        (["不对 只要宽带"], ("宽带", "500兆", None, "12台")),  # what is not asked for any more is kept, and not printed
    ],
)
def test_a_count_put_right_ticks_nothing_anew(turns, expected):
    filled = shortly("jingxian", "网 宽带500兆 有线电视12台", *turns)
    assert tuple(filled.get(one) for one in NET) == expected


@pytest.mark.parametrize(
    ("county", "turns", "field", "value"),
    [
        ("xinxiang", ["报电", "自备发电机三台，一台150千瓦"], "own_supply_capacity", "450千瓦"),
        ("xinxiang", ["报电", "柴油机两台，其中一台300千瓦，另一台200千瓦"], "own_supply_capacity", "500千瓦"),
        ("xinxiang", ["报电 增容", "现有200个kVA，想要400个kVA"], "power_1_new", "400千伏安"),
        ("xinxiang", ["报燃气 居民 户数190户", "电话末位应为3，我敲成了8"], "gas_households", "190户"),
        ("xinxiang", ["报通信", "更改三处：1）管道内径应为100；2）交接箱要5台"], "network_duct_bore", "100毫米"),
        ("jingxian", ["电增容 备供60千瓦", "备供应该是80千瓦，先头说的60不对"], "power_spare", "80千瓦"),
        ("jingxian", ["气 通气点火", "压力2000帕，每钟头用气4方"], "gas_pressure", "2千帕"),
        ("xinxiang", ["报热力", "热量表选了汇通牌两块，目前没安装。"], "heat_meter", False),
        ("xinxiang", ["报热力", "共两期 报头一期"], "heat_phase", "1期"),
        ("xinxiang", ["报临时用电", "一台250千伏安的箱变 原来没电"], "power_1_old", "0千伏安"),
        ("xinxiang", ["报电 新装", "变压器要30kVA……改，电工让报50kVA"], "power_1_new", "50千伏安"),
        ("xinxiang", ["报电 新装", "变压器弄个二十千伏安的中不中 哦 电工讲得三十个千伏安"], "power_1_new", "30千伏安"),
        ("xinxiang", ["报电 新装 50千伏安", "电缆公里数写颠倒啦，应为1.53。"], "power_1_new", "50千伏安"),
        ("xinxiang", ["报通信", "两个电信间拢共三十六平"], "network_rooms", "2个"),
        ("xinxiang", ["报用电和通信", "电和通信两家一起报"], "network_households", None),
        ("jingxian", ["电 主供250千伏安", "项目经理回复250偏小，改报315"], "power_main", "315千伏安"),
        ("jingxian", ["水 增", "现状每天30吨，需在此基础上增加20吨"], "water_demand", "50吨/日"),
        ("jingxian", ["网 移动", "宽带300M，再拉50M专线到宣城"], "net_bandwidth", "300兆"),
        ("jingxian", ["网 宽带500兆", "还得拉一条专线，带宽100M"], "net_bandwidth", "500兆"),
        ("xinxiang", ["报燃气 居民", "980户 小户型180户", "小户型少报了20户"], "gas_households", "980户"),
        ("xinxiang", ["报燃气 居民", "980户 小户型180户", "户数少报了20户"], "gas_households", "1000户"),
        ("xinxiang", ["报热力 通信", "通信：532户", "热表装好了，540块", "热表数目同户数"], "heat_meter_count", "532块"),
    ],
)  # fmt: skip
def test_which_of_several_numbers_is_meant(county, turns, field, value):
    assert shortly(county, *turns).get(field) == value


ROWS = ("power_1_load", "power_1_old", "power_1_new", "power_2_load", "power_2_old", "power_2_new")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            ["报电 新装", "头一路变压器10000kVA，用8000kW；另一路照抄头一路", "两路的用电负荷统统降为7600kW"],
            ("7600千瓦", "0千伏安", "10000千伏安", "7600千瓦", "0千伏安", "10000千伏安"),
        ),
        (
            ["报电 增容", "第一路：现在有500，想要800，用到680；第二路：现在是空白，想要315，用到260"],
            ("680千瓦", "500千伏安", "800千伏安", "260千瓦", None, "315千伏安"),
        ),
    ],
)
def test_rows_told_without_units_or_by_the_other(turns, expected):
    filled = shortly("xinxiang", *turns)
    assert tuple(filled.get(one) for one in ROWS) == expected
