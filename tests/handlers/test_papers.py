"""Which papers belong to an order, and who may look at them."""

import datetime as dt
from typing import Any

import pytest

from handlers.papers import Paper, may_see, papers_of, task_of, told_of
from model.calendar import CHINA
from model.case import Case
from model.draft import Answer
from model.ending import Ending
from model.order import Order
from model.staff import Staff
from model.submission import Submission
from model.supplement import Supplement
from model.values import Files, Pick, Picks, StoredFile
from routing.paper_acts import SEE, carried
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=CHINA)
COUNTY = shipped()["xinxiang"]
HEAT, WATER = (
    Order(id=f"o-{name}", service=name, body=f"{name}_company", steward=f"{name}-1") for name in ("heat", "water")
)


def file(name: str, media_type: str = "image/png") -> StoredFile:
    return StoredFile(digest=name, media_type=media_type, size=1)


def case(*supplements: Supplement, **changes: Any) -> Case:
    values: dict[str, Any] = {
        "id": "c", "number": "XXLB2026000001", "county": "xinxiang", "process_version": COUNTY.process.version, "submission": "s",
        "account": "xinxiang", "person": "p", "accepted_at": NOW, "services": ("heat", "water"), "joint": True, "orders": (HEAT, WATER),
        "supplements": supplements,
    }  # fmt: skip
    return Case.model_validate(values | changes)


def signed(**papers: tuple[StoredFile, ...]) -> Submission:
    chosen = Picks(picks=tuple(Pick(option=one.option) for one in COUNTY.services if one.id in ("heat", "water")))
    values = {COUNTY.places.services: chosen} | {name: Files(files=files) for name, files in papers.items()}
    return Submission(
        id="s", account="xinxiang", person="p", county="xinxiang", form=COUNTY.form.id, form_version=COUNTY.form.version,
        channel="wechat", submitted_at=NOW, agreements={},
        answers={name: Answer(value=one, by="p", at=NOW, source="") for name, one in values.items()},
    )  # fmt: skip


def staff(**changes: Any) -> Staff:
    values = {"id": "heat-1", "county": "xinxiang", "body": "heat_company", "name": "n", "phone": "13700000001"}
    return Staff.model_validate(values | changes)


def test_of_the_form_only_what_the_service_shows_and_of_the_supplements_only_its_own() -> None:
    form = signed(heat_planning_permit=(file("a"), file("b")))
    mine = Supplement(id="~1", orders=(HEAT.id,), words="房产证", state="received", files=(file("c"),))
    theirs = Supplement(id="~2", orders=(WATER.id,), words="接水点照片", state="accepted", files=(file("d"),))
    whole = case(mine, theirs)
    assert [one.file.digest for one in papers_of(COUNTY, whole, HEAT, form)] == ["a", "b", "c"]
    assert [one.file.digest for one in papers_of(COUNTY, whole, WATER, form)] == ["d"]
    assert papers_of(COUNTY, case(), WATER, form) == ()


def test_what_was_signed_since_for_more_services_belongs_to_it() -> None:
    more = signed(heat_planning_permit=(file("z"),))
    assert [one.file.digest for one in papers_of(COUNTY, case(additions=(more,)), HEAT, signed())] == ["z"]


@pytest.mark.parametrize(
    ("who", "order", "whole", "may"),
    [
        ({}, {}, {}, True),
        ({"id": "heat-2"}, {}, {}, False),
        ({"id": "heat-2"}, {"steward": None}, {}, True),
        ({"id": "heat-2", "duty": "lead"}, {}, {}, True),
        ({"duty": "supervisor"}, {}, {}, False),
        ({"id": "water-1", "body": "water_company"}, {}, {}, False),
        ({"id": "water-9", "body": "water_company", "duty": "lead"}, {}, {}, False),
        ({"county": "jingxian"}, {}, {}, False),
        ({"serves": False}, {}, {}, False),
        ({}, {"candidates": ("heat_company",), "steward": None}, {}, False),
        ({}, {"ending": Ending(kind="withdrawn", by="p", at=NOW)}, {}, False),
        ({}, {}, {"closed_at": NOW}, False),
    ],
)
def test_who_may_look(who: dict[str, Any], order: dict[str, Any], whole: dict[str, Any], may: bool) -> None:
    assert may_see(staff(**who), case(**whole), HEAT.model_copy(update=order)) is may


def test_nobody_may_not() -> None:
    assert not may_see(None, case(), HEAT)


def test_how_many_of_which() -> None:
    def some(*names: str, kind: str = "image/png") -> tuple[Paper, ...]:
        return tuple(Paper(one, one, file(f"{one}{place}", kind)) for place, one in enumerate(names))

    assert told_of(shipped()["xinxiang"].messages, some("房产证")) == "房产证1张"
    assert (
        told_of(shipped()["xinxiang"].messages, (*some("房产证", "房产证"), *some("平面图", kind="application/pdf")))
        == "房产证2张、平面图1份"
    )
    assert told_of(shipped()["xinxiang"].messages, some("甲", "乙", "丙", "丁", "丁")) == "甲1张、乙1张、丙1张等5份"


def test_a_task_offers_them_last_and_keeps_the_offer_while_it_goes_on() -> None:
    task = task_of(COUNTY, case(), HEAT, signed(heat_planning_permit=(file("a"),)), "t")
    shown = [one for one in task.acts if one.shown]
    assert shown[-1].id == SEE
    assert shown[-1].label == "看资料（规划许可证(副本)1张）"
    assert [one.shown for one in task.acts] == sorted((one.shown for one in task.acts), reverse=True)
    bare = task_of(COUNTY, case(), HEAT, signed(), "t")
    assert SEE not in {one.id for one in bare.acts}
    assert carried(bare, task) == task
    done = bare.model_copy(update={"acts": ()})
    assert carried(done, task) == done
