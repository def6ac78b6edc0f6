"""Numbers of people put right by a part or told in pieces, whose number is the one to call, and numbers of documents."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("法人代表靖保田 410721197703150000", "法人号码年份听岔了 是1971 别写1977"),
        ("法人代表靖保田 410721197703150000", "证号出生年不对，把1977换成1971，其余没问题"),
        ("法人代表靖保田 410721197103510000", "我看花了 生日是0315"),
        ("法人靖保田，证件号码我分段贴：4107211971", "03150000（与上一条连起来）"),
        ("法人靖保田，身份证4107-2119-7103-1500-00", "就这些"),
    ],
)
def test_the_number_of_an_identity_card(first, then):
    assert filled("xinxiang", "用电", FIRM, first, then)["legal_identity"] == "410721197103150000"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("我的电话136 0000", "接着是7184"),
        ("联系电话13600007148", "手机尾巴念颠倒了 七一八四才对"),
        ("我的手机136000007184", "零多出来一个，删掉一个才对"),
        ("我的手机136000007184", "手机号错了，中间0写多一个"),
        ("联系电话：13600007148。写错，那是兄弟的号，改用我爱人的：13600007184", "好"),
        ("负责人池锦程 我本人 13600007184 联系同号", "好"),
        ("工地由韩铁林负责，他的手机是13600007184，联系的话就找他这个号", "好"),
        ("没有手机，联系用隔壁邻居家的号码：13600007184", "好"),
        ("电话13600007184，无人接就找我徒弟小马，13900007420", "好"),
    ],
)
def test_the_number_to_call(first, then):
    assert filled("xinxiang", "用电", FIRM, first, then)["phone"] == "13600007184"


def test_the_number_of_somebody_half_told():
    told = filled("xinxiang", "用电", FIRM, "路晓打来的，她经办", "法人栾振华，公司电话5086612，她本人手机15600000811")
    assert (told["clerk"], told["phone"]) == ("路晓 15600000811", "0373-5086612")


@pytest.mark.parametrize(
    "said", ["证件是护照，号码M00083145", "回乡证号码M00083145", "台胞证，编号M00083145", "持回乡证（号码M00083145）"]
)
def test_a_document_by_its_kind(said):
    assert filled("jingxian", "装宽带", f"我叫陈嘉树，{said}")["document_number"] == "M00083145"


@pytest.mark.parametrize(
    "said",
    ["我叫鲁小敏，替公司来办事，不是老板，老板是汪启东", "法人是米绍文，委托站长鲁小敏代办"],
)
def test_who_writes_for_a_firm_applies(said):
    assert filled("jingxian", "装宽带", "安徽示例茶业有限公司", said)["applicant_name"] == "鲁小敏"


@pytest.mark.parametrize(
    "said",
    [
        "用户自称茂林镇老陶面馆，其实执照上是泾县陶记面食店（92341823MA0071219X）",
        "泾县陶记面食店，92341823MA0071219X，房子是从 泾县老岭竹制品厂 手上买的",
    ],
)
def test_the_name_on_the_licence(said):
    assert filled("jingxian", "天然气通气", said)["organisation_name"] == "泾县陶记面食店"


@pytest.mark.parametrize(
    "said",
    [
        "负责这个项目的是戚建业，他的座机0373-5081768",
        "工地由路常青盯着，他的手机15000007318",
        "项目经理 经志刚 0373 5081796",
        "对公账户在中原银行 末四位6681",
        "我们开户行是中原银行，账号尾数6681",
        "光纤备案今年11月的最后一天",
    ],
)
def test_the_number_to_call_stays(said):
    assert filled("xinxiang", "用电", FIRM, "联系电话0373-5081762", said)["phone"] == "0373-5081762"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("总机 5107021-806", "0373-5107021转806"),
        ("电话 5062113 转 3", "0373-5062113转3"),
        ("0373-5062138-8 是座机", "0373-5062138转8"),
    ],
)
def test_an_extension(said, number):
    assert filled("xinxiang", "用电", FIRM, said)["phone"] == number


@pytest.mark.parametrize(
    "said",
    [
        "身份证末位输错，不应是8，应为X，即结尾000X",
        "打错了 尾巴上那个8得换成X 前边都对着哩",
        "末位不是8 是X",
    ],
)
def test_the_last_sign_of_a_refused_number(said):
    found = filled("xinxiang", "用电", FIRM, "法人苗大壮", "证号 410721198703090008", said)
    assert found["legal_identity"] == "41072119870309000X"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("负责人 = 滕波", "滕波的号码下来了：18500008526"),
        ("电话13900000001", "现场请联络负责人滕波，工程科的，18500008526"),
        ("电话18500008526", "管工程的叫滕波 他那格电话也登这个手机"),
        ("电话18500008526", "负责人 = 滕波，手机同法人"),
    ],
)
def test_the_number_of_who_is_in_charge(first, then):
    assert filled("xinxiang", "用电", FIRM, first, then)["project_manager"] == "滕波 18500008526"


def test_what_is_no_firm_does_not_take_the_name_of_one():
    assert filled("xinxiang", "用电", FIRM, "项目也在厂里，名称是钢化线扩能")["applicant_name"] == FIRM


@pytest.mark.parametrize("told", ["俺是褚凤仙 证 410721 19620809 0003", "我叫褚凤仙，身份证410721196208090003"])
def test_who_told_his_number_before_his_shop_is_its_head(told):
    found = filled("xinxiang", "用水移表", told, "全名新乡县小冀镇桐荫物业服务部 执照92410721MA0005166N")
    assert found["applicant_code"] == "92410721MA0005166N"
    assert (found["legal_representative"], found["legal_identity"]) == ("褚凤仙", "410721196208090003")


def test_who_told_his_number_is_no_head_where_another_is_named():
    told = "我叫褚凤仙，身份证410721196208090003"
    firm = "公司新乡县示例食品有限公司 91410721MA0005481D 法人靖保田"
    found = filled("xinxiang", "用水移表", told, firm)
    assert found["legal_representative"] == "靖保田"
    assert "legal_identity" not in found


def test_who_is_to_be_called_on_the_matter():
    found = filled("xinxiang", "用电", FIRM, "经办 尉迟萍 村会计 有事就找我 幺五七零零零零六三九八")
    assert (found["clerk"], found["phone"]) == ("尉迟萍 15700006398", "15700006398")
