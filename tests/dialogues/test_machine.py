"""The machine as a whole: whatever arrives, `advance` is pure and raises nothing, and every reply fits the channel."""

import datetime as dt
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wechat.render import CUT_NOTE, MAX_TEXT_BYTES, text_of
from dialogs.advance import advance
from dialogs.events import Rejected, Submitted
from dialogs.focus import OnField, OnReview, OnRows, OnSure, focus
from dialogs.submitting import submission_of
from dialogs.visible import visible_fields
from handlers.wording.wording import Wording
from model.conversation import Conversation, StaffRole
from model.fields import AttachmentField, TableField
from model.message import (
    Act,
    Actor,
    CardMessage,
    FetchedMessage,
    FollowMessage,
    Invitation,
    InvitationMessage,
    LocationMessage,
    MenuMessage,
    OtherMessage,
    PhotoMessage,
    TextMessage,
    UnfollowMessage,
    VoiceMessage,
    WithdrawnMessage,
)
from model.values import StoredFile
from tests.dialogues.people import NOW
from tests.shipped import shipped

SPOKEN = (
    "上一步 跳过 帮助 已填 重来 取消 人工 进度 更多 报装 任务 你好 同意 不同意 是 否 有 没有 1 2 3 4 0 改1 改5 改联系电话 改选择事项 看用水 看1 "
    "确认无误 我承诺 再看看 好了 再加一台 改第1行 删第1行 多少钱 水和电 全部 单位 个人 经办人 住宅 新装 增容 改表 有，40户 630 900千瓦 "
    "320户 1-4号楼 后天下午 2027年11月15日 明天上午9点 李示例 13800000000 410721199001010006 91410721MA000901X3 绑定 K7P2Q9AB 接单 约踏勘 可以 改时间 "
    "我的办件 再报一件 切换身份 接着填 照着填 从头填 都对 不照着填 第1件 第2件 催一下 都不是 "
    "2501-410721-04-01-100014 小冀镇示范路10号 不知道 不清楚 后面补 不对 不"
)
WORDS = SPOKEN.split()
TEXTS = st.one_of(
    st.sampled_from(
        [*WORDS, "王示例 13800000001", "双眼灶 2台 每台5方", "GPX-144 3台", "联系电话：13800000001\n供水需求：5吨"]
    ),
    st.text(max_size=30),
)
TASK = Invitation(
    id="case-1", kind="task", case="case", number="XX1", order="case-1", title="XX1 用水报装",
    acts=(Act(id="take", label="接单"), Act(id="propose_survey", label="约踏勘", form="survey_time"), Act(id="opinion", label="踏勘意见", form="survey_opinion")),
)  # fmt: skip
SURVEY = Invitation(
    id="case:joint:1",
    kind="survey",
    case="case",
    number="XX1",
    title="XX1",
    acts=(Act(id="agree_survey", label="可以"), Act(id="move_survey", label="改时间", form="survey_wish")),
)
FILE = StoredFile(digest="0" * 64, media_type="image/png", size=70)


def taps():
    ids = sorted({name for county in shipped().values() for form in county.forms.values() for name in form.fields})
    made = st.one_of(
        st.builds("f:{}:{}".format, st.sampled_from(ids), st.integers(1, 4)),
        st.sampled_from(("f:notice:1", "f:notice:2", "f:identity:1", "f:identity:2", "a:review:0", "a:sure:1", "a:confirm:1", "a:declaration:1",
                         "a:unfold:basics", "c:skip", "c:more", "f:services:1@1", "f:phone:1@2", "f:notice:1@2", "a:sure:1@1", "a:copied:1@2", "c:skip@2", "f:phone:1@99", "f:phone:1@", "m:new", "m:list", "m:others",
                         "m:fresh@2", "m:none", "m:c:case", "m:y:case@2", "m:r:steward", "m:r:applicant", "m:d:gone", "m:p:authorisation:gone", "m:", "m:i:case-1:take",
                         "i:case-1:take", "i:case-1:propose_survey", "i:case:joint:1:agree_survey", "t:case-1", "i:gone:take", "x", "f:", "i:", "t:")),
        st.text(max_size=10),
    )  # fmt: skip
    return st.builds(lambda text, choice: TextMessage(text=text, choice=choice), TEXTS, made)


MESSAGES = st.one_of(
    TEXTS.map(lambda text: TextMessage(text=text)),
    TEXTS.map(lambda text: TextMessage(text=text)),
    TEXTS.map(lambda text: TextMessage(text=text)),
    taps(),
    st.sampled_from(
        [
            PhotoMessage(media_id="m1", name="一.jpg"), PhotoMessage(media_id="m2"), FetchedMessage(job="x#1:m1", file=FILE), FetchedMessage(job="x#1:m2", refused="file.type"),
            LocationMessage(latitude=35.1, longitude=113.8, label="小冀镇示范路10号"), LocationMessage(latitude=91.0, longitude=-181.0, label=""),
            VoiceMessage(), VoiceMessage(text="水和电"), FollowMessage(), UnfollowMessage(), OtherMessage(name="link"), OtherMessage(name=""),
            *(MenuMessage(key=key) for key in ("apply", "progress", "human", "tasks", "help", "status", "matters", "role", "nothing")),
            InvitationMessage(invitation=TASK), InvitationMessage(invitation=SURVEY), WithdrawnMessage(invitation="case-1"),
            CardMessage(invitation="case-1"), CardMessage(invitation="case:joint:1"),
        ]
    ),
)  # fmt: skip


@cache
def wording(county):
    return Wording(shipped()[county])


def begin(county, roles=()):
    return Conversation(id="x", account=county, person="o", county=county, roles=roles)


def turn(county, conversation, message, now):
    """One turn with every promise checked; the conversation after it, as it would be stored."""
    before = conversation.model_dump_json()
    role = conversation.role
    actor = Actor(person="o", role=role, staff="s" if role == "steward" else None)
    outcome = advance(shipped()[county], conversation, message, actor, now)
    assert conversation.model_dump_json() == before
    assert advance(shipped()[county], conversation, message, actor, now) == outcome
    reply, after = wording(county).reply(outcome.conversation, outcome.events)
    text = text_of(reply)
    assert len(text.encode()) <= MAX_TEXT_BYTES
    assert CUT_NOTE not in text
    assert "{{" not in text
    assert "None" not in text
    if any(isinstance(event, Rejected) for event in outcome.events):
        kept = {draft.id: draft.answers for draft in conversation.drafts}
        assert all(draft.answers.keys() >= kept.get(draft.id, {}).keys() for draft in outcome.conversation.drafts)
    active = outcome.conversation.draft()
    assert active is None or active.state != "filling" or active.role == outcome.conversation.role
    for event in outcome.events:
        if isinstance(event, Submitted):
            handed_in(county, outcome.conversation, event.draft)
    return Conversation.model_validate_json(after.model_dump_json())


def handed_in(county, conversation, draft_id):
    """A submission holds shown fields only, and nothing of a person without his consent."""
    draft = next(one for one in conversation.drafts if one.id == draft_id)
    form = shipped()[county].forms[draft.form]
    submission = submission_of(shipped()[county], conversation, draft)
    assert submission == submission_of(shipped()[county], conversation, draft)
    assert submission.answers.keys() <= {field.id for field in visible_fields(form, draft.answers)}
    assert not draft.held
    assert submission.agreements["notice"].agreed


@pytest.mark.parametrize("county", sorted(shipped()))
@settings(max_examples=60)
@given(
    messages=st.lists(st.tuples(MESSAGES, st.sampled_from((1, 1, 1, 60 * 24 * 3))), min_size=1, max_size=25),
    steward=st.booleans(),
)
def test_any_sequence_of_messages(county, messages, steward):
    conversation, now = (
        begin(county, (StaffRole(staff="s", body="water_company", name="周示例"),) if steward else ()).model_copy(
            update={"speaks_as": "steward" if steward else "applicant"}
        ),
        NOW,
    )
    for message, minutes in messages:
        now += dt.timedelta(minutes=minutes)
        conversation = turn(county, conversation, message, now)


def good_answer(draw, county, draft):
    """An answer that the question on the screen takes; where there is a choice, any."""
    form = shipped()[county].forms[draft.form]
    match focus(form, draft):
        case OnField(field=AttachmentField()):
            return draw(st.sampled_from(("后面补", "没有")))
        case OnField(field=field, want=want):
            if want is not None:
                return {
                    "unit": "千瓦",
                    "count": "12",
                    "note": "茶馆",
                    "phone": "13800000001",
                    "name": "王示例",
                    "time": "上午9点",
                    "half": "上午",
                }[want]
            if field.kind == "choice":
                return (
                    str(draw(st.integers(1, len(field.options))))
                    if not field.several
                    else draw(st.sampled_from(("全部", "1", "1 2", "2")))
                )
            if field.kind == "yes_no":
                return draw(st.sampled_from((field.yes, field.no)))
            if field.kind == "code":
                return draw(st.sampled_from((field.example, "410721199001010006", "91410721MA000901X3", "E1234567")))
            if field.need != "required":
                return draw(st.sampled_from((field.example, "跳过")))
            return field.example
        case OnRows(field=TableField() as field, asking=asking):
            return "没有了" if asking else field.example
        case OnSure():
            return "否"
        case _:
            return draw(st.sampled_from(("同意", "同意", "同意", "是", "0", "我承诺")))


@pytest.mark.parametrize("county", sorted(shipped()))
@settings(max_examples=12)
@given(data=st.data())
def test_who_answers_what_is_asked_arrives(county, data):
    """With good answers and a few interruptions the form ends, and never asks more questions than it has fields."""
    conversation, now = turn(county, begin(county), TextMessage(text="你好"), NOW), NOW
    interruptions = data.draw(st.sets(st.integers(0, 100), max_size=6))
    for step in range(260):
        draft = conversation.draft()
        if draft is None or draft.state != "filling":
            break
        now += dt.timedelta(minutes=1)
        if step in interruptions:
            conversation = turn(
                county,
                conversation,
                data.draw(
                    st.sampled_from(
                        [TextMessage(text=one) for one in ("帮助", "已填", "人工", "多少钱", "进度", "更多")]
                    )
                ),
                now,
            )
            if conversation.attended:  # nobody is asked anything until it ends
                conversation = turn(county, conversation, TextMessage(text="结束人工"), now)
        conversation = turn(
            county, conversation, TextMessage(text=good_answer(data.draw, county, conversation.draft())), now
        )
    else:
        pytest.fail("the form does not end")
    assert conversation.drafts[-1].state == "submitting"


LONGEST = {
    "text": "楼里管线很长的说明" * 120,
    "address": "小冀镇示范路" * 40,
    "contact": "欧阳示例" * 5 + " 13800000001",
}


def longest(field):
    """The longest answer the field takes."""
    if field.kind in LONGEST:
        return LONGEST[field.kind][: getattr(field, "most", 99)]
    if field.kind == "table":
        return "；".join(f"{'名称很长的设备' * 5}{n} 1台 每台2方" for n in range(10))
    if field.kind == "buildings":
        return "1-150号楼"
    if field.kind == "yes_no":
        return f"{field.yes}，99999户" if field.count_unit else field.yes
    if field.kind == "choice":
        return "全部" if field.several else str(len(field.options))
    return field.example


@pytest.mark.parametrize("county", sorted(shipped()))
def test_the_longest_form_is_read_in_parts_that_all_arrive(county):
    """Everything chosen, every text as long as it may be: each reply fits, and 更多 brings the rest of it."""
    conversation, now = turn(county, begin(county), TextMessage(text="你好"), NOW), NOW
    kinds = {"applicant_kind": "建设单位", "applicant_type": "经办人", "document_kind": "护照"}
    for _ in range(200):
        draft, form = conversation.draft(), shipped()[county].form
        match focus(form, draft):
            case OnField(field=field, want=None):
                said = kinds.get(field.id) or ("后面补" if field.kind == "attachment" else longest(field))
            case OnField(want=want):
                said = {"note": "很长的说明" * 12, "unit": "千瓦"}[want]
            case OnRows(field=field, asking=asking):
                said = "没有了" if asking else longest(field)
            case OnReview():
                break
            case _:
                said = "同意"
        conversation = turn(county, conversation, TextMessage(text=said), now)
    else:
        pytest.fail(f"stuck at {focus(form, draft)}")
    sections = [section.title for section in form.sections]
    for said in ("已填", *(f"看{title}" for title in sections), "改1", "跳过", "0"):
        conversation = turn(county, conversation, TextMessage(text=said), now)
        while conversation.more:
            left = len(conversation.more)
            conversation = turn(county, conversation, TextMessage(text="更多"), now)
            assert len(conversation.more) == left - 1
