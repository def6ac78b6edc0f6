"""What the clock and a granted permit do about the sheet, and who does it for somebody who left (X37–X42)."""

import datetime as dt

import pytest

from model.approval_rules import ApprovalKind, ApprovalRules, ModeRule
from model.calendar import CHINA, Length
from model.commands.approvals import AcceptApproval, ApplyForApproval, DecideApproval
from model.commands.follow_up import CloseFollowUp
from model.commands.sheet import GiveRow, RemindOfSheet, ReplaceOfficer
from model.commands.survey import GiveOpinion
from model.commands.works import GiveScheme
from model.county import County
from model.decision import Refused
from model.message import Actor
from model.process import SheetReminders
from model.sheet import ROWS
from model.values import YesNo
from routing.notices import notices
from tests.routing.county import steward, submission
from tests.routing.desk import WINDOW, Desk, replayed
from tests.routing.sheeted import LEAD, PLANNING, ROAD, TOMORROW, agreed, county, officer, units_pass

CLOCK = Actor(person="", role="clock")
REMINDERS = SheetReminders(rows=Length(working_hours=2), days_before=3, at=dt.time(9))
LATE = TOMORROW.replace(hour=16)
DUE = dt.date(2026, 12, 10)


def timed() -> County:
    plain = county()
    sheet = plain.process.survey.sheet
    assert sheet is not None
    survey = plain.process.survey.model_copy(update={"sheet": sheet.model_copy(update={"reminders": REMINDERS})})
    return plain.made_anew(process=plain.process.model_copy(update={"survey": survey}))


def surveyed(here: County | None = None, **more: object) -> Desk:
    found = here or timed()
    return agreed(Desk(found, submission(found, "用水", crosses=YesNo(yes=True)), **more))  # type: ignore[arg-type]


def told(desk: Desk, since: int) -> set[tuple[str, str]]:
    return {(one.template, one.recipient.id) for one in notices(desk.case, desk.log[since:])}


def rings(desk: Desk) -> dict[str, dt.datetime]:
    return {name: one.at for name, one in desk.case.sheet.ringing.items()} if desk.case.sheet else {}


def ring(desk: Desk, what: str, now: dt.datetime) -> Refused | list[str]:
    assert desk.case.sheet is not None
    return desk.do(CLOCK, RemindOfSheet(what=what, number=desk.case.sheet.alarms[what].number), now)


def refused(done: Refused | list[str]) -> str:
    assert isinstance(done, Refused)
    return done.code


def test_departments_whose_rows_are_missing_are_reminded_once() -> None:
    desk = surveyed()
    assert rings(desk) == {ROWS: LATE}
    desk.do(officer(PLANNING), GiveRow(body=PLANNING, opinion="符合"), TOMORROW)
    number = desk.case.sheet.alarms[ROWS].number if desk.case.sheet else 0
    assert refused(ring(desk, ROWS, LATE - dt.timedelta(minutes=1))) == "remind_sheet.early"
    before = len(desk.log)
    assert ring(desk, ROWS, LATE) == ["rows_reminded"]
    assert told(desk, before) == {("steward.row_wanted", f"{ROAD}-a")}
    assert rings(desk) == {}
    assert refused(desk.do(CLOCK, RemindOfSheet(what=ROWS, number=number), LATE)) == "remind_sheet.nothing"
    assert replayed(desk) == desk.case


def test_nobody_is_reminded_once_every_row_is_there() -> None:
    desk = surveyed()
    for body in (PLANNING, ROAD):
        desk.do(officer(body), GiveRow(body=body, opinion="符合"), TOMORROW)
    assert rings(desk) == {}
    assert refused(ring(desk, ROWS, LATE)) == "remind_sheet.nothing"


def owing(desk: Desk, day: dt.date | None = DUE) -> Desk:
    desk.do(officer(PLANNING), GiveRow(body=PLANNING, opinion="待整改", remark="补图纸", due=day), TOMORROW)
    desk.do(officer(ROAD), GiveRow(body=ROAD, opinion="符合"), TOMORROW)
    return desk


def test_an_item_is_reminded_of_before_its_day_and_on_it_and_the_lead_hears_of_that() -> None:
    desk = owing(surveyed())
    first = dt.datetime(2026, 12, 7, 9, tzinfo=CHINA)
    last = dt.datetime(2026, 12, 10, 9, tzinfo=CHINA)
    assert rings(desk) == {"f1": first}
    before = len(desk.log)
    assert ring(desk, "f1", first) == ["follow_up_reminded", "sheet_alarm_set"]
    assert told(desk, before) == {("steward.follow_up_due", f"{PLANNING}-a")}
    assert rings(desk) == {"f1": last}
    before = len(desk.log)
    assert ring(desk, "f1", last) == ["follow_up_reminded"]
    assert told(desk, before) == {
        ("steward.follow_up_due", f"{PLANNING}-a"),
        ("steward.follow_up_over", f"{LEAD}-a"),
    }
    assert rings(desk) == {}


def test_what_was_handed_in_is_not_reminded_of() -> None:
    desk = owing(surveyed())
    desk.do(officer(PLANNING), CloseFollowUp(item="f1", words="图纸已交"), LATE)
    assert rings(desk) == {}


@pytest.mark.parametrize(
    ("day", "expected"), [(None, {}), (dt.date(2026, 11, 25), {"f1": dt.datetime(2026, 11, 25, 9, tzinfo=CHINA)})]
)
def test_without_a_day_there_is_no_reminder_and_a_near_one_has_only_its_own(
    day: dt.date | None, expected: dict[str, dt.datetime]
) -> None:
    assert rings(owing(surveyed(), day)) == expected


def permitting() -> County:
    here = timed()
    kinds = (
        ApprovalKind(id="planning", name="规划许可", body=PLANNING, works=("新建管线",)),
        ApprovalKind(id="road", name="占掘路许可", body=ROAD, works=("挖路面",)),
    )
    rules = ApprovalRules(applies="unit", modes=(ModeRule(mode="normal", name="材料齐全"),), kinds=kinds)
    return here.made_anew(process=here.process.model_copy(update={"approvals": rules}))


def applied(desk: Desk, digs: tuple[str, ...]) -> Desk:
    """The scheme is given and every permit it needs applied for."""
    units_pass(desk)
    order = desk.order().id
    done = desk.do(desk.steward(), GiveScheme(order=order, scheme="接DN25", digs=digs), LATE)
    assert isinstance(done, list), done
    done = desk.do(desk.steward(), ApplyForApproval(order=order, kinds=desk.order().permits, mode="normal"), LATE)
    assert isinstance(done, list), done
    return desk


def granted(desk: Desk, kind: str) -> list[str]:
    approval = next(one for one in desk.case.approvals if one.kind == kind)
    who = officer(approval.body)
    assert isinstance(desk.do(who, AcceptApproval(approval=approval.id), LATE), list)
    done = desk.do(who, DecideApproval(approval=approval.id, granted=True), LATE)
    assert isinstance(done, list), done
    return done


def test_the_department_is_asked_for_the_completion_once_its_permit_is_granted() -> None:
    """X40: the item waits for the permit of its own department, and for no other."""
    desk = applied(owing(surveyed(permitting()), None), ("挖路面", "新建管线"))
    assert "follow_up_ready" not in granted(desk, "road")
    before = len(desk.log)
    assert "follow_up_ready" in granted(desk, "planning")
    assert ("steward.follow_up_ready", f"{PLANNING}-a") in told(desk, before)
    assert desk.case.sheet is not None
    assert desk.case.sheet.follow_ups[0].permit == next(one.id for one in desk.case.approvals if one.kind == "planning")
    assert replayed(desk) == desk.case


def test_a_units_item_waits_for_all_permits_of_its_order() -> None:
    desk = surveyed(permitting())
    for body in (PLANNING, ROAD):
        desk.do(officer(body), GiveRow(body=body, opinion="符合"), TOMORROW)
    order = desk.order().id
    desk.do(desk.steward(), GiveOpinion(order=order, opinion="待整改", remark="改走向"), TOMORROW)
    desk.do(desk.steward(), GiveScheme(order=order, scheme="接DN25", digs=("挖路面", "新建管线")), LATE)
    desk.do(desk.steward(), ApplyForApproval(order=order, kinds=desk.order().permits, mode="normal"), LATE)
    assert "follow_up_ready" not in granted(desk, "road")
    before = len(desk.log)
    assert "follow_up_ready" in granted(desk, "planning")
    assert ("steward.follow_up_ready", "water_body-a") in told(desk, before)


def test_a_colleague_does_it_for_an_officer_who_left() -> None:
    here = timed()
    colleague = steward(PLANNING, name="b")
    desk = surveyed(here, stewards=(*(steward(body.id) for body in here.bodies), colleague))
    desk.stewards = tuple(one for one in desk.stewards if one.id != f"{PLANNING}-a")
    before = len(desk.log)
    assert desk.do(WINDOW, ReplaceOfficer(body=PLANNING, previous=f"{PLANNING}-a")) == ["officer_replaced"]
    assert told(desk, before) == {("steward.sheet_taken_over", f"{PLANNING}-b")}
    before = len(desk.log)
    ring(desk, ROWS, LATE)
    assert told(desk, before) == {("steward.row_wanted", f"{PLANNING}-b"), ("steward.row_wanted", f"{ROAD}-a")}
    again = desk.do(WINDOW, ReplaceOfficer(body=PLANNING, previous=f"{PLANNING}-a"))
    assert refused(again) == "replace_officer.nothing"


def test_where_the_organiser_leaves_and_nobody_is_there_the_hotline_calls_his_body() -> None:
    desk = surveyed()
    desk.stewards = tuple(one for one in desk.stewards if one.id != f"{LEAD}-a")
    before = len(desk.log)
    assert isinstance(desk.do(WINDOW, ReplaceOfficer(body=LEAD, previous=f"{LEAD}-a")), list)
    assert told(desk, before) == {("body.sheet_taken_over", LEAD)}
    assert desk.case.sheet is not None
    assert desk.case.sheet.organiser is None
