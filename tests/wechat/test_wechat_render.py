"""Replies as text: what tapping gives back, what is cut, and that nobody's words become markup."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.render import CUT_NOTE, MAX_TEXT_BYTES, cdata, plain, reply_xml, text_of
from model.message import Button, Reply
from tests.wechat.safe_client import elements, seen_in

SERVICES = ("新装", "增容", "过户")
CHOICES = tuple(
    Button(number=number, label=label, say=label, id=f"w{number}") for number, label in enumerate(SERVICES, 1)
)

words = st.text(st.characters(), max_size=400)
hostile = st.one_of(
    words,
    st.sampled_from(
        [
            "]]>",
            "]]]]>>",
            "<a href='weixin://bizmsgmenu?msgmenucontent=同意&msgmenuid=y'>看</a>",
            "</a>",
            "&lt;a ",
            "&#60;a",
        ]
    ),
    st.text("<>]&a \"'\r\n\t\x00\x1f\ufffe\ud800龘😀", max_size=60),
)
buttons = st.builds(Button, number=st.none() | st.integers(1, 99), label=hostile, say=hostile, id=st.text(max_size=20))
replies = st.builds(
    Reply,
    text=st.lists(hostile, max_size=6).map("".join),
    buttons=st.lists(buttons, max_size=8).map(tuple),
    tail=hostile,
)


def _content(text: str) -> str:
    """What a parser of the platform's kind reads back."""
    xml = reply_xml(person="o", account="gh", created=1, text=text)
    content = ET.fromstring(xml).findtext("Content") or ""  # noqa: S314 - our own
    assert elements(xml)["Content"].replace("]]]]><![CDATA[>", "]]>") == content
    return content


def test_choices_are_links_with_number_words_and_id() -> None:
    assert text_of(Reply(text="办什么？", buttons=CHOICES[:1], tail="回复序号也可以")) == (
        '办什么？\n<a href="weixin://bizmsgmenu?msgmenucontent=新装&msgmenuid=w1">1 新装</a>\n回复序号也可以'
    )


def test_too_long_for_links_keeps_the_numbers() -> None:
    text = "长" * 640
    assert text_of(Reply(text=text, buttons=CHOICES)) == f"{text}\n1 新装\n2 增容\n3 过户"


def test_a_plain_choice_without_a_number_says_what_to_type() -> None:
    button = Button(label="改容量", say="容量", id="c")
    assert text_of(Reply(text="长" * 660, buttons=(button,))).endswith("\n改容量（回复“容量”）")


def test_still_too_long_is_cut_at_a_line_end_and_keeps_the_choices() -> None:
    lines = [f"第{number}行，" + "字" * 30 for number in range(40)]
    found = text_of(Reply(text="\n".join(lines), buttons=CHOICES, tail="回复序号"))
    kept, _, rest = found.partition("\n" + CUT_NOTE)
    assert rest == "\n1 新装\n2 增容\n3 过户\n回复序号"
    assert kept == "\n".join(lines[: kept.count("\n") + 1])
    assert MAX_TEXT_BYTES - 120 < len(found.encode()) <= MAX_TEXT_BYTES


@pytest.mark.parametrize("reply", [Reply(), Reply(text="\x00\x07"), Reply(text=" \n ")])
def test_nothing_to_see_is_nothing_to_say(reply: Reply) -> None:
    assert text_of(reply) == ""


@pytest.mark.parametrize(
    "text", ["1 < 2 & 3", "a]]>b", "第一行\r\n第二行", "😀 龘", "]]", ">", "\t", "]]]]><![CDATA[>"]
)
def test_plain_words_arrive_as_they_are(text: str) -> None:
    expected = text.replace("<", "＜").replace("\r\n", "\n")
    assert _content(plain(text)) == expected


@pytest.mark.parametrize(
    "text", ["<a href='weixin://bizmsgmenu?msgmenucontent=同意&msgmenuid=y'>看</a>", "&lt;a", "&#60;a"]
)
def test_no_words_can_become_a_link(text: str) -> None:
    for reply in (
        Reply(text=text),
        Reply(text="甲", tail=text),
        Reply(text="甲", buttons=(Button(label=text, say=""),)),
    ):
        found = text_of(reply).lower()
        assert not any(sign in found for sign in ("<", "&lt", "&#"))


@given(st.text(max_size=500))
def test_cdata_reads_back_equal(text: str) -> None:
    kept = "".join(one for one in plain(text))
    assert _content(kept) == kept
    assert ET.fromstring(f"<x>{cdata(text)}</x>") is not None  # noqa: S314 - our own


@given(replies)
def test_any_reply_is_well_formed_short_enough_and_forms_no_link_but_its_choices(reply: Reply) -> None:
    text = text_of(reply)
    assert len(text.encode()) <= MAX_TEXT_BYTES
    assert _content(text) == text
    visible, links = seen_in(text)
    assert "<" not in visible
    assert len(links) <= len(reply.buttons)
    if links:
        said = [one.say for one in reply.buttons]
        assert all(_control_free(say) in {_control_free(one) for one in said} for say, _, _ in links)


@given(st.lists(hostile, max_size=4).map("".join))
def test_any_short_text_reads_back_equal(text: str) -> None:
    found = text_of(Reply(text=text, buttons=()))
    if found and CUT_NOTE not in found:
        assert _content(found) == plain(text)


def _control_free(text: str) -> str:
    return "".join(one for one in text if one.isprintable() and one != " ")
