"""Every notice about a led survey has its words, in both counties, within the limits of a template message."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from model.county import County
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.follow_up import ClosingHeld, FollowUpReminded, FollowUpSettled
from model.events.sheet import CompletionPromised, RowGiven, SheetConcluded, SurveyRepeated
from tests.routing.county import NOW
from tests.routing.sheeted import SHEET_TEMPLATES
from tests.routing.test_routing_texts import BANNED, COUNTIES, LIMITS, environment, facts

WORKLIST = ("body.", "window.")


def events(template: str) -> list[Any]:
    name, given_up = template.partition(".")[2], NOW
    if name in ("external_line", "no_external_line"):
        made: list[Any] = [
            ExternalLineSet(order="o", reason="管子从路对面来", lead="a", given_up=at) for at in (given_up, None)
        ]
        return made + [
            ExternalLineCleared(order="o", reason="就在院里", joint=True, lead="a", given_up=at)
            for at in (given_up, None)
        ]
    if name in ("row_failed", "row_given"):
        return [
            RowGiven(body="a", by="s", opinion="不符合", remark="间距不够", basis="规范4.1.9", passes=False),
            *([] if name == "row_failed" else [RowGiven(body="a", by="s", opinion="符合", remark="", passes=True)]),
        ]
    if name == "survey_repeated":
        return [SurveyRepeated(at_time=NOW, departments=())]
    if name == "promise":
        return [CompletionPromised(day=NOW.date(), days=days) for days in (10, None)]
    if name in ("follow_up_due", "follow_up_over"):
        return [FollowUpReminded(item="f1", over=over) for over in (True, False)]
    if name == "follow_up_settled":
        return [FollowUpSettled(item="f1", by="s", words="许可已取得", done=done) for done in (True, False)]
    if name == "closing_held":
        return [ClosingHeld(items=("f1",))]
    return [SheetConcluded(passed=True)]


@pytest.mark.parametrize("template", SHEET_TEMPLATES)
@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
@pytest.mark.parametrize("much", [True, False])
def test_sheet_notice(county: County, template: str, much: bool) -> None:
    made, shorts = environment(), ["规划局", "公路局", "园林中心", "交警大队"]
    known: dict[str, Any] = {
        "lead": county.bodies[0],
        "lead_was": county.bodies[0],
        "part": county.bodies[-1],
        "organiser": SimpleNamespace(name="示例管家", phone="13900000009") if much else None,
        "departments": shorts if much else [],
        "missing": shorts if much else [],
        "failed": shorts,
        "again": shorts,
        "items": [{"short": one, "text": "图纸标高", "due": NOW.date() if much else None} for one in shorts]
        if much or "held" in template
        else [],
        "item": SimpleNamespace(text="图纸标高", due=NOW.date() if much else None, permit="p" if much else None),
        "granted": "占掘路许可",
        "survey_at": NOW if much else None,
        "owing": shorts,
        "owed": ["图纸标高"] if much or "wanted" in template else [],
    }
    for event in events(template):
        known |= facts(county, event, steward=much, joint=much) | known | {"event": event}
        lines = made.from_string(county.messages[f"notice.{template}"]).render(known).strip().splitlines()
        assert 2 <= len(lines) <= 5, lines
        assert all(line.strip() for line in lines), lines
        assert not [word for line in lines for word in BANNED if word in line]
        card = {key: text for key, text in county.messages.items() if key.startswith(f"wechat.{template}.")}
        assert bool(card) != template.startswith(WORKLIST)
        for key, text in card.items():
            kind = re.sub(r"\d+$", "", key.rpartition(".")[2])
            value = made.from_string(text).render(known)
            assert 0 < len(value) <= LIMITS[kind], (key, value)
            assert "\n" not in value
            if kind == "character_string":
                assert value.isascii(), (key, value)


@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
def test_every_act_on_the_sheet_has_its_words(county: County) -> None:
    acts = (
        "external_line",
        "no_external_line",
        "departments",
        "row",
        "row_for",
        "remind_rows",
        "repeat_survey",
        "promise",
    )
    for name in (*acts, "keep_copy", "return_copy", "close_follow_up", "carry_follow_up", "view_sheet"):
        assert 0 < len(county.messages[f"act.{name}.label"]) <= 6
        assert f"act.{name}.words" in county.messages
