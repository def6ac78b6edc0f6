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
        ("院长戴示例是法人,我是副院长替院里跑,要装气", "经办人"),
        ("法定代表人是戴示例,他委托我办理,要装气", "经办人"),
        ("法人就是我,装气", "法人"),
        ("我自己当老板,要装水", "法人"),
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


@pytest.mark.parametrize(
    "said",
    [
        "陈建华 报电", "房子是我的 陈建华 装水", "委托我来的 陈建华", "家里我当家 陈建华 报电", "登记陈建华 电话13800000000", "我陈建华啊 装个水表",
        "在下陈建华 装水", "个体户陈建华 开面馆", "法人陈小梅 我帮她办 陈建华",
    ],
)  # fmt: skip
def test_whoever_tells_of_himself_is_named_beside_it(said):
    assert filled("jingxian", said).get("applicant_name") == "陈建华"


@pytest.mark.parametrize("said", ["找我 陈建华路6号 装水", "联系我妈 装水", "金水湾 装网"])
def test_others_and_places_are_not(said):
    assert "applicant_name" not in filled("jingxian", said)
