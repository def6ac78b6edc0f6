"""A menu as the platform tells it, read for putting it back: the two formats, and what only the platform's pages can make."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.autoreplies import MAX_BYTES, autoreplies
from bot.channels.wechat.selfmenu import ByHand, buttons_of, likeness, restorable, without
from bot.channels.wechat.spoken_replies import told_replies
from model.message import FollowMessage, PhotoMessage, TextMessage, Update
from sandbox.menu import check_menu
from sandbox.selfmenu import Entered, current_menu
from tests.wechat.hall import NOW

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=4)
URLS = WORDS.map(lambda word: f"http://old.example/{word}")
ACTIONS = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["click", "scancode_push", "pic_weixin", "location_select"]), "key": WORDS}
    ),
    st.fixed_dictionaries({"type": st.just("view"), "url": URLS}),
    st.fixed_dictionaries({"type": st.just("miniprogram"), "url": URLS, "appid": WORDS, "pagepath": WORDS}),
    st.fixed_dictionaries({"type": st.sampled_from(["media_id", "view_limited"]), "media_id": WORDS}),
    st.fixed_dictionaries({"type": st.sampled_from(["article_id", "article_view_limited"]), "article_id": WORDS}),
)
NAMED = st.tuples(WORDS, ACTIONS).map(lambda pair: {"name": pair[0], **pair[1]})
BELOW = st.fixed_dictionaries({"name": WORDS, "sub_button": st.lists(NAMED, min_size=1, max_size=5)})
MENUS = st.lists(NAMED | BELOW, min_size=1, max_size=3)
ONLY_ENTERED = st.sampled_from(["text", "img", "voice", "video", "news"]).flatmap(
    lambda kind: st.fixed_dictionaries({"type": st.just(kind), "name": WORDS, "value": WORDS})
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["selfmenu_info", "button", "sub_button", "list", "name", "type", "key", "value", "news_info", "content",
             "keyword_autoreply_info", "keyword_list_info", "reply_list_info", "add_friend_autoreply_info", "is_menu_open"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(MENUS)
def test_what_the_api_made_comes_back_as_it_was(buttons: list[dict[str, Any]]) -> None:
    made = check_menu({"button": buttons})
    told = current_menu(made, Entered())
    able = restorable(told)
    assert able.by_hand == ()
    assert check_menu(able.menu) == made
    assert likeness(current_menu(check_menu(able.menu), Entered())) == likeness(told)


@given(MENUS, MENUS)
def test_two_menus_are_alike_only_if_they_are_the_same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    told = [current_menu(check_menu({"button": menu}), Entered()) for menu in (one, other)]
    assert (likeness(told[0]) == likeness(told[1])) == (told[0] == told[1])


@given(st.lists(ONLY_ENTERED | NAMED, min_size=1, max_size=5))
def test_what_cannot_be_made_is_said_and_the_rest_is_made(parts: list[dict[str, Any]]) -> None:
    top = {"name": "服务", "sub_button": {"list": parts}}
    able = restorable({"is_menu_open": 1, "selfmenu_info": {"button": [top]}})
    by_hand = [one for one in parts if "value" in one]
    assert [one.place for one in able.by_hand] == [f"服务 › {one['name']}" for one in by_hand]
    below = [part for button in able.buttons for part in button["sub_button"]]
    assert below == [one for one in parts if "value" not in one]


def test_ids_of_what_was_entered_stand_in_value() -> None:
    button = {"type": "media_id", "name": "图", "value": "m1"}
    able = restorable({"selfmenu_info": {"button": [button]}})
    assert able.buttons == ({"type": "media_id", "name": "图", "media_id": "m1"},)
    text = {"type": "text", "name": "电话", "value": "0373\n5080000"}
    assert restorable({"selfmenu_info": {"button": [text]}}).by_hand == (ByHand("电话", "点了发文字：0373\n5080000"),)


def test_media_that_are_new_at_every_call_make_no_other_menu() -> None:
    def menu(value: str, kind: str = "img") -> dict[str, Any]:
        return {"selfmenu_info": {"button": [{"type": kind, "name": "图", "value": value}]}}

    assert likeness(menu("m1")) == likeness(menu("m2"))
    assert likeness(menu("一", "text")) != likeness(menu("二", "text"))


def test_a_menu_that_is_switched_off_is_none() -> None:
    found = {"is_menu_open": 0, "selfmenu_info": {"button": [{"type": "click", "name": "一", "key": "k"}]}}
    assert buttons_of(found) == []
    assert restorable(found).buttons == ()


@given(st.dictionaries(st.sampled_from(["selfmenu_info", "keyword_autoreply_info", "add_friend_autoreply_info"]), JSON))
def test_whatever_the_platform_answers_nothing_breaks(found: dict[str, Any]) -> None:
    restorable(found)
    likeness(found)
    without(found, frozenset({"k"}))
    told_replies(found)
    said = autoreplies({**found, "is_add_friend_reply_open": 1, "is_autoreply_open": 1})
    for message in (FollowMessage(), TextMessage(text="一"), PhotoMessage(media_id="m")):
        said.reply_to(update(message))


def update(message: Any, key: str = "k") -> Update:
    return Update(account="a", person="p", key=key, at=NOW, message=message)


def rule(mode: str, words: dict[str, str], *replies: str) -> dict[str, Any]:
    return {
        "reply_mode": mode,
        "keyword_list_info": [{"type": "text", "match_mode": how, "content": word} for word, how in words.items()],
        "reply_list_info": [{"type": "text", "content": one} for one in replies],
    }


def test_keywords_are_met_as_the_platform_met_them() -> None:
    rules = [
        rule("reply_all", {"医保": "contain", "YB": "equal"}, "一", "二"),
        rule("random_one", {"医保卡": "equal"}, "三"),
    ]
    said = autoreplies({"keyword_autoreply_info": {"list": rules}})
    assert said.reply_to(update(TextMessage(text="问医保的事"))) == "一\n\n二"
    assert said.reply_to(update(TextMessage(text=" yb "))) == "一\n\n二"
    assert said.reply_to(update(TextMessage(text="yb吗"))) == ""
    assert said.reply_to(update(TextMessage(text="医保卡"))) == "一\n\n二", "the first that fits"
    assert said.reply_to(update(PhotoMessage(media_id="m"))) == ""


def test_one_of_several_is_the_same_for_a_redelivery_and_not_for_all() -> None:
    said = autoreplies({"keyword_autoreply_info": {"list": [rule("random_one", {"一": "equal"}, "甲", "乙", "丙")]}})
    drawn = [said.reply_to(update(TextMessage(text="一"), key=f"k{number}")) for number in range(50)]
    assert drawn == [said.reply_to(update(TextMessage(text="一"), key=f"k{number}")) for number in range(50)]
    assert set(drawn) == {"甲", "乙", "丙"}


def test_what_was_switched_off_is_not_said() -> None:
    found: dict[str, Any] = {
        "add_friend_autoreply_info": {"type": "text", "content": "欢迎"},
        "message_default_autoreply_info": {"type": "text", "content": "您好"},
    }
    assert autoreplies(found).reply_to(update(FollowMessage())) == ""
    assert autoreplies(found).reply_to(update(TextMessage(text="一"))) == ""
    on = autoreplies({**found, "is_add_friend_reply_open": 1, "is_autoreply_open": 1})
    assert on.reply_to(update(FollowMessage())) == "欢迎"
    assert on.reply_to(update(TextMessage(text="一"))) == "您好"


@given(st.text(max_size=3000))
def test_a_reply_never_is_too_long_for_the_platform(text: str) -> None:
    said = autoreplies({"keyword_autoreply_info": {"list": [rule("reply_all", {"一": "equal"}, text, "甲" * 600)]}})
    assert len(said.reply_to(update(TextMessage(text="一"))).encode()) <= MAX_BYTES
