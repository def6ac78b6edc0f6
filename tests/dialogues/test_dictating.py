"""A clerk types for another: by the engine of the chat, with the basic facts first, and never handed in or thrown away by words."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.dictating import Heard, agreed, begin, consented, dictate, lacking_basics
from model.conversation import Conversation
from model.draft import Draft, Editing
from model.message import Actor
from model.values import Words
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
CLERK = Actor(person="clerk-1", role="staff", staff="clerk-1")
COUNTY = shipped()["jingxian"]
COMMANDS = (
    "人工",
    "取消",
    "提交",
    "进度",
    "重来",
    "撤回申请",
    "我的信息",
    "删除我的信息",
    "再报一件",
    "任务",
    "不办了",
)


def empty() -> Conversation:
    return begin(COUNTY, Conversation(id="intake-jingxian:a", account="intake-jingxian", person="a", county="jingxian"), CLERK, NOW)  # fmt: skip


def after(*words: str) -> Conversation:
    talk = empty()
    for one in words:
        heard = dictate(COUNTY, talk, one, CLERK, NOW)
        assert not heard.unheard, (one, heard.unheard)
        talk = heard.conversation
    return talk


def draft(talk: Conversation) -> Draft:
    found = talk.draft()
    assert found is not None
    return found


def test_the_basic_facts_are_asked_for_first_and_suffice() -> None:
    talk = after("水", "同意")
    for name, words in (("address", "泾川镇示范路8号3栋201"), ("applicant_name", "王示例"), ("phone", "13900000001")):
        assert draft(talk).attention == Editing(field=name)
        talk = dictate(COUNTY, talk, words, CLERK, NOW).conversation
    assert lacking_basics(COUNTY, COUNTY.form, draft(talk)) == ()
    assert {one.by for one in draft(talk).answers.values()} == {"clerk-1"}
    assert {one.role for one in draft(talk).answers.values()} == {"staff"}


def test_what_was_said_before_the_notice_is_read_after_it() -> None:
    talk = after("水，叫王示例，电话13900000001")
    assert set(draft(talk).answers) & {"phone", "applicant_name"} == set()
    heard = agreed(COUNTY, talk, CLERK, NOW)
    assert {"phone", "applicant_name"} <= set(draft(heard.conversation).answers)
    assert draft(heard.conversation).agreements["notice"].at == NOW
    assert agreed(COUNTY, heard.conversation, CLERK, NOW) == Heard(heard.conversation)


@pytest.mark.parametrize("word", COMMANDS)
def test_an_applicants_orders_are_not_obeyed(word: str) -> None:
    talk = after("水", "同意", "泾川镇示范路8号3栋201", "王示例", "13900000001")
    heard = dictate(COUNTY, talk, word, CLERK, NOW)
    assert draft(heard.conversation).state == "filling"
    assert draft(heard.conversation).answers.keys() >= draft(talk).answers.keys()


def test_who_declines_has_nothing_kept() -> None:
    talk = after("水，叫王示例")
    heard = dictate(COUNTY, talk, "他不同意", CLERK, NOW)
    assert heard == Heard(talk, unheard="declined")
    assert draft(heard.conversation).agreements == {}


def test_a_consent_that_is_not_of_this_form() -> None:
    assert consented(COUNTY, after("水", "同意"), "none", CLERK, NOW, agrees=True).unheard == "outdated"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            (
                *COMMANDS,
                "水",
                "同意",
                "不同意",
                "13900000001",
                "王示例",
                "1",
                "好",
                "跳过",
                "撤销",
                "确认",
                "我承诺",
                "x" * 2001,
                "",
            )
        ),
        max_size=7,
    )
)
def test_words_neither_hand_it_in_nor_throw_it_away(said: list[str]) -> None:
    talk = empty()
    name = draft(talk).id
    for one in said:
        talk = dictate(COUNTY, talk, one, CLERK, NOW).conversation
        assert draft(talk).id == name
        assert draft(talk).state == "filling"


def test_the_one_address_that_a_caller_says_is_where_to_connect() -> None:
    """The form of 新乡县 has the applicant's own address first; a caller is asked where to connect (R32)."""
    county = shipped()["xinxiang"]
    said = {
        "朗公庙镇示例村12号": "project_address",
        "赵示例，13912345678，朗公庙镇示例村12号": "project_address",
        "我家在小冀镇示例路3号": "applicant_address",
    }
    for words, wanted in said.items():
        talk = begin(county, Conversation(id="intake-xinxiang:a", account="intake-xinxiang", person="a", county="xinxiang"), CLERK, NOW)  # fmt: skip
        for one in ("水", "同意", words):
            talk = dictate(county, talk, one, CLERK, NOW).conversation
        assert {"project_address", "applicant_address"} & set(draft(talk).answers) == {wanted}, words


@pytest.mark.parametrize("name", ["张㐂", "张𠮷"])
def test_two_characters_with_a_rare_one_are_a_name(name: str) -> None:
    """The extensions are names' characters as well; more than one in a name of two was asked for."""
    talk = after("水", "同意", "泾川镇示范路8号3栋201", f"我叫{name}")
    value = draft(talk).answers["applicant_name"].value
    assert isinstance(value, Words)
    assert value.text == name
