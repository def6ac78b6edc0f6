"""What an extractor is asked about, and that nothing in it says who somebody is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.advance import advance
from dialogs.left_open import left_open
from model.message import MenuMessage, Proposal, TextMessage, VoiceMessage
from tests.dialogues.people import NOW, identities, mobiles, organisations, projects
from tests.dialogues.test_proposing import MORNING, WATER
from tests.dialogues.test_undoing import ACTOR, COUNTY, OPENED, talk


def asked(before, said):
    message = TextMessage(text=said) if isinstance(said, str) else said
    outcome = advance(COUNTY, before[0], message, ACTOR, NOW)
    return left_open(COUNTY, before[0], outcome, message, ACTOR, NOW)


def test_a_part_that_filled_nothing_is_asked_about():
    left = asked(talk(*WATER), MORNING)
    assert left.text == MORNING
    blank = next(one for one in left.blanks if one.field == "water_nature")
    assert "非居民生活" in blank.options
    answered = talk(*WATER)[0].draft().answers
    assert not {one.field for one in left.blanks} & (answered.keys() | {"services", "identity_number"})


def test_a_part_beside_what_was_read_is_asked_about():
    left = asked(talk(*OPENED), "电话13800000000，我们主要是想卖点早点")
    assert "13800000000" not in left.text
    assert "phone" not in {one.field for one in left.blanks}


@pytest.mark.parametrize(
    "said",
    [
        "电话13800000000，地址小冀镇示范路10号",  # all of it was read
        "小冀镇示范路10号",
        "卖早点的",
        "好的谢谢，我回头再说",
        "你们那边一般要几天才能来人啊？",
        "村长说万一拖了我找谁投诉",
        "联系人工",
        "帮助",
        "取消",
        "绑定 K7P2Q901",
        "",
        TextMessage(text=MORNING, choice="f:water_nature:1"),
        VoiceMessage(text=MORNING),
        MenuMessage(key="apply"),
    ],
)
def test_other_messages_are_nobodys_business(said):
    assert asked(talk(*OPENED), said) is None


@pytest.mark.parametrize("before", [(), ("用水",), ("用水", "个人"), ("用水", "个人", "不同意")])
def test_before_the_notice_nothing_leaves(before):
    assert asked(talk(*before), MORNING) is None


def test_at_a_question_of_our_own_nothing_leaves():
    assert asked(talk(*OPENED, "重来"), MORNING) is None  # 确定要重来吗
    assert asked(talk("用水", "个人", "同意", "李示例"), MORNING) is None  # the consent


HOLDS = "我们那边{}主要是想卖点早点什么的呢"


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("找王小明商量过", "王小明"),
        ("我爸王大柱讲", "王大柱"),
        ("问张伟在不在，", "张伟"),
        ("联系人欧阳示例，", "欧阳示例"),
        ("王老板说了，", "王老板"),
        ("李示例那头，", "李示例"),
        ("电话138 0000 1234，", "138 0000 1234"),
        ("座机0373-5080217转8，", "5080217"),
        ("号码5080217，", "5080217"),
        ("户号100234，", "100234"),
        ("微信abc_123456，", "abc_123456"),
        ("邮箱li@example.com，", "li@example.com"),
        ("身份证410721199001010006，", "410721199001010006"),
        ("身份证 410721 19900101 0006，", "19900101"),
        ("身份证41072119900101000，", "41072119900101000"),  # one digit short
        ("在示范路10号3栋201，", "10号"),
        ("在示范路10号3栋201，", "201"),
        ("在示范小区3-2-501，", "3-2-501"),
        ("示例村17组那儿，", "17"),
        ("新乡县示例食品有限公司，", "示例食品"),
        ("全角１３８００００１２３４，", "13800001234"),
    ],
)
def test_what_says_who_somebody_is_stays_here(said, secret):
    left = asked(talk(*WATER), HOLDS.format(said))
    assert left is not None
    assert secret not in left.text
    assert any(secret in words for words in left.words.values())
    assert "卖点早点" in left.text, "the rest can be read"
    assert "words" not in repr(left)


def test_a_spoken_number_stays_here_in_either_spelling():
    left = asked(talk(*WATER), HOLDS.format("电话一三八零零零零幺二三四，"))
    assert left is not None
    assert not any(secret in left.text for secret in ("一三八", "幺二三四", "138", "1234"))
    assert "13800001234" in left.words.values()
    assert "卖点早点" in left.text


NUMBERS = st.one_of(identities(), organisations(), projects(), mobiles())


@given(NUMBERS, st.sampled_from(("", " ", "：", "，")), st.sampled_from(("", "，", "。")))
def test_no_number_of_anybody_leaves(number, before, after):
    left = asked(talk(*WATER), f"那边{before}{number}{after}主要是想卖点早点什么的呢")
    assert left is None or number not in left.text
    if left is not None:
        assert not any(run in left.text for run in (number[:7], number[-7:]))


def test_placeholders_are_put_back_and_none_can_be_forged():
    left = asked(talk(*WATER), "〔电话1〕是我写的，他那个13800000001主要是卖点早点什么的")
    assert left.text.count("〔电话1〕") == 1
    back = left.proposals(
        (Proposal(field="water_nature", words="那个〔电话1〕主要"), Proposal(field="phone", words="早点"))
    )
    assert back == (Proposal(field="water_nature", words="那个13800000001主要"),), (
        "nor a field that was not asked about"
    )
