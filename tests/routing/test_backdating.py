"""A step is entered later than it was done: what stands at once, what a head must agree to, and what is counted (X59, J35)."""

import datetime as dt
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.backdating import Backdating
from model.backdating_rules import BackdatingRule
from model.calendar import CHINA, Length
from model.command import Command, Do
from model.commands.backdating import AnswerBackdating, Backdate, CloseBackdating, ExplainBackdating
from model.commands.contact import DenyContact, ReportContact
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.works import GiveScheme
from model.decision import Refused
from model.message import Actor
from model.order import OrderState
from model.process import Limit
from routing.backdating_acts import backdate_acts, backdating_invitation
from routing.bulletin import Share, bulletin
from routing.decide import decide
from routing.evolve import evolve
from routing.notices import notices
from routing.timeline import timeline
from tests.routing.clocks import at
from tests.routing.clocks import county as limited
from tests.routing.county import NOW, everybody, steward, submission, xinxiang
from tests.routing.desk import WINDOW, Desk, replayed
from tests.routing.test_routing_decide import EVERY

ORDER = "case-1"
CLOCK = Actor(person="", role="clock")
RULE = BackdatingRule(
    tolerance=Length(working_hours=4),
    farthest=Length(days=5),
    within=Length(working_hours=7),
    reasons=("现场没有网络", "忘了"),
    time_form="time",
    reason_form="reason",
)
HEAD = Actor(person="person-water_body-head", role="steward", staff="water_body-head")
DAYS = {"contact": 1, "scheme": 3, "connection": 1}
ENTERED = at("2026-11-26 10:00")
"""Thursday; the contact was due on Tuesday at 17:30."""
IN_TIME, TOLERABLE = at("2026-11-24 15:00"), at("2026-11-26 09:00")
ACTS = {
    f"act.{act}.{what}": "x"
    for act in ("backdate", "explain_backdating_words", "answer_backdating_yes", "answer_backdating_no")
    for what in ("label", "words")
}


def opened(*, ruled: bool = True, heads: int = 1) -> Desk:
    """A water order that is taken; the scheme has three days, the contact and the connection one."""
    limits: tuple[tuple[str, Limit], ...] = tuple((one, Limit(days=n)) for one, n in DAYS.items())
    made = limited(*limits, base=xinxiang(steps=EVERY))  # type: ignore[arg-type]
    process = made.process.model_copy(update={"backdating": RULE if ruled else None})
    county = made.made_anew(process=process, messages=made.messages | ACTS)
    names = ("head", "other")[:heads]
    desk = Desk(
        county,
        submission(county, "用水"),
        (*everybody(county), *(steward("water_body", name=name, duty="lead") for name in names)),
    )
    assert isinstance(desk.do(desk.steward(), Take(order=ORDER)), list)
    return desk


def enter(
    desk: Desk, do: Do, at: dt.datetime | None, now: dt.datetime = ENTERED, reason: str = ""
) -> Refused | list[str]:
    """A step entered with the time at which it was done."""
    command = Command(
        id=f"c{len(desk.log)}", case="case", actor=desk.steward(), do=do, happened_at=at, late_reason=reason
    )
    events = decide(desk.case, command, desk.county, now, desk.stewards)
    if isinstance(events, Refused):
        return events
    desk.case = reduce(evolve, desk._record(events, command.actor, now), desk.case)
    return [one.event for one in events]


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def kept(desk: Desk) -> bool:
    return desk.order().clocks["contact"].kept


def waiting(desk: Desk) -> Backdating:
    """The only time that waits."""
    (claim,) = desk.order().backdatings
    return claim


def asked(desk: Desk) -> None:
    """The contact is entered on Thursday and said to have been made on Tuesday; its reason is given."""
    assert enter(desk, ReportContact(order=ORDER), IN_TIME) == ["applicant_contacted", "backdating_claimed"]
    assert desk.do(desk.steward(), ExplainBackdating(order=ORDER, reason=" 忘了 "), ENTERED) == ["backdating_asked"]


def told(desk: Desk) -> set[str]:
    return {f"{one.recipient.id} {one.template}" for one in notices(desk.case, desk.log[-1:])}


def test_what_is_tolerated_stands_at_once_and_asks_nobody() -> None:
    desk = opened()
    assert enter(desk, ReportContact(order=ORDER), TOLERABLE) == ["applicant_contacted", "back_dated"]
    assert told(desk) == set()
    assert desk.order().clocks["contact"].met_at == TOLERABLE
    assert desk.log[-2].at == ENTERED  # the entry keeps its own time
    assert replayed(desk) == desk.case


def test_beyond_it_the_step_stands_as_entered_until_a_head_agrees() -> None:
    desk = opened()
    assert enter(desk, ReportContact(order=ORDER), IN_TIME) == ["applicant_contacted", "backdating_claimed"]
    assert told(desk) == {"water_body-a steward.backdating_why"}
    assert (desk.states(), kept(desk)) == ([OrderState.CONTACTED], False)
    acts = backdating_invitation(desk.case, desk.order(), waiting(desk).entry, desk.county, "").acts
    assert [one.label for one in acts] == ["现场没有网络", "忘了", "x"]
    assert (
        code(desk.do(desk.steward(), ExplainBackdating(order=ORDER, reason=" "), ENTERED)) == "explain_backdating.empty"
    )
    assert code(desk.do(HEAD, ExplainBackdating(order=ORDER, reason="忘了"), ENTERED)) == "explain_backdating.nothing"
    assert code(desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), ENTERED)) == "answer_backdating.already"
    assert desk.do(desk.steward(), ExplainBackdating(order=ORDER, reason=" 忘了 "), ENTERED) == ["backdating_asked"]
    assert told(desk) == {"water_body-head lead.backdating"}
    assert not kept(desk)
    assert desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), ENTERED) == ["backdating_decided"]
    assert told(desk) == {"water_body-a steward.backdating_over"}
    assert kept(desk)
    assert code(desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=False), ENTERED)) == "answer_backdating.already"
    assert replayed(desk) == desk.case


def test_nobody_agrees_to_his_own_time_under_whatever_name() -> None:
    desk = opened()
    own = next(one for one in desk.stewards if one.id == "water_body-a")
    heads = (steward("water_body", name="head", duty="lead").model_copy(update={"person": own.person}),)
    watch = steward("power_body", name="watch", duty="supervisor")
    desk.stewards = (*everybody(desk.county), *heads, watch)
    asked(desk)
    assert told(desk) == {"power_body-watch lead.backdating"}
    yes = AnswerBackdating(order=ORDER, agrees=True)
    assert code(desk.do(desk.steward(), yes, ENTERED)) == "answer_backdating.own"
    himself = HEAD.model_copy(update={"person": own.person})
    assert code(desk.do(himself, yes, ENTERED)) == "not.yours"
    elsewhere = Actor(person="person-power_body-a", role="steward", staff="power_body-a")
    assert code(desk.do(elsewhere, yes, ENTERED)) == "not.yours"
    judge = Actor(person="person-power_body-watch", role="steward", staff="power_body-watch")
    assert desk.do(judge, yes, ENTERED) == ["backdating_decided"]


def test_without_a_head_the_window_is_asked() -> None:
    desk = opened(heads=0)
    asked(desk)
    assert told(desk) == {f"{desk.county.id} window.backdating"}
    assert desk.do(WINDOW, AnswerBackdating(order=ORDER, agrees=True), ENTERED) == ["backdating_decided"]
    assert kept(desk)


def test_refused_changes_nothing_and_is_not_asked_again() -> None:
    desk = opened(heads=2)
    asked(desk)
    before = desk.order().clocks
    assert desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=False), ENTERED) == ["backdating_decided"]
    assert told(desk) == {"water_body-a steward.backdating_over", "water_body-other lead.backdating_over"}
    assert desk.order().clocks == before
    assert code(desk.do(desk.steward(), Backdate(order=ORDER, at=IN_TIME), ENTERED)) == "backdating.refused"
    assert not backdate_acts(desk.case, desk.order(), desk.county)


@pytest.mark.parametrize("reason", ["", "忘了"])
def test_nobody_answers_in_time_and_the_entry_stands(reason: str) -> None:
    desk = opened()
    enter(desk, ReportContact(order=ORDER), IN_TIME, reason=reason)
    claim = waiting(desk)
    assert claim is not None
    close = CloseBackdating(order=ORDER, number=claim.number)
    assert code(desk.do(CLOCK, close, claim.rings - dt.timedelta(seconds=1))) == "close_backdating.nothing"
    assert desk.do(CLOCK, close, claim.rings) == ["backdating_decided"]
    assert not kept(desk)
    assert code(desk.do(CLOCK, close, claim.rings)) == "close_backdating.nothing"
    assert isinstance(
        desk.do(desk.steward(), Backdate(order=ORDER, at=IN_TIME), claim.rings), list
    )  # he may ask once more


def test_who_leaves_takes_nothing_with_him() -> None:
    desk = opened()
    asked(desk)
    claim = waiting(desk)
    assert claim is not None
    new = steward("water_body", name="new", duty="lead")
    desk.stewards = (*everybody(desk.county), new)
    close = CloseBackdating(order=ORDER, number=claim.number)
    assert desk.do(CLOCK, close, claim.rings) == ["backdating_asked"]
    assert told(desk) == {"water_body-new lead.backdating"}
    assert code(desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), claim.rings)) == "not.yours"
    successor = Actor(person=new.person or "", role="steward", staff=new.id)
    assert desk.do(successor, AnswerBackdating(order=ORDER, agrees=True), claim.rings) == ["backdating_decided"]
    assert kept(desk)


def test_a_time_must_lie_between_the_step_before_it_and_its_entry() -> None:
    desk = opened()
    contact = ReportContact(order=ORDER)
    assert code(enter(desk, contact, ENTERED + dt.timedelta(minutes=1))) == "backdating.future"
    early = enter(desk, contact, NOW - dt.timedelta(minutes=1))
    assert early == Refused(code="backdating.before", about={"step": "对接", "earlier": "", "since": "11月23日09:30"})
    assert code(enter(desk, contact, IN_TIME, at("2026-12-10 10:00"))) == "backdating.too_far"
    assert code(enter(desk, ProposeSurvey(order=ORDER, at=ENTERED), IN_TIME)) != "backdating.before"
    assert code(desk.do(desk.steward(), Backdate(order=ORDER, at=IN_TIME), ENTERED)) == "backdating.nothing"
    asked(desk)
    assert code(desk.do(desk.steward(), Backdate(order=ORDER, at=IN_TIME), ENTERED)) == "backdating.waits"
    assert code(enter(opened(ruled=False), contact, IN_TIME)) == "backdating.absent"


def test_it_is_said_which_step_came_before_and_when() -> None:
    desk = opened()
    surveyed(desk)
    early = enter(
        desk, GiveOpinion(order=ORDER, opinion="符合"), NOW - dt.timedelta(minutes=1), NOW + dt.timedelta(hours=3)
    )
    about = {"step": "踏勘", "earlier": "对接", "since": "11月23日09:30"}
    assert early == Refused(code="backdating.before", about=about)


def test_after_a_denial_nothing_before_it_is_a_contact() -> None:
    desk = opened()
    desk.county = desk.county.made_anew(
        process=desk.county.process.model_copy(update={"contact_check": Length(days=2)})
    )
    asked(desk)
    later = ENTERED + dt.timedelta(hours=1)
    assert isinstance(desk.do(Actor(person="applicant"), DenyContact(order=ORDER), later), list)
    assert desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), later) == ["backdating_decided"]
    assert desk.order().clocks["contact"].met_at is None  # what he agreed to never was
    assert code(enter(desk, ReportContact(order=ORDER), ENTERED, later + dt.timedelta(hours=1))) == "backdating.before"


def surveyed(desk: Desk) -> None:
    enter(desk, ReportContact(order=ORDER), None, NOW)
    soon = NOW + dt.timedelta(hours=2)
    assert isinstance(desk.do(desk.steward(), ProposeSurvey(order=ORDER, at=soon)), list)
    assert isinstance(desk.do(Actor(person="applicant"), AgreeSurvey(appointment=ORDER, sequence=1)), list)


def test_the_limit_that_follows_begins_when_the_step_was_done() -> None:
    at_once, later, asked_for = opened(), opened(), opened()
    for desk in (at_once, later, asked_for):
        surveyed(desk)
    opinion = GiveOpinion(order=ORDER, opinion="符合")
    entered = at("2026-11-27 09:00")
    evening = at("2026-11-26 16:00")
    assert enter(at_once, opinion, evening, entered) == ["opinion_given", "back_dated", "clock_started"]
    assert at_once.order().clocks["scheme"].due.at == at("2026-12-01 17:30")
    assert at_once.order().clocks["scheme"].started_at == evening
    enter(later, opinion, None, entered)
    assert later.order().clocks["scheme"].due.at == at("2026-12-02 17:30")
    assert later.do(later.steward(), Backdate(order=ORDER, at=evening), entered) == ["back_dated", "clock_started"]
    assert later.order().clocks["scheme"] == at_once.order().clocks["scheme"]
    # Agreed to after the next step is done: what that had to keep stays what it was.
    enter(asked_for, opinion, at("2026-11-25 16:00"), entered, "忘了")
    due = asked_for.order().clocks["scheme"].due
    enter(asked_for, GiveScheme(order=ORDER, scheme="从路东接入", days=5), None, entered + dt.timedelta(hours=1))
    assert asked_for.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), entered) == ["backdating_decided"]
    assert asked_for.order().clocks["scheme"].due == due


def test_bulletin_and_timeline_judge_by_what_stands() -> None:
    since, until = dt.datetime(2026, 11, 1, tzinfo=CHINA), dt.datetime(2026, 12, 1, tzinfo=CHINA)
    desk = opened()
    asked(desk)
    found = bulletin([desk.log], desk.county, since, until)["water_body"]
    assert found.on_time == {"contact": Share(0, 1)}
    assert timeline(desk.case, desk.log)[ORDER][-1].at == ENTERED
    desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=True), at("2026-12-01 09:00"))
    found = bulletin([desk.log], desk.county, since, until)["water_body"]
    assert found.on_time == {"contact": Share(1, 1)}
    assert found.mean_to_contact == dt.timedelta(hours=2.5 + 3.5 + 3.5 + 1)
    assert timeline(desk.case, desk.log)[ORDER][-1].at == IN_TIME
    # Nothing is counted in the month of the answer.
    december = bulletin([desk.log], desk.county, until, dt.datetime(2027, 1, 1, tzinfo=CHINA))
    assert "contact" not in december["water_body"].on_time if "water_body" in december else True


@given(st.integers(1, 60 * 24 * 4), st.sampled_from(["agree", "refuse", "silent"]))
def test_an_earlier_time_never_makes_a_limit_later_and_a_refused_one_changes_nothing(minutes: int, answer: str) -> None:
    plain, desk = opened(), opened()
    for one in (plain, desk):
        surveyed(one)
    opinion = GiveOpinion(order=ORDER, opinion="符合")
    happened = max(ENTERED - dt.timedelta(minutes=minutes), NOW)
    assert isinstance(enter(plain, opinion, None), list)
    done = enter(desk, opinion, happened, reason="忘了")
    assert isinstance(done, list)
    stands = "back_dated" in done
    for claim in desk.order().backdatings:
        assert desk.order().clocks == plain.order().clocks  # until then nothing is judged by it
        if answer == "silent":
            desk.do(CLOCK, CloseBackdating(order=ORDER, number=claim.number), claim.rings)
        else:
            desk.do(HEAD, AnswerBackdating(order=ORDER, agrees=answer == "agree"), ENTERED)
        stands = answer == "agree"
    assert desk.order().backdatings == ()
    scheme, known = desk.order().clocks["scheme"], plain.order().clocks["scheme"]
    assert scheme.due.at <= known.due.at
    assert desk.order().entered is not None
    if not stands:
        assert desk.order().clocks == plain.order().clocks
    else:
        assert desk.order().entered.happened_at == happened  # type: ignore[union-attr]
    assert replayed(desk) == desk.case
