"""Lists of buildings with some left out, and digits that were forgotten."""

import pytest

from tests.dialogues.telling import filled, told

NINE = [str(n) for n in (1, 2, 3, 4, 5, 6, 8, 9, 10)]


@pytest.mark.parametrize(
    ("turns", "gas", "heat"),
    [
        (["燃气1#到6#、8#、9#、10#，没有7号楼"], NINE, None),
        (["燃气1到10号楼，不含7号楼", "热力跟燃气楼号一样"], NINE, NINE),
        (["暖气 楼号11到13", "气 11到13号楼", "不对 13号楼是幼儿园 气只报11到12"], ["11", "12"], ["11", "12", "13"]),
        (["21~23号楼", "燃气：楼跟热力那几栋相同", "23号楼改成酒店了，暖和气都把它划掉"], ["21", "22"], ["21", "22"]),
    ],
)
def test_buildings_left_out(turns, gas, heat):
    values, _ = told("xinxiang", "报暖气 燃气 居民", *turns)
    assert values["燃气"]["报装范围(楼号)"] == gas
    assert heat is None or values["热力"]["本次申请楼号"] == heat


def test_a_zero_too_few_is_put_where_the_new_number_fits():
    values, _ = told("xinxiang", "报电和通信", "自备柴油机40千瓦", "管道4孔 长1.2公里", "柴油机少打个零 400的")
    assert values["用电"]["自备电源容量(千瓦)"] == 400
    assert values["通信"]["地下通信管道长度(米)"] == 1200


ONE_TO_FIVE = ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("turns", "gas", "heat"),
    [
        (["天然气楼号1号一直到5号", "热力：楼栋同天然气", "4号楼用作幼儿园，天然气、热力的楼号里都去掉它"], ["1", "2", "3", "5"], ["1", "2", "3", "5"]),
        (["气：2、4、11号楼，合计380户", "她改口说11号楼应为12号楼"], ["2", "4", "12"], None),
        (["热力 楼是1、3、5，还有7到9号", "8号楼没有的，刚说“7到9”不对，就1、3、5、7、9这五栋"], None, ["1", "3", "5", "7", "9"]),
        (["燃气 楼号是15到17，另加21；交房时精装到位"], ["15", "16", "17", "21"], None),
        (["燃气 报的楼：1#至5#，另加8#，合计210户"], [*ONE_TO_FIVE, "8"], None),
        (["热力 总规划2.4万㎡ 1# 2# 3# 5# 当年就没盖4#"], None, ["1", "2", "3", "5"]),
        (["热力 楼是打1号排到5号，中间缺个4号"], None, ["1", "2", "3", "5"]),
        (["热力 这次是三号楼五号楼和七号楼，二号楼不报"], None, ["3", "5", "7"]),
        (["燃气 除了4号楼，1到5号楼报"], ["1", "2", "3", "5"], None),
        (["供热：本期为1期，楼是2号，建筑面积3900㎡"], None, ["2"]),
        (["供热：本期为1期，楼号1，建筑面积3900㎡"], None, ["1"]),
        (["燃气：1、2号楼，一共438户", "热力也报，楼号跟燃气一样，再加一栋9号"], ["1", "2"], ["1", "2", "9"]),
        (["热力是第2期，含1#至5#，计5栋", "天然气也是这5栋，210户"], ONE_TO_FIVE, ONE_TO_FIVE),
        (["燃气 1号楼到5号楼 648户", "供暖也是1到5号", "5号那栋做幼儿园 不报气 供暖的不改"], ONE_TO_FIVE[:4], ONE_TO_FIVE),
        (["燃气1到5号楼，2号楼没有电梯"], ONE_TO_FIVE, None),
        (["燃气一共6栋楼，400户"], None, None),
    ],
)  # fmt: skip
def test_buildings_listed(turns, gas, heat):
    values, _ = told("xinxiang", "报暖气 燃气 居民", *turns)
    assert values.get("燃气", {}).get("报装范围(楼号)") == gas
    assert values.get("热力", {}).get("本次申请楼号") == heat


def test_a_title_keeps_its_number():
    values, _ = told("xinxiang", "报暖气", "项目：林语一期", "热力：总规划7.8万平，其实分两期，热表量了也没装")
    assert values["基本信息"]["工程项目名称"] == "林语一期"


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        (("供暖的楼2号楼、3号楼", "三号楼这次不申请了"), "('2',)"),
        (("供暖的楼2# 3#", "3#撤了 只报2#"), "('2',)"),
        (("楼从14号到19号，中间16号空号不存在",), "('14', '15', '17', '18', '19')"),
        (("1-6号楼 扣掉4号(没这个号)和5号(已拆)",), "('1', '2', '3', '6')"),
        (("1到3号楼、5到6号楼", "6号楼改2个单元"), "('1', '2', '3', '5', '6')"),
    ],
)
def test_left_out_in_other_words(turns, numbers):
    assert numbers in filled("xinxiang", "热力", *turns)["heat_buildings"]
