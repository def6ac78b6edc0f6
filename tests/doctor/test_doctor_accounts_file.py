"""The accounts file: every account by itself, every mistake in words, no secret quoted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.doctor.accounts_file import Entry, entries
from bot.doctor.finding import State
from tests.shipped import shipped

KEY = "sWCt5VZmaC3JaS7VW1lOL8GqmrQZ5mRA1pGUcpWnlKg"
SECRET = "74351a5ecd3603260e8f405346c3d56e"
GOOD = {
    "id": "x", "county": "xinxiang", "original_id": "gh_dbf698c111bf", "appid": "wx310233c6c8aa6918",
    "appsecret": SECRET, "token": "uXcvfqjexYiTyOmV", "aes_key": KEY,
}  # fmt: skip
OTHER = GOOD | {"id": "y", "county": "jingxian", "original_id": "gh_963dd5ef57c6", "appid": "wxf4688346ecdca1f4"}


def said(*listed):
    found = entries(json.dumps(listed), shipped())
    assert isinstance(found, tuple)
    return ["；".join(f"{one.said}" for one in entry.findings) for entry in found]


def test_good_ones():
    found = entries(json.dumps([GOOD, OTHER]), shipped())
    assert [(one.name, [each.state for each in one.findings]) for one in found] == [
        ("x", [State.GOOD]), ("y", [State.GOOD])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"county": "nowhere"}, "没有这个县"),
        ({"appid": "wx12"}, "不像 AppID"),
        ({"original_id": "someone"}, "不像原始 ID"),
        ({"appsecret": f"{SECRET} "}, "前后有空格"),
        ({"token": "ab"}, "3 到 32"),
        ({"mode": "plain"}, "没有加密"),
        ({"mode": "secret"}, "mode 写得不对"),
        ({"aes_key": ""}, "aes_key 不对，或者没有写"),
        ({"aes_key": SECRET}, "aes_key 不对，或者没有写"),
        ({"templats": {}}, "不认识 templats"),
        ({"templates": {"steward.task": 5}}, "templates.steward.task 写得不对"),
        ({"id": "x y"}, "id 写得不对"),
    ],
)
def test_a_mistake_is_named_and_the_other_account_is_looked_at(changes, words):
    first, second = said(GOOD | changes, OTHER)
    assert words in first
    assert "各项齐全" in second
    assert SECRET not in first


def test_what_is_missing_and_what_two_share():
    assert said({name: value for name, value in GOOD.items() if name != "appsecret"}) == ["没有写 appsecret"]
    assert said(5) == ["这一段 写得不对"]
    assert all(
        "original_id 一样：gh_dbf698c111bf" in one for one in said(GOOD, OTHER | {"original_id": "gh_dbf698c111bf"})
    )


@pytest.mark.parametrize(
    ("text", "words"), [("[{,]", "第 1 行第 3 个"), ("{}", "方括号"), ("[]", "方括号"), ("", "第 1 行")]
)
def test_a_file_that_is_none(text, words):
    found = entries(text, shipped())
    assert found.state is State.ACT
    assert words in found.said


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*GOOD, "mode", "templates", "?"]), inner),
    )
)
def test_whatever_stands_in_it_is_answered(anything):
    found = entries(json.dumps(anything), shipped())
    assert isinstance(found, tuple) or found.state is State.ACT
    if isinstance(found, tuple):
        assert all(isinstance(one, Entry) and one.findings for one in found)
