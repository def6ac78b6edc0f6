"""外线工程, set by a unit after its first look or by the form: who leads then, and what becomes of a time (R6, X31, X33)."""

import pytest

from model.case import JOINT
from model.command import Do
from model.commands.external import ClearExternalLine, SetExternalLine
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.decision import Refused
from model.event import Event
from model.events.sheet import SheetOpened
from model.order import OrderState
from routing.acts import steward_acts
from routing.notices import notices
from routing.sheet_acts import sheet_acts
from tests.routing.county import NO, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.routing.sheeted import LEAD, PLANNING, ROAD, TOMORROW, contacted, county, led, officer

REASON = "水管要从路对面穿过来"


def single(*, lead: str | None = LEAD) -> Desk:
    """One service, no external line by the form; the steward has contacted the applicant."""
    here = county(lead=lead)
    return contacted(Desk(here, submission(here, "用水", crosses=NO)))


def code(done: Refused | list[str]) -> str:
    assert isinstance(done, Refused)
    return done.code


def last(desk: Desk, kind: type[Event]) -> Event:
    return next(one.event for one in reversed(desk.log) if isinstance(one.event, kind))  # type: ignore[arg-type]


def told(desk: Desk, count: int) -> dict[str, set[str]]:
    """Who is told what of the last events."""
    found: dict[str, set[str]] = {}
    for one in notices(desk.case, desk.log[-count:]):
        found.setdefault(one.template, set()).add(one.recipient.id)
    return found


def test_the_form_says_it() -> None:
    """X31, X33: also for one service; the sheet is there from the beginning with its organiser and departments."""
    desk = led("用水", at_survey=False)
    assert (desk.case.joint, desk.case.lead) == (True, LEAD)
    assert desk.case.sheet is not None
    assert desk.case.sheet.organiser == f"{LEAD}-a"
    assert [row.body for row in desk.case.sheet.rows] == [PLANNING, ROAD]
    found = told(desk, len(desk.log))
    assert found["steward.sheet_lead"] == {f"{LEAD}-a"}
    assert found["steward.sheet_department"] == {f"{PLANNING}-a", f"{ROAD}-a"}
    assert found["window.departments"] == {"xinxiang"}


def test_a_unit_sets_it_for_one_service() -> None:
    desk = single()
    assert "external_line" in [act.id for act in steward_acts(desk.case, desk.order(), desk.county)]
    done = desk.do(desk.steward(), SetExternalLine(order=desk.order().id, reason=f" {REASON} "))
    assert done == ["external_line_set", "sheet_opened"]
    assert (desk.case.joint, desk.case.lead) == (True, LEAD)
    assert isinstance(last(desk, SheetOpened), SheetOpened)
    found = told(desk, 2)
    assert found["applicant.external_line"] == {"applicant"}
    assert "steward.external_line" not in found  # he has said it himself
    assert found["steward.sheet_lead"] == {f"{LEAD}-a"}
    assert [act.id for act in sheet_acts(desk.case, LEAD, desk.county)] == ["departments", "view_sheet"]
    assert replayed(desk) == desk.case


def test_a_time_is_given_up_for_others_have_to_come() -> None:
    desk = single()
    desk.do(desk.steward(), ProposeSurvey(order=desk.order().id, at=TOMORROW))
    desk.do(APPLICANT, AgreeSurvey(appointment=desk.order().id, sequence=1))
    assert desk.order().state is OrderState.SURVEY_AGREED
    desk.do(desk.steward(), SetExternalLine(order=desk.order().id, reason=REASON))
    assert desk.order().state is OrderState.CONTACTED
    assert desk.log[-2].event.model_dump()["given_up"] == TOMORROW
    assert code(desk.do(APPLICANT, AgreeSurvey(appointment=desk.order().id, sequence=1))) == "survey.outdated"
    desk.do(desk.steward(), ProposeSurvey(order=desk.order().id, at=TOMORROW))
    assert told(desk, 1)["steward.survey_proposed"] == {f"{LEAD}-a", f"{PLANNING}-a", f"{ROAD}-a"}
    assert isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=JOINT, sequence=1)), list)
    assert desk.order().state is OrderState.SURVEY_AGREED


@pytest.mark.parametrize("services", [("用水",), ("用水", "用电")])
def test_it_is_taken_back(services: tuple[str, ...]) -> None:
    """Until somebody has given an opinion; then it is a survey as before."""
    desk = led(*services)
    done = desk.do(desk.steward(), ClearExternalLine(order=desk.order().id, reason="管子就在院里"))
    assert done == ["external_line_cleared"]
    assert (desk.case.joint, desk.case.lead, desk.case.sheet) == (len(services) > 1, None, None)
    assert desk.case.parts == ()
    assert set(desk.states()) == {OrderState.CONTACTED}
    assert told(desk, 1)["steward.no_external_line"] >= {f"{LEAD}-a", f"{PLANNING}-a", f"{ROAD}-a"}
    key = JOINT if len(services) > 1 else desk.order().id
    assert isinstance(desk.do(desk.steward(), ProposeSurvey(order=desk.order().id, at=TOMORROW)), list)
    sequence = desk.case.appointments[key].sequence
    assert isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=key, sequence=sequence)), list)
    assert isinstance(desk.do(desk.steward(), GiveOpinion(order=desk.order().id, opinion="符合")), list)
    assert replayed(desk) == desk.case


def test_the_window_may_say_it_too() -> None:
    desk = single()
    assert desk.do(WINDOW, SetExternalLine(order=desk.order().id, reason=REASON)) == [
        "external_line_set",
        "sheet_opened",
    ]
    assert code(desk.do(WINDOW, SetExternalLine(order=desk.order().id, reason=REASON))) == "external_line.led"


def test_what_is_refused() -> None:
    desk = single()
    mine = desk.order().id

    def refused(do: Do) -> str:
        return code(desk.do(desk.steward(), do))

    assert refused(SetExternalLine(order=mine, reason="  ")) == "external_line.empty"
    assert refused(ClearExternalLine(order=mine, reason="没有")) == "no_external_line.nothing"
    assert refused(SetExternalLine(order="case-9", reason=REASON)) == "order.unknown"
    assert code(desk.do(officer(PLANNING), SetExternalLine(order=mine, reason=REASON))) == "not.yours"
    assert code(desk.do(APPLICANT, SetExternalLine(order=mine, reason=REASON))) == "role.wrong"
    agreed_single = led("用水", "用电")
    agreed_single.do(agreed_single.steward(), GiveOpinion(order=agreed_single.order().id, opinion="符合"))
    late = agreed_single.do(agreed_single.steward(2), ClearExternalLine(order=agreed_single.order(2).id, reason="没有"))
    assert code(late) == "external_line.surveyed"


def test_a_county_without_a_lead_knows_no_such_thing() -> None:
    desk = single(lead=None)
    assert "external_line" not in [act.id for act in steward_acts(desk.case, desk.order(), desk.county)]
    assert (
        code(desk.do(desk.steward(), SetExternalLine(order=desk.order().id, reason=REASON))) == "external_line.absent"
    )
