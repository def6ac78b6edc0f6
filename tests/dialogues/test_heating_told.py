"""Heating: how many phases there are, and what is built, in people's own words."""

import pytest

from tests.dialogues.telling import shortly


def _heat(said):
    return shortly("xinxiang", "河南示例置业有限公司 热力报装", said)


@pytest.mark.parametrize(
    ("said", "phases", "phase"),
    [
        ("总规划18万平 两期 本次第一期", "2期", "1期"),
        ("总规划30万平米，四期里的第二期", "4期", "2期"),
        ("总规划9000平 不分期", "1期", "1期"),
        ("总规划12万平 二期 建面3万平", None, None),
        ("总规划12万平 费用没分期付", None, None),
    ],
)
def test_phases_without_a_word_for_how_many(said, phases, phase):
    answers = _heat(said)
    assert (answers.get("heat_phases"), answers.get("heat_phase")) == (phases, phase)


@pytest.mark.parametrize(
    ("said", "station", "yard"),
    [
        ("换热的小房子盖好了 院里暖气沟才挖了一半", True, False),
        ("换热站 土建完了设备没到 院里的热力管埋好了", False, True),
        ("换热站和院里的供暖管子都建好了", True, True),
        ("院网没铺", None, False),
        ("热交换那间屋刚验收 院里的暖气管下个月才动工", True, False),
        ("换热站用不用自己建", None, None),
    ],
)
def test_what_is_built(said, station, yard):
    answers = _heat(said)
    assert (answers.get("heat_station"), answers.get("heat_yard_network")) == (station, yard)


@pytest.mark.parametrize(
    ("said", "built", "net", "meter"),
    [
        ("盖的面积三万二 要接暖的两万九", "32000平方米", "29000平方米", None),
        ("热量表在库房搁着 没往上装", None, None, False),
        ("热表装了", None, None, True),
    ],
)
def test_sizes_and_meters(said, built, net, meter):
    answers = _heat(said)
    assert [answers.get(one) for one in ("heat_built_area", "heat_net_area", "heat_meter")] == [built, net, meter]
