"""Names of firms and people told again in other words: run together, beside a code, a role or an age; a firm named later."""

import pytest

from dialogs.understanding.names import organisations
from dialogs.understanding.people import people
from tests.dialogues.telling import filled

HIS, CODE = "410721198903060008", "92410721MA0005166N"

REGIONS = ("新乡", "新乡县", "宣城", "泾县")


@pytest.mark.parametrize(
    ("said", "firm"),
    [
        ("服务部全名新乡县小冀镇桐荫物业服务部 执照", "新乡县小冀镇桐荫物业服务部"),
        ("执照是个体户新乡县碧波洗浴中心", "新乡县碧波洗浴中心"),
        ("总包河南垒禾建筑工程有限公司", "河南垒禾建筑工程有限公司"),
        ("代新乡县洁云纸品有限公司申请天然气", "新乡县洁云纸品有限公司"),
        ("在安徽正衡律师事务所做行政", "安徽正衡律师事务所"),
        ("泾县巧云缝纫店搬家", "泾县巧云缝纫店"),
        ("92341823MA0005043R 泾县琴溪镇旺来摩托维修部", "泾县琴溪镇旺来摩托维修部"),
    ],
)
def test_a_firm_is_cut_out_of_what_runs_into_it(said, firm):
    assert [one.text for one in organisations(said, REGIONS)] == [firm]


@pytest.mark.parametrize("said", ["你好我们合作社种蘑菇的", "中石化河南新乡县石油公司"])
def test_no_firm_is_cut_out_of_the_middle(said):
    assert all(one.text == said for one in organisations(said, REGIONS))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("法定代表人由校长时守田担任", "时守田"), ("我姓吴吴桂花七十三岁", "吴桂花"), ("程老根 今年七十一", "程老根"), ("校长葛兰英即法定代表人", "葛兰英"),
        ("方银花 老板 身份证341823197206210003", "方银花"), ("柴玉珍 410721 19890306 0008", "柴玉珍"), ("人:汤克俭,校长,法人", "汤克俭"),
        ("法人水明远 410721 19711215 0002", "水明远"), ("我叫户晓峰,身份证", "户晓峰"), ("敬老院的朱友发院长打来", "朱友发"), ("负责制片的赫连雪就是我本人", "赫连雪"),
    ],
)  # fmt: skip
def test_where_a_name_ends(said, name):
    assert [one.text for one in people(said) if one.sure or name == "柴玉珍"] == [name]


@pytest.mark.parametrize(
    "said",
    [
        "三样名字都换我的",
        "换名字那几天停不停水",
        "养鸡场来电",
        "厂办公室的电话",
        "法人水电费",
        "老板来跑腿",
        "企业代码 ",
    ],
)
def test_words_that_are_no_names(said):
    assert not [one for one in people(said) if one.kind == "person"]


@pytest.mark.parametrize(
    "said",
    [
        f"服务部全名新乡县桐荫物业服务部 执照{CODE}",
        "牌照写的新乡县桐荫物业服务部",
        f"店是新乡县桐荫物业服务部,代码{CODE}",
    ],
)
def test_a_firm_named_later_applies_and_he_heads_it(said):
    found = filled("xinxiang", "用水", f"我叫柴玉珍 身份证{HIS}", said)
    assert found["applicant_name"] == "新乡县桐荫物业服务部"
    assert found["legal_representative"] == "柴玉珍"
    assert found["legal_identity"] == HIS


@pytest.mark.parametrize(
    "said",
    ["隔壁是新乡县桐荫物业服务部", f"我替新乡县桐荫物业服务部跑腿,代码{CODE}", "以前是新乡县桐荫物业服务部的房子"],
)
def test_whoever_runs_no_firm_does_not_head_it(said):
    assert "legal_representative" not in filled("xinxiang", "用水", f"我叫柴玉珍 身份证{HIS}", said)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (["泾县晨露理发店 92341823MA0072166B 店主柴玉珍"], "法人"),
        (["店是泾县晨露理发店 92341823MA0072166B 老板 柴玉珍 就是他"], "法人"),
        (["泾县晨露茶叶专业合作社 理事长来玉珍 本人打的"], "法人"),
        (["泾县晨露理发店 92341823MA0072166B 店主柴玉珍 我是店员"], "经办人"),
        (["安徽晨露茶业有限公司 法人柴玉珍 来电保管员 尚小梅 她办"], "经办人"),
        (["安徽晨露茶业有限公司 办事人：尚小梅"], "经办人"),
        (["申请人是我 尚小梅 法人姓柴 人不在这边"], "经办人"),
        (["法人柴玉珍在外地 委托书我带着"], "经办人"),
        (["宽带要新装 楼上住户早就有了"], None),
        (["泾县晨露理发店 92341823MA0072166B"], None),
    ],
)
def test_who_applies_is_told_by_who_is_named(said, kind):
    assert filled("jingxian", *said).get("applicant_type") == kind


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("户主是我母亲 柴玉珍 身份证342529195406140009", "柴玉珍"),
        ("安徽晨露茶业有限公司 来电管理员 尚小梅 她办", "尚小梅"),
        ("电话打我孙女手机 尚小梅 15200000937", None),
    ],
)
def test_what_somebody_is_is_not_his_name(said, name):
    assert filled("jingxian", said).get("applicant_name") == name


def test_a_name_ends_before_an_age():
    assert (
        filled("xinxiang", "用水", "我是合河乡西柳村的柴玉珍今年七十八了", "身份证410721194802260002").get(
            "applicant_name"
        )
        == "柴玉珍"
    )
