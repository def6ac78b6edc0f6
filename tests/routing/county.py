"""Two small counties built by hand, their people, and what these hand in. Everybody in them is made up."""

import datetime as dt
from collections.abc import Mapping

from model.calendar import CHINA, WorkingCalendar
from model.county import Body, BodyChoice, County, Guide, Help, Places, Service
from model.draft import Answer
from model.fields import AddressField, ChoiceField, Field, Option, PhoneField, TextField, YesNoField
from model.form import Form, Section
from model.process import Limit, Numbering, Opinion, Process, Step, StepRule, SurveyRule
from model.staff import Staff
from model.submission import Submission
from model.values import Address, Phone, Pick, Picks, Value, Words, YesNo

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)
"""A Monday."""
NAMES: Mapping[Step, str] = {
    "contact": "对接",
    "survey": "踏勘",
    "scheme": "方案",
    "construction": "施工",
    "acceptance": "验收",
    "connection": "接通",
}
STEPS: tuple[Step, ...] = ("contact", "survey", "acceptance", "connection")
ACTS = {
    "act.take.label": "接单",
    "act.take.words": "接 收到",
    "act.explain_delay.label": "说明延期",
    "act.explain_delay.words": "延期",
    "act.unreached.label": "没打通",
    "act.unreached.words": "打不通",
    "act.reachable.label": "可以打给我",
    "act.reachable.words": "方便了",
    "act.contact.label": "已联系",
    "act.contact.words": "联系了",
    "act.propose_survey.label": "约踏勘",
    "act.propose_survey.words": "约时间",
    "act.opinion.label": "踏勘意见",
    "act.opinion.words": "意见",
    "act.scheme.label": "接入方案",
    "act.scheme.words": "方案",
    "act.built.label": "外线完工",
    "act.built.words": "完工",
    "act.built_inside.label": "内部已完工",
    "act.built_inside.words": "内部完工",
    "act.acceptance.label": "验收结果",
    "act.acceptance.words": "验收",
    "act.connect.label": "接通",
    "act.connect.words": "通了",
    "act.agree_survey.label": "可以",
    "act.agree_survey.words": "好 行",
    "act.move_survey.label": "改时间",
    "act.move_survey.words": "改期",
}
"""The texts of acts that every county has."""


def process(
    *, steps: tuple[Step, ...] = STEPS, numbering: Numbering, joint_from: int = 2, joint_if_yes: tuple[str, ...] = ()
) -> Process:
    """A process with these steps; contact within one working day (X20)."""
    rules = (
        StepRule(step=step, name=NAMES[step], limit=Limit(days=1) if step == "contact" else None) for step in steps
    )
    return Process(
        version=1,
        number=numbering,
        steps=tuple(rules),
        survey=SurveyRule(
            joint_from=joint_from,
            joint_if_yes=joint_if_yes,
            opinions=(
                Opinion(text="符合", passes=True),
                Opinion(text="待整改", passes=True, needs_text=True),
                Opinion(text="不符合", passes=False, needs_text=True),
            ),
        ),
        acceptance=(Opinion(text="通过", passes=True), Opinion(text="不通过", passes=False, needs_text=True)),
    )


CROSSES = YesNoField(kind="yes_no", id="crosses", label="外线工程", ask="要过马路吗？")


def _form(options: tuple[str, ...], crosses: Field = CROSSES) -> Form:
    services = ChoiceField(
        kind="choice",
        id="services",
        label="办理业务",
        ask="办哪几项？",
        options=tuple(Option(text=o) for o in options),
        several=True,
    )
    networks = tuple(Option(text=text) for text in ("电信", "移动", "联通", "安广"))
    fields = (
        services,
        TextField(kind="text", id="name", label="申请人", ask="您贵姓？"),
        PhoneField(kind="phone", id="phone", label="联系电话", ask="您的电话？"),
        AddressField(kind="address", id="address", label="地址", ask="地址在哪里？"),
        TextField(kind="text", id="town", label="乡镇", ask="哪个乡镇？"),
        crosses,
        ChoiceField(kind="choice", id="networks", label="运营商", ask="哪家？", options=networks, several=True),
    )
    return Form(id="application", version=1, title="申请表", sections=(Section(id="all", title="申请", fields=fields),))


def _county(**settings: object) -> County:
    common: dict[str, object] = {
        "area_code": "0000",
        "help": Help(hotline="0000-1", window="窗口", window_address="大厅", complaints="0000-2", hours="工作日"),
        "places": Places(
            services="services", applicant_name="name", applicant_phone="phone", address="address", district="town"
        ),
        "guide": Guide(),
        "calendar": WorkingCalendar(first_year=2025, last_year=2026, source="test-2026"),
        "messages": ACTS,
    }
    return County.model_validate(common | settings)


def xinxiang(*, steps: tuple[Step, ...] = STEPS, crosses: Field = CROSSES) -> County:
    """Six services, joint from two on or with external works; every body serves the whole county (X30, X33)."""
    offered = (
        ("用水", "water", "水务"),
        ("用电", "power", "供电"),
        ("燃气", "gas", "燃气"),
        ("热力", "heat", "热力"),
        ("通信", "network", "通信"),
        ("有线电视", "tv", "广电"),
    )
    return _county(
        id="xinxiang",
        name="示例甲县",
        title="甲县联办",
        steward="服务管家",
        services=tuple(
            Service(id=name, option=option, name=option, bodies=(f"{name}_body",)) for option, name, _ in offered
        ),
        bodies=tuple(
            Body(id=f"{name}_body", name=short, short=short, phone=f"0000-{i}")
            for i, (_, name, short) in enumerate(offered)
        ),
        form=_form(tuple(option for option, _, _ in offered), crosses),
        process=process(
            steps=steps,
            numbering=Numbering(template="{year}-{counter:04d}", restart="yearly"),
            joint_if_yes=("crosses",),
        ),
    )


def jingxian() -> County:
    """Four services; two gas companies by district, the network operators the applicant chooses (J75, J80)."""
    return _county(
        id="jingxian",
        name="示例乙县",
        title="乙县联办",
        steward="服务专员",
        towns=("东溪镇", "西山镇", "北湖乡"),
        services=(
            Service(id="water", option="水", name="用水", bodies=("water_body",)),
            Service(id="power", option="电", name="用电", bodies=("power_body",)),
            Service(id="gas", option="气", name="用气", bodies=("gas_east", "gas_west")),
            Service(
                id="network",
                option="网",
                name="用网",
                by_answer=BodyChoice(
                    field="networks",
                    bodies={"电信": "telecom", "移动": "mobile", "联通": "unicom", "安广": "cable"},
                ),
            ),
        ),
        bodies=(
            Body(id="water_body", name="自来水公司", short="水务", phone="0000-1"),
            Body(id="power_body", name="供电公司", short="供电", phone="0000-2"),
            Body(id="gas_east", name="东片燃气公司", short="东燃", phone="0000-3", districts=("东溪镇",)),
            Body(id="gas_west", name="西片燃气公司", short="西燃", phone="0000-4", districts=("西山镇",)),
            *(Body(id=one, name=one, short=one, phone="0000-5") for one in ("telecom", "mobile", "unicom", "cable")),
        ),
        form=_form(("水", "电", "气", "网")),
        process=process(numbering=Numbering(template="(JXLB){counter:06d}"), joint_from=2),
    )


def anybodys(county: County) -> County:
    """The same county where every body may act for every service, once the window gives it an order."""
    bodies = BodyChoice(field="nowhere", bodies={one.short: one.id for one in county.bodies})
    services = tuple(one.model_copy(update={"by_answer": bodies}) for one in county.services)
    return county.model_copy(update={"services": services})


def submission(
    county: County, *options: str, key: str = "s1", given: Mapping[str, Value] | None = None, **answers: Value
) -> Submission:
    """A confirmed form that chooses these options; further answers by field id."""
    values: dict[str, Value] = {
        "services": Picks(picks=tuple(Pick(option=option) for option in options)),
        "name": Words(text="测试甲"),
        "phone": Phone(number="13900000001"),
        "address": Address(text="样板路1号"),
        **(given or {}),
        **answers,
    }
    return Submission(
        id=key,
        account="account",
        person="applicant",
        county=county.id,
        form="application",
        form_version=1,
        channel="wechat",
        submitted_at=NOW,
        answers={field: Answer(value=value, by="applicant", at=NOW) for field, value in values.items()},
        agreements={},
    )


def steward(body: str, *, name: str = "a", county: str = "xinxiang", open_tasks: int = 0, **more: object) -> Staff:
    """A steward of a body who is bound to WeChat."""
    known: dict[str, object] = {
        "id": f"{body}-{name}",
        "county": county,
        "body": body,
        "name": f"管家{name}",
        "phone": "13900000009",
        "account": "account",
        "person": f"person-{body}-{name}",
        "open_tasks": open_tasks,
    }
    return Staff.model_validate(known | more)


def everybody(county: County) -> tuple[Staff, ...]:
    """One steward for every body of a county."""
    return tuple(steward(body.id, county=county.id) for body in county.bodies)


YES = YesNo(yes=True)
NO = YesNo(yes=False)
