"""Rows of the supply by other names, what stood there once, and numbers that are not theirs after all."""

import pytest

from tests.dialogues.telling import shortly

_TWO = "用电新装 主供400千伏安 300千瓦 再拉一路备着 100千伏安 80千瓦"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ((_TWO, "备着那路改成 160千伏安 120千瓦"), {"power_1_new": "400千伏安", "power_2_new": "160千伏安"}),
        ((_TWO, "保安那条 125千伏安"), {"power_1_new": "400千伏安", "power_2_new": "125千伏安"}),
        (
            ("用电新装", "主回 800千伏安 负荷640千瓦 备回 500千伏安 负荷400千瓦"),
            {"power_1_new": "800千伏安", "power_2_load": "400千瓦", "power_2_new": "500千伏安"},
        ),
        (
            ("用电增容", "一路原400到800 二路原250 不加 还250 200千瓦"),
            {"power_1_new": "800千伏安", "power_2_old": "250千伏安", "power_2_new": "250千伏安"},
        ),
        (
            ("用电新装", "单路 120千瓦 160千伏安 自带柴油机 50千瓦"),
            {"power_1_load": "120千瓦", "power_1_new": "160千伏安"},
        ),
        (
            ("用电增容", "以前一台80的变压器，如今机子全开一百一十千瓦，得换成二百的变压器"),
            {"power_1_load": "110千瓦", "power_1_old": "80千伏安", "power_1_new": "200千伏安"},
        ),
        (
            ("用电增容", "第二路从315放到500，负荷380千瓦", "第二路申请写400 不要500了"),
            {"power_2_load": "380千瓦", "power_2_new": "400千伏安"},
        ),
        (
            ("用电新装 12千瓦 申请20千伏安", "千瓦加到16 千伏安不变"),
            {"power_1_load": "16千瓦", "power_1_new": "20千伏安"},
        ),
        (
            ("用电新装", "主回 变压器800×2 负荷1200kW 备回 630一台 负荷500"),
            {"power_1_new": "1600千伏安", "power_2_load": "500千瓦", "power_2_new": "630千伏安"},
        ),
        ((_TWO, "备的那路变压器加大一号 160的 千瓦不动"), {"power_2_load": "80千瓦", "power_2_new": "160千伏安"}),
        (("充电站 用电新装", "桩20个 每个7千瓦 加照明……算下来总数 170千瓦"), {"power_1_load": "170千瓦"}),
        (
            ("用电增容", "烘干机一台备用，电原来一台80的变压器，风机一共六十千瓦，得换成160的变压器"),
            {"power_1_old": "80千伏安", "power_1_new": "160千伏安", "power_2_load": None, "power_2_new": None},
        ),
        (("临时用电 上一台250箱变", "那块地原来是荒滩 啥电也没有"), {"power_1_old": "0千伏安"}),
        (
            ("用电新装 申请630千伏安", "原来纺纱厂那台315的早拆走了 我这是新户"),
            {"power_1_old": "0千伏安", "power_1_new": "630千伏安"},
        ),
        (("用电增容 申请400千伏安", "原来那台200的去年换了250的"), {"power_1_old": "200千伏安"}),
    ],
)
def test_rows_by_other_names(turns, expected):
    found = shortly("xinxiang", *turns)
    assert {name: found.get(name) for name in expected} == expected
