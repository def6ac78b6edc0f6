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
