"""How the counties ask: every question plain and answerable, personal data behind the notice, nothing staff fills is asked."""

import datetime as dt
import re

import pytest

from dialogs.kinds import parse, table
from dialogs.reading import Context, Understood
from model.calendar import CHINA
from model.condition import AllOf, Answered, AnyOf, Has, Says
from model.county import County
from model.draft import Answer
from model.fields import ChoiceField, CodeField, DateField, Field, TableField, YesNoField
from model.values import Pick, Picks
from tests.shipped import shipped

NAMES = ("xinxiang", "jingxian")
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=CHINA)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")


def county(name: str) -> County:
    return shipped()[name]


def fields(*, steward: bool = True) -> list[tuple[str, Field]]:
    """Every field that is asked, with its county."""
    return [
        (name, field)
        for name in NAMES
        for form in (county(name).forms.values() if steward else [county(name).form])
        for field in form.fields.values()
        if field.filler == "applicant"
    ]


def speech(name: str) -> list[str]:
    """Everything a person of this county may read from its data."""
    one = county(name)
    forms = [text for form in one.forms.values() for field in form.fields.values() for text in (field.ask, field.help)]
    texts = [one.form.notice, one.form.declaration, *one.form.consents.values()]
    return [
        *forms,
        *(section.note for section in one.form.sections),
        *(text.text for text in texts if text is not None),
        *(consent.instead for consent in one.form.consents.values()),
        *(topic.answer for topic in one.guide.topics),
        *(material.note for material in one.guide.materials),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_promised(name: str) -> None:
    """No promise the offices have not given, no emoji, no made-up amount of money."""
    for text in speech(name):
        assert not re.search(r"保证|一定|马上|立即|绝对", text), text
        assert not EMOJI.search(text), text
        assert not re.search(r"\d+\s*元", text), text


def test_questions_are_short() -> None:
    for _, field in fields():
        if field.kind == "declaration":
            continue
        assert field.help, field.id
        assert len(field.ask) <= 60, field.ask
        assert len(field.help) <= 80, field.help
        assert field.ask.endswith(("？", "。")), field.ask


def test_optional_questions_say_how_to_pass() -> None:
    """Who has nothing to say is told what to answer (没有、不要、不需要), or it is a yes/no anyway."""
    for _, field in fields(steward=False):
        if field.need == "optional" and field.kind != "yes_no" and field.ask_when is None and not field.volunteered:
            assert re.search(r"回复“(没有|不要)”", field.ask), field.ask


def deciding(name: str, field: CodeField) -> dict[str, Answer]:
    """The answer that gives the example of a number its scheme: the option that fits it."""
    if field.by is None:
        return {}
    example = {"applicant_code": "建设单位", "document_number": "身份证"}[field.id]
    value = Picks(picks=(Pick(option=example),))
    return {field.by.field: Answer(value=value, by=name, at=NOW)}


@pytest.mark.parametrize(("name", "field"), [pytest.param(*one, id=f"{one[0]}-{one[1].id}") for one in fields()])
def test_the_example_is_a_good_answer(name: str, field: Field) -> None:
    """What is shown as an example would be understood (but for papers)."""
    if field.kind in {"attachment", "declaration"}:
        assert not field.example
        return
    assert field.example
    answers = deciding(name, field) if isinstance(field, CodeField) else {}
    context = Context(now=NOW, area_code=county(name).area_code, calendar=county(name).calendar, answers=answers)
    if isinstance(field, TableField):
        rows = table.rows(field.example, field)
        assert rows, field.example
        return
    reading = parse(field.example, field, context)
    assert isinstance(reading, Understood), (field.example, reading)


def test_personal_fields_come_after_the_notice() -> None:
    """Names, phones, numbers of persons and addresses are personal; services and the like are not (privacy notice)."""
    for _, field in fields(steward=False):
        if field.kind in {"phone", "contact", "address"} or field.consent:
            assert field.personal, field.id
        if field.id in {"services", "applicant_kind", "business_nature", "applicant_type", "external_line"}:
            assert not field.personal, field.id
    consented = {(name, field.ref[0]) for name, field in fields(steward=False) if field.consent == "identity"}
    assert consented == {("xinxiang", "X72"), ("xinxiang", "X76"), ("jingxian", "J63")}


def test_synthetic_phones_only() -> None:
    """The sample data cannot be mistaken for real numbers."""
    for name in NAMES:
        one = county(name)
        phones = [body.phone for body in one.bodies] + [one.help.hotline, one.help.complaints]
        assert all(re.fullmatch(rf"{one.area_code}-50000\d\d", phone) for phone in phones)
    for _, field in fields():
        assert all(
            number[3:7] == "0000" for number in re.findall(r"1\d{10}(?!\d)", field.example) if field.kind != "code"
        )


CONDITIONS = {
    ("xinxiang", "water_account"): AnyOf(
        any=(Has(field="water_kind", has=("改表", "分表", "移表")), Answered(field="water_kind", answered=False))
    ),
    ("xinxiang", "own_supply_capacity"): Says(field="own_supply", yes=True),
    ("xinxiang", "heat_fee_amount"): Says(field="heat_fee_paid", yes=True),
    ("xinxiang", "heat_meter_brand"): Says(field="heat_meter", yes=True),
    ("jingxian", "authorisation"): Has(field="applicant_type", has=("经办人",)),
    ("jingxian", "planned_time"): Says(field="appointment", yes=True),
}


@pytest.mark.parametrize(("place", "condition"), CONDITIONS.items())
def test_conditions(place: tuple[str, str], condition: object) -> None:
    assert county(place[0]).form.fields[place[1]].when == condition


def test_the_second_supply_is_asked_about_once_it_is_wanted_and_taken_in_whenever_it_is_told() -> None:
    second = [county("xinxiang").form.fields[name] for name in ("power_2_old", "power_2_new")]
    wanted = Answered(field="power_2_load", answered=True)
    assert [one.when for one in second] == [None, None]
    assert [one.ask_when for one in second] == [AllOf(all=(wanted, Has(field="power_kind", has=("增容",)))), wanted]


def test_sections_open_by_service() -> None:
    """Only the chosen services are filled in (X19, J20); the sections are called as results are reported."""
    sections = {name: [(one.title, one.when) for one in county(name).form.sections] for name in NAMES}
    assert [title for title, _ in sections["xinxiang"]] == [
        *["选择事项", "基本信息", "用水", "用电", "燃气", "热力", "通信", "有线电视", "签署"]
    ]
    assert [title for title, _ in sections["jingxian"]] == [
        *["表头", "基本信息", "用水业务", "用电业务", "用气业务", "用网业务", "登记"]
    ]
    for name in NAMES:
        for service in county(name).services:
            opened = Has(field="services", has=(service.option,))
            assert [title for title, when in sections[name] if when == opened], service.option


def test_composite_cells() -> None:
    """The supplies are one cell with three values each (X88–X93), the other services one with four (J86)."""
    found: dict[str, list[str]] = {}
    for name in NAMES:
        for field in county(name).form.fields.values():
            if field.cell:
                found.setdefault(field.cell, []).append(field.name)
    supply = ["千瓦", "原有容量(千伏安)", "申请容量(千伏安)"]
    assert found == {
        "第一路电源容量": supply,
        "第二路电源容量": supply,
        "供电企业填写": ["受理人", "申请编号", "受理日期"],
        "其他服务": ["固话", "电路(专网)", "宽带", "电视"],
    }


def test_stewards_forms() -> None:
    """Survey time with a time of day, opinions with the text they need (X39–X41, X52, X55)."""
    for name in NAMES:
        forms, process = county(name).forms, county(name).process
        when = forms["survey_time"].fields["survey_at"]
        assert isinstance(when, DateField)
        assert (when.hours, when.future) == (True, True)
        opinion, remark = forms["survey_opinion"].fields.values()
        assert isinstance(opinion, ChoiceField)
        assert [option.text for option in opinion.options] == ["符合", "不符合", "待整改"]
        assert remark.when == Has(field="opinion", has=("不符合", "待整改"))
        assert [(one.text, one.passes, one.needs_text) for one in process.survey.opinions] == [
            ("符合", True, False),
            ("不符合", False, True),
            ("待整改", True, True),
        ]
        assert forms["acceptance_result"].fields["remark"].when == Has(field="result", has=("不通过",))


def test_limits_and_numbers() -> None:
    """X20, X52, J29, J90: working days and case numbers."""
    limits = {
        name: {rule.step: rule.limit.days if rule.limit else None for rule in county(name).process.steps}
        for name in NAMES
    }
    steps = dict.fromkeys(("contact", "survey", "scheme", "construction", "acceptance", "connection"))
    assert limits == {
        "xinxiang": steps | {"contact": 1, "scheme": 3, "acceptance": 1},
        "jingxian": steps | {"survey": 1},
    }
    numbers = {name: county(name).process.number.template.format(counter=1, year=2026) for name in NAMES}
    assert numbers == {"xinxiang": "XXLB2026000001", "jingxian": "(JXLB)000001"}
    counted = {name: (county(name).process.number.first, county(name).process.number.restart) for name in NAMES}
    assert counted == {"xinxiang": (1, "yearly"), "jingxian": (1, "never")}


def test_times_are_moved_and_reminded_of_as_the_counties_say() -> None:
    """X36: how often and until when a time is moved, and when people are reminded of it."""
    for name in NAMES:
        survey = county(name).process.survey
        assert survey.moves is not None
        assert (survey.moves.most, survey.moves.until_hours) == (3, 2)
        assert survey.reminders is not None
        assert (survey.reminders.day_before, survey.reminders.minutes_before) == (dt.time(16), 60)


def test_papers_of_the_checklist() -> None:
    """What has to be handed in is told with its form (X125–X128, X142–X145, J57)."""
    papers = {name: [one.title for one in county(name).guide.materials if one.field] for name in NAMES}
    assert papers == {
        "xinxiang": [
            *["规划许可证(副本)", "小区规划平面图", "用热面积表", "配套费缴纳票据及分项单"],
            *["建筑内管道布局图纸", "建筑平面图纸", "楼宇内部图纸", "有线电视工程配套设施的设计文件"],
        ],
        "jingxian": ["法人授权委托书"],
    }
    heat = county("xinxiang").form.section_of["heat_total_area"]
    assert "所有资料齐全后" in heat.note


def test_every_town_has_one_gas_company() -> None:
    """J75: the two companies share the county without gap or overlap."""
    one = county("jingxian")
    shares = [town for body in one.bodies for town in body.districts]
    assert sorted(shares) == sorted(one.towns)


def test_yes_words_are_told_apart() -> None:
    """Words for yes and no of one field do not overlap."""
    for _, field in fields():
        if isinstance(field, YesNoField):
            assert not set(field.yes_words) & set(field.no_words), field.id
