"""Whom a row is about, and what it would change."""

from bot.roster.plan import Plan, planned
from bot.roster.reading import Entry
from model.staff import Staff
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]


def entry(row: int = 2, *, name: str = "甲", body: str = "water_company", phone: str = "13700000301", **more) -> Entry:
    told = {"duty": None, "districts": None, "id": ""} | more
    return Entry(
        row,
        name,
        body,
        phone,
        cells={"name": f"A{row}", "body": f"B{row}", "phone": f"C{row}", "id": f"F{row}"},
        **told,
    )


def one(number: int = 1, **more) -> Staff:
    told = {
        "id": f"s{number}",
        "county": "xinxiang",
        "body": "water_company",
        "name": "甲",
        "phone": f"1370000030{number}",
    }
    return Staff(**(told | more))


def test_open_work_does_not_change_bodies_with_its_steward() -> None:
    """It would be the work of a body that has nothing to do with it."""
    wrong = planned([entry(body="power_company", id="s1")], [one(open_tasks=2)], COUNTY, lambda: "new")
    assert isinstance(wrong, tuple)
    assert [(each.at, each.code, each.about["open"]) for each in wrong] == [("B2", "moved_with_work", 2)]


def test_the_same_phone_in_another_body_is_another_member_of_staff() -> None:
    plan = planned([entry(body="power_company")], [one()], COUNTY, lambda: "new")
    assert isinstance(plan, Plan)
    assert [each.id for each in plan.new] == ["new"] and plan.missing == (one(),)


def test_what_binds_him_stays() -> None:
    bound = one(account="a", person="p", weekdays=(1,))
    plan = planned([entry(districts=("小冀镇",))], [bound], COUNTY, lambda: "new")
    assert isinstance(plan, Plan)
    assert plan.changed == ((bound, bound.model_copy(update={"districts": ("小冀镇",)})),)
