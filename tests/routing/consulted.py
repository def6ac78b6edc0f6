"""A county in which bodies sit together about a case (会商), and what its texts are tried with."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from model.calendar import Length
from model.consultation_rules import ConsultationRule, LeadRule
from model.county import County
from model.events.clock import Told
from model.events.consultations import ConsultationLate, ItemLate
from tests.routing.county import NOW, xinxiang

CONSULT_DOS = (
    "ask_consultation", "name_consultation", "move_consultation", "decline_consultation", "record_consultation",
    "give_item", "settle_consultation", "tick_item",
)  # fmt: skip
CONSULT_UNSENT = (
    *(f"window.consult_{name}" for name in ("asked", "declined", "late", "item_late")),
    *(f"body.consult_{name}" for name in ("asked", "named", "moved", "off", "held", "item", "item_due")),
)
CONSULT_TEMPLATES = (
    *(f"applicant.{name}" for name in ("consult", "consult_off", "consult_held")),
    *(
        f"steward.consult_{name}"
        for name in (
            *("asked", "named", "moved", "declined", "off", "near", "late", "held", "item", "item_due", "item_late"),
        )
    ),
    *(f"{who}.consult_{name}" for who in ("lead", "supervisor") for name in ("late", "item_late")),
    *CONSULT_UNSENT,
)


def county(*, convened_by: str = "lead") -> County:
    """Six services; water leads, and its body convenes unless another one is named."""
    plain = xinxiang()
    rule = ConsultationRule(
        name="联合会商", convened_by=convened_by, reply_within=Length(days=1), within=Length(days=5), forms={}
    )
    process = plain.process.model_copy(update={"consultation": rule, "leading": LeadRule(services=("water", "power"))})
    texts = {f"act.{do}.{part}": do for do in CONSULT_DOS for part in ("label", "words")}
    return plain.made_anew(process=process, messages=plain.messages | texts)


def consult_event(template: str) -> list[Any]:
    """The events that such a text may be about, as far as it asks."""
    if template.endswith(".consult_late"):
        told = (Told(receiver="lead", id="s"),)
        return [ConsultationLate(consultation="c", what=what, told=told) for what in ("reply", "hold")]
    return [ItemLate(consultation="c", name="c-1", told=())]


def consult_told(*, full: bool, reached: bool) -> dict[str, Any]:
    """The facts under `consult`; `full`: with all that may be said, `reached`: with somebody to call."""
    somebody = SimpleNamespace(name="示例", phone="13900000009") if reached else None
    return {
        "name": "联合会商",
        "reason": "几家说法不一致",
        "words": "路口两家的埋深不一样" if full else "",
        "bodies": ["供水公司", "供电公司", "燃气公司"],
        "asker": "供水公司示例",
        "asker_phone": "13900000001",
        "convener": "城管局",
        "officer": somebody,
        "at": NOW,
        "place": "三楼会议室",
        "answer": "两家已经说好" if full else "",
        "decision": "埋深都按0.8米",
        "public": "管子怎么埋已经定了",
        "reply_by": NOW if full else None,
        "item": SimpleNamespace(words="出图", day=dt.date(2026, 12, 1)),
        "item_body": "供水公司",
        "item_staff": somebody,
    }
