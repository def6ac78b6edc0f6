"""What one's own generators have together, whatever words it is told in; and rows of the supply called otherwise."""

import pytest

from tests.dialogues.telling import shortly

POWER = ("power_1_load", "power_1_old", "power_1_new", "power_2_load", "power_2_old", "power_2_new")


def number(found, name):
    return int(found[name].rstrip("千瓦伏安")) if name in found else None


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ("柴油机 600kW＋200kW 填总数", 800),
        ("另备着一大一小两部柴油发电机，大的500千瓦、小的300千瓦，加在一块儿算。", 800),
        ("自备电源：柴油发电机2台，分别为500kW和300kW。", 800),
        ("柴油发电机两台备着 一台五百千瓦 另一台三百", 800),
        ("自己备着六台柴油机 每台一千八百千瓦", 10800),
        ("有发电机，4台，每台1000kW", 4000),
        ("柴发150KW×2", 300),
        ("一路变压器容量1250千伏安，柴油发电机2台，每台250千瓦", 500),
        ("自备：200kW柴油发电机一台，100kW的两台", 400),
        ("自备柴油机 500的一台 300的一台 一共800千瓦", 800),
        ("自备 柴油 先说500 又说那是老的 报废了 新的800千瓦", 800),
        ("发电机是300的 不对 是350千瓦", 350),
        ("负荷260千瓦 发电机带了一台 120 备用的", 120),
        ("没有发电机，负荷32kW", None),
        ("柴油机 400 旧库房还有一台150报废了 不记", 400),
        ("柴油发电机400kW两台", 800),
        ("柴发两台 400千瓦一台 200千瓦一台", 600),
        ("柴油机一台180 又改口200千瓦", 200),
        ("发电机200千瓦的有三台 哦 有两台是隔壁的 我们就一台", 200),
        ("发电机有俩 一个60千瓦的是厂里的 一个100的是吊车上的 吊车还给人家了", 60),
        ("自备柴油机 2", None),
        ("发电机的铭牌 是24还是30我再看看", None),
    ],
)
def test_own_generators(said, total):
    assert number(shortly("xinxiang", "报电 新装", said), "own_supply_capacity") == total


def test_what_is_told_of_generators_is_no_rows():
    found = shortly(
        "xinxiang",
        "报电 增容",
        "第一路：原有1000kVA，申请1600kVA，负荷1300kW。第二路：原先没有，新增1000kVA，负荷800kW。",
        "自备电源：柴油发电机2台，分别为500kW和300kW。",
        "第二路容量错报成1000，应为800千伏安",
    )
    assert [number(found, name) for name in POWER] == [1300, 1000, 1600, 800, 0, 800]
    assert number(found, "own_supply_capacity") == 800


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["报电 增容", "1#现630kVA，2#现400kVA", "1#提到1000kVA，负荷820kW；2#维持400kVA不变，负荷290kW"], (820, 630, 1000, 290, 400, 400)),
        (["报电 增容", "头一路原来800个千伏安，想弄成1250，带的负荷980千瓦；另一路500千伏安，还照500用，负荷360千瓦"], (980, 800, 1250, 360, 500, 500)),
        (["报电 增容", "一回路：现容量250kVA，不增不减，负荷195kW", "二回路：要500kVA，负荷410kW"], (195, 250, 250, 410, None, 500)),
        (["报电 增容", "老的那路是315个千伏安 那个就还那样 新拉那路要400个千伏安的", "新拉的带三百四十个千瓦 老的带265千瓦"], (265, 315, 315, 340, 0, 400)),
        (["报电 新装 工业", "电源一：8000kW，10000kVA；电源二照电源一。", "更正：电源二负荷7000kW，容量照旧"], (8000, 0, 10000, 7000, 0, 10000)),
        (["报电 新装 工业", "第一条一万一千千瓦 一万二千五百千伏安 另一条跟它一个样", "第二条的负荷改九千"], (11000, 0, 12500, 9000, 0, 12500)),
        (["报电 新装", "双路，两路相同，均为4000kVA / 3200kW。"], (3200, 0, 4000, 3200, 0, 4000)),
        (["报电 增容", "现有250千伏安，申请500千伏安", "容量改为630千伏安，千瓦数算出是480"], (480, 250, 630, None, None, None)),
        (["报电 新装", "要路灯用电 另一路边上的灯不算 负荷20千瓦"], (20, 0, None, None, None, None)),
    ],
)  # fmt: skip
def test_rows_called_otherwise(turns, expected):
    found = shortly("xinxiang", *turns)
    assert tuple(number(found, name) for name in POWER) == expected
