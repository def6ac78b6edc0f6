"""Cells that are asked for under a condition: asked where it holds, not where it does not (X74–X145, J55–J86).

The table was written from the requirements. A line: the cell | answers with which it is asked | answers with which it is not.
"""

import datetime as dt
from decimal import Decimal

import pytest

from dialogs.visible import open_fields
from model.calendar import CHINA
from model.county import County
from model.draft import Answer, Draft
from model.fields import ChoiceField, Field, NumberField, YesNoField
from model.values import Amount, Pick, Picks, Value, Words, YesNo
from tests.shipped import shipped

NOW = dt.datetime(2026, 3, 4, 10, tzinfo=CHINA)

XINXIANG = """
X74  | applicant_kind=建设单位 | applicant_kind=自然人
X76  | applicant_kind=建设单位 | applicant_kind=自然人
X77  | applicant_kind=建设单位 | applicant_kind=自然人
X78  | applicant_kind=建设单位 project_name=二期厂房 | applicant_kind=建设单位
X78  | applicant_kind=建设单位 project_name=二期厂房 | applicant_kind=自然人 project_name=二期厂房
X80  | applicant_kind=建设单位 project_name=二期厂房 | applicant_kind=建设单位
X80  | applicant_kind=建设单位 project_name=二期厂房 | applicant_kind=自然人 project_name=二期厂房
X82  | external_line=是 | external_line=否
X83  | services=用水 | services=用电
X85  | services=用水 water_kind=改表 | services=用水 water_kind=新装
X85  | services=用水 water_kind=新装、移表 | services=用水 water_kind=移管线
X86  | services=用电 | services=用水
X89  | services=用电 power_kind=增容 | services=用电 power_kind=新装
X91  | services=用电 power_category=工业 | services=用电 power_category=居民小区
X92  | services=用电 power_kind=增容 power_2_load=400 | services=用电 power_kind=新装 power_2_load=400
X93  | services=用电 power_2_load=400 | services=用电
X95  | services=用电 own_supply=有 | services=用电 own_supply=无
X100 | services=燃气 | services=热力
X101 | services=燃气 gas_class=居民客户 | services=燃气 gas_class=工、商业用户
X102 | services=燃气 gas_class=居民客户 | services=燃气 gas_class=工、商业用户
X103 | services=燃气 gas_class=居民客户 | services=燃气 gas_class=工、商业用户
X105 | services=燃气 gas_class=居民客户 | services=燃气 gas_class=工、商业用户
X107 | services=燃气 gas_class=居民客户 | services=燃气 gas_class=工、商业用户
X109 | services=燃气 gas_class=工、商业用户 | services=燃气 gas_class=居民客户
X110 | services=燃气 gas_class=居民客户、工、商业用户 | services=燃气 gas_class=居民客户
X111 | services=热力 | services=燃气
X117 | services=热力 heat_fee_paid=已缴 | services=热力 heat_fee_paid=未缴
X118 | services=热力 heat_fee_paid=已缴 | services=热力 heat_fee_paid=未缴
X123 | services=热力 heat_meter=是 | services=热力 heat_meter=否
X124 | services=热力 heat_meter=是 | services=热力 heat_meter=否
X125 | services=热力 | services=用水
X126 | services=热力 | services=用水
X127 | services=热力 | services=用水
X128 | services=热力 | services=用水
X130 | services=通信 | services=有线电视
X141 | services=有线电视 | services=通信
X142 | services=有线电视 | services=通信
X143 | services=有线电视 | services=通信
X144 | services=有线电视 | services=通信
X145 | services=有线电视 | services=通信
"""

JINGXIAN = """
J55 | services=水 water_business=改装 | services=水 water_business=新装
J55 | services=网 net_business=迁移 | services=网 net_business=过户
J55 | services=气 gas_business=改管 | services=气 gas_business=通气点火
J57 | applicant_type=经办人 | applicant_type=法人
J58 | applicant_type=法人 | applicant_type=住户
J59 | applicant_type=经办人 | applicant_type=住户
J65 | appointment=需要预约 | appointment=不需要
J66 | services=水 | services=电
J67 | services=水 water_business=增容 | services=水 water_business=过户
J69 | services=电 | services=水
J70 | services=电 power_business=新装 | services=电 power_business=过户
J71 | services=电 power_business=新装 business_nature=工业 | services=电 power_business=过户 business_nature=工业
J72 | services=电 power_business=增容 | services=电 power_business=销户
J73 | services=电 power_business=临时用电 | services=电 power_business=销户
J76 | services=气 | services=网
J77 | services=气 gas_business=通气点火 business_nature=商用 | services=气 gas_business=通气点火 business_nature=住宅
J78 | services=气 gas_business=改管 business_nature=工业 | services=气 gas_business=改管 business_nature=住宅
J80 | services=网 | services=气
J83 | services=网 net_kind=宽带 net_business=新装 | services=网 net_kind=通讯 net_business=新装
J83 | services=网 net_kind=宽带 net_business=新装 | services=网 net_kind=宽带 net_business=迁移
J84 | services=网 net_kind=通讯 net_business=新装 | services=网 net_kind=宽带 net_business=新装
J85 | services=网 net_kind=有线电视 net_business=新装 | services=网 net_kind=宽带 net_business=新装
"""


def lines(name: str, table: str) -> list[tuple[str, str, str, str]]:
    rows = [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]
    return [(name, ref, yes, no) for ref, yes, no in rows]


def value(field: Field, said: str) -> Value:
    match field:
        case ChoiceField():
            ticked = tuple(Pick(option=one.text) for one in field.options if one.text in said)
            assert ticked, f"{field.id}: {said}"
            return Picks(picks=ticked)
        case YesNoField():
            assert said in {field.yes, field.no}
            return YesNo(yes=said == field.yes)
        case NumberField():
            return Amount(number=Decimal(said))
        case _:
            return Words(text=said)


def asked(one: County, said: str) -> set[str]:
    """The cells that are still to be asked for once this has been answered."""
    answers = {}
    for pair in said.split():
        name, _, words = pair.partition("=")
        answers[name] = Answer(value=value(one.form.fields[name], words), by="o_x", at=NOW)
    draft = Draft(
        id="d", form=one.form.id, form_version=one.form.version, opened_at=NOW, changed_at=NOW, answers=answers
    )
    return {ref for field in open_fields(one.form, draft) for ref in field.ref}


CELLS = lines("xinxiang", XINXIANG) + lines("jingxian", JINGXIAN)


@pytest.mark.parametrize(("name", "ref", "yes", "no"), CELLS, ids=[ref for _, ref, _, _ in CELLS])
def test_a_cell_is_asked_for_under_its_condition_only(name: str, ref: str, yes: str, no: str) -> None:
    assert ref in asked(shipped()[name], yes)
    assert ref not in asked(shipped()[name], no)
