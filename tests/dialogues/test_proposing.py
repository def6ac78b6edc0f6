"""Whatever is proposed: nothing is overwritten, nothing invalid or unsaid is kept, and a guess is never taken for certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.advance import advance
from dialogs.events import Filled, HandedOver, Unclear
from dialogs.folding import fold
from dialogs.migration import fits
from dialogs.proposing import take_proposed
from dialogs.turn import Turn
from dialogs.understanding.marked import mark
from dialogs.understanding.understand import Understanding
from dialogs.visible import visible_fields
from model.edition import form_of
from model.fields import AttachmentField, CodeField, DeclarationField, TableField
from model.message import Proposal, TextMessage
from model.values import Amount, Picks
from tests.dialogues.people import NOW
from tests.dialogues.test_undoing import ACTOR, COUNTY, OPENED, talk

ANSWERED = (*OPENED, "小冀镇示范路10号", "13800000000")
WATER = (*ANSWERED, "小冀镇示范路10号")


def hears(before, text, *proposed):
    """What the message does, with these proposals (field, words and perhaps an option)."""
    made = tuple(Proposal(field=one[0], words=one[1], option=one[2] if len(one) > 2 else "") for one in proposed)
    return advance(COUNTY, before[0], TextMessage(text=text, proposed=made), ACTOR, NOW)


def answers(outcome):
    return outcome.conversation.draft().answers


MORNING = "我们家老房子翻盖以后主要是想卖点早点什么的呢"


def test_a_guess_is_kept_unconfirmed_and_read_back():
    outcome = hears(talk(*WATER), MORNING, ("water_nature", "卖点早点", "非居民生活"))
    kept = answers(outcome)["water_nature"]
    assert (kept.value.options, kept.certainty, kept.confirmed) == (("非居民生活",), "guessed", False)
    assert kept.source == "卖点早点"
    assert any(isinstance(one, Filled) and one.field == "water_nature" for one in outcome.events)
    assert not any(isinstance(one, Unclear) for one in outcome.events)
    said_right = advance(COUNTY, outcome.conversation, TextMessage(text="对"), ACTOR, NOW)
    assert answers(said_right)["water_nature"].confirmed


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        (MORNING, ("water_nature", "卖点晚饭", "非居民生活")),  # not said
        (MORNING, ("water_nature", "卖点早点", "商业")),  # no option of the field
        (MORNING, ("water_nature", "卖点早点")),  # its words are no option either
        (MORNING, ("nobody", "卖点早点")),
        (MORNING, ("phone", "卖点早点")),  # answered
        (MORNING, ("services", "卖点早点", "用电")),
        (MORNING, ("declaration", "卖点早点")),
        (MORNING, ("water_nature", "", "非居民生活")),
        (MORNING, ("water_nature", "卖点早点" * 80, "非居民生活")),
        ("我们家这边真的不是卖点早点的那种人家啊", ("water_nature", "卖点早点", "非居民生活")),  # denied
        ("我们家卖点早点的话要按哪种价格来算水费？", ("water_nature", "卖点早点", "非居民生活")),  # asked
        ("我们这边前前后后拢共有3个门面房子在里头", ("water_kind", "3")),  # no third option
    ],
)
def test_what_does_not_stand_up_to_the_checks_is_dropped(text, proposal):
    alone, proposed = hears(talk(*WATER), text), hears(talk(*WATER), text, proposal)
    assert proposed == alone


def test_a_guess_does_not_swallow_a_question():
    text = "我们家主要是想卖点早点。你们那边院子里能打球吗？"
    outcome = hears(talk(*WATER), text, ("water_nature", "卖点早点", "非居民生活"))
    assert "water_nature" in answers(outcome)
    assert any(isinstance(one, HandedOver) for one in outcome.events)
    assert any(isinstance(one, HandedOver) for one in hears(talk(*WATER), text).events)


POWER = ("用电", "个人", "同意", "李示例", "不同意", "小冀镇示范路10号", "13800000000", "小冀镇示范路10号", "不清楚")


def taken(before, text, *proposed):
    """The answers after these proposals alone: as if the grammar had read nothing."""
    turn = Turn(COUNTY, before, ACTOR, NOW)
    marked = mark(text, turn.form, COUNTY.places.services, COUNTY.towns)
    made = tuple(Proposal(field=one[0], words=one[1], option=one[2] if len(one) > 2 else "") for one in proposed)
    take_proposed(turn, Understanding(marked), made)
    return turn.draft.answers


@pytest.mark.parametrize("words", ["80千瓦", "80", "18", "180", "180千瓦"])
def test_a_number_is_never_cut_and_has_its_unit(words):
    kept = taken(talk(*POWER)[0], "师傅讲得180千瓦", ("power_1_load", words))
    assert kept["power_1_load"].value == Amount(number=180, unit="千瓦")
    assert kept["power_1_load"].source == "180千瓦"
    assert "power_1_new" not in taken(talk(*POWER)[0], "师傅讲得180千瓦", ("power_1_new", words)), "another unit"


def test_a_vague_number_is_none():
    assert "power_1_load" not in taken(talk(*POWER)[0], "师傅讲得十五六千瓦", ("power_1_load", "十五六千瓦"))


def test_words_are_not_cut_within_letters_and_digits():
    assert "project_address" not in taken(
        talk(*ANSWERED)[0], "就在仓库B12号院后头那边", ("project_address", "2号院后头")
    )
    assert "project_address" in taken(
        talk(*ANSWERED)[0], "就在仓库B12号院后头那边", ("project_address", "仓库B12号院后头")
    )


def test_words_are_one_value_only():
    before = talk(*OPENED)[0]
    twice = taken(
        before, "小冀镇示范路10号", ("applicant_address", "小冀镇示范路10号"), ("project_address", "小冀镇示范路10号")
    )
    assert "applicant_address" in twice
    assert "project_address" not in twice


def test_numbers_of_people_and_firms_are_never_guessed():
    meter = talk(*WATER, "否", "改表")[0]
    assert "water_account" not in taken(meter, "户号10023456", ("water_account", "10023456"))
    person = talk("用水", "个人", "同意", "李示例", "同意")[0]
    assert "applicant_code" not in taken(person, "410721199001010006", ("applicant_code", "410721199001010006"))


def test_a_guess_that_would_cost_another_answer_is_dropped():
    firm = talk("热力", "单位", "同意", "新乡县示例食品有限公司", "91410721MA000901X3")[0]
    draft = firm.draft()
    left = {name: one for name, one in draft.answers.items() if name != "applicant_kind"}
    asked = firm.with_draft(draft.model_copy(update={"answers": left}))
    assert "applicant_code" in left
    assert taken(asked, "我就是个体户自己干", ("applicant_kind", "自己干", "自然人")) == left
    assert "applicant_kind" in taken(asked, "我们是正规单位来的", ("applicant_kind", "正规单位", "建设单位"))


@pytest.mark.parametrize("words", ["王小明在那儿", "一点早点什么的", "新乡县示例食品有限公司"])
def test_a_name_looks_like_one(words):
    firm = talk("热力", "单位", "同意", "新乡县示例食品有限公司", "91410721MA000901X3", "小冀镇示范路10号")[0]
    assert "legal_representative" not in taken(firm, f"那边{words}", ("legal_representative", words))
    assert "legal_representative" in taken(firm, "老总王小明", ("legal_representative", "王小明"))


def test_what_the_grammar_read_means_what_it_says():
    before = talk(*OPENED)
    text = "电话13800000000，我们主要是想卖点早点什么的呢"
    grammar = answers(hears(before, text))
    assert "phone" in grammar
    assert answers(hears(before, text, ("project_name", "13800000000"), ("phone", "13800000000"))) == grammar
    text = "电话13800000000，地址是小冀镇示范路10号，我们主要是想卖点早点什么的呢"
    grammar = answers(hears(before, text))
    assert "applicant_address" in grammar
    assert "project_address" not in grammar
    assert answers(hears(before, text, ("project_address", "小冀镇示范路10号"))) == grammar


def test_before_the_notice_nothing_is_guessed():
    before = talk("用水", "个人")
    assert hears(before, MORNING, ("water_nature", "卖点早点", "非居民生活")) == hears(before, MORNING)


TEXTS = (
    MORNING,
    "我们这边前前后后拢共有3个门面房子，一个月得用上百把十吨水",
    "联系王小明，13800000001，身份证410721199001010006，住在老磨坊后面那一排",
    "原来的表太小想换个大的，不是居民用的，是开洗车店的",
    "都行你们看着办就好",
    "12月25号来看一下，3号楼到6号楼都要，50吨",
)
STATES = (OPENED, ANSWERED, WATER, POWER, ("热力", "单位", "同意", "新乡县示例食品有限公司"), ("用水", "个人"))


@st.composite
def messages(draw):
    """A text, and proposals about anything with words of the text or of nobody."""
    text = draw(st.sampled_from(TEXTS))
    names = (*COUNTY.form.fields, "nobody")
    options = sorted({option.text for one in COUNTY.form.fields.values() for option in getattr(one, "options", ())})
    cut = st.tuples(st.integers(0, len(text)), st.integers(1, 14)).map(lambda at: text[at[0] : at[0] + at[1]])
    words = st.one_of(cut, st.sampled_from((text, "", "13800000009", "410721199001010006", "是", "1", "小冀镇")))
    one = st.builds(
        Proposal,
        field=st.sampled_from(names),
        words=words,
        option=st.one_of(st.just(""), st.sampled_from((*options, "是", "否"))),
    )
    return text, tuple(draw(st.lists(one, max_size=12)))


@given(st.sampled_from(STATES), messages())
def test_proposals_never_overwrite_and_never_fill_what_is_invalid(state, message):
    text, proposed = message
    before = talk(*state)
    alone = advance(COUNTY, before[0], TextMessage(text=text), ACTOR, NOW)
    outcome = advance(COUNTY, before[0], TextMessage(text=text, proposed=proposed), ACTOR, NOW)
    draft, plain = outcome.conversation.draft(), alone.conversation.draft()
    form = form_of(COUNTY, draft)
    before_shown = {one.id for one in visible_fields(form, plain.answers)} & plain.answers.keys()
    shown = {one.id for one in visible_fields(form, draft.answers)}
    said = {"\n".join(fold(line) for line in text.splitlines())}
    mine = {
        name: one for name, one in draft.answers.items() if one.certainty == "guessed" and name not in plain.answers
    }
    if not mine:
        assert draft.answers.keys() <= plain.answers.keys()
    for name, one in before[0].draft().answers.items():
        if name in plain.answers and plain.answers[name] == one:
            assert draft.answers[name] == one, "an answer that was there"
    assert before_shown - shown == set() or not mine, "no answer is hidden by a guess"
    for name, one in mine.items():
        field = form.fields[name]
        assert not isinstance(field, CodeField | AttachmentField | TableField | DeclarationField)
        assert not field.consent
        assert fits(field, one)
        assert not one.confirmed
        assert name in shown
        assert any(one.source in whole for whole in said), "it was said"
        proposal = [each for each in proposed if each.field == name]
        assert proposal
        if isinstance(one.value, Picks):
            assert set(one.value.options) <= {option.text for option in field.options}
    assert draft.held == plain.held
    assert draft.agreements == plain.agreements
