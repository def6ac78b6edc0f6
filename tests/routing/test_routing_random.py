"""Whatever anybody does in whatever order: no crash, no illegal state, and the log alone makes the same case."""

import datetime as dt
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.calendar import CHINA
from model.case import JOINT, Case
from model.command import Do
from model.commands.clock import Warn
from model.commands.contact import ReportContact
from model.commands.ending import AnnounceEnd, KeepOn, Resume, Terminate, Withdraw
from model.commands.intake import Amend, Assign, Take
from model.commands.survey import AgreeSurvey, GiveOpinion, MoveSurvey, ProposeSurvey
from model.commands.works import Connect, ReportAcceptance
from model.county import County
from model.decision import Refused
from model.message import Actor
from model.order import OrderState
from model.process import Step, WarningRule
from model.values import Address, Pick, Picks
from routing.acts import applicant_acts, steward_acts
from routing.notices import notices
from routing.recounting import recount
from routing.refusal import No
from routing.transitions import UNSURVEYED, finished
from tests.routing.county import NOW, STEPS, jingxian, submission, xinxiang
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed

DAYS = (NOW.date(), NOW.date() + dt.timedelta(days=1))
ORDERS = ("case-1", "case-2", "case-3", "case-9")
TIMES = tuple(dt.datetime(2026, 11, day, hour, tzinfo=CHINA) for day in (23, 24, 30) for hour in (2, 10, 15))
WORDS = ("符合", "不符合", "待整改", "通过", "不通过", "")
WHO = ("right", "right", "right", "applicant", "window", "stranger", "clock")
CLOCK = Actor(person="", role="clock")
SENSIBLE: Final = 0.7
STEPSETS = st.sampled_from([STEPS, STEPS, ("contact", "connection"), ("survey", "acceptance"), ("acceptance",)])


def warning(county: County) -> County:
    """The county, where half of a limit and its end are warned of."""
    rules = (WarningRule(share=50, tell=("steward",)), WarningRule(share=100, tell=("steward", "supervisor")))
    return county.model_copy(update={"process": county.process.model_copy(update={"warnings": rules})})


def county_of(which: str, steps: tuple[Step, ...]) -> tuple[County, Desk]:
    if which == "xinxiang":
        county = warning(xinxiang(steps=steps))
        return county, Desk(county, submission(county, "用水", "用电", "热力"))
    county = warning(jingxian())
    networks = Picks(picks=(Pick(option="电信"), Pick(option="移动")))
    if which == "jingxian":
        return county, Desk(county, submission(county, "气", "网", networks=networks, address=Address(text="某路")))
    return county, Desk(county, submission(county, "网", networks=networks))


def actor(who: str, do: Do, desk: Desk) -> Actor:
    """Mostly the one whose turn it may be, or the walk gets nowhere."""
    if who == "clock" or (who == "right" and isinstance(do, Warn)):
        return CLOCK
    if who == "applicant" or (
        who == "right" and isinstance(do, AgreeSurvey | MoveSurvey | Amend | Withdraw | Resume | KeepOn)
    ):
        return APPLICANT
    if who == "window" or (who == "right" and isinstance(do, Assign | AnnounceEnd | Terminate)):
        return WINDOW
    order = (
        None
        if isinstance(do, AgreeSurvey | MoveSurvey | Amend | Warn | Withdraw | Resume)
        else desk.case.order(do.order)
    )
    if who == "stranger" or order is None:
        return Actor(person="stranger", role="steward", staff="nobody")
    return Actor(person=f"person-{order.steward}", role="steward", staff=order.steward)


def check(case: Case) -> None:
    """What holds of every case."""
    assert (case.closed_at is not None) == all(finished(order, case.steps) for order in case.orders)
    bound = {order: one for one in case.appointments.values() for order in one.orders}
    for order in case.orders:
        assert order.id not in bound or order.state in UNSURVEYED
        if order.state == OrderState.SURVEY_AGREED:
            assert bound[order.id].agreed
        for clock in order.clocks.values():
            assert clock.warned in {0, 50, 100}
            assert clock.next is None or clock.met_at is None
            assert not (clock.runs and order.ending)
        assert order.ending is None or order.id not in bound
        if order.id in bound and bound[order.id].agreed:
            assert order.state != OrderState.CONTACTED
        assert not (order.candidates and order.steward)
        if order.state == OrderState.CONNECTED and "acceptance" in case.steps:
            assert order.acceptance is not None
            assert order.acceptance.passes
    for one in case.appointments.values():
        assert not (one.agreed and one.wish)


def stays(case: Case, county: County) -> None:
    """A limit counted again by the same calendar is the same, whatever happened to it: a day that was changed moves nothing else."""
    with pytest.raises(No, match="recount.nothing"):
        recount(case, county, DAYS)


@settings(max_examples=80, deadline=None)
@given(which=st.sampled_from(["xinxiang", "jingxian", "networks"]), steps=STEPSETS, dice=st.randoms())
def test_random_walk(which: str, steps: tuple[Step, ...], dice: Random) -> None:
    """Most moves are sensible, so that the walk gets on; the others are anything by anybody."""
    county, desk = county_of(which, steps)
    now = NOW
    for _ in range(60):
        now += dt.timedelta(minutes=dice.randrange(60))
        before, length = desk.case, len(desk.log)
        if dice.random() < SENSIBLE:
            who, do = sensible(desk, dice.randrange(30), now)
        else:
            do = anything(dice)
            who = actor(dice.choice(WHO), do, desk)
        done = desk.do(who, do, now)
        if isinstance(done, Refused):
            assert (desk.case, len(desk.log)) == (before, length)
            continue
        assert desk.case.version == len(desk.log) > length
        if len(desk.log) % 8 == 0:
            stays(desk.case, county)
        keys = [one.key for one in notices(desk.case, desk.log[length:])]
        assert len(keys) == len(set(keys))
        check(desk.case)
        acts_are_honest(desk, county, now)
    assert replayed(desk) == desk.case


def anything(dice: Random) -> Do:
    """Any command, most of them out of place."""
    order, key, words = dice.choice(ORDERS), dice.choice((*ORDERS, JOINT)), dice.choice(WORDS)
    remark, sequence = dice.choice(("", "原因")), dice.randrange(1, 4)
    return dice.choice(
        (
            Take(order=order),
            ReportContact(order=order),
            ProposeSurvey(order=order, at=dice.choice(TIMES)),
            AgreeSurvey(appointment=key, sequence=sequence),
            MoveSurvey(appointment=key, sequence=sequence, wish=remark),
            GiveOpinion(order=order, opinion=words, remark=remark),
            ReportAcceptance(order=order, result=words, remark=remark),
            Connect(order=order),
            Assign(order=order, body=dice.choice(("water_body", "gas_west", "no_body"))),
            Amend(wish=remark),
            Withdraw(orders=dice.choice(((), (order,)))),
            Resume(orders=dice.choice(((), (order,)))),
            AnnounceEnd(order=order, reason=remark),
            Terminate(order=order),
            KeepOn(order=order),
            Warn(step="contact", share=dice.choice((50, 100)), at=dice.choice(TIMES), due=dice.choice(TIMES)),
        )
    )


def sensible(desk: Desk, which: int, now: dt.datetime) -> tuple[Actor, Do]:
    """One of the commands that bring the case on."""
    later = (now + dt.timedelta(days=2)).astimezone(CHINA).replace(hour=10)
    steps: list[tuple[Actor, Do]] = []
    for order in desk.case.orders:
        steward = Actor(person=f"person-{order.steward}", role="steward", staff=order.steward)
        if order.steward is None:
            steps.append((WINDOW, Assign(order=order.id, body=order.body)))
        match order.state:
            case OrderState.ROUTED:
                steps.append((steward, Take(order=order.id)))
            case OrderState.TAKEN:
                steps.append((steward, ReportContact(order=order.id)))
            case OrderState.CONTACTED:
                steps.append((steward, ProposeSurvey(order=order.id, at=later)))
            case OrderState.SURVEY_AGREED:
                steps.append((steward, GiveOpinion(order=order.id, opinion="符合")))
            case OrderState.SURVEYED:
                steps.append((steward, ReportAcceptance(order=order.id, result="通过")))
            case _:
                steps.append((steward, Connect(order=order.id)))
    steps += [
        (APPLICANT, AgreeSurvey(appointment=key, sequence=one.sequence)) for key, one in desk.case.appointments.items()
    ]
    steps += [
        (CLOCK, Warn(step=step, share=coming.share, at=coming.at, due=clock.due.at))
        for order in desk.case.orders
        for step, clock in order.clocks.items()
        for coming in (clock.next,)
        if coming is not None
    ]
    return steps[which % len(steps)]


def acts_are_honest(desk: Desk, county: County, now: dt.datetime) -> None:
    """What a card offers is carried out, and what it does not offer is refused."""
    later = (now + dt.timedelta(days=2)).astimezone(CHINA).replace(hour=10)
    for order in desk.case.orders:
        if order.steward is None:
            continue
        steward = Actor(person=f"person-{order.steward}", role="steward", staff=order.steward)
        tries: dict[str, Do] = {
            "take": Take(order=order.id),
            "contact": ReportContact(order=order.id),
            "propose_survey": ProposeSurvey(order=order.id, at=later),
            "opinion": GiveOpinion(order=order.id, opinion="符合"),
            "acceptance": ReportAcceptance(order=order.id, result="通过"),
            "connect": Connect(order=order.id),
        }
        offered = {act.id for act in steward_acts(desk.case, order, county)}
        assert offered == {name for name, do in tries.items() if works(desk, steward, do, now)}
    for key, one in desk.case.appointments.items():
        offered = {act.id for act in applicant_acts(desk.case, key, county)}
        agrees = works(
            desk, APPLICANT, AgreeSurvey(appointment=key, sequence=one.sequence), min(now, one.at - dt.timedelta(1))
        )
        moves = works(desk, APPLICANT, MoveSurvey(appointment=key, sequence=one.sequence, wish="周五"), now)
        assert offered == {name for name, can in (("agree_survey", agrees), ("move_survey", moves)) if can}


def works(desk: Desk, who: Actor, do: Do, now: dt.datetime) -> bool:
    """Whether a command would be carried out; the desk stays as it was."""
    case, log = desk.case, list(desk.log)
    done = desk.do(who, do, now)
    desk.case, desk.log = case, log
    return not isinstance(done, Refused)
