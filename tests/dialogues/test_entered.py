"""A field on a page: its inputs hold the answer, what is entered is read as words are, and only what was changed is an edit."""

import datetime as dt

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from dialogs.as_data.edits import Other, Taken, Wrong, edits, left_empty, results, seen
from dialogs.as_data.entering import Posted, entered, mark, read_entered, shown
from dialogs.as_data.reading import read_value
from dialogs.as_data.showing import example
from dialogs.reading import Context, Partial, Refusal, Understood
from model.draft import Agreement, Answer, Draft
from model.values import Address, Amount, Code, Day, Phone, Picks, Rows, Words, YesNo
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 28, 10, tzinfo=dt.UTC)
XX, JX = shipped()["xinxiang"], shipped()["jingxian"]
FIELDS = [one for county in (XX, JX) for one in county.form.fields.values() if one.filler == "applicant"]


def context(county=XX, **answers):
    known = {name: Answer(value=value, by="o", at=NOW) for name, value in answers.items()}
    return Context(NOW, county.area_code, county.calendar, known)


def draft(county=XX, **answers):
    known = {name: Answer(value=value, by="o", at=NOW, revision=3) for name, value in answers.items()}
    agreed = {"notice": Agreement(agreed=True, version=1, at=NOW)}
    return Draft(id="d", form=county.form.id, form_version=county.form.version, opened_at=NOW, changed_at=NOW, revision=3,
                 answers=known, agreements=agreed)  # fmt: skip


def page(one: Draft, county=XX, **entered_now: str | list[str]) -> Posted:
    """What a browser sends of the whole form with these inputs changed; `__` stands for the point."""
    posted: dict[str, list[str]] = {}
    for name, field in county.form.fields.items():
        answer = one.answers.get(name)
        posted[f"seen.{name}"] = [seen(field, answer)]
        for part, text in shown(answer.value, field) if answer else ():
            posted.setdefault(f"{name}.{part}" if part else name, []).append(text)
    for name, text in entered_now.items():
        posted[name.replace("__", ".")] = [text] if isinstance(text, str) else text
    return posted


def saved(one: Draft, posted: Posted, county=XX):
    return results(county, county.form, one, edits(county.form, posted), NOW)


@pytest.mark.parametrize("field", FIELDS, ids=lambda one: one.id)
def test_an_answer_fills_the_inputs_and_is_read_out_of_them_again(field):
    told = example(field, context())
    reading = read_value(told, field, context())
    if not isinstance(reading, Understood):
        return  # papers and the declaration
    inputs = shown(reading.value, field)
    posted: dict[str, list[str]] = {}
    for part, text in inputs:
        posted.setdefault(f"{field.id}.{part}" if part else field.id, []).append(text)
    assert entered(field, posted) == inputs
    if not inputs:
        assert isinstance(reading.value, Code)  # a number of a person is not in the page
        return
    again = read_entered(inputs, field, context())
    assert isinstance(again, Understood)
    assert again.value == reading.value


@given_any(st.sampled_from(FIELDS), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_entered_is_read_or_refused(field, text, other):
    posted = {
        field.id: [text, other],
        **{f"{field.id}.{part}": [other] for part in ("unit", "count", "half", "time", "0.name", "note.0")},
    }
    inputs = entered(field, posted)
    assert len(mark(inputs)) == 16
    if inputs:
        assert isinstance(read_entered(inputs, field, context()), Understood | Refusal | Partial)


@pytest.mark.parametrize(
    ("name", "inputs", "told"),
    [
        ("phone", {"": "1380000"}, "phone.short"),
        ("heat_phases", {"": "两期半"}, "number.unit"),
        ("project_manager", {"name": "王建国", "phone": "12"}, "phone.short"),
        ("project_manager", {"phone": "13800001234"}, "name"),
        ("gas_devices", {"0.device": "双眼大灶"}, "table.cell"),
        ("gas_devices", {"0.device": "双眼大灶", "0.count": "几台"}, "number.none"),
        ("gas_small_flats", {"": "yes", "count": "好多"}, "yes_no.count"),
        ("gas_small_flats", {"": "maybe"}, "yes_no.unclear"),
        ("applicant_kind", {"": "外星人"}, "data.option"),
        ("project_name", {"": "长" * 1001}, "text.long"),
    ],
)
def test_what_is_wrong_has_the_reasons_of_the_chat(name, inputs, told):
    field = XX.form.fields[name]
    reading = read_entered(tuple(inputs.items()), field, context())
    assert told == (reading.code if isinstance(reading, Refusal) else reading.want)


def test_numbers_are_read_as_people_write_them_with_the_unit_they_chose():
    field = JX.form.fields["power_main"]
    assert read_entered((("", "400"), ("unit", "千瓦")), field, context(JX)).value == Amount(number=400, unit="千瓦")
    assert read_entered((("", "400kVA"), ("unit", "千瓦")), field, context(JX)).value == Amount(
        number=400, unit="千伏安"
    )
    assert read_entered((("", "400"),), field, context(JX)).want == "unit"
    assert read_entered((("", "一万二"),), XX.form.fields["heat_total_area"], context()).value.number == 12_000


def test_blank_rows_are_left_out():
    field = XX.form.fields["gas_devices"]
    first, *_ = [one.id for one in field.columns]
    posted = {f"gas_devices.4.{first}": ["灶"], f"gas_devices.2.{first}": ["  "], "gas_devices.99999.x": ["y"]}
    assert entered(field, posted) == ((f"0.{first}", "灶"),)


def test_what_nobody_changed_is_no_edit():
    one = draft(phone=Phone(number="13800001234"), services=Picks.model_validate({"picks": [{"option": "用水"}]}))
    assert edits(XX.form, page(one)) == ()
    (edit,) = edits(XX.form, page(one, phone="13900001234"))
    assert (edit.field, edit.seen) == ("phone", 3)
    unticked = {name: texts for name, texts in page(one).items() if name != "services"}
    assert [one.field for one in edits(XX.form, unticked)] == ["services"]
    assert edits(XX.form, {"phone": ["13900001234"]}) == ()  # a page that did not show it


def test_valid_parts_are_taken_beside_those_that_are_not():
    found = saved(draft(), page(draft(), phone="13", applicant_name="王建国", project_name="示例项目"))
    assert isinstance(found["phone"], Wrong)
    assert found["applicant_name"] == Taken(Words(text="王建国"), Understood(Words(text="王建国")))
    assert isinstance(found["project_name"], Taken)


def test_two_writers_on_one_field_are_both_heard():
    before = draft(phone=Phone(number="13800001234"), project_name=Words(text="甲"))
    posted = page(before, phone="13900001234", project_name="乙")
    meanwhile = before.model_copy(
        update={"answers": {**before.answers, "phone": before.answers["phone"].model_copy(update={"value": Phone(number="13700001234"), "revision": 5})}}
    )  # fmt: skip
    found = saved(meanwhile, posted)
    assert found["phone"] == Other(Phone(number="13900001234"))
    assert isinstance(found["project_name"], Taken)
    # He says which: his own, over the one he was shown; or theirs, which is no edit at all.
    assert isinstance(saved(meanwhile, {**posted, "which.phone": ["5"]})["phone"], Taken)
    assert "phone" not in saved(meanwhile, {**posted, "which.phone": ["theirs"]})
    # Both wrote the same: nothing to ask.
    assert isinstance(saved(meanwhile, {**posted, "phone": ["13700001234"]})["phone"], Taken)


def test_required_cannot_be_emptied_and_optional_can():
    one = draft(phone=Phone(number="13800001234"), project_name=Words(text="甲"))
    found = saved(one, page(one, phone="", project_name=""))
    assert found["phone"] == Wrong(None)
    assert found["project_name"] == Taken(None)


def test_a_number_of_a_person_waits_for_its_consent():
    person = Picks.model_validate({"picks": [{"option": "自然人"}]})
    one = draft(applicant_kind=person)
    posted = page(one, applicant_code="11010519491231002X")
    assert saved(one, posted) == {}
    agreed = one.model_copy(
        update={"agreements": {**one.agreements, "identity": Agreement(agreed=True, version=1, at=NOW)}}
    )
    assert isinstance(saved(agreed, posted)["applicant_code"], Taken)
    later = saved(agreed, page(agreed, applicant_code__later="1"))
    assert later["applicant_code"] == Taken(None)


def test_a_number_is_checked_by_what_is_entered_beside_it():
    one = draft()
    firm = saved(one, page(one, applicant_kind="建设单位", applicant_code="91410721MA9XXXXX0X"))
    assert isinstance(firm["applicant_code"], Wrong)


def test_fields_that_are_not_on_the_form_are_left_out():
    one = draft()
    assert "gas_households" not in saved(one, page(one, gas_households="12"))
    assert "water_nature" not in saved(one, page(one, water_nature="居民"))
    assert "water_nature" in saved(one, page(one, services=["用水"], water_nature="居民"))
    assert saved(one, page(one, power_receiver="我")) == {}


def test_whoever_goes_on_has_seen_what_is_optional():
    one = draft()
    posted = page(one)
    names = {edit.field for edit in left_empty(XX.form, posted, one)}
    assert "project_name" in names
    assert "planned_time" not in names  # nobody is asked for it
    assert "phone" not in names
    assert "project_name" not in {edit.field for edit in left_empty(XX.form, {**posted, "project_name": ["甲"]}, one)}


def test_values_as_inputs():
    fields = XX.form.fields
    assert shown(Address(text="和平路1号"), fields["project_address"]) == (("", "和平路1号"),)
    halves = fields["planned_time"].model_copy(update={"halves": True})
    assert shown(Day(date=dt.date(2026, 12, 20)), halves) == (("", "2026-12-20"), ("half", "全天"))
    assert read_entered((("", "2026-12-20"),), halves, context()).want == "half"
    assert read_entered((("", "2026-12-20"), ("half", "全天")), halves, context()).value == Day(
        date=dt.date(2026, 12, 20)
    )
    assert shown(YesNo(yes=True, count=48), fields["gas_small_flats"]) == (("", "yes"), ("count", "48"))
    assert shown(None, fields["project_code"]) == (("later", "1"),)
    assert shown(None, fields["project_name"]) == ()
    columns = [one.id for one in fields["gas_devices"].columns]
    rows = Rows(rows=({columns[0]: Words(text="灶")},))
    assert shown(rows, fields["gas_devices"]) == ((f"0.{columns[0]}", "灶"),)


def test_the_same_as_above_is_said_as_in_the_chat():
    one = draft(applicant_address=Address(text="小冀镇示范路10号"))
    assert saved(one, page(one, project_address="同上"))["project_address"].value == Address(text="小冀镇示范路10号")
    fresh = draft()
    both = saved(fresh, page(fresh, applicant_address="小冀镇示范路10号", project_address="同上"))
    assert both["project_address"].value == Address(text="小冀镇示范路10号")
