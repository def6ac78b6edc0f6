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


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我叫池锦辉，是项目负责人，电话13800000012", {"project_manager": "池锦辉 13800000012", "phone": "13800000012"}),
        ("法人、项目负责人、经办人都是我，池锦辉，13800000012", {"legal_representative": "池锦辉", "project_manager": "池锦辉 13800000012", "clerk": "池锦辉 13800000012"}),
        ("经办人是我，厂办的何静，电话13800000012", {"clerk": "何静 13800000012", "phone": "13800000012"}),
        ("程工 13800000012 全名程立新 也是项目负责人", {"project_manager": "程立新 13800000012"}),
        ("13800000012 就是小窦 全名窦一鸣 经办人也填他", {"clerk": "窦一鸣 13800000012"}),
        ("联系电话13800000012，经办人常有福，也打这个", {"clerk": "常有福 13800000012", "phone": "13800000012"}),
        ("项目负责人安永平13800000012，联系电话同号", {"project_manager": "安永平 13800000012", "phone": "13800000012"}),
        ("法定代表人是我爱人侯志强，他的身份证后面补，有事打我电话13800000012", {"legal_representative": "侯志强", "phone": "13800000012"}),
        ("法人原来是老于，现在换成于小伟了", {"legal_representative": "于小伟"}),
    ],
)  # fmt: skip
def test_roles_apart_from_names(said, expected):
    found = filled("xinxiang", "用电", FIRM, said)
    assert {name: found.get(name) for name in expected} == expected
    assert found["applicant_name"] == FIRM


def test_somebody_named_in_a_message_before():
    assert filled("xinxiang", "用电 来电 郎宝山", f"{FIRM} 经营者就他")["legal_representative"] == "郎宝山"
    found = filled("xinxiang", "用电", FIRM, "单经理 13800000012", "经办 单继祖 就是单经理")
    assert found["clerk"] == "单继祖 13800000012"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("喂我是老板我叫褚卫国我们在七里营镇", "褚卫国"), ("我叫李梅有事打我电话", "李梅"), ("我是宣纸厂的汪守墨啊我们水不够用", "汪守墨"),
        ("房东同意了我叫凤小芹身份证是", "凤小芹"), ("法人写我妈黄秀英", "黄秀英"), ("户名过户给我儿子金鑫", "金鑫"), ("自称姓金 金满仓", "金满仓"),
    ],
)  # fmt: skip
def test_where_a_name_ends(said, name):
    assert [one.text for one in people(said) if one.kind == "person"] == [name]


@pytest.mark.parametrize(
    "text",
    ["我明天在家", "我马上到", "我单位拟建", "我方同意", "我常年在外", "我和我爱人", "改成商用", "变成高压", "换成大表", "联系人都行", "本人申请", "居民 13800000123", "电话是俺孙子嘞"],
)  # fmt: skip
def test_what_stands_where_names_stand(text):
    assert not people(text)


def test_a_spare_number_is_not_the_one_to_call():
    for said in (
        "手机 13800000012 备用手机13900000153",
        "138-0000-0012，家里座机0373-5080444也行",
        "13800000012 备用号13600000418",
    ):
        assert filled("xinxiang", "用水 自己家", said)["phone"] == "13800000012"
    found = filled("xinxiang", "用电", f"{FIRM} 联系电话13700008065", "现场联系我们厂长 时海涛 15500007381，负责人写他")
    assert (found["phone"], found["project_manager"]) == ("13700008065", "时海涛 15500007381")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("铺子叫新乡县大召营镇顺手铁艺加工部，92410721MA000401XC", "新乡县大召营镇顺手铁艺加工部"),
        ("翟坡镇卫生院要通水", "翟坡镇卫生院"),
        ("新乡县翟坡镇卫生院 原来写的翟坡镇卫生院", "新乡县翟坡镇卫生院"),
    ],
)
def test_names_told_by_what_follows(said, name):
    assert filled("xinxiang", "用电", said)["applicant_name"] == name


def test_a_kind_of_shop_in_a_town_is_no_name():
    assert "organisation_name" not in filled("jingxian", "网", "来电 桃花潭镇民宿 网新装")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("泾县示例竹艺有限公司 法人 宁长庚 来电的是厂办 倪思雨 替厂里办",), ("经办人", "倪思雨")),
        (("泾县示例油品有限公司 法人甘绍武 来电站长 屠美兰 办手续",), ("经办人", "屠美兰")),
        (("泾县示例种植专业合作社 理事长暴春生 本人打的",), ("法人", "暴春生")),
        (("泾县示例烘焙店 老板邬小满 我自己",), ("法人", "邬小满")),
        (("家里装宽带 户主龙飞",), ("住户", "龙飞")),
    ],
)
def test_who_applies_for_whom(turns, expected):
    found = filled("jingxian", "水", *turns)
    assert (found.get("applicant_type"), found.get("applicant_name")) == expected


@pytest.mark.parametrize(
    ("said", "clerk"),
    [
        ("我跑腿的 段小波 13800000012 联系电话填我的 经办人也是我", "段小波 13800000012"),
        ("经办人米国良的会计 尚可心 13800000012", "尚可心 13800000012"),
        ("办事的是我 纪小满 13800000012，单位电话也写这个", "纪小满 13800000012"),
        ("联系电话我的 13800000012 我姓荣 荣小麦 经办也填我", "荣小麦 13800000012"),
    ],
)
def test_who_runs_the_errands(said, clerk):
    assert filled("xinxiang", "用电", f"{FIRM} 法人黎一川", said)["clerk"] == clerk


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("李小朵来办 15100007041", "clerk", "李小朵 15100007041"),
        ("联系找靳晓 176 0000 9013，他就是经办的", "clerk", "靳晓 17600009013"),
        ("工地找茹建设 137 0000 3390", "project_manager", "茹建设 13700003390"),
        ("工地由路常青盯着，他的手机15000007318", "project_manager", "路常青 15000007318"),
        ("负责这个项目的是戚建业，电话0373-5081768", "project_manager", "戚建业 0373-5081768"),
        ("法人代表为校长程广志，身份证号410721196708100001", "legal_representative", "程广志"),
        ("以前的户主叫王二妮 房子我买了 我叫陈晓光", "applicant_name", "陈晓光"),
    ],
)
def test_people_in_other_words(said, field, value):
    assert filled("xinxiang", said)[field] == value
