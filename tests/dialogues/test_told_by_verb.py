"""A yes or no told by the verb before a thing, or at the end of what is said of it, whatever stands between."""

import pytest

from tests.dialogues.telling import filled as told
from tests.dialogues.telling import told as told_with_doubts


def filled(county, *turns):
    """The answers, a yes as True and a no as False."""
    answers = told(county, *turns)
    return {name: "yes=True" in value if "shape='yes_no'" in value else value for name, value in answers.items()}


POWER = ("用电新装",)
POWER_J = ("用电新装 我家里用",)


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("发电机，一台也没", False),
        ("停电咋办 拿冰排镇着 发电机那是没有", False),
        ("没备发电机", False),
        ("俺没买啥发电机", False),
        ("自备的没有，对门纸箱厂有发电机", False),
        ("自备：0", False),
        ("发电机倒有一个 早些年买的", True),
        ("备有柴油发电机", True),
    ],
)
def test_own_supply(said, yes):
    assert filled("xinxiang", *POWER, said).get("own_supply") is yes


@pytest.mark.parametrize("said", ["发电机要不要备", "有没有发电机都行吧", "发电机怎么装", "对门厂里有发电机"])
def test_no_own_supply_told(said):
    assert "own_supply" not in filled("xinxiang", *POWER, said)


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("变压器由我方自购自装", True),
        ("变压器公司自己掏钱买自己安", True),
        ("变压器新上", True),
        ("需安装变压器", True),
        ("变压器这回就不装了", False),
    ],
)
def test_transformer(said, yes):
    assert filled("jingxian", *POWER_J, said).get("power_transformer") is yes


@pytest.mark.parametrize(
    ("said", "yes"),
    [("峰谷现在不开", False), ("风谷电开", True), ("开通峰谷电价。", True), ("也不开那个谷峰", False)],
)
def test_peak(said, yes):
    assert filled("jingxian", *POWER_J, said).get("power_peak") is yes


@pytest.mark.parametrize("said", ["谷峰先不说 老板没定", "峰谷哪样划算", "变压器你们弄还是我们弄", "开通峰谷电划算不"])
def test_undecided(said):
    answers = filled("jingxian", *POWER_J, said)
    assert "power_peak" not in answers
    assert "power_transformer" not in answers


def test_what_is_weighed_is_no_yes():
    said = told_with_doubts("xinxiang", *POWER, "空调是变频的 这种算非线性么 我外行")
    assert said[1] == ["用电/非线性负荷"], "it may be one: read back, to be confirmed"


@pytest.mark.parametrize("said", ["那我没有的", "这种没有", "我这没有"])
def test_answer_to_what_was_asked(said):
    assert filled("xinxiang", *POWER, "非线性负荷是个啥东西", said).get("nonlinear_load") is False


def test_the_yes_of_one_thing_is_not_the_other():
    answers = filled("jingxian", *POWER_J, "装变压器 开峰谷")
    assert answers["power_transformer"] is True
    assert answers["power_peak"] is True


def test_nobody_counts_what_there_is_none_of():
    assert "gas_households" not in filled("xinxiang", "燃气", "公租廉租一户没有")
