"""Heating, telecommunication and television: what is told of each building, of the same homes, of one phase."""

import pytest

from tests.dialogues.telling import shortly

ALL = "河南示例置业有限公司 热力 通信 有线电视 三样报装"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["楼4栋", "电信间一栋一个，一个10平米"], {"network_rooms": "4个", "network_room_area": "40平米"}),
        (["电信间一栋一个 7个 每个9平"], {"network_rooms": "7个", "network_buildings": None}),
        (["管孔6 径110 长980米"], {"network_duct_holes": "6孔", "network_duct_bore": "110毫米"}),
        (["二百八十八户 三栋", "通信 户数栋数同上"], {"network_households": "288户", "network_buildings": "3栋"}),
        (["通信 户数304", "有线 住宅 户数同上"], {"tv_project": "住宅 304户"}),
        (
            ["有线：学生公寓3栋 覆盖264间 宿舍用"],
            {"tv_project": "学生公寓3栋 覆盖264间 宿舍用", "applicant_address": None},
        ),
        (
            ["热：楼号1至9 其中5号 7号已拆 不报"],
            {"heat_buildings": "shape='buildings' numbers=('1', '2', '3', '4', '6', '8', '9')"},
        ),
        (["3号楼一栋 建面5400"], {"heat_buildings": "shape='buildings' numbers=('3',)"}),
        (["户数704", "表装了 恒衡牌 710只", "更正 表数跟户数一样"], {"heat_meter_count": "704块"}),
        (["换热站小区里有 这次装的恒泽牌 热表6块"], {"heat_station": True, "heat_meter_brand": "恒泽"}),
        (
            ["拟用热今年11月15日 热量表装了 华衡牌 4块"],
            {"heat_meter": True, "heat_meter_brand": "华衡", "heat_meter_count": "4块"},
        ),
    ],
)
def test_what_is_told_of_them(turns, expected):
    found = shortly("xinxiang", ALL, *turns)
    assert {name: found.get(name) for name in expected} == expected


def test_a_count_is_nobodys_name():
    turns = ["园区通信报装", "河南示例园区管理有限公司 91410721MA006211XL", "法人 郗永刚 410721198309170001"]
    found = shortly("xinxiang", *turns, "七里营镇经三路18号 联系电话18600006211", "户数212", "7栋楼")
    assert found["network_buildings"] == "7栋"


SIDE_BY_SIDE = """热力数据
          一期（21年已供暖）   二期
楼号      1# 2# 3# 5#         6#-9#、11#
建筑面积  61200               73850
热量表    已装602块           未装
这次只报二期 一期那列是留着对照的"""
BELOW = "期\t楼号\t规划建面(㎡)\t入网(㎡)\n一期\t1-5#\t56800\t52300\n二期\t6#、7#、9-12#\t71250.5\t66020\n三期\t未开工"


@pytest.mark.parametrize(
    ("turns", "buildings", "area"),
    [
        ([SIDE_BY_SIDE], "6 7 8 9 11", "73850平方米"),
        ([BELOW], "6 7 9 10 11 12", "71250.5平方米"),
        (["分3期 这次报1期", BELOW], "1 2 3 4 5", "56800平方米"),
        ([f"{BELOW}\n本次申请一期"], "1 2 3 4 5", "56800平方米"),
    ],
)
def test_of_a_table_of_phases_one_is_read(turns, buildings, area):
    found = shortly("xinxiang", ALL, *turns)
    assert found["heat_built_area"] == area
    assert all(f"'{one}'" in found["heat_buildings"] for one in buildings.split())
    assert found["heat_buildings"].count("'") == 2 * len(buildings.split()) + 2
    assert "heat_meter_count" not in found
