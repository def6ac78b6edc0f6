"""A number that was told is too much, or counts otherwise, and another is to be written."""

import pytest

from tests.dialogues.telling import shortly

BEFORE = ("泾县示例茶厂 用水新装 用气通气点火", "水一天50吨 气负荷24方每小时 压力3千帕")


@pytest.mark.parametrize(
    ("said", "water", "gas"),
    [
        ("水50吨多了 35", "35", "24"),
        ("五十写多了 厂长只批四十", "40", "24"),
        ("就按45吨，别五十了", "45", "24"),
        ("24方少了 报30", "50", "30"),
        ("24是两台一起的 现在只上一台 填12", "50", "12"),
        ("应该是26方一小时 24没算开水炉", "50", "26"),
        ("人多了 30个工人", "50", "24"),
        ("隔壁70吨多了 他减到60", "50", "24"),
    ],
)
def test_what_was_told_is_said_again(said, water, gas):
    answers = shortly("jingxian", *BEFORE, said)
    assert [value for one in ("water_demand", "gas_load") if (value := _number(answers, one))] == [water, gas]


@pytest.mark.parametrize(
    ("said", "water"),
    [("水一天12吨 我看夏天打不住 报18吨", "18"), ("日30吨 井水能补一些 登20", "20"), ("水一天12吨 够用 有8间房", "12")],
)
def test_doubted_as_soon_as_told(said, water):
    assert _number(shortly("jingxian", BEFORE[0], said), "water_demand") == water


def _number(answers, name):
    found = next((value for one, value in answers.items() if one == name), "")
    return "".join(one for one in str(found) if one.isdigit() or one == ".")
