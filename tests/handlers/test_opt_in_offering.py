"""When a person is asked to agree to 订阅通知, and when he is left alone."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from handlers.opt_in_offering import OptInOffering
from handlers.wording.outcomes import (
    CopyAway,
    OptInOffered,
    ProgressKnown,
    RatingTaken,
    Registered,
    SurveyAnswered,
    Told,
    Waiting,
)
from handlers.wording.wording import Wording
from model.conversation import Conversation, StaffRole
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
FRESH = Conversation(id="a:p", account="a", person="p", county="jingxian")
LINK = "https://lianban.example.com/pages/opt-in/a?templates=t1"
CASE: Any = SimpleNamespace(closed_at=None)
OVER: Any = SimpleNamespace(closed_at=NOW)
HANDED_IN = Registered(CASE, CASE)
ANSWERED = SurveyAnswered(CASE, "survey", None, "", None, None)


class Offers:
    """What there is to be agreed to; `asked` are those that were looked at."""

    def __init__(self, link: str | None = LINK) -> None:
        self.found, self.asked = link, list[tuple[str, str, str]]()

    async def link(self, account: str, person: str, role: str) -> str | None:
        self.asked.append((account, person, role))
        return self.found


async def beside(offers: Offers, talk: Conversation, *told: Told, at: dt.datetime = NOW) -> tuple[Conversation, bool]:
    """The conversation after it, and whether he was asked."""
    after, said = await OptInOffering(offers, lambda: at).beside(talk, told)
    assert said[: len(told)] == told
    assert said[len(told) :] in ((), (OptInOffered(LINK),))
    return after, len(said) > len(told)


@pytest.mark.parametrize(
    "told", [HANDED_IN, ANSWERED, ProgressKnown(((CASE, {}),))], ids=lambda one: type(one).__name__
)
async def test_at_a_natural_moment(told: Told) -> None:
    after, asked = await beside(Offers(), FRESH, told)
    assert asked
    assert after.opt_in_offered == NOW


@pytest.mark.parametrize(
    "told", [Waiting(CASE), CopyAway(), RatingTaken(CASE, None, None), ProgressKnown(()), ProgressKnown(None), ProgressKnown(((OVER, {}),))]  # type: ignore[arg-type, call-arg]
)  # fmt: skip
async def test_at_no_other(told: Told) -> None:
    offers = Offers()
    assert await beside(offers, FRESH, told) == (FRESH, False)
    assert not offers.asked


async def test_once_in_a_day_unless_he_hands_in_something_more() -> None:
    talk, _ = await beside(Offers(), FRESH, HANDED_IN)
    offers = Offers()
    assert await beside(offers, talk, ANSWERED, at=NOW + 23 * HOUR) == (talk, False)
    assert not offers.asked
    assert (await beside(offers, talk, HANDED_IN, at=NOW + HOUR))[1]
    assert (await beside(offers, talk, ANSWERED, at=NOW + 24 * HOUR))[1]


async def test_where_there_is_nothing_to_agree_to_nothing_is_said_or_noted() -> None:
    assert await beside(Offers(None), FRESH, HANDED_IN) == (FRESH, False)


async def test_a_steward_is_asked_as_one() -> None:
    offers = Offers()
    talk = FRESH.model_copy(
        update={"roles": (StaffRole(staff="s", body="water", name="张示例"),), "speaks_as": "steward"}
    )
    await beside(offers, talk, ANSWERED)
    assert offers.asked == [("a", "p", "steward")]


@pytest.mark.parametrize("role", ["applicant", "steward"])
def test_the_words(role: str) -> None:
    talk = FRESH.model_copy(
        update={"roles": (StaffRole(staff="s", body="water", name="张示例"),) * (role == "steward"), "speaks_as": role}
    )
    reply, _ = Wording(shipped()["jingxian"]).reply(talk, [OptInOffered(LINK)])
    assert reply.text.endswith(f"\n{LINK}")
    assert ("任务提醒" in reply.text) == (role == "steward")
    assert "允许" in reply.text
