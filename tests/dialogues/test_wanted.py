"""Which services people want, what is to be done there, and what they name and do not want after all."""

import pytest

from model.values import YesNo
from tests.dialogues.telling import filled, shortly


def kinds(county, *turns):
    """The services, and what is to be done for each of those where that is known."""
    found = filled(county, *turns)
    names = (
        {"水": "water_business", "电": "power_business", "气": "gas_business", "网": "net_business"}
        if county == "jingxian"
        else {"用水": "water_kind", "用电": "power_kind"}
    )
    wanted = found.get("services", "").split("、") if found.get("services") else []
    return {one: found.get(names.get(one, "")) for one in wanted}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("水电过户", {"水": "过户", "电": "过户"}),
        ("水电气都过户 网移机", {"水": "过户", "电": "过户", "气": "过户", "网": "迁移"}),
        ("网和电话迁过去 水电过户", {"网": "迁移", "水": "过户", "电": "过户"}),
        ("宽带跟着搬，水和电销户", {"网": "迁移", "水": "销户", "电": "销户"}),
        ("水电气都是前房东的名字 想改成我的", {"水": "过户", "电": "过户", "气": "过户"}),
        ("电表还是我爸的名字 要换成我的", {"电": "过户"}),
        ("水和电户名都是原来老板的，换成我们所", {"水": "过户", "电": "过户"}),
        ("电当时过到租户名下了，要过回来", {"电": "过户"}),
        ("水从每天3吨增到8吨，电从20千瓦加到50千瓦", {"水": "增容", "电": "增容"}),
        ("电由200千伏安提到400千伏安 水报新装", {"电": "增容", "水": "新装"}),
        ("电不够用 想加大点", {"电": "增容"}),
        ("电从商业改回居民", {"电": "改类"}),
        ("电现在是居民价 要转成商业的", {"电": "改类"}),
        ("用水用电 先接个临时的", {"水": "临时用水", "电": "临时用电"}),
        ("水新装 电接个临时的", {"水": "新装", "电": "临时用电"}),
        ("气新接 电从50千瓦增到80千瓦", {"气": "通气点火", "电": "增容"}),
        ("家里那个宽带没人用了，帮我退掉", {"网": "销户"}),
        ("宽带和水表都销掉", {"网": "销户", "水": "销户"}),
        ("水电新装 灶要挪到后院 气改管", {"水": "新装", "电": "新装", "气": "改管"}),
        ("厨房要挪到南阳台，自来水管跟燃气管都得跟着改", {"水": "改装", "气": "改管"}),
    ],
)
def test_what_is_to_be_done_in_jingxian(said, expected):
    assert kinds("jingxian", said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("水一户一表 再把电加大点", {"用水": "分表", "用电": "增容"}),
        ("水表要挪到院墙外 电增容", {"用水": "移表", "用电": "增容"}),
        ("电原来50千伏安 想加到80千伏安", {"用电": "增容"}),
        ("电从315换成630千伏安 水新装", {"用电": "增容", "用水": "新装"}),
        ("盖房先接个临时的电 水也装上", {"用电": "临时用电", "用水": "新装"}),
        ("水要一户一表 煤气罐换成管道天然气", {"用水": "分表", "燃气": None}),
    ],
)
def test_what_is_to_be_done_in_xinxiang(said, expected):
    assert kinds("xinxiang", said) == expected


@pytest.mark.parametrize(
    ("turns", "services"),
    [
        (("电新装", "宽带顺便拉一条移动的100兆 算了 用手机流量 不装了"), "电"),
        (("电新装", "天然气能不能也通上 算了这回不报"), "电"),
        (("电新装 天然气他问能不能通 让他去问燃气公司 不登",), "电"),
        (("水过户", "租户留下的宽带 他说不用管"), "水"),
        (("水过户", "宽带他说不用管"), "水"),
        (("水过户", "网他问了一嘴 山上能不能拉 告知另问电信 不登"), "水"),
        (("水过户 气再说 先不办",), "水"),
        (("水增容 供水需求8吨", "消防用水要单独报吗 这次不报"), "水"),
        (("水增容 供水需求8吨", "水我还想再加两吨 算了"), "水"),
        (("宽带移机 电信的", "宽带联通的 带宽不变"), "网"),
        (("水电新装", "网也报一个 300兆 电信的"), "水、电、网"),
        (("水电新装", "网也一块报了吧"), "水、电、网"),
        (("水新装 电80千瓦 变压器 不装",), "水、电"),
        (("水新装 电新装 消防栓 不装",), "水、电"),
        (("水电气新装", "气不报了 等明年"), "水、电"),
        (("水电气新装", "电我们再想想 电不办了"), "水、气"),
        (("宽带不用了 移动的 帮我销掉",), "网"),
        (("电表房东的名字 过户到我名下",), "电"),
    ],
)
def test_services_named_and_not_wanted(turns, services):
    assert filled("jingxian", *turns).get("services") == services


def test_what_was_taken_back_fills_nothing():
    found = filled("jingxian", "水新装", "宽带拉一条移动的100兆 算了 不装了")
    assert not {"net_operator", "net_kind", "net_bandwidth", "net_business"} & found.keys()
    found = filled("jingxian", "宽带新装 电信的", "店里还有条移动的 不动 不登")
    assert found["net_operator"] == "电信"
    found = filled("jingxian", "网新装移动的500兆，带4台电视", "电视不要了 光宽带就行")
    assert found["net_kind"] == "宽带"


def test_a_kitchen_needs_no_gas():
    assert filled("xinxiang", "家里水表在楼道 要挪到厨房外墙")["services"] == "用水"
    assert filled("xinxiang", "饭店的电要增容 食堂在二楼")["services"] == "用电"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("变频啥的也没有", "无"), ("非线性负荷 CT、核磁那些 算有", "有"), ("变频器没有", "无"), ("水泵都是带变频的", "有"), ("非线性那栏写无", "无"),
        ("变频缝纫机算不算非线性我拿不准", None), ("整流设备之类的没有", "无"), ("中频炉有两台", "有"),
    ],
)  # fmt: skip
def test_special_loads(said, expected):
    found = filled("xinxiang", "用电新装", said)
    assert found.get("nonlinear_load") == (expected and str(YesNo(yes=expected == "有")))


def test_a_yard_network_still_in_the_trench():
    for said in ("院里管网还在埋", "庭院管网还在焊", "换热站盖好了 院里管网还在埋"):
        assert filled("xinxiang", "报暖气", said)["heat_yard_network"] == str(YesNo(yes=False)), said


@pytest.mark.parametrize("said", ["主供1260千伏安 两台630的箱变", "充电桩12台 每台120千瓦", "塔吊两台 施工电梯三台"])
def test_machines_are_no_televisions(said):
    found = filled("jingxian", "电新装 网新装 宽带电信的", said)
    assert (found["net_kind"], found.get("net_tvs")) == ("宽带", None)


@pytest.mark.parametrize("said", ["电改80千瓦", "用电改成80千瓦", "电要80千瓦才够"])
def test_one_supply_made_larger_is_no_second_one(said):
    found = filled("jingxian", "电新装 三相60千瓦 工业", said)
    assert found.get("power_spare") is None


def test_what_is_to_be_done_stays_until_somebody_thinks_again():
    assert filled("xinxiang", "病房楼用电增容", "二路这次新上1000千伏安")["power_kind"] == "增容"
    assert filled("jingxian", "拉个临时电", "电别搞临时的了 直接新装")["power_business"] == "新装"
    assert filled("jingxian", "电增容", "还是报新装吧")["power_business"] == "新装"


@pytest.mark.parametrize(
    ("county", "turns", "services"),
    [
        ("jingxian", ["水电都要新办 气不要 隔壁宾馆气是新奥的我们用不上"], "水、电"),
        ("xinxiang", ["要水表电表，我们那没通气所以气不说了"], "用水、用电"),
        ("xinxiang", ["用水新装", "他想电也照样分 又说这次先算了 下月再看"], "用水"),
        ("xinxiang", ["用电增容，有线电视", "有线电视这项撤回，如今客人只看网络电视"], "用电"),
        ("xinxiang", ["登记有线电视 通信等下个月"], "有线电视"),
        ("xinxiang", ["办用水、燃气。供电不在内，电归出租方"], "用水、燃气"),
        ("xinxiang", ["用电新装", "顺便帮我加个网", "算了网不加了"], "用电"),
        ("jingxian", ["水电网都要", "水的备注 等完工 网的备注不用"], "水、电、网"),
        ("xinxiang", ["燃气、热力", "燃气改成612户；热力范围不变"], "燃气、热力"),
        ("xinxiang", ["用电增容 水是自家井"], "用电"),
        ("xinxiang", ["要装水 要装气 别的不装 电用房主家的"], "用水、燃气"),
    ],
)
def test_what_is_put_off_or_anothers_is_not_wanted(county, turns, services):
    assert shortly(county, *turns)["services"] == services
