"""Parts told by what somebody does, numbers told beside a name, and whoever writes."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"


@pytest.mark.parametrize(
    "said",
    [
        "项目韦东升负责，手机138 0000 0012", "工地上是韦东升管事，电话13800000012", "项目由韦东升来负责 13800000012",
        "韦东升管这个项目 13800000012", "我是韦东升，项目我负责，13800000012", "基建上归韦东升老师管 13800000012",
    ],
)  # fmt: skip
def test_who_is_in_charge(said):
    assert filled("xinxiang", "用电", FIRM, said)["project_manager"] == "韦东升 13800000012"


@pytest.mark.parametrize(
    "said",
    [
        "手续韦东升在办 一三八零零零零零零一二", "打电话的是后勤韦东升老师，138 0000 0012，她经办", "韦老师全名韦东升 管后勤的 手续她办 13800000012",
        "我韦东升 来给老板办手续 有事打13800000012", "经办：韦东升（即小韦），手机13800000012", "小韦大名韦东升 13800000012 联系、经办都落他",
        "手续都归韦东升跑 13800000012",
    ],
)  # fmt: skip
def test_who_does_the_errands(said):
    assert filled("xinxiang", "用电", FIRM, said)["clerk"] == "韦东升 13800000012"


@pytest.mark.parametrize(
    "said",
    [
        "手续不归我管 13800000012",
        "项目谁负责啊",
        "材料我回头办",
        "法人韦东升，经办人韩小梅 13800000012",
        "经办尤姐自己",
    ],
)
def test_nobody_is_made_to_do_it(said):
    found = filled("xinxiang", "用电", FIRM, said)
    assert "project_manager" not in found
    assert found.get("clerk") in (None, "韩小梅 13800000012")


def test_the_number_of_the_firm_for_the_clerk():
    found = filled("xinxiang", "用电", f"{FIRM} 总机5080338 分机806", "办事人即来电者 宁素芬，电话用总机那个带分机的")
    assert found["clerk"] == "宁素芬 0373-5080338转806"


def test_whose_name_was_told_without_a_number():
    found = filled(
        "xinxiang", "用电", f"{FIRM}", "我是公司的申爱琴 这事要我出面办", "公司在小冀镇建设路3号 经手就写我 13800000012"
    )
    assert found["clerk"] == "申爱琴 13800000012"


def test_the_number_of_whoever_is_in_charge_is_not_the_one_to_call():
    found = filled("xinxiang", "用电", FIRM, "项目由韦东升来负责，手机13800000012。平常联系请拨总务科5080316，再转8012")
    assert found["phone"] == "0373-5080316转8012"
