"""Who applies, who answers for the firm and whom to call, as people say it; and words that are nobody's name."""

import pytest

from dialogs.understanding.people import people
from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"


@pytest.mark.parametrize(
    "said",
    [
        "厂长张建军就是法人", "董事长张建军（法人）", "张建军是法人", "校长张建军 法人 身份证号过两天报", "室长张建军 也是法人", "支书张建军也是法定代表人", "法人我老公张建军",
        "法人原先是万家和 上月变更成他闺女张建军", "法人现在是张建军 原来姓葛的那位不算了", "住持法号释永净 俗名张建军 法人填俗名", "法人和经办人都是张建军 13800000012",
        "法人就是他 张建军", "老板就是我张建军", "执照是我爸的名字 张建军 410721194903150005 字号叫新乡县示例浴池",
    ],
)  # fmt: skip
def test_who_represents_the_firm(said):
    assert filled("xinxiang", "用电", FIRM, said)["legal_representative"] == "张建军"


@pytest.mark.parametrize(
    "said",
    [
        "我叫李梅 13800000012",
        "我是办公室的李梅",
        "联系人李梅 13800000012",
        "来电李梅 会计",
        "经办人李梅13800000012",
        "法人不在 找李梅",
    ],
)
def test_who_calls_for_a_firm_does_not_represent_it(said):
    found = filled("xinxiang", "用电", FIRM, said)
    assert found["applicant_name"] == FIRM
    assert "legal_representative" not in found


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("经办人李梅13800000012", "clerk"),
        ("我叫李梅 13800000012 经办人也是我", "clerk"),
        ("我是办公室的李梅，电话13800000012，经办就写我", "clerk"),
        ("联系人李梅 138 0000 0012，经办也是她", "clerk"),
        ("联系人也就是经办人李梅 13800000012", "clerk"),
        ("负责人就是李主任 全名李梅 手机13800000012", "project_manager"),
        ("联系电话写我的 138 0000 0012，我叫李梅，项目负责人也是我", "project_manager"),
        ("平常打我这个138 0000 0012 我是项目经理李梅", "project_manager"),
    ],
)
def test_whom_to_call(said, who):
    found = filled("xinxiang", "用电", f"{FIRM} 法人张建军 410721194903150005", said)
    assert found[who] == "李梅 13800000012"
    assert found["legal_representative"] == "张建军"


def test_the_number_of_somebody_named_before():
    found = filled("xinxiang", "用电", FIRM, "现场负责人 邱铁军 15000005536", "联系电话填铁军的")
    assert found["phone"] == "15000005536"
    assert filled("xinxiang", "用电", FIRM, "联系人也就是经办人靳晓 17600009013")["phone"] == "17600009013"


@pytest.mark.parametrize(
    "turns",
    [
        ("替我妈报一下 李桂兰 410721195803170003",),
        ("帮我妈办", "我妈叫李桂兰 410721195803170003 电话留我的 15700006047 我叫祝明"),
        ("户头在我媳妇名下 她叫李桂兰 410721195803170003", "手机留我的吧 我叫邵长河 153 0000 6028"),
        ("申请人李桂兰 身份证410721195803170003 她是我妈 我叫王磊 电话13800000012",),
        ("我妈李桂兰办的，身份证410721195803170003，联系我 13800000012",),
    ],
)
def test_a_relative_for_whom_somebody_writes(turns):
    for county, name in (("xinxiang", "applicant_name"), ("jingxian", "applicant_name")):
        assert filled(county, "用水", *turns)[name] == "李桂兰"


def test_a_clerk_gives_his_own_name_where_the_form_asks_for_it():
    before = "泾县示例幼儿园 法人是园长苏梦洁 我是后勤的 替园里跑手续"
    found = filled("jingxian", "网", before, "我叫范小琳 手机158 0000 6407")
    assert (found["applicant_type"], found["applicant_name"]) == ("经办人", "范小琳")
    found = filled("jingxian", "电", "泾县示例木业有限公司 法人徐大海委托我来 我叫周敏 13800000012")
    assert (found["applicant_type"], found["applicant_name"]) == ("经办人", "周敏")


@pytest.mark.parametrize(
    "said",
    [
        "泾川镇潘村26号 卫大勇",
        "卫大勇 军官证 南字第0000456号",
        "卫大勇，泾川镇潘村26号",
        "卫大勇 13800000012",
        "13800000012 卫大勇",
        "申请人：卫大勇",
    ],
)
def test_a_name_among_other_particulars(said):
    assert filled("jingxian", "水", said)["applicant_name"] == "卫大勇"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("店叫老邵烩面馆 执照上是新乡县小冀镇老邵烩面馆", "新乡县小冀镇老邵烩面馆"),
        ("执照名称新乡县小冀镇老邵烩面馆 门头是老邵烩面", "新乡县小冀镇老邵烩面馆"),
        ("我是新乡县示例食品有限公司的李梅 13800000012", "新乡县示例食品有限公司"),
        ("来电 大召营镇中心小学总务温主任 5080714 食堂接天然气", "大召营镇中心小学"),
        ("户名写新乡县清真寺", "新乡县清真寺"),
        ("我开了家民宿叫桃花源民宿", "桃花源民宿"),
    ],
)
def test_the_name_of_a_firm(said, name):
    assert filled("xinxiang", "用电", said)["applicant_name"] == name


@pytest.mark.parametrize(
    "said",
    [
        "俺们合作社十二个大棚 要单独上个变压器", "我们公司要增容", "漏了单位：变压器的都是KVA，负荷的都是KW", "我单位拟新建厂房", "来电 养鸡场 榔桥镇黄田村 报水电", "旁边那家超市也要装",
        "高压水枪 常年用 平时不开", "项目码后面补 谷峰开 明年再说", "周二 全天", "热表 申恒牌",
    ],
)  # fmt: skip
def test_what_is_nobodys_name(said):
    found = filled("xinxiang", "用电", said)
    assert not {"applicant_name", "legal_representative"} & found.keys(), found


@pytest.mark.parametrize(
    "text", ["后面补", "通信撤", "全覆盖", "那开吧", "商量后", "冷柜多", "公租房", "项目码", "周二", "别混接"]
)
def test_words_that_begin_with_a_surname(text):
    assert not people(f"电话 {text} 13米")
