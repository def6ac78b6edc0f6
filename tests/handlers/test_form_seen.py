"""A body's own system sees the common sections and those of its own service, and nothing of the others' (X19)."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from handlers.systems.payload import form_seen
from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.draft import Answer
from model.fields import Field
from model.submission import Submission
from model.values import (
    Address,
    Amount,
    Buildings,
    Code,
    Contact,
    Day,
    Declared,
    Files,
    Phone,
    Pick,
    Picks,
    Rows,
    StoredFile,
    Value,
    Words,
    YesNo,
)
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=CHINA)
SERVICES = [(county.id, service.id) for county in shipped().values() for service in county.services]


def answer(field: Field, number: int) -> Value:
    """A value that tells of which field it is, wherever it turns up."""
    mark = f"mark{number:03d}"
    day = dt.date(2031, 1, 1) + dt.timedelta(days=number)
    values: dict[str, Value] = {
        "text": Words(text=mark),
        "number": Amount(number=Decimal(900000 + number), unit="u"),
        "yes_no": YesNo(yes=True, count=900000 + number),
        "phone": Phone(number=f"13{number:09d}"),
        "contact": Contact(name=mark, phone="13900000000"),
        "code": Code(scheme="identity", number=mark),
        "address": Address(text=mark, latitude=1.5, longitude=2.5),
        "date": Day(date=day, half="上午"),
        "buildings": Buildings(numbers=(mark, "2")),
        "table": Rows(rows=({"a": Words(text=mark), "b": Amount(number=Decimal("1.5"), unit="u"), "c": None},)),
        "attachment": Files(files=(StoredFile(digest=f"digest-{mark}", media_type="image/png", size=900000 + number),)),
        "declaration": Declared(version=1),
    }
    if field.kind == "choice":
        return Picks(picks=(Pick(option=field.options[0].text, note=mark),))
    return values[field.kind]


def filled(county: County) -> Submission:
    """Every field of the form answered, and every service chosen."""
    answers = {name: answer(field, number) for number, (name, field) in enumerate(county.form.fields.items())}
    answers[county.places.services] = Picks(picks=tuple(Pick(option=one.option) for one in county.services))
    return Submission(
        id="s",
        account="a",
        person="secret-person",
        county=county.id,
        form=county.form.id,
        form_version=county.form.version,
        channel="wechat",
        submitted_at=NOW,
        answers={
            name: Answer(value=one, by="secret-person", at=NOW, source="secret-words") for name, one in answers.items()
        },
        agreements={},
        missing=tuple(county.form.fields),
    )


def case(county: County, contact: str = "") -> Case:
    return Case(
        id="c", number="n", county=county.id, process_version=1, submission="s", account="a", person="p",
        accepted_at=NOW, services=(), joint=True, orders=(), contact=contact,
    )  # fmt: skip


def seen(county_id: str, *services: str) -> dict[str, object]:
    county = shipped()[county_id]
    found = form_seen(county, case(county), services, filled(county))
    return json.loads(json.dumps(found, ensure_ascii=False))


@pytest.mark.parametrize(("county_id", "service"), SERVICES)
def test_no_field_of_another_service_is_in_it_and_none_of_its_own_is_missing(county_id: str, service: str) -> None:
    county = shipped()[county_id]
    others = {one.id for one in county.services} - {service}  # in both counties a service's section is named after it
    found = seen(county_id, service)
    fields = {one["id"] for section in found["form"]["sections"] for one in section["fields"]}
    foreign = {field.id for section in county.form.sections if section.id in others for field in section.fields}
    assert fields == set(county.form.fields) - foreign
    assert {one["id"] for one in found["form"]["missing"]} == fields


@pytest.mark.parametrize(("county_id", "service"), SERVICES)
def test_no_value_of_another_service_turns_up_anywhere(county_id: str, service: str) -> None:
    county = shipped()[county_id]
    text = json.dumps(seen(county_id, service), ensure_ascii=False)
    for section in county.form.sections:
        if section.id in {one.id for one in county.services} - {service}:
            for number, name in enumerate(county.form.fields):
                if name in {one.id for one in section.fields}:
                    assert f"mark{number:03d}" not in text
                    assert f"{900000 + number}" not in text
                    assert f"13{number:09d}" not in text


def test_two_services_of_one_body_come_together() -> None:
    found = seen("xinxiang", "water", "heat")
    sections = [one["id"] for one in found["form"]["sections"]]
    assert [one for one in sections if one in ("water", "power", "gas", "heat", "network", "tv")] == ["water", "heat"]


def test_neither_who_wrote_nor_his_words_nor_the_files_leave_the_house() -> None:
    text = json.dumps(seen("xinxiang", "heat"), ensure_ascii=False)
    for kept in ("secret-person", "secret-words", "digest-"):
        assert kept not in text


def test_values_are_typed() -> None:
    found = seen("xinxiang", "gas")
    fields = {one["id"]: one for section in found["form"]["sections"] for one in section["fields"]}
    assert fields["gas_households"]["type"] == "number"
    assert isinstance(fields["gas_households"]["value"], int)
    assert fields["gas_households"]["unit"] == "u"
    assert fields["gas_small_flats"]["value"]["yes"] is True
    assert fields["gas_buildings"]["value"][1] == "2"
    assert [{"a", "b", "c"}] == [set(row) for row in fields["gas_devices"]["value"]]
    assert {one["id"] for one in fields["gas_devices"]["columns"]}
    assert fields["approvals_pages"]["value"][0]["media_type"] == "image/png"
    assert fields["approvals_pages"]["label"] == shipped()["xinxiang"].form.fields["approvals_pages"].label


def test_who_is_called_is_the_number_given_since() -> None:
    county = shipped()["xinxiang"]
    found = form_seen(county, case(county, "13812345678"), ["water"], filled(county))
    assert found["contact"]["phone"] == "13812345678"
    assert found["applicant"]["phone"] != "13812345678"
