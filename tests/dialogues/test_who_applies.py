"""Who applies, told in passing: a shop of one's own, an errand for an office, a name at the end."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我开了个早点店,要装水", "法人"),
        ("我在城里租了间门面准备做奶茶,要装电", "法人"),
        ("我承包了个茶厂,要换变压器", "法人"),
        ("自家的小卖部要装宽带", "法人"),
        ("我那个店要装水", "法人"),
        ("我是园长,幼儿园要装煤气", "法人"),
        ("给我们单位办的,要装宽带", "经办人"),
        ("我们老板的店要装水,我是打工的", "经办人"),
        ("邻居开了个店,我家也要装水", "住户"),
        ("隔壁是个体户,我家要装水", "住户"),
        ("我家超市旁边的房子要装水", "住户"),
    ],
)
def test_what_the_applicant_is(said, kind):
    assert filled("jingxian", said).get("applicant_type") == kind


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("家里想装煤气,吴秀兰", "吴秀兰"),
        ("法人柳大山,我帮他跑,要装水,吴秀兰", "吴秀兰"),
        ("家里要装水,落款:吴秀兰 10月8日", "吴秀兰"),
        ("家里想装煤气,多谢啦", None),
        ("我在老板那打工,自己家要装水", None),
    ],
)
def test_who_signs(said, name):
    assert filled("jingxian", said).get("applicant_name") == name
