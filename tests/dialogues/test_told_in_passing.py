"""What people tell in passing: wishes without the name of their cell, more or fewer than before, kinds of a service that stay."""

import pytest

from tests.dialogues.telling import filled, shortly


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ("另外要条专线到芜湖分拨中心 50兆", "net_more_line", ("芜湖", "50")),
        ("还要根专线通宣城分部 100兆", "net_more_line", ("宣城", "100")),
        ("到县教体局拉一对裸光纤", "net_more_line", ("教体局", "裸光纤")),
        ("宽带500兆带2个固定IP", "net_more_broadband", ("2", "IP")),
        ("要8个公网地址", "net_more_broadband", ("8", "公网")),
        ("座机开来电显示", "net_more_phone", ("来电显示",)),
        ("电视加英文频道", "net_more_tv", ("英文频道",)),
    ],
)
def test_wishes_need_no_name_of_their_cell(said, name, words):
    found = shortly("jingxian", "网新装 电信的", said).get(name, "")
    assert all(one in found for one in words), found


@pytest.mark.parametrize("said", ["专线一个月多少钱", "固定IP不要", "专线先不办", "来电显示要钱吗", "上行多少"])
def test_a_wish_that_is_asked_about_or_refused_is_none(said):
    found = shortly("jingxian", "网新装 电信的", said)
    assert not any(name.startswith("net_more") for name in found), found


def test_a_wish_leaves_the_other_numbers_alone():
    found = shortly("jingxian", "宽带新装 移动的 500兆带2个固定IP")
    assert found["net_bandwidth"] == "500兆"


@pytest.mark.parametrize(
    ("turns", "name", "value"),
    [
        (("水不够 现在一天30吨 再加20吨",), "water_demand", "50吨/日"),
        (("水增容 现在每天8吨，还要再加4吨",), "water_demand", "12吨/日"),
        (("网移机 固话本来8门 有两门不要了",), "net_phones", "6门"),
        (("网新装 固话8门", "固话有两门不要了"), "net_phones", "6门"),
        (("网新装 固话3门", "固话再加两门"), "net_phones", "5门"),
        (("网新装 电视4台走安广", "电视减到两台 别的房间用投影"), "net_tvs", "2台"),
        (("水新装 一天5吨", "水加到8吨"), "water_demand", "8吨/日"),
    ],
)
def test_more_or_fewer_than_before(turns, name, value):
    assert shortly("jingxian", *turns).get(name) == value


def test_one_kind_of_a_service_refused_is_not_the_service():
    found = shortly("jingxian", "有线电视新装 安广的 2台", "宽带不要")
    assert (found["services"], found["net_kind"], found["net_tvs"]) == ("网", "有线电视", "2台")
    assert shortly("jingxian", "宽带新装 电信的 水新装", "宽带不要了").get("services") == "水"
    assert shortly("jingxian", "水电气过户", "气先不过了 他那边欠着费")["services"] == "水、电"


def test_the_operator_of_each_kind():
    found = shortly("jingxian", "宽带用电信的 一千兆 电视用安广的 12台 都新装")
    assert (found["net_operator"], found["net_tvs"], found["net_bandwidth"]) == ("电信、安广", "12台", "1000兆")


@pytest.mark.parametrize(
    ("said", "service", "kind"),
    [
        ("刚买的二手房 水电改我名下", "power_business", "过户"),
        ("水电气户名都要换", "gas_business", "过户"),
        ("电 居民改商业 容量不动", "power_business", "改类"),
        ("厂里电也加大", "power_business", "增容"),
        ("再装个宽带 移动的", "net_business", "新装"),
        ("要拉根光纤 电信", "net_business", "新装"),
    ],
)
def test_what_is_to_be_done_in_everyday_words(said, service, kind):
    assert shortly("jingxian", said).get(service) == kind


def test_a_question_changes_nothing_that_is_to_be_done():
    found = shortly("jingxian", "工地要个临时用水", "要装水表不 还是直接接消防栓")
    assert found["water_business"] == "临时用水"


def test_what_is_told_of_a_supply_whatever_is_done_there():
    found = shortly("jingxian", "电 种型勾其他 写减容", "主供从630千伏安减到315千伏安", "变压器不另装，峰谷接着用")
    assert (found["power_main"], found["power_transformer"], found["power_peak"]) == ("315千伏安", False, True)


def test_what_is_written_beside_other():
    found = shortly("jingxian", "拉一路临时电", "业务性质我看只能选其他了，写文化活动吧")
    assert found["business_nature"] == "其他"


@pytest.mark.parametrize(
    "said",
    [
        "没有自备电源",
        "每栋36户 一共252户",
        "表还没装 配套费回头补",
        "这是新盖的商铺 之前水电都没有",
        "只能7月10号放假以后动工，别上课的时候来挖",
        "红线外头的工程也有",
        "工程部顾示例，有事找他",
        "项目址同",
    ],
)
def test_what_is_said_of_something_is_no_name_of_the_project(said):
    assert filled("xinxiang", "用电", "新乡县示例服饰有限公司", said).get("project_name") is None


@pytest.mark.parametrize(
    "said", ["老坛香扩产", "就写焊网车间改扩建吧", "颐和人才公寓", "国有林场危房改造", "工程名写 写字楼改造"]
)
def test_what_calls_the_project_by_its_name_is_kept(said):
    name = filled("xinxiang", "用电", "新乡县示例服饰有限公司", said if "工程名" in said else f"项目名称：{said}")[
        "project_name"
    ]
    assert name in said


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("新乡县示例面粉厂用电增容到630", "新乡县示例面粉厂"),
        ("新乡县张记羊肉汤馆接天然气", "新乡县张记羊肉汤馆"),
        ("新乡县示例镇刘庄小学教学楼要接暖气", "新乡县示例镇刘庄小学"),
        ("新乡县教育体育局 用电 新装", "新乡县教育体育局"),
        ("新乡县公安局交通管理大队 用电新装", "新乡县公安局交通管理大队"),
        ("报热力，开发商新乡市示例房地产开发有限公司", "新乡市示例房地产开发有限公司"),
        ("七里营刘庄村的富农种植专业合作社 打井用电", "富农种植专业合作社"),
        ("水利局边上盖的房子，接水", None),
        ("旁边新乡县示例面粉厂的电是邻居的，我家接水", None),
        ("新乡县示例酒店用品有限公司用电新装", "新乡县示例酒店用品有限公司"),
    ],
)
def test_a_firm_is_named_in_the_same_breath_as_what_it_wants(said, name):
    assert filled("xinxiang", said).get("applicant_name") == name


def test_a_firm_that_has_another_name_now():
    assert (
        filled("xinxiang", "用电新装，绿源家庭农场", "名字改了，现在叫绿野家庭农场")["applicant_name"] == "绿野家庭农场"
    )


@pytest.mark.parametrize("said", ["管长120米 管径DN80", "管径DN80，长度120米", "从路边接到车间120米左右 用DN80的管"])
def test_all_that_is_told_of_a_pipe_is_kept(said):
    scale = filled("xinxiang", "用水新装，新乡县示例服饰有限公司，项目叫宿舍楼", said)["project_scale"]
    assert "120" in scale and "DN80" in scale
