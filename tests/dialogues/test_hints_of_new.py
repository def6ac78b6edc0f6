"""What kind of business was said stays said, whatever a later word hints at; and services that are there already."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("county", "field", "kind", "turns"),
    [
        ("xinxiang", "power_kind", "临时用电", ["俺要接个临时电浇地，地里以前没有电，用两个月"]),
        ("xinxiang", "power_kind", "临时用电", ["施工临时用电", "现场以前没通过电 现在什么都没有"]),
        ("jingxian", "water_business", "临时用水", ["工地要接水接电，临时的，以前这里没有水也没有电"]),
        ("jingxian", "power_business", "临时用电", ["工地要接水接电，临时的，以前这里没有水也没有电"]),
        ("jingxian", "water_business", "过户", ["水过户给我儿子"]),
        ("jingxian", "water_business", "过户", ["水要新装", "哦不 是过户 表早就有了"]),
        ("jingxian", "power_business", "新装", ["水先接临时的 电直接正式新装"]),
        ("jingxian", "power_business", "新装", ["乡下起了新房子 电还没拉过来"]),
    ],
)
def test_kind_stays_as_said(county, field, kind, turns):
    assert filled(county, *turns).get(field) == kind


def test_printed_name_of_another_choice():
    answers = filled("xinxiang", "选择事项：用水、用电；申请种类：新装；业务类型：增容")
    assert (answers.get("water_kind"), answers.get("power_kind")) == ("新装", "增容")


@pytest.mark.parametrize(
    ("said", "services"),
    [
        ("小区要通燃气和暖气 电和水早就通了", "燃气、热力"),
        ("水要报 气要报 电施工队已经报过了", "用水、燃气"),
    ],
)
def test_what_is_there_already_is_not_applied_for(said, services):
    assert filled("xinxiang", said)["services"] == services
