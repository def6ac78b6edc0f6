"""Every notice and every refusal has its words, in both counties, within the limits of a template message."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from handlers.digest import DIGESTS, LEAD, STEWARD
from handlers.parties import Named
from handlers.reminding import REMINDER
from handlers.systems.gone import GONE
from handlers.wording.values import date_of, moment
from model.amendment import Amendment
from model.calendar import Due
from model.county import County
from model.ending import EndKind
from model.events.backdating import BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.booking import PlanMoved
from model.events.clock import Warned
from model.events.contact import ApplicantContacted
from model.events.decided import Change, DecidedAnew
from model.events.delays import DelayAsked, DelayExplained
from model.events.ending import DeclineProposed, EndAnnounced, KeptOn, OrdersEnded
from model.events.intake import AmendmentAnswered, AmendmentWished, OrderAssigned
from model.events.passed_visits import VisitExplained, VisitLate, VisitUnreported
from model.events.relief import ReliefAsked
from model.events.scheduling import Reminded, TimesAsked, TimeSet, TimesUnmet
from model.events.supplements import SupplementReturned, SupplementsAsked, SupplementsDeferred
from model.events.survey import OpinionGiven, SurveyJoined, SurveyMoved, SurveyProposed, SurveyReleased
from model.events.telephone import FormConfirmed, FormFilled, FormLeftOpen
from model.events.urging import UrgeAnswered, Urged
from model.events.works import AcceptanceReported
from model.values import Day
from tests.routing.consulted import CONSULT_TEMPLATES, CONSULT_UNSENT, consult_event, consult_told
from tests.routing.county import NOW
from tests.routing.sheeted import SHEET_TEMPLATES
from tests.shipped import shipped

COUNTIES = shipped()
ROOT = Path(__file__).parents[2]
SOURCES = [*ROOT.glob("routing/*.py"), *ROOT.glob("storage/*.py"), *ROOT.glob("handlers/casework.py")]
TEMPLATES = (
    *(f"applicant.{name}" for name in ("steward", "survey_proposed", "survey_agreed", "opinion", "acceptance")),
    *("applicant.steward_changed", "applicant.survey_released", "steward.takeover", "steward.survey_again"),
    *(
        "steward.survey_released",
        "applicant.connected",
        "applicant.closed",
        "steward.task",
        "steward.task_gone",
        "steward.survey_proposed",
    ),
    *(
        "steward.survey_agreed",
        "steward.survey_moved",
        "steward.survey_off",
        "steward.amendment",
        "applicant.amendment_answered",
        "applicant.scheme",
        "applicant.built",
        "steward.inside_done",
        "steward.warning",
        "lead.warning",
        "supervisor.warning",
        "window.warning",
        "applicant.urge_answered",
        "applicant.contacted",
        "steward.contact_changed",
        "steward.contact_denied",
        "steward.recounted",
        "lead.bad_rating",
        "supervisor.bad_rating",
        "window.bad_rating",
        "applicant.papers",
        "applicant.supplements_asked",
        "applicant.supplement_returned",
        "applicant.supplement_accepted",
        "applicant.supplement_waived",
        "applicant.supplements_reminded",
        "applicant.supplements_extended",
        "applicant.supplements_returned",
        "applicant.waits",
        "steward.supplements",
        "steward.supplements_returned",
        "steward.urged",
        "lead.urged",
        "body.urged",
        "window.urged",
        "body.task",
        "window.assign",
        "applicant.times_asked",
        "applicant.time_set",
        "applicant.survey_off",
        "applicant.reminded",
        "steward.times_asked",
        "steward.time_set",
        "steward.reminded",
        "lead.times_unmet",
        "window.times_unmet",
    ),
)
TEMPLATES = (
    *TEMPLATES,
    *(f"applicant.{name}" for name in ("ended", "declined", "end_announced", "resumed")),
    *(f"{who}.{name}" for who in ("steward", "window") for name in ("ended", "resumed", "kept_on", "decline_returned")),
    *("steward.survey_smaller", "steward.survey_dropped", "lead.decline", "window.decline"),
    *("lead.relief", "window.relief", "steward.relief_refused"),
    "applicant.cells",
    *("applicant.survey_joined", "steward.survey_larger"),
    *("steward.service_added", "applicant.service_added", "applicant.kept_on"),
    "applicant.unreached",
    "applicant.delay",
    "applicant.delay_plain",
    "steward.delay_asked",
    *("steward.visit_unreported", "applicant.visit_late", "applicant.visit_explained"),
    *("steward.backdating_why", "lead.backdating", "window.backdating"),
    *("steward.backdating_over", "lead.backdating_over"),
    "steward.heard",
    "steward.questions_ended",
    "applicant.outline",
    *("applicant.form_open", "applicant.form_read_back"),
    *("applicant.decided_anew", "steward.decided_anew", "steward.form_confirmed", "steward.form_mended"),
    "steward.claim",
    "steward.claim_gone",
    *("applicant.planned", "applicant.plan_moved", "applicant.plan_near"),
    *("steward.plan_moved", "steward.plan_near", "body.plan_moved"),
    *CONSULT_TEMPLATES,
)
ENDINGS = ("window.ended", "window.resumed", "window.kept_on", "window.decline_returned", "window.decline")
ON_WORKLIST = ("body.task", "window.assign", "window.warning", "body.urged", "window.urged", "window.bad_rating")
ON_WORKLIST = (*ON_WORKLIST, *ENDINGS, "window.backdating", "window.times_unmet", "window.relief", "body.plan_moved")
ON_WORKLIST = (*ON_WORKLIST, *CONSULT_UNSENT)
LIMITS = {"thing": 20, "character_string": 32, "phrase": 5, "phone_number": 17, "name": 10}
BANNED = ("保证", "一定", "马上", "你", "！")


def environment() -> SandboxedEnvironment:
    made = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(moment=moment, day=date_of)
    made.globals.update(aloud=False)
    return made


DECIDED = DecidedAnew(joint=False, changed=(Change(what="route", orders=("o",)),))
OF_FORMS = {
    "applicant.form_open": FormLeftOpen(answers={}, lacking=("business_nature",)),
    "applicant.form_read_back": FormFilled(order="o", answers={}, lacking=(), read_back=("business_nature",)),
    "applicant.decided_anew": DECIDED,
    "steward.form_confirmed": FormConfirmed(fields=()),
    "steward.form_mended": FormFilled(answers={}, lacking=(), mended={"o": ("business_nature",)}),
    "steward.decided_anew": DECIDED,
}


def events(template: str) -> list[Any]:
    if template in CONSULT_TEMPLATES:
        return consult_event(template)
    if "opinion" in template:
        return [
            OpinionGiven(order="o", steward="s", opinion=text, remark=remark, passes=passes)
            for text, remark, passes in (
                ("符合", "", True),
                ("待整改", "加深表井", True),
                ("不符合", "管沟未挖", False),
            )
        ]
    if "acceptance" in template:
        return [
            AcceptanceReported(order="o", steward="s", result="通过", remark="", passes=True),
            AcceptanceReported(order="o", steward="s", result="不通过", remark="漏水", passes=False),
        ]
    if template.endswith(("ended", "declined", "survey_smaller", "survey_dropped")):
        kinds: tuple[EndKind, ...] = (
            ("declined", "unfit") if template == "applicant.declined" else ("withdrawn", "terminated", "declined")
        )
        said = {"reason": "压力不足", "alternative": "先接临时用水", "complaints": "0000-2"}
        return [OrdersEnded(orders=("o",), kind=kind, appointments=("joint",), **said) for kind in kinds]
    if template == "applicant.delay":
        return [DelayExplained(order="o", step="construction", steward="s", reason="材料没到", ends=NOW)]
    if ".visit_" in template:
        past: dict[str, Any] = {"appointment": "joint", "at_time": NOW, "orders": ("o",), "sequence": 1}
        if template == "applicant.visit_explained":
            return [VisitExplained(**past, steward="s", reason="车坏了")]
        return [VisitUnreported(**past, until=NOW) if template.startswith("steward") else VisitLate(**past)]
    if "backdating" in template:
        said: dict[str, Any] = {"order": "o", "step": "contact", "entry": 3, "steward": "s", "happened_at": NOW}
        if template.endswith("why"):
            return [BackdatingClaimed(**said, until=NOW)]
        if template.endswith("over"):
            answers = ((True, "l"), (False, "l"), (False, None))
            return [BackdatingDecided(**said, agrees=agrees, by=by) for agrees, by in answers]
        return [BackdatingAsked(**said, reason="现场没有网络", told=(), until=NOW)]
    if template == "steward.delay_asked":
        return [DelayAsked(order="o", step="construction", due=NOW, until=NOW)]
    if template.endswith("end_announced"):
        return [EndAnnounced(order="o", reason="一直联系不上", until=NOW)]
    if template.endswith(".decline"):
        said = {"reason": "压力不足", "alternative": "先接临时用水", "complaints": "0000-2"}
        kinds = ("declined", "unfit")
        return [DeclineProposed(order="o", kind=kind, steward="s", told=(), **said) for kind in kinds]
    if template.endswith(".kept_on"):
        return [KeptOn(order="o"), KeptOn(order="o", by="s")]
    if template.endswith(("survey_moved", "survey_off")):
        return [SurveyMoved(appointment="joint", orders=("o",), sequence=1, wish="周五上午")]
    if template.endswith(".times_asked"):
        given: dict[str, Any] = {"asked": ("s", "applicant"), "offers": {}, "closes": NOW, "limit": NOW}
        return [TimesAsked(appointment="joint", orders=("o",), round=1, **given)]
    if template.endswith(".times_unmet"):
        return [TimesUnmet(appointment="joint", orders=("o",), round=1, decider="s")]
    if template.endswith(".reminded"):
        return [Reminded(appointment="joint", at_time=NOW, orders=("o",), which="day")]
    if template.endswith(".time_set"):
        time: dict[str, Any] = {"appointment": "joint", "at_time": NOW, "orders": ("o",), "steward": "s", "sequence": 1}
        return [TimeSet(how="met", **time), TimeSet(how="decided", **time)]
    if template.endswith(".warning"):
        orders, due = tuple("ocd"), NOW + dt.timedelta(days=1)
        return [Warned(orders=orders, step="survey", share=share, due=due, told=()) for share in (50, 100, 200)]
    if template.endswith(("survey_again", "survey_released")):
        return [SurveyReleased(appointment="joint", at_time=NOW, orders=("o",), sequence=1)]
    if template.endswith(".urged"):
        return [Urged(orders=("o",), due=Due(working_hours=4, at=NOW))]
    if template in OF_FORMS:
        return [OF_FORMS[template]]
    if template == "applicant.outline":
        given = {"order": "o", "steward": "s", "outline": "从门前主管接DN25，表装在院墙外"}
        return [ApplicantContacted(**given, ask_until=until) for until in (None, NOW)]
    if template == "applicant.urge_answered":
        return [UrgeAnswered(order="o", steward="s", text="今天联系您")]
    if template == "applicant.supplements_asked":
        due = Due(days=5, at=NOW)
        return [
            SupplementsAsked(order="o", steward="s", supplements=(), due=due, reason=why) for why in ("", "图纸有改动")
        ]
    if template == "applicant.papers":
        return [
            SupplementsDeferred(order="o", supplements=(), due=due, later=True) for due in (None, Due(days=5, at=NOW))
        ]
    if template == "applicant.supplement_returned":
        return [SupplementReturned(order="o", steward="s", supplement="a", wrong="章看不清", due=Due(days=5, at=NOW))]
    if template.endswith((".survey_joined", ".survey_larger")):
        joined: dict[str, Any] = {"appointment": "joint", "at_time": NOW, "orders": ("o",), "sequence": 1}
        return [SurveyJoined(**joined), SurveyJoined(**joined, added=True)]
    if template.endswith((".relief", ".relief_refused")):
        return [ReliefAsked(order="o", steward="s", reason="这几天不在", told=())]
    if template in ("steward.takeover", "steward.task_gone"):
        given = {"order": "o", "body": "b", "steward": "s", "previous": "t", "contact_due": None}
        return [OrderAssigned(**given, reason=reason) for reason in ("", "老家有事，这周赶不回来，片区也调整了")]
    if template == "applicant.amendment_answered":
        given: dict[str, Any] = {"order": "o", "amendment": 1}
        return [
            AmendmentAnswered(agrees=True, **given),
            AmendmentAnswered(agrees=False, words="方案已经定了，请另报增容", **given),
        ]
    if template.endswith((".planned", ".plan_moved", ".plan_near")):
        days = (Day(date=NOW.date()), None)
        return [PlanMoved(day=day, until=NOW, orders=("o",)) for day in days]
    if template == "steward.amendment":
        return [AmendmentWished(wish="电话改成13900000003")]
    return [SurveyProposed(appointment="joint", at_time=NOW, orders=("o",), steward="s", sequence=1)]


def facts(county: County, event: Any, *, steward: bool, joint: bool) -> dict[str, Any]:
    """The longest that can be: every service of the county at once, and somebody else to call than the applicant."""
    applicant = Named("测试甲", "13900000001")
    number = county.process.number.template.format(counter=123456, year=2026)
    kind = "survey" if steward else "connection"
    names = [service.name for service in county.services] if joint else [county.services[0].name]
    return {
        "county": county,
        "help": county.help,
        "amendment": Amendment(words="用电容量改成200千瓦"),
        "case": SimpleNamespace(
            number=number,
            joint=joint,
            amendments=(Amendment(words="电话改成13900000003"),) if joint else (),
            telephone=joint or None,
            gatherings={"joint": None} if joint else {},
        ),
        "order": SimpleNamespace(
            id="o",
            route=None,
            survey=None,
            acceptance=None,
            candidates=("a", "b") if joint else (),
            offers=("a",) if steward else (),
            state="built" if steward else "schemed",
        ),
        "service": max((service.name for service in county.services), key=len),
        "services": names,
        "body": county.bodies[0],
        "steward": SimpleNamespace(name="示例管家", phone="13900000009") if steward else None,
        "event": event,
        "applicant": applicant,
        "call": Named("测试乙", "13900000002") if joint else applicant,
        "address": "样板路1号",
        "due": "12月24日（周二）17:30前" if joint else "",
        "may_change": "（暂定，10个工作日）" if joint else "",
        "appointment": SimpleNamespace(
            agreed=steward, released=not steward, missed=1, late="", wish="" if joint else "周五上午"
        )
        if joint
        else None,
        "visit": {word: county.messages[f"visit.{kind}.{word}"] for word in ("name", "does", "goes", "ask", "must")},
        "wished": "11月25日（周三）上午" if joint else "",
        "moved": {"body": county.bodies[0]} if steward and joint else None,
        "decider": "示例局示例" if steward else "",
        "able": [{"who": "供水公司示例管家", "times": "11月25日（周三）全天" if joint else ""}] * 7,
        "mine": joint,
        "rating": SimpleNamespace(mark="非常不满意", reason="办得太慢" if joint else ""),
        "rates": joint,
        "lacking": [{"name": "用热面积表", "wrong": "章看不清" if joint else ""}] * (4 if joint else 1),
        "originals": ["用热面积表"] if joint else [],
        "supplement": {"name": "用热面积表", "help": "拍清楚四个角" if joint else ""},
        "handed": ["用热面积表", "小区规划平面图"],
        "returned": names,
        "by": "12月24日（周二）17:30前",
        "agreed_at": NOW if joint else None,
        "agreed_for": "踏勘",
        "example": "" if joint else "周二上午",
        "inside_waits": joint,
        "outside_waits": not joint,
        "wish": "" if joint else "周五上午",
        "ended": names,
        "consulting": "联合会商" if joint else "",
        "consult": consult_told(full=joint, reached=steward),
        "route": object() if joint and steward else None,
        "connected": names[:-1] if steward else names,
        "handled": names[-1:] if steward else [],
        "rest": [1] if joint else [],
        "survey": SimpleNamespace(at=NOW) if joint else None,
        "can_object": joint,
        "undo_days": 7,
        "step": max((rule.name for rule in county.process.steps), key=len),
        "head": SimpleNamespace(name="示例主任", phone="13900000008") if steward else None,
        "schemes": [
            {
                "service": name,
                "body": county.bodies[0],
                "scheme": SimpleNamespace(text="从路东接入", days=5, inside=joint),
            }
            for name in names
        ],
        "recounted": [{"step": "对接", "due": NOW}, {"step": "踏勘", "due": NOW}],
        "cells": [SimpleNamespace(name="申请编号", value="0411200231")] * (3 if joint else 1),
        "empty": ["业务性质", "供水需求", "申请人类型", "证照类型"][: 4 if joint else 1],
        "decided": ["用水业务是过户，不用上门看现场，也不用施工"] * (2 if joint else 1),
        "declaration": "以上内容由我本人或经单位同意填写，真实、准确。" if joint else "",
        "mended": [SimpleNamespace(name="供水需求", value="12吨/日")],
        "empty_count": 7 if joint else 1,
        "written": [SimpleNamespace(name="供水需求", value="10吨/日")] * (7 if joint else 1),
        "late": [
            {
                "service": name,
                "body": county.bodies[0],
                "steward": SimpleNamespace(name="示例管家", phone="13900000009") if steward else None,
            }
            for name in names
        ],
    }


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
@pytest.mark.parametrize("steward", [True, False])
@pytest.mark.parametrize("joint", [True, False])
def test_notice(county: County, template: str, steward: bool, joint: bool) -> None:
    made = environment()
    for event in events(template):
        known = facts(county, event, steward=steward, joint=joint)
        lines = made.from_string(county.messages[f"notice.{template}"]).render(known).strip().splitlines()
        assert 2 <= len(lines) <= 5
        assert all(line.strip() for line in lines), lines
        assert not [word for line in lines for word in BANNED if word in line]
        card = {key: text for key, text in county.messages.items() if key.startswith(f"wechat.{template}.")}
        assert bool(card) != (template in ON_WORKLIST)
        for key, text in card.items():
            field = key.rpartition(".")[2]
            kind = re.sub(r"\d+$", "", field)
            value = made.from_string(text).render(known)
            assert 0 < len(value) <= LIMITS[kind], (key, value)
            assert "\n" not in value
            if kind in {"character_string", "phone_number"}:
                assert value.isascii(), (key, value)


@pytest.mark.parametrize(
    ("shown", "agreed", "paused"), [(0, "", ""), (1, "会商", "停着"), (2, "", "停着"), (3, "", "")]
)
@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
def test_digest(county: County, shown: int, agreed: str, paused: str) -> None:
    """Five lines at most, however much there is to do."""
    made = environment()
    known = facts(county, None, steward=True, joint=True) | {
        "day": NOW.date(),
        "count": 120,
        "today": 20,
        "overdue": 30,
        "unassigned": 4,
        "left": 117 if shown == 3 else 0,
        "open_forms": 2 if shown == 3 else 0,
        "agreed": agreed,
        "paused": paused,
        "items": [
            {
                "number": "XXLB2026123456",
                "service": "用水报装",
                "address": "样板路1号",
                "step": "对接",
                "due": NOW.time(),
                "when": when,
            }
            for when in ("today", "overdue", "later")[: shown or 1]
        ],
    }
    known["late"] = [one | {"number": "XXLB2026123456"} for one in known["late"][:shown]]
    for template in (STEWARD, LEAD):
        lines = made.from_string(county.messages[f"notice.{template}"]).render(known).strip().splitlines()
        assert 2 <= len(lines) <= 5
        assert all(line.strip() for line in lines), lines
        assert not [word for line in lines for word in BANNED if word in line]
        for key in (key for key in county.messages if key.startswith(f"wechat.{template}.")):
            value = made.from_string(county.messages[key]).render(known)
            assert 0 < len(value) <= LIMITS["thing"], (key, value)


def test_every_template_is_used_and_written() -> None:
    """A template named in the core has a text, and a text has somebody who sends it."""
    ours = set(TEMPLATES) - set(CONSULT_TEMPLATES) | set(SHEET_TEMPLATES)
    core = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "routing/noticing").glob("*.py"))
    named = set(re.findall(r'"((?:applicant|steward|lead|supervisor|body|window)\.[a-z_]+)"', core))
    # Those of permits and of joint construction: see test_permit_texts; of consultations: test_consultations.
    named = {name for name in named if not re.search(r"\.(permit|joint_|consult)", name)}
    surveys = {f"{who}.survey_{what}" for who in ("applicant", "steward") for what in ("proposed", "agreed")}
    surveys |= {f"{who}.{what}" for who in ("applicant", "steward") for what in ("time_set", "reminded")}
    assert named | surveys | {"steward.survey_moved"} == ours
    written = {key.removeprefix("notice.") for key in COUNTIES["xinxiang"].messages if key.startswith("notice.")}
    written = {name for name in written if not name.startswith("enquiry.")}  # see test_routing_enquiry_notices
    written = {name for name in written if not re.search(r"\.(permit|joint_|consult)", name)}
    written = {name for name in written if ".credit_" not in name}  # see test_credit
    assert written == ours | {
        REMINDER,
        *DIGESTS,
        GONE,
    }  # these come of no event of a case


def test_every_refusal_has_its_reason() -> None:
    """Codes written in the core, the records and casework; `<do>.already` and the like for every command."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    codes = set(re.findall(r'(?:No\(|code=)"([a-z_]+\.[a-z_]+)"', text))
    codes |= {f"{do}.already" for do in ("take", "contact", "propose_survey", "opinion", "acceptance", "connect")}
    codes |= {f"{do}.too_early" for do in ("contact", "propose_survey", "opinion", "acceptance", "connect")}
    codes |= {f"{do}.{why}" for do in ("opinion", "acceptance") for why in ("unknown", "needs_text")}
    codes |= {f"{do}.already" for do in ("agree_survey", "move_survey", "assign")}
    assert len(codes) > 35
    known: dict[str, str] = dict.fromkeys(
        (
            "number",
            "text",
            "earlier",
            "since",
            "until",
            "example",
            "half",
            "calls",
            "days",
            "choices",
            "opinion",
            "option",
            "steward",
            "earliest",
            "latest",
            "version",
            "mark",
            "service",
            "step",
            "body",
            "phone",
            "address",
            "most",
            "lacking",
            "count",
            "more",
            "field",
            "kind",
            "missing",
            "open",
            "hours",
            "month",
        ),
        "甲",
    )
    for county in COUNTIES.values():
        for code in codes:
            said = (
                environment()
                .from_string(county.messages[f"refused.{code}"])
                .render(known, county=county, help=county.help)
            )
            assert said.strip().endswith("。")
            assert not [word for word in BANNED if word in said]
