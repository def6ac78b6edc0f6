"""Random commands, made from the union of all, at random times by random people: what must hold after every one of them.

A command that is added to `model.command.Do` is driven without a change here; one that is never accepted fails the run.
"""

import datetime as dt
from collections import Counter
from random import Random
from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bench.year.seen import Seen
from bench.year.whom import heard
from model.command import Do
from model.decision import Refused
from model.order import OrderState
from routing.notices import notices
from routing.transitions import finished, standing, verdict
from tests.routing.anything import anything, desk_of, somebody
from tests.routing.county import NOW
from tests.routing.desk import replayed
from tests.shipped import shipped

SEEDS = st.integers(0, 2**32)
ENDS, RARELY = {"withdraw", "terminate", "decline", "announce_end", "confirm_decline"}, 0.97
"""After these little more can happen: they are done now and then."""
KINDS = list(get_args(get_args(Do)[0]))
LEAVES = 0.015
STEPS, TRIES, MANY, LIVES, FEW = 40, 120, 200, 9, 3
MINUTES = (1, 7, 45, 200, 900, 3000, 12000)
ELSEWHERE = {"ProposeJoint", "ShareJoint", "WarnOfApproval"}
"""Are about two cases, or need a permit whose limit runs, which chance seldom comes to; their own tests bring both."""
MOSTLY = 0.75
"""Of all kinds of command so many must be accepted; to some the way is so long that chance seldom finds it."""


def check(desk, before, done, seen, place):
    case = desk.case
    batch = desk.log[place:]
    assert case.version == len(desk.log) > before.version
    for old in before.orders:  # an order only gets on by a command that its state allows
        new = case.order(old.id)
        if new.state != old.state:
            assert (
                "survey_agreed" in (old.state, new.state) or verdict(done.do, old.state, before.steps) == "allowed"
            ), done
    for order in case.orders:
        assert order.steward or order.body or order.candidates
        assert not (order.steward and order.candidates)
        if order.steward:
            assert next(one for one in desk.hired if one.id == order.steward).body == order.body
        assert standing(order.state, case.steps) == order.state
        if order.state == OrderState.CONNECTED and "acceptance" in case.steps:
            assert order.acceptance.passes
        _has_a_clock(desk, order)
    assert case.closed_at is None or all(finished(one, case.steps) for one in case.orders)
    told = notices(case, batch)
    assert len({one.key for one in told}) == len(told)
    reached: dict[int, set[tuple[str, str]]] = {one.sequence: set() for one in batch}
    for one in told:
        if one.recipient.kind != "system":
            reached[one.event].add((one.recipient.kind, one.recipient.id))
    names = {one.sequence: one.event.event for one in batch}
    for event, people in heard(seen, batch).items():
        assert reached[event] == people, names[event]


def _has_a_clock(desk, order):
    """The present step's limit runs, or visibly stands still, where the county gives one that begins by then."""
    waiting = {OrderState.ROUTED: "contact", OrderState.TAKEN: "contact"}.get(order.state)
    rule = desk.county.process.rule(waiting) if waiting else None
    if rule is not None and rule.limit is not None:
        clock = order.clocks[waiting]
        assert clock.met_at is None
    for step, clock in order.clocks.items():
        assert clock.met_at is None or clock.next is None, step


def _named(case):
    """Who has something of the case to do."""
    rows = case.sheet.rows if case.sheet else ()
    return {one.steward for one in case.orders} | {one.officer for one in (*case.approvals, *rows)}


class Lives(RuleBasedStateMachine):
    """One case, from the form to wherever these people bring it."""

    @initialize(name=st.sampled_from(["xinxiang", "jingxian"]), seed=SEEDS)
    def opens(self, name, seed):
        self.desk, self.now, self.seen = desk_of(shipped()[name], Random(seed)), NOW, Seen()
        self.desk.hired = self.desk.stewards  # who has left among them
        self.tried, self.done = set(), Counter()
        self.seen.follow(self.desk.log)

    @rule(seed=SEEDS)
    def somebody_acts(self, seed):
        """Somebody does something that can be done now; what is refused on the way changes nothing."""
        chance, desk = Random(seed), self.desk
        for _ in range(TRIES):
            kind = min(chance.sample(KINDS, FEW), key=self.done.__getitem__)  # rather what was not done yet
            do = anything(desk, kind, self.now, chance)
            if do is None or (do.do in ENDS and chance.random() < RARELY):
                continue
            self.tried.add(kind)
            before, place = desk.case, len(desk.log)
            if isinstance(desk.do(somebody(desk, do, chance), do, self.now), Refused):
                assert (desk.case, len(desk.log)) == (before, place)
                continue
            self.done[kind] += 1
            check(desk, before, do, self.seen, place)
            return

    @rule(minutes=st.sampled_from(MINUTES))
    def time_goes_on(self, minutes):
        """By minutes, a night, days off."""
        self.now += dt.timedelta(minutes=minutes)

    @rule(seed=SEEDS)
    def somebody_leaves(self, seed):
        """Now and then a member of staff serves no more: what he had stays his until it is passed on."""
        chance, there = Random(seed), self.desk.stewards
        if chance.random() < LEAVES and len(there) > len(self.desk.hired) // 2:
            gone = chance.choice([one for one in there if one.id in _named(self.desk.case)] or there)
            self.desk.stewards = tuple(one for one in there if one is not gone)

    def teardown(self):
        if hasattr(self, "desk"):
            assert replayed(self.desk) == self.desk.case


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=8, stateful_step_count=STEPS, deadline=None, derandomize=True)


def long_life(name: str, number: int) -> Lives:
    """A life of many steps, the same at every run."""
    chance, life = Random(number), Lives()
    life.opens(name, number)
    for _ in range(MANY):
        life.time_goes_on(chance.choice(MINUTES))
        life.somebody_leaves(chance.randrange(2**32))
        life.somebody_acts(chance.randrange(2**32))
    life.teardown()
    return life


def test_long_lives_come_to_most_commands():
    """What takes many steps to come to is come to, and checked. A new command that they do not know how to make fails here."""
    lives = [long_life(name, number) for number in range(LIVES) for name in ("xinxiang", "jingxian")]
    tried, done = set().union(*(one.tried for one in lives)), set().union(*(one.done for one in lives))
    unknown = {one.__name__ for one in set(KINDS) - tried}
    assert unknown <= ELSEWHERE, f"anything() does not know what the fields of these hold: {unknown - ELSEWHERE}"
    assert len(done) > MOSTLY * len(KINDS), {one.__name__ for one in tried - done}
