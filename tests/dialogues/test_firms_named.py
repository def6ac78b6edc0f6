"""Names of firms behind words for what has them, and words that name no firm."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    "said",
    [
        "公司全名{}", "那个厂子全名{}", "公司{} 法人吴大勇", "厂名{}", "公司执照上的名字是{}", "院子由{}管着", "铺面门头{}", "我们开发商{}",
    ],
)  # fmt: skip
def test_words_before_the_name(said):
    assert (
        filled("xinxiang", "用电", said.format("新乡县示例食品有限公司"))["applicant_name"] == "新乡县示例食品有限公司"
    )


@pytest.mark.parametrize(
    "said",
    [
        "变压器公司自己掏钱买自己安",
        "我单位建设沼气工程",
        "以前挨着翟坡镇中心小学",
        "打算弄个烩面馆",
        "公司那头留固话5071608",
    ],
)
def test_what_names_no_firm(said):
    assert "applicant_name" not in filled("xinxiang", "用电", said)


@pytest.mark.parametrize("said", ["项目叫沐云洗浴改造", "沐云洗浴改建 装修类", "单位联系电话写同一号码"])
def test_the_name_of_a_firm_stays(said):
    found = filled("xinxiang", "用电", "新乡县沐云洗浴有限公司 法人吴大勇 13800000012", said)
    assert found["applicant_name"] == "新乡县沐云洗浴有限公司"


@pytest.mark.parametrize(
    "said",
    [
        "二楼还有餐厅",
        "养猪合作社 电不够使了",
        "从翟坡镇示例茶楼手上买的厂房",
        "以前他的店叫 翟坡镇示例茶楼",
        "联系人郏亮 13800000012，他同时是项目负责人",
    ],
)
def test_whose_name_is_not_the_applicants(said):
    assert "applicant_name" not in filled("xinxiang", "用电", said)


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("法定代表人由阎立群院长担任", "阎立群"), ("当家的也是法人，褚秀兰大姐", "褚秀兰"), ("法人巩长顺亲自打来", "巩长顺"),
        ("当家的郗玉珍 410721194903150005", "郗玉珍"), ("法人海东升", "海东升"),
    ],
)  # fmt: skip
def test_the_head_of_a_firm(said, head):
    assert filled("xinxiang", "用电", "新乡县示例食品有限公司", said)["legal_representative"] == head


def test_a_former_number():
    said = "电话原来是13800000012现在不用了 打13800000034"
    assert filled("jingxian", "用电", said)["phone"] == "13800000034"


def test_the_groups_of_an_account_are_no_telephone():
    assert "phone" not in filled("xinxiang", "水要分表", "总表的号 005 640 1279")
