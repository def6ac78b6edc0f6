"""A sheet filled from a case: every answer in its cell, the offices' cells, what was handed in since, and nothing of what is hidden."""

import re
from typing import Any

import pytest

from bot.paper.paper import Paper, Printed
from bot.paper.typesetter import Typesetter
from handlers.paper.filling import NothingToPrint
from model.amendment import Amendment, AmendmentAnswer
from model.cells import Filled, Taken
from model.county import County
from model.fields import Field
from model.form import Form
from model.supplement import Supplement
from model.values import (
    Address,
    Amount,
    Buildings,
    Code,
    Contact,
    Day,
    Phone,
    Pick,
    Picks,
    Rows,
    StoredFile,
    Value,
    Words,
    YesNo,
)
from tests.paper.made import NOW, Core, case, submission, value_of, values
from tests.paper.reading import overlapping, read, squeezed
from tests.paper.survey import SURVEYED
from tests.shipped import shipped

COUNTIES = ["xinxiang", "jingxian"]
BEFORE = {"xinxiang": ("water_kind", "water_nature", "power_kind", "power_category", "own_supply", "nonlinear_load")}
"""Choices whose box stands behind the word."""


async def printed(
    county: County, typesetter: Typesetter, given: dict[str, Value], which: str = "application", **changes: Any
) -> Printed:
    services = changes.pop("services_seen", None)
    held = case(county, **changes)
    paper = Paper(Core(submission(county, given)), typesetter, "https://lianban.example.cn")
    return await paper.filled(county, held, county.sheet[which], NOW, services)


def expected(field: Field, value: Value, name: str) -> list[str]:
    """What a reader finds of an answer."""
    match value:
        case Words(text=text) | Address(text=text):
            return [text]
        case Amount(number=number):
            return [f"{number:f}"]
        case Phone(number=number) | Code(number=number):
            return [number]
        case Contact(name=who, phone=phone):
            return [who, phone]
        case Day(date=day):
            return [f"{day.year}年{day.month}月{day.day}日上午"]
        case Buildings(numbers=numbers):
            return list(numbers)
        case Rows(rows=rows):
            return [
                getattr(one, "text", "") or f"{one.number:f}{one.unit}" for row in rows for one in row.values() if one
            ]
        case YesNo(count=count):
            counted = [str(count)] if getattr(field, "count_unit", "") else []
            return [*counted, *_ticked(field, [field.yes], name)]  # type: ignore[union-attr]
        case Picks(picks=picks):
            return [*(one.note for one in picks if one.note), *_ticked(field, [one.option for one in picks], name)]
        case _:
            return []


def _ticked(field: Field, options: list[str], name: str) -> list[str]:
    if field.id in ("services", "gas_class") and name == "xinxiang":
        return []
    if field.id in ("power_transformer", "document_kind"):  # a line, a cell
        return options
    behind = field.id in BEFORE.get(name, ())
    return [squeezed(f"{one}√" if behind else f"√{one}") for one in options if field.id != "tv_review"]


@pytest.mark.parametrize("name", COUNTIES)
async def test_every_answer_stands_on_it(name: str, typesetter: Typesetter) -> None:
    county = shipped()[name]
    given = values(county)
    made = await printed(county, typesetter, given)
    text = read(made.pdf)
    for field in county.form.fields.values():
        if field.printed and field.id in given:
            for words in expected(field, given[field.id], name):
                assert squeezed(words) in text, (field.id, words)
    assert made.missing == ()
    assert not overlapping(made.pdf)


async def test_only_what_was_chosen_is_ticked(typesetter: Typesetter) -> None:
    county = shipped()["xinxiang"]
    text = read((await printed(county, typesetter, {
        "services": Picks(picks=(Pick(option="用水"),)), "water_kind": Picks(picks=(Pick(option="分表"), Pick(option="移管线"))),
    })).pdf)  # fmt: skip
    assert "用水报装申请填写明细√申请种类1新装2改表3分表√4移表5移管线√" in text
    assert text.count("√") == 3
    assert "用电报装登记表业务类型新装增容临时用电" in text  # unused sections stay as empty forms


async def test_hidden_answers_stay_away(typesetter: Typesetter) -> None:
    """Power is not chosen, and the account number belongs to 改表, 分表 and 移表 only."""
    county = shipped()["xinxiang"]
    given: dict[str, Value] = {
        "services": Picks(picks=(Pick(option="用水"),)),
        "water_kind": Picks(picks=(Pick(option="新装"),)),
        "water_account": Code(scheme="account", number="00123456"),
        "power_1_load": Amount(number=value_of(county.form.fields["power_1_load"], 1).number, unit="千瓦"),  # type: ignore[union-attr]
    }
    text = read((await printed(county, typesetter, given)).pdf)
    assert "00123456" not in text
    assert "1001.5" not in text


async def test_a_body_is_given_the_common_part_and_its_own(typesetter: Typesetter) -> None:
    """X19."""
    county = shipped()["xinxiang"]
    text = read((await printed(county, typesetter, values(county), services_seen=("water",))).pdf)
    assert "答003" in text
    assert squeezed("1新装√") in text
    assert "1023.5" not in text  # 用电


async def test_the_cells_of_the_offices(typesetter: Typesetter) -> None:
    """X97–X99, X146: who took it and when is known, the rest as it was written."""
    county = shipped()["xinxiang"]
    whole = case(county)
    written = {
        "power_application_number": Filled(value=Words(text="0411200231"), by="u1", at=NOW),
    }
    review = {"tv_review": Filled(value=Picks(picks=(Pick(option="通过"),)), by="u1", at=NOW)}
    orders = tuple(
        one.model_copy(update={"taken": Taken(by="u1", at=NOW), "cells": written})
        if one.service == "power"
        else one.model_copy(update={"cells": review})
        if one.service == "tv"
        else one
        for one in whole.orders
    )
    text = read((await printed(county, typesetter, values(county), orders=orders)).pdf)
    assert "受理人:管家示例申请编号:0411200231供电企业填写受理日期:2026年11月23日" in text
    assert "通过【√】不通过【】" in text
    assert "经办人及联系电话" in text
    assert "2026年11月23日" in text  # X149


async def test_numbers_dates_and_who_registered_it(typesetter: Typesetter) -> None:
    """J50, J51, J75, J88, J89."""
    county = shipped()["jingxian"]
    text = read((await printed(county, typesetter, values(county), number="(JXLB)000031")).pdf)
    assert "联合办件号:(JXLB)000031日期:2026年11月23日" in text
    assert "√港华新奥" in text
    assert "业务首接单位:水电气网联合报装窗口登记人:申请人本人(微信)" in text


async def test_of_two_units_the_other_is_struck_out(typesetter: Typesetter) -> None:
    """R20: one value with a chosen unit. Both words stay: the sheet is the printed one."""
    county = shipped()["jingxian"]
    text = read((await printed(county, typesetter, values(county))).pdf)
    assert re.search(r"主供容量:10\d\d\.5千伏安\(千瓦\)", text)


async def test_what_was_handed_in_since_stands_in_its_cell(typesetter: Typesetter) -> None:
    county = shipped()["xinxiang"]
    given = values(county)
    del given["project_code"], given["heat_site_plan"]
    orders = ("o0", "o3")
    since = (
        Supplement(
            id="project_code",
            orders=orders,
            state="received",
            value=Code(scheme="project", number="2501-410721-04-01-100014"),
        ),
        Supplement(
            id="heat_site_plan",
            orders=orders,
            state="accepted",
            files=(StoredFile(digest="x", media_type="image/png", size=1),) * 2,
        ),
        Supplement(
            id="legal_identity", orders=orders, state="open", value=Code(scheme="identity", number="410721199001010006")
        ),
    )
    text = read((await printed(county, typesetter, given, supplements=since)).pdf)
    assert "2501-410721-04-01-100014" in text
    assert "小区规划平面图2份" in text
    assert "410721199001010006" not in text


async def test_what_was_put_right_is_said_below(typesetter: Typesetter) -> None:
    """更正: the form that was signed stays as it is; what the offices agreed to stands below it."""
    county = shipped()["xinxiang"]
    yes, no = AmendmentAnswer(agrees=True, at=NOW), AmendmentAnswer(agrees=False, words="不行", at=NOW)
    amendments = (
        Amendment(words="名称改为示例食品有限公司", field="applicant_name", orders=("o0",), answers={"o0": yes}),
        Amendment(words="地址写错了", orders=("o0",), answers={"o0": no}),
    )
    made = await printed(county, typesetter, values(county), amendments=amendments, contact="13911112222")
    text = read(made.pdf)
    assert "更正(建设单位(自然人)名称):名称改为示例食品有限公司" in text
    assert "地址写错了" not in text
    assert "现在的联系电话:13911112222" in text


async def test_an_older_form_loses_nothing(typesetter: Typesetter) -> None:
    """What today's sheet has no cell or box for stands below it."""
    county = shipped()["xinxiang"]
    old_field = county.form.fields["project_scale"].model_copy(
        update={"id": "old_scale", "name": "旧规模", "when": None}
    )
    kinds = county.form.fields["water_nature"]
    more = (*kinds.options, kinds.options[0].model_copy(update={"text": "旧类"}))  # type: ignore[union-attr]
    sections = tuple(
        one.model_copy(
            update={
                "fields": (
                    *(f.model_copy(update={"options": more}) if f.id == "water_nature" else f for f in one.fields),
                    *([old_field] if one.id == "basics" else []),
                )
            }
        )
        for one in county.form.sections
    )
    settings = {one: getattr(county.form, one) for one in Form.model_fields}
    before = county.made_anew(form=Form(**settings | {"sections": sections}))
    today = county.made_anew(form=Form(**settings | {"version": 2}), editions=(before,))
    given = values(county) | {
        "old_scale": Words(text="旧的三百米"),
        "water_nature": Picks(picks=(Pick(option="旧类"),)),
    }
    held = submission(county, given)
    made = await Paper(Core(held), typesetter, "").filled(today, case(county), today.sheet["application"], NOW)
    text = read(made.pdf)
    assert "旧规模:旧的三百米" in text
    assert "用水性质:旧类" in text


async def test_the_sheet_of_the_survey(typesetter: Typesetter) -> None:
    """X150–X159, R12: five rows printed, more where more took part."""
    county = shipped()["xinxiang"]
    made = await printed(county, typesetter, values(county), "survey", **SURVEYED)
    text = read(made.pdf)
    assert "踏勘组织联络人:管家示例13900000009" in text
    assert "承诺完成时限:12月7日(周一)(10个工作日)" in text
    assert "新乡县自然资源和规划局(示例)管家示例符合√不符合待整改整改内容:原因:间距不够;依据:规范4.1.9" in text
    assert "张示例(管家示例代填)符合不符合√待整改√整改内容:补图纸" in text
    assert text.count("整改内容:") == 8  # two departments, six units that build
    assert not overlapping(made.pdf)


async def test_what_there_is_nothing_of(typesetter: Typesetter) -> None:
    county = shipped()["xinxiang"]
    with pytest.raises(NothingToPrint, match="no_survey"):
        await printed(county, typesetter, values(county), "survey")
    with pytest.raises(NothingToPrint, match="gone"):
        await Paper(Core(None), typesetter, "").filled(county, case(county), county.sheet["application"], NOW)


@pytest.mark.parametrize("name", COUNTIES)
async def test_the_receipt_says_who_and_what_follows(name: str, typesetter: Typesetter) -> None:
    county = shipped()[name]
    made = await printed(county, typesetter, values(county), "receipt")
    text = read(made.pdf)
    assert "受理回执" in text
    assert "办件编号XXLB2026000001收到日期2026年11月23日" in text
    for one in county.services:
        body = county.body[one.able[0]]
        assert squeezed(f"{one.name}{body.name}电话{body.phone}管家示例13900000009") in text
    assert county.help.hotline in text
    assert "扫码" in text


async def test_without_an_address_or_a_chat_there_is_no_code(typesetter: Typesetter) -> None:
    county = shipped()["xinxiang"]
    by_telephone = await printed(county, typesetter, values(county), "receipt", person="telephone:1")
    assert "扫码" not in read(by_telephone.pdf)
    held = Core(submission(county, values(county)))
    nowhere = await Paper(held, typesetter, "").filled(county, case(county), county.sheet["receipt"], NOW)
    assert "扫码" not in read(nowhere.pdf)
