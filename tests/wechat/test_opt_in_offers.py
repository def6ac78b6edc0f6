"""Where a person agrees, and to what: the link, the role, what is lacking, and who has said no."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.wechat.account import Account, Kind, Mode
from bot.opt_in_link import opt_in_link
from bot.opt_in_offers import OptInOffers, templates_for
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.opt_ins import Heard, OptIns, What
from tests.wechat.hall import NOW, OPENID, account

ADDRESS = "https://lianban.example.com"
SUBSCRIPTIONS = {
    "one_time": {"applicant.built": "t1", "applicant.closed": "t1", "steward.task": "t3", "enquiry.answered": "t4"},
    "long_term": {"applicant.opinion": "t2"},
}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'offers.db'}"
    await upgrade(url)
    opened = open_database(url)
    yield opened
    await opened.close()


def served(**changes: object) -> Account:
    return account(Mode.SAFE, subscriptions=SUBSCRIPTIONS, **changes)


def asked(link: str | None) -> list[str]:
    return [] if link is None else parse_qs(urlsplit(link).query)["templates"][0].split(",")


async def heard(opt_ins: OptIns, template: str, what: What, at: dt.datetime = NOW) -> None:
    await opt_ins.keep([Heard(f"{template}{what}{at}", "safe", OPENID, template, what, at)], at)


def test_what_each_role_is_told_by_it() -> None:
    assert templates_for(served(), "applicant") == (("t2",), ("t1", "t4"))
    assert templates_for(served(), "steward") == ((), ("t3", "t4"))


async def test_only_what_is_lacking_and_not_refused(database: Database) -> None:
    opt_ins, now = OptIns(database), NOW
    offers = OptInOffers(ADDRESS, [served()], opt_ins, lambda: now)
    link = await offers.link("safe", OPENID, "applicant")
    assert link == f"{ADDRESS}/pages/opt-in/safe?templates=t2,t1,t4"
    await heard(opt_ins, "t1", "one_time")
    assert asked(await offers.link("safe", OPENID, "applicant")) == ["t2", "t4"]
    await heard(opt_ins, "t2", "declined")
    assert asked(await offers.link("safe", OPENID, "applicant")) == ["t4"]
    await heard(opt_ins, "t4", "stopped")
    assert await offers.link("safe", OPENID, "applicant") is None
    assert asked(await offers.link("safe", OPENID, "steward")) == ["t3"]
    now += dt.timedelta(days=180)
    assert asked(await offers.link("safe", OPENID, "applicant")) == ["t2", "t4"]


async def test_nobody_is_asked_where_nothing_can_come_of_it(database: Database) -> None:
    opt_ins = OptIns(database)
    for offers in (
        OptInOffers("", [served()], opt_ins, lambda: NOW),
        OptInOffers(ADDRESS, [account(Mode.SAFE)], opt_ins, lambda: NOW),
        OptInOffers(ADDRESS, [served(kind=Kind.VERIFIED_SUBSCRIPTION)], opt_ins, lambda: NOW),
    ):
        assert await offers.link("safe", OPENID, "applicant") is None
        assert await offers.link("wecom", OPENID, "steward") is None


async def test_while_the_records_are_away_nobody_is_asked() -> None:
    class Away:
        async def standing(self, account: str, person: str, templates: object) -> None:
            raise OSError

    assert await OptInOffers(ADDRESS, [served()], Away(), lambda: NOW).link("safe", OPENID, "applicant") is None  # type: ignore[arg-type]


@given(
    st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=64).filter(lambda one: "," not in one),
    st.sampled_from([ADDRESS, f"{ADDRESS}/", f"{ADDRESS}/lianban"]),
)
def test_a_link_says_what_it_was_made_of(template: str, address: str) -> None:
    parts = urlsplit(opt_in_link(address, "safe", [template, "t2"]))
    assert parts.path.endswith("/pages/opt-in/safe")
    assert parse_qs(parts.query)["templates"] == [f"{template},t2"]
    assert not set("\n <>") & set(parts.geturl())


@pytest.mark.parametrize(
    "wrong",
    [
        {"one_time": {"applicant.built": "t1"}, "long_term": {"applicant.built": "t2"}},
        {"one_time": {"applicant.built": "t1"}, "long_term": {"applicant.closed": "t1"}},
        {"one_time": {"applicant.built": ""}},
        {"once": {"applicant.built": "t1"}},
        {"one_time": ["t1"]},
    ],
)
def test_a_name_and_an_id_are_of_one_kind(wrong: object) -> None:
    with pytest.raises(ValidationError):
        account(Mode.SAFE, subscriptions=wrong)
