"""What is to be done, told by pipes laid, meters broken or moved, and kinds of power exchanged."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("county", "text", "cells"),
    [
        ("xinxiang", "墙还没粉 想把煤气管先埋好拉进来", {"services": "燃气"}),
        ("xinxiang", "俺家水表冬里冻裂了 得弄块新的", {"services": "用水", "water_kind": "改表"}),
        ("xinxiang", "报水 总表移到门房墙上去", {"water_kind": "移表"}),
        ("jingxian", "水电过户 煤气从来没有过 这次接", {"services": "水、电、气", "gas_business": "通气点火"}),
        ("jingxian", "电：原来是家里的民用电，要改成商用的", {"power_business": "改类"}),
        ("jingxian", "电新装 10千瓦 住宅", {"power_business": "新装"}),
        ("xinxiang", "用电：新申请", {"power_kind": "新装"}),
    ],
)
def test_what_is_to_be_done(county, text, cells):
    found = shortly(county, text)
    assert {name: found.get(name) for name in cells} == cells


def test_a_pipe_in_the_way_asks_for_no_gas():
    assert "燃气" not in shortly("xinxiang", "报水 气管挡着路不用动")["services"]
