"""JSON values as answers: whatever a form can hold can be given and is shown again as it was; nothing is guessed."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.as_data.reading import read_value
from dialogs.as_data.showing import example, plain
from dialogs.reading import Context, Partial, Refusal, Understood
from model.fields import Field
from model.values import Amount, Buildings, Day, Pick, Picks, YesNo
from tests.api.applications import NOW, filled, whole
from tests.shipped import shipped

COUNTIES = shipped()
FIELDS = [
    (county, field)
    for county in COUNTIES.values()
    for field in county.form.fields.values()
    if field.filler == "applicant" and field.kind not in {"attachment", "declaration"}
]


def field(county: str, name: str) -> Field:
    return COUNTIES[county].form.fields[name]


def read(county: str, name: str, value: Any) -> Any:
    one = COUNTIES[county]
    return read_value(value, field(county, name), Context(NOW, one.area_code, one.calendar, {}))


@pytest.mark.parametrize(("county", "one"), FIELDS, ids=lambda one: one.id)
def test_the_example_of_every_field_is_an_answer_and_is_shown_as_it_was_given(county, one):
    context = Context(NOW, county.area_code, county.calendar, filled(county, whole(county)).draft.answers)
    shown = example(one, context)
    assert shown is not None
    through = json.loads(json.dumps(shown, ensure_ascii=False), parse_float=Decimal)
    reading = read_value(through, one, context)
    assert isinstance(reading, Understood)
    assert plain(reading.value, one) == shown


def test_numbers_are_taken_as_they_are_and_never_converted():
    assert read("jingxian", "power_main", {"number": 630, "unit": "千伏安"}).value == Amount(
        number=Decimal(630), unit="千伏安"
    )
    assert read("jingxian", "power_main", 630) == Refusal("data.unit", {"units": "千伏安、千瓦"})
    assert read("jingxian", "power_main", {"number": 630, "unit": "MW"}).code == "number.unit"
    assert read("jingxian", "power_main", {"number": "630", "unit": "千瓦"}).code == "data.number"
    assert read("jingxian", "power_main", {"unit": "千瓦"}).code == "data.number"
    assert read("jingxian", "water_demand", Decimal("0.1")).value.number == Decimal("0.1")
    assert read("jingxian", "water_demand", 0.1).value.number == Decimal("0.1")
    assert read("jingxian", "water_demand", True).code == "data.number"
    assert read("jingxian", "water_demand", -1).code == "number.small"


@pytest.mark.parametrize(
    "number", [Decimal("1e999999999"), Decimal("1e-999999999"), 10**4000, float("inf"), float("nan")]
)
def test_a_number_nobody_can_write_down_is_none(number):
    assert isinstance(read("jingxian", "water_demand", number), Refusal)
    assert isinstance(read("xinxiang", "network_cabinets", [{"model": "GPX", "count": number}]), Refusal)
    assert isinstance(read("xinxiang", "heat_meter", {"yes": True, "count": number}), Refusal)


def test_options_are_those_of_the_form_word_for_word():
    assert read("jingxian", "services", ["电", "水"]).value == Picks(picks=(Pick(option="水"), Pick(option="电")))
    assert read("jingxian", "services", ["水", "水"]).value.options == ("水",)
    assert read("jingxian", "services", "水").value.options == ("水",)
    for wrong in (
        "自来水",
        "1",
        "水和电",
        ["水", "电力"],
        [["水"]],
        [],
        1,
        {"option": "水", "note": "二楼"},
        {"note": "x"},
    ):
        refusal = read("jingxian", "services", wrong)
        assert refusal == Refusal("data.option", {"options": "水、电、气、网"}), wrong
    assert read("jingxian", "business_nature", ["住宅", "工业"]).code == "choice.one"
    assert read("jingxian", "business_nature", {"option": "其他", "note": "学校"}).value.picks[0].note == "学校"
    assert read("jingxian", "business_nature", "其他") == Partial("note", {"option": "其他"}, so_far="其他")
    assert read("jingxian", "business_nature", {"option": "其他", "note": "校" * 61}).code == "text.long"


def test_yes_and_no_are_true_and_false():
    assert read("xinxiang", "heat_station", True).value == YesNo(yes=True)
    assert read("xinxiang", "heat_station", False).value == YesNo(yes=False)
    for wrong in ("是", 1, 0, None, [True], {"yes": True, "count": 3}, {"no": True}):
        assert read("xinxiang", "heat_station", wrong).code == "data.yes_no"


def test_a_number_beside_yes():
    counted = [one for _, one in FIELDS if one.kind == "yes_no" and one.count_unit]
    assert counted
    for one in counted:
        context = Context(NOW, "0373", COUNTIES["xinxiang"].calendar, {})
        assert read_value({"yes": True, "count": 48}, one, context).value == YesNo(yes=True, count=48)
        assert read_value(False, one, context).value == YesNo(yes=False)
        assert isinstance(read_value(True, one, context), Partial)
        for wrong in ({"yes": True, "count": 0}, {"yes": False, "count": 3}, {"yes": True, "count": 1.5}):
            assert read_value(wrong, one, context).code == "yes_no.count"


def test_days_are_iso_days():
    assert read("xinxiang", "heat_start", "2026-12-01").value == Day.model_validate({"date": "2026-12-01"})
    for wrong in ("明天", "12月1日", "2026-12-01T00:00:00Z", 20261201, None, "2026-12-01 9:00"):
        assert read("xinxiang", "heat_start", wrong).code == "data.date", wrong
    assert read("xinxiang", "heat_start", "2026-02-30").code == "date.unreal"
    assert read("xinxiang", "heat_start", "2126-12-01").code == "date.far"


def test_rows_have_a_value_for_every_column():
    rows = [{"model": "GPX-144", "count": 3}]
    assert plain(read("xinxiang", "network_cabinets", rows).value, field("xinxiang", "network_cabinets")) == rows
    for wrong in ([{"model": "GPX-144"}], [{"model": "GPX", "count": None}], [{"model": "", "count": 1}],
                  [{"model": "GPX", "count": 1, "colour": "灰"}]):  # fmt: skip
        assert read("xinxiang", "network_cabinets", wrong).code == "data.columns", wrong
    for wrong in ([], {}, "GPX-144 3台", [1], [["GPX", 3]]):
        assert read("xinxiang", "network_cabinets", wrong).code == "data.rows", wrong
    assert read("xinxiang", "network_cabinets", [{"model": "GPX", "count": 0}]).code == "number.small"
    assert read("xinxiang", "network_cabinets", rows * 31).code == "table.many"


def test_the_other_shapes():
    assert read("xinxiang", "heat_buildings", ["1", "2", "A3"]).value == Buildings(numbers=("1", "2", "A3"))
    assert read("xinxiang", "heat_buildings", "1-3号楼").value.numbers == ("1", "2", "3")
    assert read("xinxiang", "heat_buildings", [1, 2]).code == "data.buildings"
    assert read("xinxiang", "phone", 13800000000).code == "data.text"
    assert read("xinxiang", "phone", "138000").code == "phone.short"
    assert read("xinxiang", "clerk", {"name": "张示例", "phone": "13800000002"}).value.name == "张示例"
    assert read("xinxiang", "clerk", "张示例 13800000002").code == "data.contact"
    spot = {"text": "小冀镇示范路10号", "latitude": 35.19, "longitude": 113.8}
    assert plain(read("xinxiang", "applicant_address", spot).value, field("xinxiang", "applicant_address")) == spot
    assert read("xinxiang", "applicant_address", {**spot, "latitude": 135}).code == "data.address"
    assert read("xinxiang", "applicant_address", {"text": "小冀镇示范路10号"}).code == "data.address"
    assert read("xinxiang", "heat_site_plan", "x").code == "data.file"
    assert read("xinxiang", "applicant_name", "名" * 100_000).code == "text.long"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["option", "note", "number", "unit", "yes", "count", "name", "phone", "text", "model"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(value=JSON, place=st.integers(min_value=0, max_value=len(FIELDS) - 1))
def test_any_json_is_read_or_refused(value, place):
    county, one = FIELDS[place]
    reading = read_value(value, one, Context(NOW, county.area_code, county.calendar, {}))
    assert isinstance(reading, Understood | Partial | Refusal)
    if isinstance(reading, Understood):
        reading.value.model_dump_json()
