"""Names of firms and people whose ending or surname nobody has heard of, told by what stands beside them."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("用水新装 合河乡麦香挂面房 92410721MA00311889", "合河乡麦香挂面房"),
        ("用水新装 大召营镇佳佳烘焙屋(个体户) 92410721MA00311889", "大召营镇佳佳烘焙屋"),
        ("用水新装 新乡县颐宁护理院 民非 52410721MA0007030X", "新乡县颐宁护理院"),
        ("用水新装 登记的名称 新乡县小冀恩泉教堂 证号71410721MA00085945", "新乡县小冀恩泉教堂"),
    ],
)
def test_a_firm_is_told_by_its_code(said, name):
    assert filled("xinxiang", said)["applicant_name"] == name


def test_a_place_before_an_identity_number_is_no_firm():
    told = filled("xinxiang", "用水新装", "小冀镇示例小区3号楼 410721197411020005")
    assert (told["applicant_address"], told.get("applicant_name")) == ("小冀镇示例小区3号楼", None)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("法人是支书 尚海涛 身份证41072119690930000X", "尚海涛"),
        ("执照上名字叫合河乡顺弯轮胎修补部老板就是我自己孟庆喜按商业走就行", "孟庆喜"),
        ("法人也是我本人王伟按商业算", "王伟"),
    ],
)
def test_the_head_is_told_behind_what_he_is(said, name):
    assert filled("xinxiang", "用水新装", said)["legal_representative"] == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("老板我 枚志远 342529197901020001", "枚志远"),
        ("申请人类型选法人 卫生室负责人和法人都是我 詹德厚 342529196011150002", "詹德厚"),
        ("居民 342529197901020001", None),
        ("户主 我爸 342529197901020001", None),
    ],
)
def test_somebody_is_told_by_his_number(said, name):
    assert filled("jingxian", "水新装", said).get("applicant_name") == name


def test_whoever_writes_names_himself_behind_his_calling():
    told = filled("xinxiang", "我是退休教师翁静宜,小冀镇学苑里小区5号楼2单元301。想办天然气")
    assert told["applicant_name"] == "翁静宜"


_FIRM = (
    "新乡县景樾城市建设有限公司、91410721MA00072091、法人 鹿鸣远、410721197705050007、七里营镇中原路100号、18600007123"
)


def test_whoever_is_named_by_his_role_does_not_answer_the_question_for_another():
    told = filled("xinxiang", "热力", _FIRM, "项目 景樾府南区 地址同公司 没有代码", "经办人 窦小满 18600007124")
    assert (told["clerk"], told.get("project_manager")) == ("窦小满 18600007124", None)


def test_a_measure_or_what_is_known_is_no_name():
    shop = ("挂面房 用电新装", "合河乡麦香挂面房 92410721MA00311889", "法人 訾铁成 410721196507080008")
    told = filled("xinxiang", *shop, "合河乡訾庄村北头 项目地址同 15900003118", "六十千瓦")
    assert told.get("project_name") is None
