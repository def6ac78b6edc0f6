"""The two rows of a power supply in all shorthands, what is told by another number, and own sources of power."""

import pytest

from tests.dialogues.telling import told

LOAD, OLD, NEW = "千瓦", "原有容量(千伏安)", "申请容量(千伏安)"


def rows(*turns):
    values, _ = told("xinxiang", *turns)
    power = values.get("用电", {})
    first, second = power.get("第一路电源容量", {}), power.get("第二路电源容量", {})
    return tuple(
        tuple(None if (n := row.get(name)) is None else int(n) for name in (LOAD, OLD, NEW)) for row in (first, second)
    )


NONE = (None, None, None)


@pytest.mark.parametrize(
    ("turns", "first", "second"),
    [
        (["报电 增容", "一路250千瓦/315千伏安 没有二路"], (250, None, 315), NONE),
        (["报电 增容", "一路原来1000kVA 增到1600，二路原来没有 这次新上1000kVA。负荷一路1300kW 二路800kW。"], (1300, 1000, 1600), (800, 0, 1000)),
        (["报电 增容", "两条线：①原先630，加到1000，负荷850；②原先没有，新上400，负荷330"], (850, 630, 1000), (330, 0, 400)),
        (["报电 增容", "第一路原先400千伏安 加到800 负荷六百五十千瓦 第二路250的不动还是250 负荷180千瓦"], (650, 400, 800), (180, 250, 250)),
        (["报电 新装", "主 1100千瓦 1250千伏安，备 500千瓦 630千伏安"], (1100, 0, 1250), (500, 0, 630)),
        (["报电 新装", "双电源 每路4000千伏安 负荷每路3200千瓦"], (3200, 0, 4000), (3200, 0, 4000)),
        (["报电 新装", "一路 负荷11000千瓦 申请12500kVA 二路一样"], (11000, 0, 12500), (11000, 0, 12500)),
        (["报电 新装", "一路1250KVA/1000KW 二路630KVA/500KW", "二路不是630 是500 千瓦数不变"], (1000, 0, 1250), (500, 0, 500)),
        (["报电 新装", "一路9800千瓦 12500千伏安 二路一样", "负荷两路都按9600吧"], (9600, 0, 12500), (9600, 0, 12500)),
        (["报电 新装", "一路1000kVA 负荷800千瓦", "更正 一路负荷760 容量照旧"], (760, 0, 1000), NONE),
        (["报电 新装", "一路1250千伏安 负荷900千瓦 二路一样", "负荷两路都改成880"], (880, 0, 1250), (880, 0, 1250)),
        (["报电 新装", "一路1250千伏安 负荷900千瓦 二路一样", "两路负荷都是870"], (870, 0, 1250), (870, 0, 1250)),
        (["报电 新装", "二路800KVA/640KW", "二路降一档 500 千瓦跟着成400"], (None, 0, None), (400, 0, 500)),
        (["报电 增容", "进线两路 眼下一路400 二路315 千伏安"], (None, 400, None), (None, 315, None)),
        (["报电 增容", "眼下一路400千伏安 负荷300千瓦 二路要上315千伏安"], (300, 400, None), (None, None, 315)),
        (["报电 增容", "1路：450KW／630KVA", "1路负荷不是450，设备厂又算了一遍 510"], (510, None, 630), NONE),
        (["报电 增容", "一路850千瓦 二路330千瓦 400千伏安", "第二条线作废，资金不够"], (850, None, None), NONE),
        (["报电 新装", "第一路630千伏安 另外再上一路400千伏安"], (None, 0, 630), (None, 0, 400)),
        (["报电 增容", "眼下挂的变压器是80千伏安，想请你们换成160千伏安"], (None, 80, 160), NONE),
        (["报电 增容", "现在用的是一台160的变压器，说得换成400的"], (None, 160, 400), NONE),
        (["报电 增容", "负荷一百五到一百八十千瓦 说不准"], NONE, NONE),
        (["报电 增容", "从150到180千伏安"], (None, 150, 180), NONE),
        (["报电 增容", "就一路 从馆子后面走 变压器多大你们看"], NONE, NONE),
    ],
)  # fmt: skip
def test_rows_of_a_supply(turns, first, second):
    assert rows(*turns) == (first, second)


@pytest.mark.parametrize(
    ("turns", "main", "spare"),
    [
        (["电 主供现1600 增到2500 备供由500加到1000 都是千伏安"], (2500, "千伏安"), (1000, "千伏安")),
        (["电从500增到800千伏安 备用那路200千瓦"], (800, "千伏安"), (200, "千瓦")),
        (["电 主供315千伏安 备供80千瓦", "备供不要了"], (315, "千伏安"), None),
        (["电新装 三相60千瓦", "电改80千瓦 加了孵化机"], (80, "千瓦"), None),
        (["电新装 315千伏安", "不够 加到400 另外备供来一路100千瓦"], (400, "千伏安"), (100, "千瓦")),
        (["电新装 主供1260千伏安 两台630的箱变", "主供改 先上一台630 二期再说"], (630, "千伏安"), None),
        (["电新装 十五到二十千瓦吧"], None, None),
    ],
)
def test_supplies_with_a_chosen_unit(turns, main, spare):
    values, _ = told("jingxian", "电要增容", *turns)
    power = values.get("用电业务", {})
    found = [power.get(name) and (int(power[name]["数值"]), power[name]["单位"]) for name in ("主供容量", "备供容量")]
    assert found == [main, spare]


@pytest.mark.parametrize(
    ("turns", "own"),
    [
        (["两台柴油发电机 一台500千瓦一台300千瓦"], ("有", 800)),
        (["自备 燃气发电机2台 各200千瓦"], ("有", 400)),
        (["备着一台12千瓦的柴油机怕停电"], ("有", 12)),
        (["柴发4台 单台一千千瓦", "柴发改成6台 别的不动"], ("有", 6000)),
        (["有一台120千瓦的柴油发电机备着", "发电机不是120 我刚去看了铭牌 150kw"], ("有", 150)),
        (["一路400千瓦 两路以前都没有 自备柴发400KW"], ("有", 400)),
    ],
)
def test_own_power(turns, own):
    values, _ = told("xinxiang", "报电 新装", *turns)
    assert (values["用电"].get("自备电源"), int(values["用电"].get("自备电源容量(千瓦)", 0))) == own


@pytest.mark.parametrize(
    ("said", "area", "money"),
    [
        ("配套费按入网面积交齐了 一平40块 你们算算是多少", 7900, 316000),
        ("配套费交了 按7000平交的 每平米40元", 7000, 280000),
        ("配套费缴了 面积7900平 单价40元/平米", 7900, 316000),
        ("配套费照入网面积交的，钱是31万6", 7900, 316000),
        ("配套费还没交 听说一平40块", None, None),
        ("按入网面积交的话一共多少钱", None, None),
    ],
)
def test_a_price_for_each(said, area, money):
    values, unsure = told("xinxiang", "报暖气", "建面8600 入网7900平", said)
    heat = values["热力"]
    assert (heat.get("热力配套费缴纳面积"), heat.get("热力配套费缴纳金额(元)")) == (area, money)
    assert ("热力/热力配套费缴纳金额(元)" in unsure) == (
        "平40" in said or "每平米" in said or "单价" in said and "还没" not in said
    ) or money is None


def test_a_share_of_another_number():
    values, unsure = told("xinxiang", "报暖气", "建面9.8万方，入网按建面的九成")
    assert values["热力"]["申请入网面积"] == 88200
    assert "热力/申请入网面积" in unsure


def test_a_unit_behind_a_value_in_its_name():
    values, _ = told("xinxiang", "报通信", "管道4孔 长1.2公里")
    assert values["通信"]["地下通信管道长度(米)"] == 1200
