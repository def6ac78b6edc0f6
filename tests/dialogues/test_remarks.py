"""Remarks, of one service or several, before or behind the word for them."""

import pytest

from tests.dialogues.telling import told

ALL = "家里报水电气网 都新装"


def remarks(*turns):
    values, _ = told("jingxian", ALL, *turns)
    return {name: section["备注"] for name, section in values.items() if "备注" in section}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("水那栏备注 山上水压低要加压", {"用水业务": "山上水压低要加压"}),
        ("水表底数没抄 用水备注里写一下", {"用水业务": "水表底数没抄"}),
        ("座机老号码5105566想保留 记网的备注", {"用网业务": "座机老号码5105566想保留"}),
        ("塔吊两台 施工电梯三台 写到电的备注里", {"用电业务": "塔吊两台 施工电梯三台"}),
        ("麻烦把进院要提前打电话写在气的备注里", {"用气业务": "进院要提前打电话"}),
        ("气那栏备注：凌晨三点开工 别那时候停气", {"用气业务": "凌晨三点开工 别那时候停气"}),
        ("电的备注：进线走厂区北门。气的备注：调压箱放围墙里侧", {"用电业务": "进线走厂区北门", "用气业务": "调压箱放围墙里侧"}),
        ("备注：电写“并网手续另行申请”，水写“施工结束后转正式”，网不写", {"用电业务": "并网手续另行申请", "用水业务": "施工结束后转正式"}),
        ("备注 水写表在屋后 电写进线走北门 气不写", {"用水业务": "表在屋后", "用电业务": "进线走北门"}),
        ("电那个备注写一下 吹风机烫头机同时开会跳闸", {"用电业务": "吹风机烫头机同时开会跳闸"}),
        ("气的备注写 避开午市 两点以后来", {"用气业务": "避开午市 两点以后来"}),
        ("备注\n水：单独走管\n电：机房在二楼", {"用水业务": "单独走管", "用电业务": "机房在二楼"}),
        ("电的备注没有", {}),
        ("备注栏可以空着吧", {}),
        ("备注是干嘛的", {}),
        ("网备注怎么填", {}),
    ],
)  # fmt: skip
def test_remarks(said, kept):
    assert remarks(said) == kept


def test_what_stands_in_a_remark_is_nothing_else():
    values, _ = told("jingxian", ALL, "座机老号码5105566想保留 记网的备注")
    assert "联系电话" not in values["基本信息"]


def test_a_remark_that_goes_on():
    found = remarks("电备注三月采茶前要通", "电备注还要加上 夜里别停电")
    assert "三月" in found["用电业务"] and "夜里" in found["用电业务"]
    assert remarks("电备注夏天老跳闸", "电备注改成 中午老跳闸") == {"用电业务": "中午老跳闸"}


@pytest.mark.parametrize("said", ["附注：厨房在地下一层", "帮忙注明一下：厨房在地下一层"])
def test_other_words_for_a_remark(said):
    values, _ = told("jingxian", "店里接天然气", said)
    assert values["用气业务"]["备注"] == "厨房在地下一层"
