"""Lists of buildings with some left out, and digits that were forgotten."""

import pytest

from tests.dialogues.telling import told

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
