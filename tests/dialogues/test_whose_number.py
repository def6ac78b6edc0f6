"""Several numbers in one tale, and whose is to be written down."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例制冰有限公司要换变压器 法人范立冬 "


@pytest.mark.parametrize(
    ("turns", "phone", "clerk"),
    [
        ((FIRM + "厂长是我魏保全 我手机13800000012 法人13800000011", "联系电话填法人的 经办人填我"), "13800000011", "魏保全 13800000012"),
        ((FIRM + "法人手机13800000011 我是后勤的陶文娟 我手机13800000012 联系电话写法人的 经办写我",), "13800000011", "陶文娟 13800000012"),
        ((FIRM + "范总13800000011 经办人徐丽娟 13800000012 联系电话留范总的",), "13800000011", "徐丽娟 13800000012"),
        ((FIRM + "立冬手机13800000011 俺嘞13800000012 我叫秦广义 联系电话写立冬嘞 经办是俺",), "13800000011", "秦广义 13800000012"),
        (("俺叫尚二奎 个人用电新装 手机13800000011 俺闺女尚盼盼会用手机13800000012 单子是她替俺填的 经办人写她",), "13800000011", "尚盼盼 13800000012"),
    ],
)  # fmt: skip
def test_whose_number_is_to_be_called(turns, phone, clerk):
    found = filled("xinxiang", *turns)
    assert (found["phone"], found["clerk"]) == (phone, clerk)


def test_a_name_ends_before_where_its_bearer_is():
    said = "店关门了 水电都退 我爸方鹤年 店里法人是他 手机13800000011 我叫方磊在合肥 手机13800000012 申请人写我爸 电话写他的"
    assert filled("jingxian", said)["phone"] == "13800000011"


@pytest.mark.parametrize(
    "name", ["新乡县雪梅舞蹈培训中心", "新乡县康源献血服务站", "新乡县小冀镇专职消防救援站", "新乡县松烟笔墨庄"]
)
def test_a_firm_before_where_it_is(name):
    assert filled("xinxiang", f"用电新装 执照叫{name}在翟坡镇文化街38号")["applicant_name"] == name


def test_a_relative_of_the_head_is_not_the_head():
    found = filled("xinxiang", FIRM, "负责人是老板侄子 蔚晓东 13800000012")
    assert (found["legal_representative"], found["project_manager"]) == ("范立冬", "蔚晓东 13800000012")


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("老板就是俺 大伙叫俺段老黑 大名段国强", "段国强"),
        ("法人是我姐夫卜宏伟他在外头跑业务 平常都是我招呼", "卜宏伟"),
        ("俺爹晁德运打了一辈子铁 老板是他", "晁德运"),
    ],
)
def test_who_is_the_head_of_a_tale(said, who):
    assert filled("xinxiang", "新乡县示例寿材铺用电增容", said)["legal_representative"] == who


@pytest.mark.parametrize(
    "said",
    [
        "负责人 冀晓梅 13800000012 经办人同",
        "工地负责：冀晓梅 13800000012\n经办：同工地负责",
        "项目负责人 就冀晓梅 13800000012 经办人也是她",
    ],
)
def test_one_person_in_two_parts(said):
    found = filled("xinxiang", FIRM + "410725197102030002", said)
    assert found["project_manager"] == found["clerk"] == "冀晓梅 13800000012"


def test_nobody_who_has_registered_no_firm_is_one():
    said = "农业用电 我叫康小军 没注册公司就拿个人名义报 身份证410721199201100006"
    assert filled("xinxiang", said)["applicant_name"] == "康小军"


def test_who_calls_is_named_behind_what_he_is():
    said = "来电 男 俞归舟 公司叫泾县归林宠物服务有限公司 法人就是我 火化间电新装"
    assert filled("jingxian", said)["applicant_name"] == "俞归舟"
