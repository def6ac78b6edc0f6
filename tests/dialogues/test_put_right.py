"""Numbers put right inside free words, account numbers in pieces, differences, and numbers told by what counts as one."""

import re

import pytest

from tests.dialogues.telling import filled


def number(said):
    found = re.search(r"Decimal\('(\d+)'\)", said or "")
    return found[1] if found else None


_FIRM = "新乡县示例置业有限公司 91410721MA000901X3"


@pytest.mark.parametrize(
    ("turns", "pieces"),
    [
        (["只报有线电视", "概况：住宅1260户 幼儿园一所 沿街商铺46间", "住宅录颠倒了 1206户"], ["1206户", "46间"]),
        (["只报有线电视", "概况：公寓两栋 覆盖320户", "看错了 是302户"], ["302户"]),
        (["只报有线电视", "概况：酒店，客房126间 会议室3间", "客房写错了，是162间"], ["162间", "3间"]),
        (["只报有线电视", "概况：酒店，客房126间 会议室3间", "多少钱 12间房的话"], ["126间", "3间"]),
        (["只报有线电视", "概况：住宅1260户", "项目名称叫示例花园 大概12天能办好吗"], ["1260户"]),
    ],
)
def test_a_number_in_free_words(turns, pieces):
    said = filled("xinxiang", *turns)["tv_project"]
    assert all(one in said for one in pieces)


@pytest.mark.parametrize(
    ("turns", "pieces"),
    [
        (
            ["报水 新装", _FIRM, "项目名称 示例二期", "规模：给水管DN100 约长一百二十米", "更正 水管一百五十米"],
            ["DN100", "一百五十米"],
        ),
        (
            ["报电 新装", _FIRM, "项目名称 路灯改造", "规模：路灯86盏，电缆1.35公里", "电缆长度打反了 是1.53公里"],
            ["86盏", "1.53公里"],
        ),
    ],
)
def test_a_number_in_the_scale_of_a_project(turns, pieces):
    said = filled("xinxiang", *turns)["project_scale"]
    assert all(one in said for one in pieces)


@pytest.mark.parametrize(
    ("turns", "account"),
    [
        (["水表移一下", "户号前头0060 后头723158"], "0060723158"),
        (["水表移一下", "户号前四位0060，后六位723158"], "0060723158"),
        (["水表移一下", "户号 003771", "手滑发早了 接着是 9208"], "0037719208"),
        (["水表移一下", "户号003771", "后面还有9208"], "0037719208"),
        (["水表移一下", "原户号00318820", "户号末尾再加个4"], "003188204"),
        (["水表移一下", "户号318820", "前面还有两个零"], "00318820"),
        (["水表移一下", "户号318820", "前面漏了00"], "00318820"),
        (["水表移一下", "户号00318820", "后面还有2栋楼也要水"], "00318820"),
        (["水表移一下", "户号00318820", "接着说第3个事 表在院里"], "00318820"),
    ],
)
def test_an_account_in_pieces(turns, account):
    assert filled("xinxiang", *turns)["water_account"] == account


@pytest.mark.parametrize(
    ("last", "households"),
    [
        ("户数减108", "540"),
        ("户数少报了30户", "678"),
        ("户数多报了8户", "640"),
        ("户数加12", "660"),
        ("户数跟着变 六百二十", "620"),
        ("户数要不要减啊", "648"),
    ],
)
def test_households_by_a_difference(last, households):
    turns = ["报燃气 居民小区", "1、2、3、6、7号楼 报装户数648户 毛坯", last]
    assert number(filled("xinxiang", *turns)["gas_households"]) == households


@pytest.mark.parametrize(
    ("last", "numbers"),
    [
        ("7幢挪到下一批", "1236"),
        ("7号楼放下期", "1236"),
        ("7号楼先不报", "1236"),
        ("7号楼什么时候通气", "12367"),
    ],
)
def test_buildings_put_off(last, numbers):
    said = filled("xinxiang", "报燃气 居民小区", "1、2、3、6、7号楼 报装户数648户 毛坯", last)["gas_buildings"]
    assert [one for one in said if one.isdigit()] == list(numbers)


def test_a_building_left_out_drops_no_service():
    said = filled("xinxiang", "报热力、通信", "热力 7-12号楼", "12#是商业楼，热力这次不报", "通信不变，12#也要通")
    assert said["services"] == "热力、通信"
    assert "12" not in said["heat_buildings"]


@pytest.mark.parametrize(
    ("turn", "households"),
    [
        ("一栋楼 216间 一间算一户", "216"),
        ("客房126间，户数按客房填 1栋楼", "126"),
        ("床位480张 一个床位算一户", "480"),
        ("一共300间房，算几户啊", None),
    ],
)
def test_rooms_as_households(turn, households):
    said = filled("xinxiang", "报通信", _FIRM, turn).get("network_households")
    assert number(said) == households


def test_rooms_on_each_floor():
    said = filled("xinxiang", "报通信", "电信间：每层1个，一共9层，每个6平")
    assert (number(said["network_rooms"]), number(said["network_room_area"])) == ("9", "54")


def test_when_papers_come_is_no_day_of_the_form():
    assert "heat_start" not in filled("xinxiang", "报热力", "热力的四样材料今天能交三样 面积表下周送来")
