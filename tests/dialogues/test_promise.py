"""The promise (承诺) stands on the review card, and saying yes to the card is the promise (X60, X147)."""

import pytest

from dialogs.advance import advance
from dialogs.events import RoleShown, Submitted
from handlers.wording.paging import WECHAT, size
from handlers.wording.wording import Wording
from model.conversation import Conversation
from model.message import Actor, TextMessage
from model.values import Declared
from tests.dialogues.people import NOW
from tests.e2e.jobs import XINXIANG
from tests.editions.changes import made
from tests.shipped import shipped

WATER = "水|住宅|同意|泾川镇示范路6号3栋201|住户|李示例|13800000000|身份证|不同意|不需要|过户"


def without_promise(county):
    """The same county, whose form has no declaration."""
    sections = tuple(
        one.model_copy(update={"fields": tuple(field for field in one.fields if field.kind != "declaration")})
        for one in county.form.sections
    )
    return made(county, declaration=None, sections=sections)


def at_the_card(county, *texts):
    """The conversation after the shortest form and these messages, the last reply, and whether the form was handed in."""
    wording, talk = Wording(county), Conversation(id="a:p", account="a", person="p", county=county.id)
    done, reply = False, None
    for text in (*WATER.split("|"), *texts):
        outcome = advance(county, talk, TextMessage(text=text), Actor(person="p"), NOW)
        reply, talk = wording.reply(outcome.conversation, outcome.events)
        done = any(isinstance(one, Submitted) for one in outcome.events)
    return talk, reply, done


def test_the_card_shows_the_promise():
    county = shipped()["jingxian"]
    _, reply, _ = at_the_card(county)
    assert county.form.declaration.text in reply.text
    assert [one.label for one in reply.buttons][-1] == "我承诺，提交"


@pytest.mark.parametrize("text", ["0", "我承诺，提交", "我承诺", "都对", "好的", "提交"])
def test_a_yes_is_the_promise(text):
    county = shipped()["jingxian"]
    talk, _, done = at_the_card(county, text)
    assert done
    assert talk.drafts[0].answers["agreed"].value == Declared(version=county.form.declaration.version)


@pytest.mark.parametrize("text", ["再看看", "没想好", "1", "不承诺", "多少钱？", "不是我填的"])
def test_anything_else_hands_nothing_in(text):
    talk, reply, done = at_the_card(shipped()["jingxian"], text)
    assert not done
    assert talk.drafts[0].state == "filling"
    assert "agreed" not in talk.drafts[0].answers
    assert "您已" not in reply.text


def replies_of(length, beside=()):
    """The replies to the whole form, then to two long texts, then to those and more in one message."""
    county = shipped()["xinxiang"]
    wording, talk = Wording(county), Conversation(id="a:p", account="a", person="p", county=county.id)
    longer = (
        f"工程项目规模：DN100给水管{'沿示范路往东' * (length // 6)}",
        f"工程项目名称：示例面业{'东边新' * (length // 9)}车间",
    )
    at_once = "\n".join(
        (*longer, f"单位地址：七里营镇龙泉路{length}号", "建设单位名称：河南示例面业有限公司", "联系电话：13500000128")
    )
    for text in (*XINXIANG.split("|"), *longer, at_once):
        outcome = advance(county, talk, TextMessage(text=text), Actor(person="p"), NOW)
        reply, talk = wording.reply(outcome.conversation, (*beside, *outcome.events))
        yield reply


@pytest.mark.parametrize("length", range(0, 200, 8))
def test_a_card_that_gives_way_keeps_the_other_role(length):
    *_, reply = replies_of(length, beside=(RoleShown(possible=True),))
    assert "切换身份" in [one.say for one in reply.buttons]


@pytest.mark.parametrize("length", range(0, 200, 8))
def test_nobody_is_offered_to_promise_what_he_does_not_see(length):
    """However long the card and what was just filled in are, one of them gives way."""
    offered = 0
    for reply in replies_of(length):
        if any(one.say == "我承诺，提交" for one in reply.buttons):
            offered += 1
            assert "请回复 0 提交" in reply.text, reply.text
            assert size(reply) <= WECHAT.size
    assert offered == 4


def test_a_form_without_a_promise_is_confirmed():
    county = without_promise(shipped()["jingxian"])
    _, reply, _ = at_the_card(county)
    assert [one.label for one in reply.buttons][-1] == "确认无误"
    assert "承诺" not in reply.text
    talk, _, done = at_the_card(county, "确认无误")
    assert done
    assert "agreed" not in talk.drafts[0].answers
