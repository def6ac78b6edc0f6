"""Names of works that stand alone on a line, and numbers that follow in the next sentence."""

import pytest

from tests.dialogues.telling import shortly

FIRM = "新乡县示例食品有限公司"


@pytest.mark.parametrize(
    "said",
    [
        "示例花园三期", "示例花园小区三期", "食堂改造工程", "冷链仓储项目", "年产5000吨面粉生产线技改项目", "二期厂房扩建工程",
        "大召营镇老旧小区改造项目", "文明路雨污分流改造", "小冀镇农村饮水安全巩固提升工程",
    ],
)  # fmt: skip
def test_a_work_alone_on_a_line(said):
    found = shortly("xinxiang", "用水", FIRM, said)
    assert (found["applicant_name"], found["project_name"]) == (FIRM, said)


@pytest.mark.parametrize(
    "said",
    ["厂里在搞改造", "老房改造", "水管迁改", "没有项目", "外线工程", "分三期", "本次申请一期", "食堂改造工程要多久?"],
)
def test_no_name_of_a_work(said):
    assert "project_name" not in shortly("xinxiang", "用水 热力", FIRM, said)


def test_the_estate_all_is_applied_for():
    """Three services and more are for what is built there; who lives there names a building."""
    assert shortly("xinxiang", "幸福里小区 六样都报")["project_name"] == "幸福里小区"
    assert "project_name" not in shortly("xinxiang", "幸福里小区 想接水")
    assert "project_name" not in shortly("xinxiang", "幸福里小区 3号楼 水电气都要")


def test_who_applies_for_himself_has_no_project():
    assert "project_name" not in shortly("xinxiang", "用水 我叫赵桂香", "厨房改造工程")


@pytest.mark.parametrize(
    "said",
    [
        "经办人李小燕，手机号是。13800000012",
        "经办人李小燕。手机号13800000012",
        "经办人李小燕，手机号等我看下。13800000012",
        "经办人李小燕。她的号码是13800000012",
    ],
)
def test_the_number_in_the_next_sentence(said):
    found = shortly("xinxiang", "用水", FIRM, said)
    assert (found["clerk"], found.get("phone")) == ("李小燕 13800000012", None)


@pytest.mark.parametrize("said", ["经办人李小燕。联系电话13800000012", "经办人李小燕。座机13800000012"])
def test_the_number_to_call_in_the_next_sentence(said):
    found = shortly("xinxiang", "用水", FIRM, said)
    assert (found["phone"], found.get("clerk")) == ("13800000012", None)
