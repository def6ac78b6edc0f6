"""Services that are named and applied for elsewhere, had already or of no concern; and such as are numbered in a list."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("county", "text", "services"),
    [
        ("xinxiang", "要报水和气 电另外报过了", "用水、燃气"),
        ("xinxiang", "报水和暖 网前头办好了", "用水、热力"),
        ("xinxiang", "办理：燃气，用水：不涉及", "燃气"),
        ("xinxiang", "用电：要 燃气：无", "用电"),
        ("jingxian", "报水和气 宽带也够", "水、气"),
        ("jingxian", "报气和网 水有罐车", "气、网"),
        ("xinxiang", "想接个临时的电 抽水浇地", "用电"),
        ("xinxiang", "想报水 气早先没报过", "用水、燃气"),
        ("jingxian", "报电 网不够 也要", "电、网"),
        ("xinxiang", "报有线和通信 水和电早报过了", "通信、有线电视"),
        ("xinxiang", "报暖气 水电都是开发商去年办下来的", "热力"),
        ("xinxiang", "报电和弱电 炉子里铁水不等人", "用电、通信"),
        ("jingxian", "瓦斯要开通 网路也要装", "气、网"),
        ("xinxiang", "想通燃气 那台蒸箱还是用电的方便", "燃气"),
        ("xinxiang", "想通燃气 用电的户也要立", "用电、燃气"),
    ],
)
def test_services_that_are_not_applied_for_here(county, text, services):
    assert shortly(county, text)["services"] == services


@pytest.mark.parametrize("text", ["要办：1水 2电 3气", "要办：1、水 2、电 3、气", "要办:1.水；2.电；3.气"])
def test_services_in_a_numbered_list(text):
    found = shortly("jingxian", text)
    assert found["services"] == "水、电、气" and "water_demand" not in found


def test_a_number_of_meters_is_no_place_in_a_list():
    assert shortly("jingxian", "水新装 一天1吨 电新装 2千瓦")["water_demand"] == "1吨/日"


@pytest.mark.parametrize(
    ("turns", "kind"),
    [
        (["报电 临时用电", "电不搞临时的 直接装正式的 9个千瓦"], "新装"),
        (["报电 临时用电", "不办临时的了 改成正式的"], "新装"),
        (["报电 临时的 房子盖好再装正式的"], "临时用电"),
    ],
)
def test_for_good_instead_of_for_a_while(turns, kind):
    found = shortly("jingxian", *turns)
    assert found["services"] == "电" and found["power_business"] == kind


@pytest.mark.parametrize(
    ("turns", "services"),
    [
        (["报电和网 电要60千瓦", "电不要60了 50就够"], "电、网"),
        (["报电和网 电要60千瓦", "电不要了 就办网"], "网"),
        (["报水和气 过户", "气他们用到年底 卡里还有钱"], "水、气"),
        (["报电和网", "电改30千瓦 老店的电表他自己去销 这次不登"], "电、网"),
        (["水 电 都要销户", "水不销 看门的还要吃水"], "电"),
        (["水和气销户 电他接着用", "他电也不要我的了 那电也一道销"], "水、电、气"),
        (["报水和网", "电不要 电也一起不办"], "水、网"),
    ],
)
def test_services_kept_and_put_right_later(turns, services):
    assert shortly("jingxian", *turns)["services"] == services


@pytest.mark.parametrize(
    ("text", "services"), [("报暖气和通信 5号楼暖气那边去掉它", "热力、通信"), ("报通信 暖气去掉", "通信")]
)
def test_a_building_is_taken_out_of_a_service(text, services):
    assert shortly("xinxiang", text)["services"] == services
