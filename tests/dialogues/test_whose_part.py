"""Who has which part: several roles of one person, names told later in full, whoever is only called, and accounts in words."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"
IDENTITY = "410721194903150005"


@pytest.mark.parametrize(
    "said",
    [
        "项目负责人、经办人都填车间主任 冀铁军 13300007017", "项目负责人 经办人 都写冀老师 冀铁军 手机13300007017",
        "工程部冀铁军 133 0000 7017，联系人、项目负责人、经办人都填他", "负责人跟经办都是我们老板的儿子 冀铁军 13300007017",
        "项目负责人与经办人均为设备科长 冀铁军 13300007017",
    ],
)  # fmt: skip
def test_several_roles_of_one_person(said):
    found = filled("xinxiang", "用电", FIRM, said)
    assert found["project_manager"] == found["clerk"] == "冀铁军 13300007017"
    assert not {"legal_representative", "project_name"} & found.keys()


@pytest.mark.parametrize(
    "said",
    [
        "经办人是我 后勤尉小帆 13100006104",
        "经办人填我，我是财务的尉小帆，电话13100006104",
        "手续由我们行政尉小帆去跑 13100006104",
        "手续我来跑，我叫尉小帆，13100006104",
        "经办人写尉小帆吧，她手机13100006104",
    ],
)
def test_who_does_the_errands(said):
    assert filled("xinxiang", "用电", FIRM, said)["clerk"] == "尉小帆 13100006104"


@pytest.mark.parametrize(
    "said", ["现场找赵小磊 13800000012", "工地上归赵小磊管 13800000012", "项目上的事找赵小磊13800000012"]
)
def test_who_is_in_charge_of_the_site(said):
    found = filled("xinxiang", "用电", FIRM, said)
    assert found["project_manager"] == "赵小磊 13800000012"
    assert found["applicant_name"] == FIRM


@pytest.mark.parametrize(
    ("before", "said", "name"),
    [
        ("项目负责人邝师傅 13800000012", "邝师傅全名邝守义", "邝守义"),
        ("项目经理王工 13800000012", "王工叫王宏斌", "王宏斌"),
        ("项目负责人小刘 13800000012", "小刘大名刘晓萌", "刘晓萌"),
        ("项目负责人王工 13800000012", "王工明天在不在都行", "王工"),
        ("项目负责人刘工 13800000012", "经办人刘志刚 15900000034", "刘工"),
    ],
)
def test_a_name_in_full_after_the_title(before, said, name):
    assert filled("xinxiang", "用电", FIRM, before, said)["project_manager"] == f"{name} 13800000012"


def test_the_head_does_the_errands_too():
    found = filled("xinxiang", "用电", f"{FIRM} 法人吴大勇", "经办也是老板自己 电话13800000012")
    assert found["clerk"] == "吴大勇 13800000012"


def test_who_is_in_charge_of_a_small_firm_is_its_head():
    found = filled("xinxiang", "用水", f"新乡县小冀镇示例物业服务部 负责人祝凤仙就我本人 身份证 {IDENTITY}")
    assert found["legal_representative"] == "祝凤仙"
    assert "project_manager" not in found


@pytest.mark.parametrize(
    "said",
    [
        "我叫赵桂香今年七十三了", "小同志你好我是蔡村镇河冲村的我叫赵桂香一家五口", "赵桂香，女，1960年生，电话13800000012", "机主赵桂香 13800000012",
        "原户名：徐国庆 新户名：赵桂香", "原来户名徐国庆 现在过到赵桂香名下",
    ],
)  # fmt: skip
def test_who_applies(said):
    found = filled("jingxian", "家里的水表过户", said)
    assert found["applicant_name"] == "赵桂香"
    assert "organisation_name" not in found


@pytest.mark.parametrize(
    "said",
    ["电话留我女儿的 陶小梅 13800000012 我那个老人机听不见", "电话找我儿子 13800000012", "我叫了电工来看", "换到明天上午来", "地方叫桃花小区"],
)  # fmt: skip
def test_who_only_answers_the_telephone_does_not_apply(said):
    assert "applicant_name" not in filled("jingxian", "家里装水", said)


def test_a_name_with_a_point():
    assert (
        filled("xinxiang", "用电", FIRM, "法人是外地人 叫迪力木拉提·艾山")["legal_representative"] == "迪力木拉提·艾山"
    )


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("户号零零八八二幺六", "0088216"), ("水费单上的号是 3025588", "3025588"), ("交水费的号 00 731 904", "00731904"),
        ("缴费卡号3025588", "3025588"), ("3025588是我家水表的户号", "3025588"), ("用户编号 3107 00582", "310700582"),
    ],
)  # fmt: skip
def test_accounts(said, number):
    assert filled("xinxiang", "用水 移表", said)["water_account"] == number


@pytest.mark.parametrize(
    "said",
    [
        "工地上归谁管", "手续由谁去跑 多少钱", "代办要收费吗", "我来跑手续可以吗", "经办也是老板吗", "负责人什么时候来", "工程部的王工会跟你们联系",
        "项目负责人、经办人先空着 后面补", "水费单上的号码在哪看", "项目部在翟坡镇",
    ],
)  # fmt: skip
def test_questions_and_chat_name_nobody(said):
    found = filled("xinxiang", "用水 移表", FIRM, said)
    assert not {"project_manager", "clerk", "legal_representative", "water_account", "project_name"} & found.keys()
