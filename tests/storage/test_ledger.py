"""What is spent of a person's quota of 客服消息, and how an account stands with the platform: alike for all processes."""

import asyncio
import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.breakers import Breakers, DayUsed, Go, Pace, Shut, Wait
from storage.conversations import RedisPort
from storage.ledger import NotOpen, QuotaLedger, Right, Spent

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = dt.datetime(2026, 11, 27, 2, tzinfo=dt.UTC)
TALK = "xinxiang:o_甲"


def right(name: str, minutes: float, count: int, since: dt.datetime = NOW) -> Right:
    return Right(name, since, since + dt.timedelta(minutes=minutes), count)


@pytest.fixture
def ledger(port: RedisPort, prefix: str) -> QuotaLedger:
    return QuotaLedger(port, prefix=prefix)


@pytest.fixture
def rival(rival_port: RedisPort, prefix: str) -> QuotaLedger:
    """The ledger as another process sees it."""
    return QuotaLedger(rival_port, prefix=prefix)


@pytest.fixture
def breakers(port: RedisPort, prefix: str) -> Breakers:
    return Breakers(port, prefix=prefix)


async def test_what_ends_first_is_spent_first_and_no_more_than_there_is(
    ledger: QuotaLedger, rival: QuotaLedger
) -> None:
    rights = [right("wrote", 2880, 2), right("tapped", 1, 1)]
    spent = [await one.spend(TALK, rights, NOW, NOW) for one in (ledger, rival, ledger, rival)]
    assert [one.name if isinstance(one, Spent) else one.reason for one in spent] == ["tapped", "wrote", "wrote", "used"]


async def test_of_many_at_once_only_so_many_go(ledger: QuotaLedger, rival: QuotaLedger) -> None:
    rights = [right("wrote", 2880, 5)]
    found = await asyncio.gather(*(one.spend(TALK, rights, NOW, NOW) for one in [ledger, rival] * 10))
    assert sum(isinstance(one, Spent) for one in found) == 5


async def test_a_window_that_is_over_gives_nothing(ledger: QuotaLedger) -> None:
    rights = [right("wrote", 10, 5)]
    last = NOW + dt.timedelta(minutes=10)
    assert isinstance(await ledger.spend(TALK, rights, last - dt.timedelta(milliseconds=1), NOW), Spent)
    assert await ledger.spend(TALK, rights, last, NOW) == NotOpen("closed")
    assert await ledger.spend(TALK, [], NOW, None) == NotOpen("closed")


async def test_a_new_message_of_theirs_is_a_new_right(ledger: QuotaLedger) -> None:
    assert isinstance(await ledger.spend(TALK, [right("wrote", 10, 1)], NOW, NOW), Spent)
    assert await ledger.spend(TALK, [right("wrote", 10, 1)], NOW, NOW) == NotOpen("used")
    later = NOW + dt.timedelta(seconds=1)
    assert isinstance(await ledger.spend(TALK, [right("wrote", 10, 1, later)], later, later), Spent)


async def test_what_was_not_sent_is_given_back_to_its_own_right_only(ledger: QuotaLedger) -> None:
    first = right("wrote", 10, 1)
    spent = await ledger.spend(TALK, [first], NOW, NOW)
    assert isinstance(spent, Spent)
    await ledger.give_back(TALK, spent)
    again = await ledger.spend(TALK, [first], NOW, NOW)
    assert again == spent
    later = right("wrote", 10, 1, NOW + dt.timedelta(seconds=1))
    assert isinstance(await ledger.spend(TALK, [later], NOW + dt.timedelta(seconds=1), NOW), Spent)
    await ledger.give_back(TALK, spent)  # of the older right: that of now stays spent
    assert await ledger.spend(TALK, [later], NOW + dt.timedelta(seconds=1), NOW) == NotOpen("used")


async def test_where_the_platform_counts_more_nothing_is_left(ledger: QuotaLedger) -> None:
    rights = [right("wrote", 2880, 5), right("tapped", 1, 3)]
    await ledger.exhaust(TALK, rights)
    assert await ledger.spend(TALK, rights, NOW, NOW) == NotOpen("used")
    await ledger.exhaust(TALK, [])


async def test_who_cannot_be_written_to_is_left_alone_until_he_does_something(
    ledger: QuotaLedger, rival: QuotaLedger
) -> None:
    rights = [right("wrote", 2880, 5)]
    await ledger.bar(TALK, "not_following", NOW + dt.timedelta(minutes=1))
    assert await rival.spend(TALK, rights, NOW + dt.timedelta(minutes=2), NOW) == NotOpen("not_following")
    back = NOW + dt.timedelta(minutes=3)
    assert isinstance(await rival.spend(TALK, [right("wrote", 10, 1, back)], back, back), Spent)


async def test_people_do_not_share(ledger: QuotaLedger) -> None:
    await ledger.bar(TALK, "blacklisted", NOW)
    assert isinstance(await ledger.spend("xinxiang:other", [right("wrote", 1, 1)], NOW, NOW), Spent)


_numbers = itertools.count()
acts = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from(["send", "wrote", "tapped"])), min_size=1, max_size=30
).map(sorted)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
async def test_never_more_than_the_platform_allows(ledger: QuotaLedger, acts: list[tuple[int, str]]) -> None:
    """Against a plain recount: each right begins with an act, and its messages are counted."""
    talk = next(_numbers)  # an example that is played again finds nothing of the first time
    windows, counts = {"wrote": 120, "tapped": 60}, {"wrote": 2, "tapped": 1}
    since, left = dict[str, dt.datetime](), dict[str, int]()
    for seconds, act in acts:
        now = NOW + dt.timedelta(seconds=seconds)
        if act != "send":
            if since.get(act) != now:
                since[act], left[act] = now, counts[act]
            continue
        rights = [Right(name, at, at + dt.timedelta(seconds=windows[name]), counts[name]) for name, at in since.items()]
        found = await ledger.spend(f"talk:{talk}", rights, now, max(since.values(), default=None))
        usable = sorted((one.until, one.name) for one in rights if now < one.until and left[one.name])
        if usable:
            assert isinstance(found, Spent)
            assert found.name in {one for until, one in usable if until == usable[0][0]}
            left[found.name] -= 1
        else:
            assert found == NotOpen("used" if any(now < one.until for one in rights) else "closed")


async def test_a_breaker_is_open_for_everybody_until_its_time(
    breakers: Breakers, rival_port: RedisPort, prefix: str
) -> None:
    midnight = NOW + dt.timedelta(hours=14)
    await breakers.shut("wx1", "custom", midnight, "day_quota")
    other = Breakers(rival_port, prefix=prefix)
    assert await other.admit("wx1", "custom", ["*", "custom"], Pace(), NOW, midnight) == Shut(
        "custom", midnight, "day_quota"
    )
    assert isinstance(await other.admit("wx1", "template", ["*", "template"], Pace(), NOW, midnight), Go)
    assert isinstance(await other.admit("wx2", "custom", ["*", "custom"], Pace(), NOW, midnight), Go)
    assert isinstance(await other.admit("wx1", "custom", ["*", "custom"], Pace(), midnight, midnight), Go)
    assert (await other.standing("wx1", NOW)).shut == (Shut("custom", midnight, "day_quota"),)
    assert await other.reopen("wx1", "custom")
    assert not await other.reopen("wx1", "custom")
    assert isinstance(await breakers.admit("wx1", "custom", ["custom"], Pace(), NOW, midnight), Go)


async def test_a_day_has_so_many_and_the_next_day_as_many_again(breakers: Breakers) -> None:
    ends, pace = NOW + dt.timedelta(hours=1), Pace(a_day=2)
    found = [await breakers.admit("wx1", "custom", [], pace, NOW, ends) for _ in range(3)]
    assert found == [Go(1), Go(2), DayUsed()]
    assert (await breakers.standing("wx1", NOW)).used == {"custom": 2}
    assert await breakers.admit("wx1", "custom", [], pace, ends, ends + dt.timedelta(days=1)) == Go(1)
    assert (await breakers.standing("wx1", ends + dt.timedelta(days=2))).used == {}


async def test_so_many_a_minute_and_a_few_at_once(breakers: Breakers) -> None:
    ends, pace = NOW + dt.timedelta(hours=1), Pace(a_minute=60, at_once=2)
    found = [await breakers.admit("wx1", "custom", [], pace, NOW, ends) for _ in range(4)]
    assert [type(one) for one in found] == [Go, Go, Go, Wait]
    (*_, wait) = found
    assert wait == Wait(dt.timedelta(seconds=1))
    later = NOW + dt.timedelta(seconds=1)
    assert isinstance(await breakers.admit("wx1", "custom", [], pace, later, ends), Go)
    assert isinstance(await breakers.admit("wx1", "template", [], pace, NOW, ends), Go)


async def test_a_way_that_somebody_refuses_is_shut_and_the_others_are_not(
    ledger: QuotaLedger, rival: QuotaLedger
) -> None:
    assert await ledger.shut(TALK, "template", NOW) is None
    await ledger.refuse(TALK, "template", NOW)
    assert await rival.shut(TALK, "template", NOW + dt.timedelta(hours=1)) == "blocked"
    assert await rival.shut(TALK, "subscription", NOW) is None
    assert isinstance(await rival.spend(TALK, [right("wrote", 10, 5)], NOW, NOW), Spent)


async def test_a_bar_shuts_every_way_until_he_does_something(ledger: QuotaLedger) -> None:
    await ledger.bar(TALK, "blacklisted", NOW)
    assert await ledger.shut(TALK, "template", NOW) == "blacklisted"
    assert await ledger.shut(TALK, "template", None) == "blacklisted"
    assert await ledger.shut(TALK, "template", NOW + dt.timedelta(seconds=1)) is None
