"""Numbers told by another one's, lists of buildings in any words, and what is counted as a household."""

import pytest

from tests.dialogues.telling import shortly, told


@pytest.mark.parametrize(
    ("turns", "field", "value"),
    [
        (["报供暖", "建筑面积3900㎡，入网面积同数"], "heat_net_area", "3900平方米"),
        (["报供暖", "建面四千六百平 入网一样数"], "heat_net_area", "4600平方米"),
        (["报供暖", "入网面积89200平", "配套费：已缴，面积同入网面积，金额合计356.8万元"], "heat_fee_area", "89200平方米"),
        (["报供暖", "入网面积89200平", "配套费交齐了，交了四百零二万，按入网那个面积交的"], "heat_fee_area", "89200平方米"),
        (["报供暖", "建筑面积3900 入网和建筑面积不一样 要问"], "heat_net_area", None),
        (["报供暖", "入网4.15万 缴费面积跟入网一样", "配套费一百六十六万"], "heat_fee_area", "41500平方米"),
        (["报供暖", "入网4.15万 缴费面积跟入网一样", "配套费一百六十六万"], "heat_fee_amount", "1660000元"),
        (["报供暖", "总规划32万平米 一共三期 现在报的第二期"], "heat_phase", "2期"),
        (["报通信", "电信间4处，每处5.5㎡"], "network_room_area", "22平米"),
        (["报通信", "隔出来二百一十六间，间就是户，有多少间就报多少户"], "network_households", "216户"),
        (["报通信", "共6栋，户数以铺位计为240。电信间6间"], "network_households", "240户"),
        (["报通信", "管道孔12个 口径110 三百五十米"], "network_duct_bore", "110毫米"),
        (["报通信", "地下管道9孔、110孔径、长1.6千米"], "network_duct_bore", "110毫米"),
    ],
)  # fmt: skip
def test_numbers_told_by_others(turns, field, value):
    assert shortly("xinxiang", *turns).get(field) == value


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        (["报供暖", "楼栋：共8栋，1至4、6至9（缺5号）"], "1 2 3 4 6 7 8 9"),
        (["报供暖", "九栋住人的楼 1 2 3 5 6 7 8 9 10 没4号"], "1 2 3 5 6 7 8 9 10"),
        (["报供暖", "六栋楼 1到3 再5到7 缺4号楼"], "1 2 3 5 6 7"),
        (["报供暖", "楼从12号一直排到15号", "噢，13号楼别算进去，那栋不烧暖气"], "12 14 15"),
        (["报供暖", "10号到13号楼，12号是会所不要暖气", "13号楼只有一个单元"], "10 11 13"),
        (["报供暖", "8栋楼，2到3 天能通吗"], ""),
        (["报供暖", "5栋楼 每栋楼 6 层"], ""),
    ],
)
def test_buildings_in_any_words(turns, numbers):
    listed = shortly("xinxiang", *turns).get("heat_buildings", "")
    assert " ".join(one for one in listed.split("'") if one.isdigit()) == numbers


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["蒸汽锅炉（4吨的）两台，每台每小时320方；热水炉一台，96方每小时"], {"蒸汽锅炉": (2, 320), "热水炉": (1, 96)}),
        (["装蒸汽锅炉2台 都是四吨 一台耗气三百二十方/时"], {"蒸汽锅炉": (2, 320)}),
        (["双头的灶三个 一个钟头四方", "双头灶数漏了一个 四个"], {"双头灶": (4, 4)}),
        (["大锅灶3台，9方/台；汤炉1台，2方", "汤炉撤下，替换为开水器1台，4方"], {"大锅灶": (3, 9), "开水器": (1, 4)}),
        (["大锅灶两台 一台六方；汤炉一台，两方", "汤炉不装啦，拿开水器顶上，也是一台，三方"], {"大锅灶": (2, 6), "开水器": (1, 3)}),
        (["大锅灶两台 一台六方", "怕是大锅灶给她写成三台了吧 两台 别动"], {"大锅灶": (2, 6)}),
        (["层炉三台 每小时1.2个立方 旋转炉2台 每小时4.8方", "旋转炉多写一台 去掉"], {"层炉": (3, 1.2), "旋转炉": (1, 4.8)}),
        (["大锅灶1台，单台6方；炒菜灶2台，单台3.5方", "取消大锅灶，炒菜灶加为3台"], {"炒菜灶": (3, 3.5)}),
        (["蒸箱 两台 两台加一起5方"], {"蒸箱": (2, 2.5)}),
        (["直燃机2台 一台冬天用一台备 单台130方"], {"直燃机": (2, 130)}),
    ],
)  # fmt: skip
def test_things_called_and_counted_otherwise(turns, expected):
    rows = told("xinxiang", "报燃气 餐饮", *turns)[0]["燃气"]["用气设备、数量"]
    assert {one["设备名称"]: (int(one["台数"]), float(one["单台额定流量"])) for one in rows} == expected
