"""A case with an answer in every cell of a county's form, and a core that knows nothing else."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.draft import Answer
from model.fields import ChoiceField, Field, NumberField, TableField
from model.order import Order
from model.staff import Staff
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

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)
OPENING = {
    "applicant_kind": "建设单位",
    "power_kind": "增容",
    "applicant_type": "经办人",
    "water_business": "改装",
    "power_business": "新装",
    "gas_business": "改管",
    "net_business": "迁移",
    "external_line": "是",
}
"""The answers with which every cell is shown."""


def value_of(field: Field, number: int, said: str | None = None) -> Value:
    """A value that is nobody else's on the sheet, or `said` wherever a person may write what he likes."""
    words = said if said is not None else f"答{number:03d}"
    match field:
        case ChoiceField(several=True, options=options):
            return Picks(picks=tuple(Pick(option=one.text, note=_note(one.blank, words)) for one in options))
        case ChoiceField(options=options):
            wanted = OPENING.get(field.id, options[-1].text)
            blank = next(one.blank for one in options if one.text == wanted)
            return Picks(picks=(Pick(option=wanted, note=_note(blank, words)),))
        case NumberField():
            unit = field.unit or field.units[-1]
            return Amount(number=Decimal(1000 + number) if field.whole else Decimal(f"{1000 + number}.5"), unit=unit)
        case TableField(columns=columns):
            rows = [
                {one.id: Amount(number=Decimal(7000 + row), unit=one.unit) if one.number else Words(text=f"{words}{row}") for one in columns}
                for row in range(4)
            ]  # fmt: skip
            return Rows(rows=tuple(rows))
    day = dt.date(2027, 1, 1) + dt.timedelta(days=number)
    others: dict[str, Value] = {
        "text": Words(text=words),
        "yes_no": YesNo(yes=True, count=2000 + number),
        "phone": Phone(number="0373-5080217转8"),
        "contact": Contact(name=words, phone=f"139000{number:05d}"),
        "code": Code(scheme="document", number=f"4107211990{number:08d}"),
        "address": Address(text=words),
        "date": Day(date=day, half="上午"),
        "buildings": Buildings(numbers=("1", "2", str(300 + number))),
        "attachment": Files(files=(StoredFile(digest=f"d{number}", media_type="image/png", size=9),)),
        "declaration": Declared(version=1),
    }
    return others[field.kind]


def _note(blank: str, words: str) -> str:
    return words if blank != "none" else ""


def values(county: County, said: str | None = None) -> dict[str, Value]:
    """An answer for every field that an applicant fills in."""
    fields = [one for one in county.form.fields.values() if one.filler == "applicant"]
    return {field.id: value_of(field, number, said) for number, field in enumerate(fields, 1)}


def submission(county: County, given: Mapping[str, Value]) -> Submission:
    answers = {name: Answer(value=one, by="applicant", at=NOW) for name, one in given.items()}
    return Submission(
        id="s1",
        account="gh_example",
        person="applicant",
        county=county.id,
        form=county.form.id,
        form_version=county.form.version,
        channel="wechat",
        submitted_at=NOW,
        answers=answers,
        agreements={},
    )


def case(county: County, **changes: Any) -> Case:
    """Every service with the first body that may act for it, and nothing done yet."""
    orders = tuple(
        Order(id=f"o{place}", service=one.id, body=one.able[0], steward="u1")
        for place, one in enumerate(county.services)
    )
    made: dict[str, Any] = {
        "id": "c1",
        "number": "XXLB2026000001",
        "county": county.id,
        "process_version": county.process.version,
        "submission": "s1",
        "account": "gh_example",
        "person": "applicant",
        "accepted_at": NOW,
        "services": tuple(one.id for one in county.services),
        "joint": True,
        "orders": orders,
    }
    return Case(**(made | changes))


class Core:
    """As much of the routing core as paper asks."""

    def __init__(self, held: Submission | None) -> None:
        self._held = held

    async def submission(self, _case: str) -> Submission | None:
        return self._held

    async def steward(self, staff: str) -> Staff | None:
        return Staff(id=staff, county="xinxiang", body="water_company", name="管家示例", phone="13900000009")
