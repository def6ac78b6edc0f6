"""Which of several numbers is to be called: by whose it is, by its place, or because the others reach nobody."""

import pytest

from tests.dialogues.telling import filled

A, B = "13800000011", "13800000012"


@pytest.mark.parametrize(
    "said",
    [
        f"我电话{B},我老公{A},打他的",
        f"我手机{B},我闺女{A},联系我闺女的就行",
        f"{B}是我儿子的,我的是{A}",
        f"两个号{A}和{B},前面那个常用",
        f"两个号{B}和{A},打后面那个",
        f"两个手机{B}、{A},留第二个号",
        f"师傅上门打{A},那是我爱人,我号码{B}上班不能接",
        f"我的{B}白天不方便接,打{A}",
        f"上次留的{B}换了,现在是{A}",
        f"手机{A},联系不上就打我老公的{B}",
        f"我电话{A},我老公{B},别打他的",
    ],
)
def test_the_number_to_call(said):
    assert filled("jingxian", f"装水,{said}")["phone"] == A


@pytest.mark.parametrize("said", [f"两个号{A}和{B},别打后面那个", f"电话{A},打不通再打我老公的,{B}"])
def test_a_number_that_is_not_to_be_called(said):
    assert filled("jingxian", f"装水,{said}").get("phone") != B


def test_roles_in_brackets_behind_their_bearers():
    found = filled("xinxiang", f"新乡县示例置业有限公司 柳成山(法人)柳小明(项目经理){A} 苗秀兰(经办){B}")
    assert found["legal_representative"] == "柳成山"
    assert (found["project_manager"], found["clerk"]) == (f"柳小明 {A}", f"苗秀兰 {B}")


def test_a_firm_goes_by_its_name_of_today():
    said = "以前叫新乡县示例置业有限公司,现在改名新乡县示例城建有限公司,要通水"
    assert filled("xinxiang", said)["applicant_name"] == "新乡县示例城建有限公司"


@pytest.mark.parametrize("who", ["我在泾县示例纸业有限公司上班", "我是泾县示例纸业有限公司的退休职工"])
def test_whoever_works_at_a_firm_applies_for_his_home(who):
    assert "organisation_name" not in filled("jingxian", f"{who},自己家里要装水,我叫吴秀兰")


def test_a_firm_whose_clerk_writes_applies():
    said = "我在泾县示例纸业有限公司上班,公司要装水,我叫吴秀兰"
    assert filled("jingxian", said)["organisation_name"] == "泾县示例纸业有限公司"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("楼盘对外叫示例花园,要通水", "示例花园"),
        ("楼盘对外叫示例花园,立项是新乡县示例安置小区建设项目,要通水", "新乡县示例安置小区建设项目"),
        ("项目上老李管,要通水", None),
    ],
)
def test_the_name_of_a_project(said, name):
    assert filled("xinxiang", f"新乡县示例置业有限公司,{said}").get("project_name") == name
