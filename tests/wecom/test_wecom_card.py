"""Which replies are cards: nothing of them is cut off, and the platform takes what is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom.card import card_of, task_id
from model.message import Button, Reply
from sandbox.wecom_cards import checked


def reply(text="新任务 XXLB2026000001：用水报装。\n请先回复“接单”。", labels=("接单",), tail=""):
    buttons = tuple(Button(number=at, label=one, say=one, id=f"i:{at}") for at, one in enumerate(labels, 1))
    return Reply(text=text, buttons=buttons, tail=tail)


def test_a_task_as_a_card():
    card = card_of(reply(labels=("已联系", "没打通"), tail="不办的请回复“转派”。"), "row-1")
    assert card["main_title"] == {"title": "新任务 XXLB2026000001：用水报装。"}
    assert card["sub_title_text"] == "请先回复“接单”。\n不办的请回复“转派”。"
    assert [(one["text"], one["style"]) for one in card["button_list"]] == [("已联系", 1), ("没打通", 2)]
    assert card["task_id"] == task_id("row-1") != task_id("row-2")


def test_a_long_first_line_is_parted_where_it_pauses():
    long = "新任务 XXLB2026000001：用水报装（电话报装）（联合踏勘），申请人预约11月27日上午上门。\n请先回复“接单”。"
    card = card_of(reply(long), "row")
    assert card["main_title"] == {"title": "新任务 XXLB2026000001"}
    assert card["sub_title_text"].startswith("用水报装（电话报装）")


@pytest.mark.parametrize(
    "wrong",
    [
        reply(labels=()), reply(labels=tuple("一二三四五六七")), reply(labels=("这个选项有十一个字那么长",)),
        reply("题\n" + "字" * 161), reply("字" * 37 + "\n文"), reply(labels=("接单", "接单")).model_copy(
            update={"buttons": (Button(label="接单", say="接单", id="a"),) * 2}), reply(""),
        Reply(text="题", buttons=(Button(label="好", say="好" * 400, id="x"),)), Reply(text="题", buttons=(Button(label=" ", say=" "),)),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_no_card(wrong):
    assert card_of(wrong, "row") is None


LINES = st.text("新任务：。；<a>&\n 0字x", max_size=220)


@given(LINES, LINES, st.lists(st.text("接单<\n 1字", max_size=14), max_size=8))
def test_the_platform_takes_every_card_and_shows_it_whole(text, tail, labels):
    made = Reply(
        text=text,
        buttons=tuple(Button(label=one, say=one or "好", id=str(at)) for at, one in enumerate(labels)),
        tail=tail,
    )
    card = card_of(made, "row")
    if card is None:
        return
    seen = checked(card)
    assert "…" not in seen.title + seen.text + "".join(one.text for one in seen.buttons)
    kept = seen.title + seen.text
    wanted = (text + tail).replace("<", "＜")
    assert [one for one in kept if one not in "：。；\n "] == [one for one in wanted if one not in "：。；\n "]
