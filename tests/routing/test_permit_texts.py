"""What is said of permits fits: five lines at most, no promises, and cards within their fields (X162)."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest

from model.approval import Commitment
from model.calendar import Due
from model.county import County
from model.events.approvals import (
    ApprovalDecided,
    ApprovalDropped,
    ApprovalHandedIn,
    ApprovalPassed,
    ApprovalRecounted,
    ApprovalReturned,
    ApprovalWarned,
    CommitmentSigned,
    OfApproval,
)
from tests.routing.county import NOW
from tests.routing.test_routing_texts import BANNED, COUNTIES, LIMITS, ROOT, environment, facts

WHO = ("steward", "lead", "supervisor", "window")
TEMPLATES = (
    *("applicant.permits", "steward.permit_asked", "steward.permit_back", "steward.permit_gone"),
    *("steward.permit_returned", "steward.permit_decided", "body.permit_asked"),
    *("steward.permit_passed", "lead.permit_passed", "steward.permit_recounted"),
    *(f"{who}.permit_warning" for who in WHO),
)
DUE = NOW + dt.timedelta(days=1)


def events(template: str) -> list[OfApproval]:
    """What each can be about."""
    if template.endswith("warning"):
        return [
            ApprovalWarned(approval="p", items=items, share=share, due=DUE, told=())
            for items in (True, False)
            for share in (50, 100, 200)
        ]
    return {
        "permit_back": [
            ApprovalHandedIn(approval="p", steward="s", text="图纸"),
            ApprovalHandedIn(approval="p", steward="s", text="图纸", items=True),
            CommitmentSigned(approval="p", steward="s", mode="commitment", works_from="accepted", text="承诺"),
        ],
        "permit_gone": [ApprovalDropped(approval="p", order="o", kind="k", steward="s", reason="改走向")],
        "permit_passed": [ApprovalPassed(approval="p", officer="s", previous="t")],
        "permit_recounted": [
            ApprovalRecounted(approval="p", items=items, due=Due(days=3, at=DUE)) for items in (True, False)
        ],
        "permit_returned": [ApprovalReturned(approval="p", officer="s", lacking="图纸")],
    }.get(
        template.partition(".")[2],
        [
            ApprovalDecided(approval="p", officer="s", granted=True),
            ApprovalDecided(approval="p", officer="s", granted=False, reason="改顶管"),
        ],
    )


@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("much", [True, False])
def test_notice_of_a_permit(county: County, template: str, much: bool) -> None:
    made = environment()
    for event in events(template):
        known = facts(county, event, steward=much, joint=much) | _permit(county, event, much=much)
        lines = made.from_string(county.messages[f"notice.{template}"]).render(known).strip().splitlines()
        assert 2 <= len(lines) <= 5, lines
        assert all(line.strip() for line in lines), lines
        assert not [word for line in lines for word in BANNED if word in line]
        card = {key: text for key, text in county.messages.items() if key.startswith(f"wechat.{template}.")}
        assert bool(card) == (template not in ("body.permit_asked", "window.permit_warning"))
        for key, text in card.items():
            value = made.from_string(text).render(known)
            assert 0 < len(value) <= LIMITS[re.sub(r"\d+$", "", key.rpartition(".")[2])], (key, value)


def _permit(county: County, event: Any, *, much: bool) -> dict[str, Any]:
    kind = max(county.process.approvals.kinds, key=lambda one: len(one.name))
    person = SimpleNamespace(name="示例人员", phone="13900000009", serves=much)
    signed = isinstance(event, CommitmentSigned)
    return {
        "permit": {
            "name": kind.name,
            "body": county.body[kind.body],
            "way": max((one.name for one in county.process.approvals.modes), key=len),
            "basis": "《示例办法》" if much else "",
            "works": ["挖路面", "动绿地"] if much else [],
            "services": [one.name for one in county.services] if much else [county.services[0].name],
            "units": ["供水公司"],
            "steward": person if much else None,
            "officer": person if much else None,
            "previous": person if much else None,
            "follows": "审查意见" if much else "",
            "filed": much,
            "commitment": Commitment(text="本单位承诺", by="s", at=NOW) if much else None,
            "handed_in": "" if signed or event.__dict__.get("items") else "图纸",
            "followed": "图纸" if event.__dict__.get("items") else "",
            "signed": signed,
            "due": DUE if much else None,
            "free": much,
        },
        "applies": "builder" if much else "unit",
        "permits": [{"name": one.name, "state": "granted"} for one in county.process.approvals.kinds],
    }


@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
@pytest.mark.parametrize("template", ["steward.joint_proposed", "steward.joint_window", "body.joint_proposed"])
@pytest.mark.parametrize("count", [2, 9])
def test_notice_of_joint_construction(county: County, template: str, count: int) -> None:
    """X50: numbers and days; never a name or a telephone of another case's applicant."""
    made, day = environment(), NOW.date()
    joint = {
        "road": "小冀镇示范路",
        "cases": [{"number": f"XXLB202600000{n}", "begins": day, "ends": day} for n in range(count)],
        "others": [f"XXLB202600000{n}" for n in range(1, count)],
        "first": day,
        "last": day,
    }
    known = facts(county, None, steward=True, joint=True) | {"joint": joint}
    text = made.from_string(county.messages[f"notice.{template}"]).render(known).strip()
    assert 2 <= len(text.splitlines()) <= 5
    assert known["applicant"].name not in text
    assert known["call"].phone not in text
    assert not [word for word in BANNED if word in text]
    for key in (key for key in county.messages if key.startswith(f"wechat.{template}.")):
        value = made.from_string(county.messages[key]).render(known)
        assert 0 < len(value) <= LIMITS[re.sub(r"\d+$", "", key.rpartition(".")[2])], (key, value)


def test_every_template_of_permits_is_written_and_sent() -> None:
    core = (ROOT / "routing/noticing/approvals.py").read_text("utf-8")
    named = set(re.findall(r'"((?:applicant|steward|lead|supervisor|body|window)\.[a-z_]+)"', core))
    written = {key.removeprefix("notice.") for key in COUNTIES["xinxiang"].messages if key.startswith("notice.")}
    assert named == set(TEMPLATES) == {name for name in written if ".permit" in name}
