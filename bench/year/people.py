"""Everybody of a simulated county. All are made up; their numbers have valid check digits and belong to nobody."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from model.calendar import CHINA
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.staff import Duty, Staff
from model.submission import Submission
from model.values import Address, Code, Day, Phone, Pick, Picks, Value, Words, YesNo

ACCOUNT = "year"
_BODY_SHARE = 2600
"""So many cases a year keep a steward of a body busy."""
_FAMILIES = "赵钱孙李周吴郑王冯陈"
_WEIGHTS = (2, 3, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)[2:]
_CHECKS = "10X98765432"


NEW = "-new"
"""What the id of a successor ends in, after that of whom he follows."""


def staff_of(county: County, cases: int) -> Iterator[Staff]:
    """Stewards and a lead for every body, and two who supervise."""
    number = max(2, min(6, -(-cases // _BODY_SHARE)))
    for body in county.bodies:
        for place in range(number):
            yield _member(county, body.id, f"{body.id}-{place}", "steward")
        yield _member(county, body.id, f"{body.id}-lead", "lead")
    for place in range(2):
        yield _member(county, county.bodies[-1].id, f"{county.id}-watch-{place}", "supervisor")


def successor(one: Staff) -> Staff:
    """Who comes when this one has left."""
    name = f"{one.id}{NEW}"
    return one.model_copy(update={"id": name, "person": f"person-{name}", "open_tasks": 0, "absences": ()})


def _member(county: County, body: str, name: str, duty: Duty) -> Staff:
    return Staff(
        id=name, county=county.id, body=body, name=f"样例{name[-6:]}", phone="0000-0000000", duty=duty,
        account=ACCOUNT, person=f"person-{name}",
    )  # fmt: skip


def application(county: County, number: int, now: dt.datetime, chance: Random) -> Submission:
    """What an applicant hands in: most want one or two services, some everything; every tenth has applied before."""
    person = f"applicant-{number if chance.random() > 0.1 else chance.randrange(number + 1)}"
    many = chance.choices(range(1, 5), (55, 25, 12, 8))[0]
    services = chance.sample(county.services, min(many, len(county.services)))
    places, fields = county.places, on_form(county, county.form.version).form.fields
    town = chance.choice(county.towns) if county.towns and chance.random() < 0.95 else ""
    values: dict[str, Value] = {
        places.services: Picks(picks=tuple(Pick(option=one.option) for one in services)),
        places.applicant_name: Words(text=f"{chance.choice(_FAMILIES)}样例"),
        places.applicant_phone: Phone(number=f"1390000{number % 10_000:04}"),
        places.address: Address(text=f"{town}示范路{chance.randrange(1, 400)}号"),
    }
    for one in services:
        if one.by_answer is not None:
            chosen = chance.sample(sorted(one.by_answer.bodies), 1 + (chance.random() < 0.2))
            values[one.by_answer.field] = Picks(picks=tuple(Pick(option=name) for name in chosen))
    for name in county.process.survey.joint_if_yes:
        field = fields[name]
        if field.kind == "choice":
            option = field.options[0 if chance.random() < 0.1 else 1].text
            values[name] = Picks(picks=(Pick(option=option),))
        else:
            values[name] = YesNo(yes=chance.random() < 0.1)
    for rule in county.process.steps:
        if rule.not_before and chance.random() < 0.2:
            day = now.astimezone(CHINA).date() + dt.timedelta(days=chance.randrange(1, 15))
            values[rule.not_before] = Day(date=day, half=chance.choice((None, "上午", "下午")))
    if "legal_identity" in fields:
        values["legal_identity"] = Code(scheme="identity", number=_identity(number))
    return Submission(
        id=f"year-{number}", account=ACCOUNT, person=person, county=county.id, form=county.form.id,
        form_version=county.form.version, channel="wechat", submitted_at=now, agreements={},
        answers={name: Answer(value=value, by=person, at=now) for name, value in values.items()},
    )  # fmt: skip


def _identity(number: int) -> str:
    """An identity number of area 000000, which there is none of, with its check digit (GB 11643)."""
    digits = f"00000019900101{number % 1000:03}"
    return digits + _CHECKS[sum(int(one) * weight for one, weight in zip(digits, _WEIGHTS, strict=True)) % 11]
