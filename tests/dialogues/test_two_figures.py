"""A supply told by what there is and what is wanted: 8个千瓦 想要15, 160的变压器太小了 上315的."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("变压器315 换成630", "315千伏安", "630千伏安"),
        ("从100加到250", "100千伏安", "250千伏安"),
        ("原来的80不够 上200", "80千伏安", "200千伏安"),
        ("160的变压器太小了,上315的", "160千伏安", "315千伏安"),
        ("变压器400的 嫌小 换800", "400千伏安", "800千伏安"),
        ("容量250不够使,得500", "250千伏安", "500千伏安"),
    ],
)
def test_what_there_is_and_what_is_to_be(said, old, new):
    found = shortly("xinxiang", "用电", said)
    assert (found["power_kind"], found["power_1_old"], found["power_1_new"]) == ("增容", old, new)


@pytest.mark.parametrize("said", ["增容 8个千瓦 想要15", "8个千瓦不够 想要15", "老表8个千瓦 跳闸 换15个千瓦"])
def test_the_load_is_the_one_wanted(said):
    found = shortly("xinxiang", "用电", said)
    assert (found["power_kind"], found["power_1_load"], found.get("power_1_old")) == ("增容", "15千瓦", None)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("家里8个千瓦 想要15", "15千瓦"),
        ("8千瓦不够 想要15", "15千瓦"),
        ("厂里主供315千伏安 现在想上到630", "630千伏安"),
        ("原来80千瓦不够用 上200", "200千瓦"),
        ("原来的80不够 上200", None),
    ],
)
def test_where_only_what_is_wanted_has_a_cell(said, wanted):
    found = shortly("jingxian", "用电", said)
    assert (found["power_business"], found.get("power_main")) == ("增容", wanted)


def test_two_sizes_of_two_things():
    found = shortly("xinxiang", "用电 新装 负荷100千瓦,要160的变压器")
    assert (found["power_1_load"], found["power_1_new"], found["power_kind"]) == ("100千瓦", "160千伏安", "新装")


def test_what_was_told_and_is_put_right_is_no_former_size():
    found = shortly("xinxiang", "用电 新装", "申请容量315", "315不够 要630")
    assert (found["power_kind"], found["power_1_old"], found["power_1_new"]) == ("新装", "0千伏安", "630千伏安")


def test_more_water_and_a_faster_line():
    found = shortly("jingxian", "用水 一天12吨不够 要20吨")
    assert (found["water_business"], found["water_demand"]) == ("增容", "20吨/日")
    assert shortly("jingxian", "用网 200兆不够用 想要500")["net_bandwidth"] == "500兆"


def test_of_the_neighbours():
    assert "power_business" not in shortly("jingxian", "用电 隔壁老王家8千瓦不够 换了15千瓦")
