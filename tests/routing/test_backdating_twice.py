"""Two steps of an order are said to have been done earlier, and the first is not answered yet; or it is the last (X59, J35)."""

import datetime as dt

from model.commands.backdating import AnswerBackdating, Backdate, CloseBackdating, ExplainBackdating
from model.commands.contact import ReportContact
from model.commands.survey import GiveOpinion
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt
from model.decision import Refused
from routing.acts import steward_acts
from routing.notices import notices
from tests.routing.clocks import at
from tests.routing.desk import replayed
from tests.routing.test_backdating import (
    CLOCK,
    ENTERED,
    HEAD,
    IN_TIME,
    ORDER,
    Desk,
    code,
    enter,
    kept,
    opened,
    surveyed,
)

LATER = ENTERED + dt.timedelta(hours=1)
SURVEYED = at("2026-11-25 10:00")
"""After the contact as it is said to have been, and before it was entered."""


def twice() -> tuple[Desk, int, int]:
    """Contact and survey both wait for the head; and their entries."""
    desk = opened()
    enter(desk, ReportContact(order=ORDER), IN_TIME, reason="忘了")
    surveyed(desk)
    done = enter(desk, GiveOpinion(order=ORDER, opinion="符合"), SURVEYED, LATER, reason="没有网络")
    assert isinstance(done, list) and done[1] == "backdating_asked"
    first, second = desk.order().backdatings
    return desk, first.entry, second.entry


def stands(desk: Desk, entry: int) -> bool:
    return any(
        one.event.event == "backdating_decided" and one.event.entry == entry and one.event.agrees for one in desk.log
    )


def test_the_second_is_asked_too_and_both_are_decided() -> None:
    desk, first, second = twice()
    early = desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True, entry=second), LATER)
    assert early == Refused(code="answer_backdating.first", about={"step": "对接", "since": "11月24日15:00"})
    assert len(desk.order().backdatings) == 2  # nothing is lost
    for entry in (first, second):
        assert desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True, entry=entry), LATER)[0] == "backdating_decided"  # type: ignore[index]
    assert stands(desk, first) and stands(desk, second) and kept(desk)
    assert desk.order().entered is not None and desk.order().entered.happened_at == SURVEYED
    assert replayed(desk) == desk.case


def test_a_no_to_the_first_takes_what_lies_before_it_along_and_says_so() -> None:
    desk, first, second = twice()
    done = desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=False, entry=first), LATER)
    assert done == ["backdating_decided", "backdating_decided"]
    fallen = desk.log[-1].event
    assert (fallen.entry, fallen.by, fallen.fell_with) == (second, None, "contact")  # type: ignore[union-attr]
    heard = {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-1:])}
    assert heard == {"water_body-a steward.backdating_over", "water_body-head lead.backdating_over"}
    assert desk.order().backdatings == ()
    again = Backdate(order=ORDER, at=ENTERED + dt.timedelta(minutes=1))  # a time that can be is heard all the same
    assert desk.do(desk.steward(), again, LATER)[0] == "back_dated"  # type: ignore[index]


def test_a_second_that_does_not_need_the_first_is_decided_alone() -> None:
    desk = opened()
    enter(desk, ReportContact(order=ORDER), IN_TIME, reason="忘了")
    surveyed(desk)
    much_later = at("2026-11-27 17:00")
    enter(desk, GiveOpinion(order=ORDER, opinion="符合"), at("2026-11-26 15:00"), much_later, reason="忘了")
    first, second = (one.entry for one in desk.order().backdatings)
    assert isinstance(desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True, entry=second), much_later), list)
    assert [one.entry for one in desk.order().backdatings] == [first]
    assert desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=False, entry=first), much_later) == ["backdating_decided"]
    assert stands(desk, second)


def test_what_is_tolerated_by_itself_waits_where_it_lies_before_what_waits() -> None:
    desk = opened()
    enter(desk, ReportContact(order=ORDER), IN_TIME, reason="忘了")
    surveyed(desk)
    before = ENTERED - dt.timedelta(minutes=10)
    assert enter(desk, GiveOpinion(order=ORDER, opinion="符合"), before, LATER)[1] == "backdating_claimed"  # type: ignore[index]
    assert code(desk.do(desk.steward(), Backdate(order=ORDER, at=before), LATER)) == "backdating.waits"


def test_no_second_lies_before_the_first_as_it_is_said_to_have_been() -> None:
    desk = opened()
    enter(desk, ReportContact(order=ORDER), IN_TIME, reason="忘了")
    surveyed(desk)
    done = enter(desk, GiveOpinion(order=ORDER, opinion="符合"), IN_TIME - dt.timedelta(minutes=1), LATER)
    assert done == Refused(
        code="backdating.before", about={"step": "踏勘", "earlier": "对接", "since": "11月24日15:00"}
    )


def test_each_rings_for_itself_and_a_reason_names_its_step() -> None:
    desk = opened()
    enter(desk, ReportContact(order=ORDER), IN_TIME)
    surveyed(desk)
    enter(desk, GiveOpinion(order=ORDER, opinion="符合"), SURVEYED, LATER)
    first, second = desk.order().backdatings
    assert desk.do(desk.steward(), ExplainBackdating(order=ORDER, reason="忘了", entry=second.entry), LATER) == [
        "backdating_asked"
    ]
    assert [bool(one.reason) for one in desk.order().backdatings] == [False, True]
    close = CloseBackdating(order=ORDER, number=first.number)
    assert desk.do(CLOCK, close, first.rings) == ["backdating_decided", "backdating_decided"]


def test_of_the_last_step_it_is_said_by_tap_where_its_limit_had_ended() -> None:
    def connected(now: dt.datetime) -> tuple[Desk, set[str]]:
        desk = opened()
        enter(desk, ReportContact(order=ORDER), None)
        surveyed(desk)
        for do in (
            GiveOpinion(order=ORDER, opinion="符合"),
            GiveScheme(order=ORDER, scheme="接DN25", days=1),
            ReportBuilt(order=ORDER),
            ReportAcceptance(order=ORDER, result="通过"),
        ):
            assert isinstance(enter(desk, do, None), list), do
        assert isinstance(enter(desk, Connect(order=ORDER), None, now), list)
        assert desk.case.closed_at is not None
        return desk, {act.id for act in steward_acts(desk.case, desk.order(), desk.county) if act.shown}

    assert connected(ENTERED)[1] == set()
    late = at("2026-12-02 10:00")
    desk, acts = connected(late)
    assert acts == {"backdate"}
    said = Backdate(order=ORDER, at=at("2026-12-01 10:00"), reason="忘了")
    assert desk.do(desk.steward(), said, late) == ["backdating_asked"]
    assert desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), late) == ["backdating_decided"]
    assert not steward_acts(desk.case, desk.order(), desk.county)
