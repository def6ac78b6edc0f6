"""What clerks and developers write down in short: ticks and boxes, figures without units, parts of what is told."""

import pytest

from tests.dialogues.telling import shortly, told

HEAT, NET, GAS = "热力", "通信", "燃气"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([HEAT, "热量表×；换热站√ 庭院管网×"], {"heat_station": True, "heat_yard_network": False, "heat_meter": False}),
        ([HEAT, "换热站：☑已建 □未建；庭院管网：□是☑否"], {"heat_station": True, "heat_yard_network": False}),
        ([HEAT, "换热站 是 庭院管网 否 还没做"], {"heat_station": True, "heat_yard_network": False}),
        ([NET, "接市政:是☑否□"], {"network_duct_joined": True}),
        ([NET, "与市政对接×；光交 GPX-144 4台"], {"network_duct_joined": False}),
        ([HEAT, "热力(南区=3期中的第3期)：总规划面积240,000㎡"], {"heat_phases": "3期", "heat_phase": "3期"}),
        ([HEAT, "热量表装了 品牌汇恒 560只", "更正 热表564 物业用房多4只"], {"heat_meter_count": "564块"}),
        (
            [HEAT, "热表装了牌子叫暖通达一共装了四百零八块"],
            {"heat_meter_brand": "暖通达", "heat_meter_count": "408块"},
        ),
        (
            [HEAT, "规划建面7.82万 入网7.05万 缴费7.05万 缴了2820000"],
            {"heat_fee_area": "70500平方米", "heat_fee_amount": "2820000元"},
        ),
        (
            [
                HEAT,
                "入网四万五千二",
                "配套费交的也是四万五千二一共一百八十万零八千",
                "不对入网是四万五千不是四万五千二",
            ],
            {"heat_net_area": "45000平方米", "heat_fee_area": "45200平方米", "heat_fee_amount": "1808000元"},
        ),
        ([NET, "管道4孔 孔径他先说100 查图是110 长150米"], {"network_duct_bore": "110毫米"}),
        ([NET, "通信：14栋(含1栋物业楼)，电信间14个"], {"network_buildings": "14栋"}),
        ([NET, "14栋楼", "楼宇数量物业楼别算 13栋"], {"network_buildings": "13栋"}),
        ([NET, "楼4栋 户数384（每栋96间 一间一户）"], {"network_households": "384户"}),
        (
            [NET, "东区：住宅9栋、728户；电信间9间\n西区(已通)：7栋、540户、电信间7间"],
            {"network_buildings": "9栋", "network_households": "728户", "network_rooms": "9个"},
        ),
        (
            [HEAT, "一期(前年已供暖)：1-5#，入网52300㎡\n二期：6-9#，入网66020㎡"],
            {"heat_net_area": "66020平方米"},
        ),
        ([NET, "7栋楼", "电信间一栋一个 7个 每个9平"], {"network_rooms": "7个", "network_room_area": "63平米"}),
        ([NET, "交接箱 288芯 2台 总容量576芯"], {"network_cabinet_capacity": "576芯"}),
        ([HEAT, "热表装了 牌子看不清"], {"heat_meter": True, "heat_meter_brand": None}),
        (["有线电视", "住宅小区 覆盖216户", "哦 底商18户也算上 那就覆盖234户"], {"tv_project": "住宅小区 覆盖234户"}),
        ([GAS, "居民 户数820", "12#砍掉了 户数就少72 剩748"], {"gas_households": "748户"}),
    ],
)
def test_notes(turns, expected):
    found = shortly("xinxiang", *turns)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        ([GAS, "居民 楼号1到15 没有4、13、14号 9号是幼儿园不装"], "1 2 3 5 6 7 8 10 11 12 15"),
        ([GAS, "居民 楼号：1-6#、8#、11#、12#", "12#砍掉了 不盖了"], "1 2 3 4 5 6 8 11"),
        ([GAS, "居民 楼号：1-8号楼，5号楼停建"], "1 2 3 4 6 7 8"),
        ([GAS, "居民 一号到四号楼加上七号楼五号六号是二期的"], "1 2 3 4 7"),
    ],
)
def test_buildings_left_out(turns, numbers):
    assert told("xinxiang", *turns)[0][GAS]["报装范围(楼号)"] == numbers.split()


def test_a_service_whose_figure_stays_is_wanted():
    found = shortly("xinxiang", "热力 燃气", "热表装了560只", "更正 热表564 燃气户数不动")
    assert set(found["services"].split("、")) == {"热力", "燃气"}
