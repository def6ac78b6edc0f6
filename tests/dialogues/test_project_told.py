"""What a project is called, its code and its scale, in all the ways people tell them; and what is none of these."""

import pytest

from tests.dialogues.telling import filled


def _name(*turns):
    return filled("xinxiang", "用电新装", "新乡县示例食品有限公司 法人钱立", *turns).get("project_name")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("楼定名住院部二号楼，就建在院子东南角", "住院部二号楼"),
        ("他们管这项目叫三万锭技改，立项代码上头还没批", "三万锭技改"),
        ("小区叫锦川华府，位置小冀镇文化路西段", "锦川华府"),
        ("盘子叫天玺府 在新乡经济开发区青龙路与中央大道东北角", "天玺府"),
        ("干活也在这儿 项目给它起名鲜达冷链二期", "鲜达冷链二期"),
        ("工程“青橙公寓改造”，旧厂房改的", "青橙公寓改造"),
        ("项目叫沐云洗浴改造，搞个装修，用不着立项", "沐云洗浴改造"),
        ("机房叫云谷数据中心一期 就在七里营镇科技大道1号", "云谷数据中心一期"),
        ("给翟坡镇中心街换路灯，就叫翟坡镇中心街路灯改造工程", "翟坡镇中心街路灯改造工程"),
        ("公司在七里营镇物流园C区5号，冷库也建在这块，名叫冰泉果蔬冷库", "冰泉果蔬冷库"),
        ("新园也写这里 名字实验幼儿园新园", "实验幼儿园新园"),
        ("项目名称 和旺供热站煤改气 项目代码2504-410721-04-02-506134", "和旺供热站煤改气"),
        ("名称磐安建材二期 项目代码2601-410721-04-01-712059", "磐安建材二期"),
        ("项目 合河乡排涝泵站改造 代码 2512-410721-04-01-080313", "合河乡排涝泵站改造"),
        ("项目 安岚颐养园B区（A区前年报过，不算）代码2605-410721-04-01-080520", "安岚颐养园B区"),
        ("新建的冷库取名叫冰雪一号库", "冰雪一号库"),
        ("项目名定为锅炉房改造", "锅炉房改造"),
        ("这个盘的案名是云锦府", "云锦府"),
        ("批文上写的是城南污水站提标改造", "城南污水站提标改造"),
        ("发改委那里登记的名是城南污水站提标改造", "城南污水站提标改造"),
        ("咱这个项目呢就叫和平街供热改造吧", "和平街供热改造"),
    ],
)
def test_what_it_is_called(said, name):
    assert _name(said) == name


@pytest.mark.parametrize(
    "said",
    [
        "项目没起名", "项目叫什么还没定", "小区叫锦绣家园的那个去年报过", "隔壁那个盘叫金地花园 已经通了", "我们厂叫示例食品", "这个表叫什么名", "楼叫人拆了",
        "工程还没开始", "项目名称同此", "工地上是尚小敏管事",
    ],
)  # fmt: skip
def test_what_calls_no_project(said):
    assert _name(said) is None


def test_a_word_with_gai_in_a_name_changes_no_other_name():
    found = filled("xinxiang", "用水", "新乡县沐云洗浴有限公司", "项目叫沐云洗浴改造")
    assert (found["applicant_name"], found["project_name"]) == ("新乡县沐云洗浴有限公司", "沐云洗浴改造")


@pytest.mark.parametrize(
    "said",
    [
        "二五一一 四一零七二一 零四 零一 五零七三三三",
        "2511 4107 2104 0150 7333",
        "2511 410721 04 01 507333",
        "25114107210401507333",
    ],
)
def test_project_codes_in_any_groups(said):
    found = filled("xinxiang", "用电新装", "新乡县示例食品有限公司 法人钱立", f"项目码{said}")
    assert found["project_code"] == "2511-410721-04-01-507333"


@pytest.mark.parametrize(
    "said",
    ["要挖村外县道一个口子 那块是路政管的", "新址独立开户，头一次通电", "管道长度从路口到楼前240米，跟市政对上了"],
)
def test_what_is_said_of_the_work_is_no_address(said):
    found = filled("xinxiang", "用电新装", "新乡县示例食品有限公司 法人钱立", said)
    assert not {"applicant_address", "project_address"} & found.keys()


@pytest.mark.parametrize(
    ("said", "scale"),
    [
        ("水：首次接 非居民 DN150进户管 长约380m", "DN150进户管 长约380m"),
        ("从外面引一根DN150的管子进院，380米上下。", "从外面引一根DN150的管子进院，380米上下"),
        ("DN100给水管1.2km", "DN100给水管1.2km"),
        ("水表DN20 屋里60m²", None),
    ],
)
def test_how_long_and_wide_pipes_are(said, scale):
    assert filled("xinxiang", "用水新装", "新乡县示例食品有限公司", said).get("project_scale") == scale


@pytest.mark.parametrize("said", ["全开起来八十来个千瓦", "炒锅俩 一个钟头七方"])
def test_an_amount_is_no_name_of_a_project(said):
    assert "project_name" not in filled(
        "xinxiang", "用水", "我叫柴玉珍 410721194802260002 13800004412 合河乡西柳村8号", said
    )
