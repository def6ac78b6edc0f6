"""Addresses that are told more exactly later, that stand beside other words, or whose old and new are named."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("first", "then", "address"),
    [
        ("我在小冀镇开澡堂子 要用水新装", "店在小冀镇健康路东段18号", "小冀镇健康路东段18号"),
        ("来电 合河乡柳堤村 水管要挪", "址 合河乡柳堤村大街1号", "合河乡柳堤村大街1号"),
        ("用水新装", "5) 古固寨镇兴业路18号 6) 联系电话 15900007113", "古固寨镇兴业路18号"),
    ],
)
def test_the_address_of_the_applicant(first, then, address):
    assert filled("xinxiang", first, then)["applicant_address"] == address


def test_two_characters_are_no_address():
    assert "old_address" not in filled("jingxian", "水表原来在得迁")


def test_where_somebody_is_from_is_no_address():
    told = filled("xinxiang", "卫生室原来在大队院里头去年村里给盖了新的三间在村东头学校对面想把水接上 用水新装")
    assert "project_address" not in told


def test_the_work_in_a_town_is_a_title_and_no_place():
    told = filled("xinxiang", "临时用电", "工地在翟坡镇政府西邻", "项目名 翟坡镇便民服务中心施工 代码明天补")
    assert (told["project_name"], told["project_address"]) == ("翟坡镇便民服务中心施工", "翟坡镇政府西邻")


def test_a_title_ends_before_its_place_and_the_next_name():
    told = filled("xinxiang", "报热力", "项目是福坤家园在朗公庙镇东风街北头路东项目代码没在手边回头补")
    assert (told["project_name"], told["project_address"]) == ("福坤家园", "朗公庙镇东风街北头路东")


def test_the_project_is_where_the_school_is():
    told = filled("xinxiang", "用水新装", "地址 翟坡镇育才街1号", "项目 食堂改造 项目地址同学校")
    assert told["project_address"] == "翟坡镇育才街1号"


@pytest.mark.parametrize(
    ("turns", "old", "new"),
    [
        (("原 泾川镇苏红路15号 新 泾川镇谢家巷2号",), "泾川镇苏红路15号", "泾川镇谢家巷2号"),
        (("老地方 泾川镇凤栖苑3幢201", "新的 泾川镇幕云路5幢604"), "泾川镇凤栖苑3幢201", "泾川镇幕云路5幢604"),
        (
            ("从 泾川镇荷花塘路3号2栋401 移到 泾川镇幸福路9栋602", "更正 新房502"),
            "泾川镇荷花塘路3号2栋401",
            "泾川镇幸福路9栋502",
        ),
    ],
)
def test_the_old_and_the_new_place(turns, old, new):
    told = filled("jingxian", "宽带挪个家", *turns)
    assert (told["old_address"], told["address"]) == (old, new)


@pytest.mark.parametrize(
    ("then", "address"),
    [("哦村里讲有的 31号", "昌桥乡童疃村大塘组31号"), ("下月3号来人", "昌桥乡童疃村大塘组")],
)
def test_the_number_of_the_house_told_later(then, address):
    assert filled("jingxian", "水新装", "昌桥乡童疃村大塘组", then)["address"] == address


@pytest.mark.parametrize("said", ["榔桥镇界牌岭项目部", "云岭镇北山路尽头净慧寺"])
def test_a_place_without_a_number(said):
    assert filled("jingxian", "水新装", f"地方 {said}")["address"] == said


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("厂里座机5101734 手机13500004116 你写手机吧 座机没人接", "13500004116"),
        ("座机5100932 联系打手机18900004114", "18900004114"),
        ("手机13500004116 座机0563-5101734 留座机 手机打不通", "0563-5101734"),
        ("电话 沙 18800006588 他又说别留他的 留厂办 0563-5087755", "0563-5087755"),
    ],
)
def test_which_of_two_numbers_is_to_be_called(said, phone):
    assert filled("jingxian", "气 电 新装", said)["phone"] == phone
