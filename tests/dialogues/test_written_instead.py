"""Figures put right behind the name of their field, with other figures about."""

import pytest

from tests.dialogues.telling import shortly

TVS = ("报网 新装 固话12门 安广电视20台", "电视再加4台 共24台")
POWER = "用电 三十千瓦报四十千伏安"


@pytest.mark.parametrize(
    ("county", "turns", "field", "value"),
    [
        ("jingxian", ("网 电信 电视要装一台", "电视改两台 房里也来一个"), "net_tvs", "2台"),
        ("jingxian", ("移动的宽带一百兆", "网改两百兆 孙子讲一百兆卡"), "net_bandwidth", "200兆"),
        ("jingxian", TVS, "net_tvs", "24台"),
        ("jingxian", TVS, "net_phones", "12门"),
        ("xinxiang", (POWER, "千瓦写成三十六 忘了算桑拿箱"), "power_1_load", "36千瓦"),
        ("xinxiang", (POWER, "千瓦写三十六 千伏安不变"), "power_1_load", "36千瓦"),
        ("xinxiang", (POWER, "千瓦写三十六 千伏安不变"), "power_1_new", "40千伏安"),
    ],
)
def test_what_is_written_instead_counts(county, turns, field, value):
    assert shortly(county, *turns)[field] == value
