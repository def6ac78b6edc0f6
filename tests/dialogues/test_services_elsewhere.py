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
