"""What a supply must bear: what machines draw together, the most there will be, and sizes that are found unfit later."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("county", "text", "field", "load"),
    [
        ("jingxian", "电 新装 三台水泵每台15千瓦，两台风机各7.5千瓦", "power_main", "60千瓦"),
        ("jingxian", "用电：家里装电，空调三台每台2千瓦，热水器一台3千瓦", "power_main", "9千瓦"),
        ("xinxiang", "电 新装 烘干机2台每台20千瓦", "power_1_load", "40千瓦"),
        ("xinxiang", "电 新装 两台泵各5千瓦 三台风机每台3千瓦先不要", "power_1_load", None),
        ("xinxiang", "电 新装 风机两台，一台4千瓦，一台3千瓦", "power_1_load", "7千瓦"),
        ("jingxian", "电 新装 空调三台每台2千瓦 报10千瓦", "power_main", "10千瓦"),
        ("xinxiang", "电 新装 隔壁厂烘干机2台每台20千瓦", "power_1_load", None),
        ("xinxiang", "电 新装 三台45千瓦的发电机", "power_1_load", None),
    ],
)
def test_what_machines_draw(county, text, field, load):
    assert shortly(county, text).get(field) == load


@pytest.mark.parametrize(
    ("county", "text", "field", "load"),
    [
        ("jingxian", "电 增容 厂里平常60千瓦，忙时候能到110千瓦", "power_main", "110千瓦"),
        ("xinxiang", "电 增容 去年我们用了80千瓦，今年要150千瓦", "power_1_load", "150千瓦"),
        ("xinxiang", "电 新装 最高300千瓦，平时200千瓦", "power_1_load", "300千瓦"),
        ("xinxiang", "电 新装 想问下500千瓦要多少钱，我们其实就用80千瓦", "power_1_load", "80千瓦"),
        ("jingxian", "电 要是200千伏安多少钱？我们先报160千伏安", "power_main", "160千伏安"),
        ("jingxian", "电 新装 平常60千瓦", "power_main", "60千瓦"),
    ],
)
def test_the_most_there_will_be(county, text, field, load):
    assert shortly(county, text).get(field) == load


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("设计院说要800", "800千伏安"),
        ("太大了，400就行", "400千伏安"),
        ("供电所嫌大，让报400", "400千伏安"),
        ("有点小 得800", "800千伏安"),
        ("设计院说3天后来", "630千伏安"),
        ("太大了", "630千伏安"),
    ],
)
def test_a_size_found_unfit(text, size):
    assert shortly("xinxiang", "电 新装 申请容量630千伏安", text).get("power_1_new") == size


def test_of_a_new_supply_nothing_was_there():
    found = shortly("xinxiang", "电 新装 设计院说800千伏安不够，得上1000千伏安")
    assert (found["power_1_old"], found["power_1_new"]) == ("0千伏安", "1000千伏安")
    assert shortly("xinxiang", "电 增容 800千伏安不够，得上1000千伏安")["power_1_old"] == "800千伏安"


@pytest.mark.parametrize(
    ("text", "odd"), [("有电焊机两台", True), ("没有电焊机、中频炉之类的", False), ("两台普通电机", None)]
)
def test_welders_are_odd_loads(text, odd):
    assert shortly("xinxiang", f"电 新装 {text}").get("nonlinear_load") == odd


@pytest.mark.parametrize(
    ("text", "own"), [("设备装机容量500千瓦", None), ("厂房顶上装了光伏，装机容量500千瓦", "500千瓦")]
)
def test_what_is_installed_need_not_generate(text, own):
    assert shortly("xinxiang", f"电 新装 {text}").get("own_supply_capacity") == own
