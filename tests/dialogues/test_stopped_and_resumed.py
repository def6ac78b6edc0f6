"""Supplies stopped for a while and resumed, power for as long as the building lasts, and how it really is."""

import pytest

from tests.dialogues.telling import shortly, told


@pytest.mark.parametrize(
    ("said", "section", "note"),
    [
        ("用气 停了半年 现在要复气", "用气业务", "复气"),
        ("用气 想恢复供气", "用气业务", "恢复供气"),
        ("用水 报停", "用水业务", "报停"),
        ("用水 先停一阵子", "用水业务", "先停一阵子"),
        ("用电 要复电", "用电业务", "复电"),
    ],
)
def test_what_is_not_printed_is_written_beside_the_last_option(said, section, note):
    values, unsure = told("jingxian", said)
    assert values[section]["业务种型"] == {"选项": "其他", "说明": note}
    assert f"{section}/业务种型" in unsure


@pytest.mark.parametrize("said", ["工地上用几个月", "施工用 用到完工就拆", "就用到年底完工"])
def test_as_long_as_they_build(said):
    assert shortly("xinxiang", f"用电 {said}")["power_kind"] == "临时用电"
    assert shortly("jingxian", f"用电 {said}")["power_business"] == "临时用电"


def test_how_long_it_has_been_so_is_no_wish():
    assert "power_business" not in shortly("jingxian", "用电 电停了三天 要修")


@pytest.mark.parametrize(
    ("county", "turns", "field", "value"),
    [
        ("xinxiang", ["热力 热量表没装", "其实已装"], "heat_meter", True),
        ("xinxiang", ["热力 换热站建好了", "其实没建好"], "heat_station", False),
        ("xinxiang", ["热力 换热站没建好", "刚问过 其实已经建好了"], "heat_station", True),
        ("xinxiang", ["用电 没有非线性负荷", "其实有"], "nonlinear_load", True),
        ("xinxiang", ["用电 没有发电机", "问了电工 其实有"], "own_supply", True),
        ("xinxiang", ["通信 管道没接市政", "其实接上了"], "network_duct_joined", True),
    ],
)
def test_how_it_really_is(county, turns, field, value):
    found = shortly(county, *turns)
    assert found[field] is value
    assert len({"heat_station", "heat_yard_network"} & found.keys()) <= 1


def test_of_both():
    found = shortly("xinxiang", "热力 换热站建好了 管网没建", "其实都没建好")
    assert (found["heat_station"], found["heat_yard_network"]) == (False, False)


def test_the_head_of_a_cooperative():
    assert shortly("jingxian", "用电 我是示例合作社理事长 李小燕")["applicant_type"] == "法人"
