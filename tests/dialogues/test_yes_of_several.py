"""Yes and no told of several things in a row, of what is finished or there already, or of none of ours."""

import pytest

from tests.dialogues.telling import shortly

HOMES = "居民小区报燃气"


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("报热力", "换热站 庭院管网 热量表 三样眼下都没有", {"heat_station": False, "heat_yard_network": False, "heat_meter": False}),
        ("报热力", "换热站自家就有一座，院里管网去年翻修的时候埋好了", {"heat_station": True, "heat_yard_network": True}),
        ("报热力", "换热站沿用现成的，带得动；庭院管网还没做", {"heat_station": True, "heat_yard_network": False}),
        ("报热力", "换热站和院里管网都没建 热量表装了", {"heat_station": False, "heat_yard_network": False, "heat_meter": True}),
        (HOMES, "小户型、公租房、廉租房均不含", {"gas_small_flats": False, "gas_public_flats": False}),
        (HOMES, "小户型公租房都没有，公租房在我们另一个盘 那边有120户", {"gas_small_flats": False, "gas_public_flats": False}),
        (HOMES, "小户型180户，公租房96户，没有廉租房", {"gas_small_flats": True, "gas_public_flats": True}),
        ("报用电", "自备电源、非线性负荷，均选第二项", {"own_supply": False, "nonlinear_load": False}),
        ("报用电", "停电了有个12千瓦的小柴油机顶着，非线性选有", {"own_supply": True, "nonlinear_load": True}),
    ],
)  # fmt: skip
def test_each_of_them_is_answered(before, said, told):
    filled = shortly("xinxiang", before, said)
    assert {name: filled.get(name) for name in told} == told


@pytest.mark.parametrize(
    ("before", "said", "untold"),
    [
        ("报用电", "那地方没通过电，过去用柴油机带水泵", "own_supply"),
        ("报用电", "非线性他讲不清，只知道有切纸机", "nonlinear_load"),
        ("报热力", "院里管网她讲不清", "heat_yard_network"),
        ("报通信", "和市政管道对不对接，得等设计院答复", "network_duct_joined"),
        ("报通信", "孔 2 对接 她不懂", "network_duct_joined"),
        ("报用水", "全弄好要收多少费用", "heat_yard_network"),
        ("报用水", "盖了新房子现在还没有自来水", "heat_station"),
    ],
)
def test_what_is_past_or_unknown_is_no_answer(before, said, untold):
    assert untold not in shortly("xinxiang", before, said)


def test_a_verb_answers_what_it_is_the_word_for_and_not_what_is_asked():
    filled = shortly("jingxian", "塘边要通电 22kW 业务性质养殖", "谷峰电开了合算吗？", "鸭棚整夜要亮灯，那就开通。")
    assert filled["power_peak"] is True
    assert "appointment" not in filled


@pytest.mark.parametrize(
    ("before", "said", "field", "option"),
    [
        ("报用水 用电", "电价类别起先想填工业，财务讲该是商业，暂按商业填", "power_category", "商业"),
        ("报用水", "用水性质：本以为洗涤属特种行业，得知不属于，请填非居民生活", "water_nature", "非居民生活"),
        ("燃气 工商业", "用气性质里头列着餐饮，我们店不做吃的，请勾锅炉", "gas_use", "锅炉"),
        ("报用水", "性质选排在第三位的那个", "water_nature", "非居民生活"),
        ("报用水", "用水性质也是2，就是好些住户合走一个表那种", "water_nature", "合表居民"),
    ],
)
def test_the_option_meant_in_the_end(before, said, field, option):
    assert shortly("xinxiang", before, said)[field] == option


@pytest.mark.parametrize(
    ("before", "said", "field", "option"),
    [
        ("家里水表要挪到院墙外边", "水光是做饭洗涮", "water_nature", "居民生活"),
        ("报用水", "给我这户另装一块，仅供自家日常生活", "water_nature", "居民生活"),
        ("水表换大", "好些人家共用这块表，水价走居民的", "water_nature", "合表居民"),
        ("报燃气", "管子要藏墙里 不走明的", "gas_fitting", "精装房暗埋"),
        ("申请燃气、用电", "个体执照：小冀镇孙三宝烩面馆", "gas_use", "餐饮"),
        ("自建房 要办：自来水新装；天然气", "离家多年", "water_nature", "居民生活"),
    ],
)
def test_what_it_is_used_for(before, said, field, option):
    assert shortly("xinxiang", before, said)[field] == option


def test_what_a_works_is_called_after_is_not_done_there():
    assert "gas_use" not in shortly("xinxiang", "报燃气", "新乡县大华锅炉有限公司")


def test_two_offices_are_no_households():
    filled = shortly("xinxiang", "康复医院要气和电 气是空调用的直燃机", "问两家一起来还是分开来看现场")
    assert filled["gas_class"] == "工、商业用户"


def test_a_short_word_answers_though_a_paper_is_asked_for():
    told = ("我替公司来办 电增容", "丁家桥镇工业集中区6号", "后面补", "谷峰开")
    assert shortly("jingxian", *told)["power_peak"] is True


def test_water_from_their_own_well_is_not_applied_for():
    filled = shortly("xinxiang", "猪场电不够使了", "俺备着柴油发电机一台 吃水是自家井 恁不用操心")
    assert filled["services"] == "用电"
    assert "water_nature" not in filled
