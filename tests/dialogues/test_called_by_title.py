"""People who are called by surname and title, whose name or number was told elsewhere; callers, and who has a role."""

import pytest

from tests.dialogues.telling import filled
from tests.dialogues.test_undoing import talk

FIRM = "新乡县示例食品有限公司"
CALLS = "后勤冀老师来电，手机13300007017"


@pytest.mark.parametrize(
    "said",
    [
        "经办人就写这位冀老师，名叫冀铁军，手机不变",
        "经办人是他，全名冀铁军",
        "冀老师名叫冀铁军；经办人、单位电话全是他",
        "经办人即冀老师本人，全名冀铁军，手机就是打来这个",
        "经办人写冀铁军，手机照旧",
    ],
)
def test_the_name_of_who_was_called_by_his_title(said):
    assert filled("xinxiang", "用电", FIRM, CALLS, said)["clerk"] == "冀铁军 13300007017"


def test_a_title_of_nobody_known_is_no_name():
    assert "project_manager" not in filled("xinxiang", "用电", FIRM, "项目负责人登祝站长本人")


@pytest.mark.parametrize(
    "calls",
    [
        "加油站站长祝小鸣打来，号码13300007017",
        "项目部的祝小鸣打来的，电话13300007017",
        "祝小鸣女士来电，手机13300007017",
    ],
)
def test_who_called_has_a_role(calls):
    found = filled("xinxiang", calls, "用电", FIRM, "项目负责人登祝小鸣")
    assert found["project_manager"] == "祝小鸣 13300007017"


@pytest.mark.parametrize(
    "said",
    [
        "我叫窦建功，示例置业的项目经理，找我拨15800009213就行",
        "项目负责人窦工，名字是窦建功，15800009213",
        "由负责人窦建功对接，手机15800009213",
        "工地由窦建功负责，他的手机15800009213",
    ],
)
def test_who_is_in_charge(said):
    found = filled("xinxiang", "用电", FIRM, said)
    assert found["project_manager"] == "窦建功 15800009213"
    assert found["applicant_name"] == FIRM


@pytest.mark.parametrize(
    ("said", "firm"),
    [
        ("今接河南示例物业有限公司滕女士电话", "河南示例物业有限公司"),
        ("白女士来电，代表新乡县示例食品有限公司报装", FIRM),
        ("单位：安徽示例会计师事务所（普通合伙）", "安徽示例会计师事务所（普通合伙）"),
    ],
)
def test_where_the_name_of_a_firm_begins_and_ends(said, firm):
    assert filled("xinxiang", "用电", said)["applicant_name"] == firm


@pytest.mark.parametrize(
    "said",
    ["我爸在合河乡有家浴池，想用气", "父亲叫程玉山，去年走了", "公司的固话0373-5081122", "机房叫云谷数据中心一期"],
)
def test_nobody_is_named(said):
    assert "applicant_name" not in filled("xinxiang", "用电", said)


def test_who_applies_is_not_the_relative_told_of():
    told = filled("jingxian", "水 过户给我母亲", "母亲鲍桂莲，342529195511020007", "父亲叫程玉山，旧户头写的应该是他")
    assert told["applicant_name"] == "鲍桂莲"


def test_nobody_is_remembered_before_the_notice_is_agreed_to():
    opening = ("用水", "个人", "我叫李示例 负责人王示例 13800000001")
    assert talk(*opening)[0].draft().met == {}
    assert "王示例" in talk(*opening, "同意")[0].draft().met
