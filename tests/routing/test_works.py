"""Schemes, works outside the red line and inside, and the acceptance after them (X35, X43, X44, X51, X52, X55, J18, J19, J30)."""

import datetime as dt

import pytest

from model.calendar import CHINA
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme, ReportAcceptance, ReportBuilt, ReportInside
from model.decision import Refused
from model.events.works import Part
from model.order import OrderState
from model.process import Limit, Step
from routing.acts import steward_acts, works_invitation
from routing.notices import notices
from tests.routing.county import NOW, submission, xinxiang
from tests.routing.desk import APPLICANT, Desk, replayed

EVERY: tuple[Step, ...] = ("contact", "survey", "scheme", "construction", "acceptance", "connection")
TOMORROW = dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)
LATER = dt.datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)


def surveyed(*services: str, together: bool = False) -> Desk:
    """A case whose orders have passed their survey on Monday; acceptance within one working day, the scheme within three."""
    county = xinxiang(steps=EVERY)
    limits = {"scheme": Limit(days=3), "acceptance": Limit(days=1)}
    rules = tuple(
        rule.model_copy(update={"limit": limits.get(rule.step, rule.limit), "together": together})
        for rule in county.process.steps
    )
    county = county.made_anew(process=county.process.model_copy(update={"steps": rules}))
    desk = Desk(county, submission(county, *services))
    for place in range(1, len(services) + 1):
        who, order = desk.steward(place), desk.order(place).id
        for do in (Take(order=order), ReportContact(order=order)):
            assert isinstance(desk.do(who, do), list)
    key = "joint" if len(services) > 1 else desk.order().id
    assert isinstance(desk.do(desk.steward(), ProposeSurvey(order=desk.order().id, at=TOMORROW)), list)
    assert isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=key, sequence=1)), list)
    for place in range(1, len(services) + 1):
        assert isinstance(desk.do(desk.steward(place), GiveOpinion(order=desk.order(place).id, opinion="符合")), list)
    return desk


def acts(desk: Desk, place: int = 1) -> list[str]:
    """What the steward of an order is offered."""
    return [act.id for act in steward_acts(desk.case, desk.order(place), desk.county)]


def due(desk: Desk, step: Step) -> dt.datetime | None:
    """The deadline of a step of the first order."""
    found = desk.order().due(step)
    return found.at if found else None


def test_each_limit_begins_when_the_step_before_is_done() -> None:
    desk = surveyed("用水")
    assert due(desk, "scheme") == dt.datetime(2026, 11, 26, 17, 30, tzinfo=CHINA)
    assert due(desk, "construction") is None
    who, order = desk.steward(), desk.order().id
    assert desk.do(who, GiveScheme(order=order, scheme="从路东接入", days=5), LATER) == [
        "scheme_given",
        "clock_started",
    ]
    assert desk.order().clocks["scheme"].met_at == LATER
    assert due(desk, "construction") == dt.datetime(2026, 12, 2, 17, 30, tzinfo=CHINA)  # what the body promised (J30)
    assert due(desk, "acceptance") is None
    assert desk.do(who, ReportBuilt(order=order), LATER) == ["works_reported", "clock_started"]
    assert due(desk, "acceptance") == dt.datetime(2026, 11, 26, 17, 30, tzinfo=CHINA)  # X52
    assert replayed(desk) == desk.case


def test_the_users_own_works_are_waited_for() -> None:
    desk = surveyed("用水")
    who, order = desk.steward(), desk.order().id
    desk.do(who, GiveScheme(order=order, scheme="从路东接入", inside=True))
    assert acts(desk) == ["built"]
    assert desk.do(who, ReportBuilt(order=order)) == ["works_reported"]
    assert desk.order().state is OrderState.SCHEMED
    assert acts(desk) == ["built_inside"]  # the steward may have seen it himself
    assert [act.id for act in works_invitation(desk.case, desk.county, "").acts] == ["built_inside"]
    assert desk.do(APPLICANT, ReportInside()) == ["works_reported", "clock_started"]
    assert desk.order().state is OrderState.BUILT
    assert works_invitation(desk.case, desk.county, "").acts == ()
    refused = desk.do(APPLICANT, ReportInside())
    assert isinstance(refused, Refused)
    assert refused.code == "built_inside.nothing"


def test_inside_may_be_done_first() -> None:
    desk = surveyed("用水")
    desk.do(desk.steward(), GiveScheme(order=desk.order().id, scheme="从路东接入", inside=True))
    assert desk.do(APPLICANT, ReportInside()) == ["works_reported"]
    assert desk.do(desk.steward(), ReportBuilt(order=desk.order().id)) == ["works_reported", "clock_started"]


def test_a_failed_acceptance_returns_to_the_works() -> None:
    desk = surveyed("用水")
    who, order = desk.steward(), desk.order().id
    desk.do(who, GiveScheme(order=order, scheme="从路东接入", days=5))
    desk.do(who, ReportBuilt(order=order))
    again = desk.do(who, ReportAcceptance(order=order, result="不通过", remark="漏水"), LATER)
    assert again == ["acceptance_reported", "clock_started"]
    assert (desk.order().state, desk.order().works) == (OrderState.SCHEMED, frozenset())
    assert desk.order().clocks["acceptance"].met_at == LATER
    assert desk.order().clocks["construction"].met_at is None
    assert acts(desk) == ["built"]
    desk.do(who, ReportBuilt(order=order), LATER)
    assert desk.order().clocks["acceptance"].met_at is None
    assert desk.do(who, ReportAcceptance(order=order, result="通过"), LATER) == ["acceptance_reported"]
    assert desk.order().state is OrderState.ACCEPTED
    assert replayed(desk) == desk.case


@pytest.mark.parametrize("together", [True, False])
def test_one_reply_for_all_bodies_where_the_county_wants_it(*, together: bool) -> None:
    """J18: nothing is told before the last scheme; then all are."""
    desk = surveyed("用水", "用电", together=together)
    told = []
    for place in (1, 2):
        desk.do(desk.steward(place), GiveScheme(order=desk.order(place).id, scheme="从路东接入"))
        told.append([one.template for one in notices(desk.case, [desk.log[-1]]) if one.recipient.kind == "applicant"])
    assert told == ([[], ["applicant.scheme"]] if together else [["applicant.scheme"], ["applicant.scheme"]])


@pytest.mark.parametrize(("scheme", "days", "code"), [("  ", None, "scheme.empty"), ("接入", 0, "scheme.days")])
def test_a_scheme_says_something(scheme: str, days: int | None, code: str) -> None:
    desk = surveyed("用水")
    refused = desk.do(desk.steward(), GiveScheme(order=desk.order().id, scheme=scheme, days=days), NOW)
    assert isinstance(refused, Refused)
    assert refused.code == code


@pytest.mark.parametrize(
    ("mend", "works", "offered", "asked"),
    [
        (("inside",), {"outside"}, ["built_inside"], True),
        (("outside",), {"inside"}, ["built"], False),
        (("outside", "inside"), set[str](), ["built"], True),
        ((), set[str](), ["built"], True),
    ],
)
def test_only_what_did_not_pass_is_done_again(
    mend: tuple[Part, ...], works: set[str], offered: list[str], asked: bool
) -> None:
    desk = surveyed("用水")
    who, order = desk.steward(), desk.order().id
    desk.do(who, GiveScheme(order=order, scheme="从路东接入", days=5, inside=True))
    desk.do(who, ReportBuilt(order=order))
    desk.do(APPLICANT, ReportInside())
    desk.do(who, ReportAcceptance(order=order, result="不通过", remark="漏水", mend=mend), LATER)
    assert desk.order().works == works
    assert acts(desk) == offered
    assert bool(works_invitation(desk.case, desk.county, "").acts) is asked
    assert replayed(desk) == desk.case


def test_the_user_may_have_to_mend_where_the_scheme_left_it_to_the_body() -> None:
    desk = surveyed("用水")
    who, order = desk.steward(), desk.order().id
    desk.do(who, GiveScheme(order=order, scheme="从路东接入"))
    desk.do(who, ReportBuilt(order=order))
    desk.do(who, ReportAcceptance(order=order, result="不通过", remark="表后阀门漏水", mend=("inside",)), LATER)
    assert [act.id for act in works_invitation(desk.case, desk.county, "").acts] == ["built_inside"]
    assert desk.do(APPLICANT, ReportInside(), LATER) == ["works_reported", "clock_started"]


def test_the_limit_of_the_works_stands_while_only_the_users_own_are_left() -> None:
    """Else a body would be late by what is not its own (X44, J19)."""
    desk = surveyed("用水")
    who, order = desk.steward(), desk.order().id
    desk.do(who, GiveScheme(order=order, scheme="从路东接入", days=5, inside=True))
    assert desk.order().clocks["construction"].runs
    assert desk.do(who, ReportBuilt(order=order), LATER) == ["works_reported", "clock_paused"]
    assert desk.order().clocks["construction"].pauses[-1].cause == "inside"
    desk.do(APPLICANT, ReportInside(), LATER)
    assert desk.order().clocks["construction"].met_at == LATER
    assert replayed(desk) == desk.case
