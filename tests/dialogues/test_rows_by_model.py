"""Rows of a table that are called by their size, parted with, or told one by one."""

import pytest

from bot.replaying import play
from handlers.wording.wording import Wording
from model.values import Rows
from tests.dialogues.telling import NOW, plain, shortly
from tests.shipped import shipped

STOVES = "我们饭店通天然气,炒灶三台各2.8方,低汤灶1台1.9方"
BOXES = "新小区做通信,光交箱GXF-576型3台,GXF-288型1台"


def rows(field, *turns):
    county = shipped()["xinxiang"]
    answers = play(county, Wording(county), {"turns": turns, "notes": NOW}).conversation.draft().answers
    value = answers[field].value if field in answers else None
    return [" ".join(plain(cell) for cell in row.values()) for row in value.rows] if isinstance(value, Rows) else []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("288的不要了", ["GXF-576 3台"]),
        ("288的再加一台", ["GXF-576 3台", "GXF-288 2台"]),
        ("576的改两台", ["GXF-576 2台", "GXF-288 1台"]),
        ("288芯那台不要,576的改成4台", ["GXF-576 4台"]),
        ("户数576户", ["GXF-576 3台", "GXF-288 1台"]),
        ("总容量2016芯", ["GXF-576 3台", "GXF-288 1台"]),
        ("电信间288平", ["GXF-576 3台", "GXF-288 1台"]),
    ],
)
def test_a_box_is_called_by_its_size(said, kept):
    assert rows("network_cabinets", BOXES, said) == kept


def test_the_model_of_the_only_boxes_is_put_right():
    assert rows("network_cabinets", "新小区做通信,光交箱GXF-576型3台", "型号写错了,是GXF-288") == ["GXF-288 3台"]


def test_a_box_takes_the_place_of_the_one_not_wanted():
    told = "新小区做通信,光交箱GPX-288 2台", "不要288的,换成GPX-576 1台"
    assert rows("network_cabinets", *told) == ["GPX-576 1台"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("低汤灶卖了", ["炒灶 3台 2.8m³/时"]),
        ("低汤灶坏了不接了", ["炒灶 3台 2.8m³/时"]),
        ("炒灶送人一台", ["炒灶 2台 2.8m³/时", "低汤灶 1台 1.9m³/时"]),
        ("炒灶里有一台让给亲戚了", ["炒灶 2台 2.8m³/时", "低汤灶 1台 1.9m³/时"]),
        ("炒灶不用三台,两台就够", ["炒灶 2台 2.8m³/时", "低汤灶 1台 1.9m³/时"]),
        ("炒灶不用三台,用两台大的,每台5方", ["炒灶 2台 5m³/时", "低汤灶 1台 1.9m³/时"]),
        ("炒灶有一台是旧的", ["炒灶 3台 2.8m³/时", "低汤灶 1台 1.9m³/时"]),
    ],
)
def test_stoves_are_parted_with(said, kept):
    assert rows("gas_devices", STOVES, said) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("锅炉两台,一台35的一台28的", ["锅炉 1台 35m³/时", "锅炉 1台 28m³/时"]),
        ("蒸汽锅炉2台,一台60方一台80方", ["蒸汽锅炉 1台 60m³/时", "蒸汽锅炉 1台 80m³/时"]),
        ("蒸汽锅炉2台,大的80方小的60方", ["蒸汽锅炉 1台 80m³/时", "蒸汽锅炉 1台 60m³/时"]),
        ("炒灶2台,一台6方,一台蒸箱8方", ["炒灶 2台 6m³/时", "蒸箱 1台 8m³/时"]),
    ],
)
def test_two_of_a_name_that_are_unlike(said, kept):
    assert rows("gas_devices", f"厂里烧天然气,{said}") == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [("要1G的", "1000兆"), ("网速一个G", "1000兆"), ("内存8G的电脑都卡,要300兆", "300兆")],
)
def test_a_thousand_megabits_are_one_g(said, kept):
    assert shortly("jingxian", f"公司装电信宽带,{said}")["net_bandwidth"] == kept


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        (("光交箱两台288芯的,一台576芯的",), ["288芯 2台", "576芯 1台"]),
        (("光交箱GXF-576型3台", "再加一台144芯的"), ["GXF-576 3台", "144芯 1台"]),
        (("光交箱两台,总容量576芯",), []),
    ],
)
def test_a_box_is_told_by_what_it_holds_behind_how_many(turns, kept):
    first, *rest = turns
    assert rows("network_cabinets", f"新小区做通信,{first}", *rest) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("500的", "500兆"),
        ("要1000的就行", "1000兆"),
        ("要100的套餐", None),
        ("原来100的", None),
        ("不要300的", None),
    ],
)
def test_a_bare_speed_beside_broadband(said, kept):
    assert shortly("jingxian", f"单位装宽带,联通,{said}").get("net_bandwidth") == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("两个点之间要一条专线,城东仓库到城西厂区 20M", "两个点之间要一条专线,城东仓库到城西厂区 20M"),
        ("以前有条专线", None),
    ],
)
def test_from_where_to_where_belongs_to_the_wish(said, kept):
    assert shortly("jingxian", f"公司装电信宽带500兆,{said}").get("net_more_line") == kept
