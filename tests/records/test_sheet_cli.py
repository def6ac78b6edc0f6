"""`sheet`, as an operator types it: the printed sheet of a case, every field of 附件3 in its order (X150–X159)."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.keys import vault_of
from bot.settings import Settings
from config.loader import COUNTIES, load_counties
from handlers.editions import Editions
from model.commands.cells import FillCells
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.sheet import GiveRow, PromiseCompletion
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.message import Actor
from model.values import Address, Pick, Picks, Words
from routing.evolve import fold
from storage.calendars import Calendars
from storage.editions import EditionStore
from storage.engine import open_database
from storage.migrate import upgrade
from storage.records import Records
from storage.staffing import Staffing
from tests.machine import own_machine
from tests.records.office import APPLICANT, Office, steward_of
from tests.routing.county import NOW, steward, submission
from tests.routing.sheeted import TOMORROW, officer

BODIES = {"water_company": "润", "city_management": "城", "planning": "规", "highway": "公"}


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which one survey was led; the traffic police have not given their opinion yet."""
    own_machine(tmp_path, monkeypatch)
    asyncio.run(_surveyed())


async def _surveyed() -> None:
    settings = Settings()
    await upgrade(settings.database())
    database, vault = open_database(settings.database()), vault_of(settings, beside=True)
    editions = Editions(load_counties(COUNTIES), EditionStore(database), Calendars(database))
    await editions.register(NOW)
    county = editions["xinxiang"]
    office = Office(database, Records(database, vault, fold), Staffing(database, vault), county)
    for body, name in BODIES.items():
        await office.hire(steward(body).model_copy(update={"name": name}))
    for key, external in (("s1", "是"), ("s2", "否")):
        made = submission(county, "用水", key=key, given={
            county.places.applicant_name: Words(text="测试食品公司"), "project_name": Words(text="示例厂房"),
            county.places.address: Address(text="样板路1号"), "external_line": Picks(picks=(Pick(option=external),)),
        })  # fmt: skip
        known = set(county.form.fields)
        answers = {name: one for name, one in made.answers.items() if name in known}
        made = made.model_copy(update={"form_version": county.form.version, "answers": answers})
        case = await office.accept(made)
        if external == "否":
            continue
        who, order, lead = steward_of(case), case.orders[0].id, officer("city_management")
        given: list[tuple[Actor, object]] = [
            (who, Take(order=order)),
            (who, ReportContact(order=order)),
            (who, ProposeSurvey(order=order, at=TOMORROW)),
            (APPLICANT, AgreeSurvey(appointment="joint", sequence=1)),
            (officer("planning"), GiveRow(body="planning", opinion="不符合", remark="间距不够", basis="规范4.1.9")),
            (lead, GiveRow(body="highway", opinion="待整改", remark="补图纸", surveyor="张示例")),
            (who, GiveOpinion(order=order, opinion="符合")),
            (lead, PromiseCompletion(days=10)),
        ]
        for actor, do in given:
            case = await office.done(case, actor, do)  # type: ignore[arg-type]
    await _powered(office)
    await database.close()


async def _powered(office: Office) -> None:
    """A case of 用电 whose steward has filled in the number."""
    county = office.county
    await office.hire(steward("power_company").model_copy(update={"name": "电"}))
    made = submission(county, "用电", key="s3")
    answers = {name: one for name, one in made.answers.items() if name in county.form.fields}
    case = await office.accept(made.model_copy(update={"form_version": county.form.version, "answers": answers}))
    order = case.orders[0].id
    for do in (Take(order=order), FillCells(order=order, cells={"power_application_number": Words(text="0411200231")})):
        case = await office.done(case, steward_of(case), do)


def test_the_sheet_as_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheet", "XXLB2026000001"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "新乡县水电气暖接入外线工程并联审批项目联合踏勘意见表",
        "办件编号：XXLB2026000001",
        "项目名称：示例厂房",
        "申请人（单位）：测试食品公司　联系人：测试食品公司　电话：13900000001",
        "踏勘地址：样板路1号",
        "踏勘组织联络人：城 13900000009",
        "踏勘时间：11月24日（周二）14:30",
        "承诺完成时限：12月7日（周一）（10个工作日）",
        "参加联合踏勘部门：",
        "1. 新乡县自然资源和规划局（示例）　勘验人员：规　□符合　☑不符合　□待整改",
        "　原因：间距不够；依据：规范4.1.9",
        "2. 新乡县公路管理单位（示例）　勘验人员：张示例（城代填）　□符合　□不符合　☑待整改",
        "　整改内容：补图纸",
        "3. 新乡县公安交警大队（示例）　勘验人员：　□符合　□不符合　□待整改",
        "4. 新乡县供水公司（示例）　勘验人员：润　☑符合　□不符合　□待整改",
        "勘验结论：还差交警大队",
        "勘验人员签名：规、张示例、润",
        "容缺后补：公路局，补图纸，待补交",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [("XXLB2026000002", "没有联合踏勘意见表"), ("XXLB2026000009", "没有这个办件"), ("", "没有这个办件")],
)
def test_what_has_none(number: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheet", number]) == 1
    assert said in capsys.readouterr().err


def test_the_cells_that_staff_fill_in_are_printed_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a case without a led survey they are all there is to print (X97–X99)."""
    assert main(["sheet", "XXLB2026000003"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "XXLB2026000003申请表由单位填写的栏",
        "用电报装·供电企业填写·受理人：电",
        "用电报装·供电企业填写·申请编号：0411200231",
        "用电报装·供电企业填写·受理日期：2026年11月23日（周一）",
    ]
