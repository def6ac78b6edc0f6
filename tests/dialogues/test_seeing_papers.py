"""看资料 as stewards say it, and what only looks like it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.advance import advance
from dialogs.events import PapersWanted
from model.calendar import CHINA
from model.conversation import Conversation, Offer, StaffRole
from model.message import Act, Actor, Invitation, TextMessage
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=CHINA)
COUNTY = shipped()["xinxiang"]
ACTOR = Actor(person="p", role="steward", staff="s")
TASK = Invitation(
    id="order-1",
    kind="task",
    case="c",
    number="XXLB2026000012",
    order="order-1",
    title="t",
    acts=(Act(id="take", label="接单"),),
)
STEWARD = Conversation(
    id="a:p",
    account="a",
    person="p",
    county="xinxiang",
    roles=(StaffRole(staff="s", body="water_company", name="n"),),
    speaks_as="steward",
    invitations=(TASK,),
)
LISTED = Offer(
    about="papers", choices=("vp:order-2/1", "vp:order-2/2", "vp:order-2/3", "vp:order-2/4", "vn:order-2/4"), shown=4
)


def wanted(words: str, conversation: Conversation = STEWARD) -> list[PapersWanted]:
    outcome = advance(COUNTY, conversation, TextMessage(text=words), ACTOR, NOW)
    return [one for one in outcome.events if isinstance(one, PapersWanted)]


@pytest.mark.parametrize(
    "words",
    [
        "看资料",
        "看照片",
        "看一下材料",
        "查看图片",
        "我要看照片",
        "看看附件。",
        "看申请人的照片",
        "看他的证件",
        "看图纸！",
    ],
)
def test_said_in_other_words(words: str) -> None:
    assert wanted(words) == ([PapersWanted()] if words != "看他的证件" else [])


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("看资料 0012", PapersWanted(number="0012")),
        ("看照片：xxlb2026000012", PapersWanted(number="XXLB2026000012")),
        ("看资料(JXLB)000001", PapersWanted(number="(JXLB)000001")),
        ("看第2张", PapersWanted(place=2)),
        ("看第十二份资料", PapersWanted(place=12)),
        ("再看第3页", PapersWanted(place=3)),
        ("看第0张", PapersWanted(place=0)),
    ],
)
def test_which(words: str, asked: PapersWanted) -> None:
    assert wanted(words) == [asked]


def test_of_the_task_before_him_else_of_what_he_looked_at_last() -> None:
    looked = STEWARD.model_copy(update={"offer": LISTED})
    assert wanted("看第2张", looked) == [PapersWanted(order="order-2", place=2)]
    before_him = looked.model_copy(update={"floor": TASK.id})
    assert wanted("看第2张", before_him) == [PapersWanted(order="order-1", place=2)]
    assert wanted("看资料", before_him) == [PapersWanted(order="order-1")]
    assert wanted("看资料 0012", before_him) == [PapersWanted(number="0012")]


def test_on_through_the_list() -> None:
    looked = STEWARD.model_copy(update={"offer": LISTED, "floor": "choice"})
    for words in ("接着看", "继续看资料", "看剩下的"):
        assert wanted(words, looked) == [PapersWanted(order="order-2", place=4, onwards=True)]
    assert wanted("3", looked) == [PapersWanted(order="order-2", place=3)]
    ended = looked.model_copy(update={"offer": LISTED.model_copy(update={"choices": LISTED.choices[:4]})})
    assert wanted("接着看", ended) == [PapersWanted(order="order-2", place=5, onwards=True)]
    assert wanted("接着看") == []


@pytest.mark.parametrize(
    "words", ["看用水", "资料", "我看过资料了", "看资料的人", "看第二天", "看意见表", "查进度", "照片发给你了", "看"]
)
def test_other_words(words: str) -> None:
    assert wanted(words) == []


def test_nobody_but_staff() -> None:
    assert wanted("看资料", STEWARD.model_copy(update={"roles": (), "speaks_as": "applicant"})) == []


@given(st.text(max_size=40))
def test_any_words_end_well(words: str) -> None:
    looked = STEWARD.model_copy(update={"offer": LISTED})
    for one in wanted(f"看第{words}张", looked) + wanted(f"看资料{words}", looked):
        assert one.place is None or one.place >= 0
