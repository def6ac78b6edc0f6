"""Several drafts of one person: whatever is said, tapped or switched, no answer moves from one applicant to another."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.advance import advance
from dialogs.carrying import carry, waiting
from dialogs.drafting import open_draft
from dialogs.events import Choosing, Completed, Decided, Outdated
from dialogs.expiring import without
from dialogs.turn import Turn
from dialogs.visible import consent_of
from handlers.wording.wording import Wording
from model.conversation import CaseLink, Conversation, StaffRole
from model.draft import Answer
from model.fields import AttachmentField, CodeField
from model.message import Act, Actor, Invitation, InvitationMessage, MenuMessage, PhotoMessage, TextMessage
from model.values import Code, Phone, Pick, Picks, Words
from tests.dialogues.people import NOW
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
ACTOR = Actor(person="o")
WORDS = Wording(COUNTY)
NAMES = ("赵示例", "钱示例", "孙示例", "李示例")
TASK = Invitation(
    id="case-1", kind="task", case="case", number="XX1", order="case-1", title="XX1 用水报装", acts=(Act(id="take", label="接单"),)
)  # fmt: skip


def say(conversation, text, choice=None, now=NOW):
    """The conversation after a text, as it would be stored, with the reply and the events."""
    outcome = advance(COUNTY, conversation, TextMessage(text=text, choice=choice), ACTOR, now)
    reply, after = WORDS.reply(outcome.conversation, outcome.events)
    return Conversation.model_validate_json(after.model_dump_json()), reply, outcome.events


def several(count=3, roles=()):
    """An agent with a draft for each of his clients."""
    conversation = Conversation(id="x", account="xinxiang", person="o", county="xinxiang", roles=roles)
    for name in NAMES[:count]:
        for text in ("再报一件", "用水", "个人", "同意", name):
            conversation, _, _ = say(conversation, text)
    return conversation


def whose(draft):
    value = draft.answers["applicant_name"].value
    return value.text if isinstance(value, Words) else ""


def contents(conversation):
    return {draft.id: (draft.answers, draft.held, draft.agreements) for draft in conversation.drafts}


SEVERAL = several(4)
SWITCHES = st.one_of(
    st.sampled_from(
        ("我的办件", "报装", "更多", "进度", "帮助", "已填", "人工", "切换身份", "你好", "第1件", "第2件", "第4件")
    ).map(lambda text: (text, None)),
    st.sampled_from([f"m:d:{draft.id}" for draft in SEVERAL.drafts]).map(lambda choice: ("第1件", choice)),
)


@settings(max_examples=60)
@given(st.lists(SWITCHES, max_size=20))
def test_going_to_and_fro_changes_no_answer(moves):
    """`更多` may read on, `进度` may ask, a switch may fail: what is in the drafts stays what it was."""
    conversation = SEVERAL
    for text, choice in moves:
        if (
            text.startswith("第")
            and choice is None
            and (offer := conversation.offer)
            and conversation.floor == "choice"
        ):
            number = int(text[1])
            if number <= offer.shown and offer.choices[number - 1] == "new":
                continue
        conversation, _, _ = say(conversation, text, choice)
        before, after = contents(SEVERAL), contents(conversation)
        assert {name: after[name] for name in before} == before


@settings(max_examples=40)
@given(
    order=st.lists(st.integers(0, 3), min_size=1, max_size=12),
    said=st.sampled_from(
        ("小冀镇示范路10号", "13800000000", "不同意", "同意", "1", "否", "上一步", "跳过", "改联系电话", "重来")
    ),
)
def test_an_answer_goes_to_the_draft_taken_up_and_to_no_other(order, said):
    conversation = SEVERAL
    for place in order:
        target = SEVERAL.drafts[place].id
        conversation, _, _ = say(conversation, "第1件", f"m:d:{target}")
        before = contents(conversation)
        conversation, reply, _ = say(conversation, said)
        after = contents(conversation)
        assert {name for name in before if after[name] != before[name]} <= {target}
        named = next(draft for draft in conversation.drafts if draft.id == target)
        assert whose(named) in reply.text.partition("\n")[0]


def test_an_old_choice_answers_the_draft_it_was_asked_for():
    """Every question's choices carry their draft: tapped after switching, they answer that one and take it up again."""
    conversation = several(2)
    first, second = conversation.drafts
    conversation, asked, _ = say(conversation, "第1件", f"m:d:{first.id}")
    refuse = next(button for button in asked.buttons if button.say == "不同意")
    conversation, _, _ = say(conversation, "第1件", f"m:d:{second.id}")
    conversation, _, _ = say(conversation, refuse.say, refuse.id)
    kept = {draft.id: draft for draft in conversation.drafts}
    assert conversation.active == first.id
    assert kept[first.id].agreements["identity"].agreed is False
    assert "identity" not in kept[second.id].agreements


def test_a_choice_of_a_draft_that_is_gone_does_nothing():
    conversation = several(2)
    _, second = conversation.drafts
    _, asked, _ = say(conversation, "我的办件")
    conversation, _, _ = say(conversation, "取消")
    conversation, _, _ = say(conversation, "是")
    assert [draft.id for draft in conversation.drafts] == [conversation.drafts[0].id]
    before = contents(conversation)
    for button in asked.buttons:
        if second.id in button.id:
            _, _, events = say(conversation, button.say, button.id)
            assert any(isinstance(event, Outdated) for event in events)
    assert contents(conversation) == before


def test_a_draft_that_runs_out_leaves_the_floor_to_no_other():
    """Its person may not know yet, and his next words are for the one that is gone."""
    conversation = several(2)
    first, second = conversation.drafts
    conversation, _, _ = say(conversation, "第1件", f"m:d:{first.id}")
    conversation = without(conversation, (first,), NOW)
    assert conversation.active is None
    conversation, reply, events = say(conversation, "不同意")
    assert contents(conversation)[second.id] == contents(several(2))[second.id]
    assert any(isinstance(event, Choosing) and event.about == "which" for event in events)
    assert "已按保存期限删除" in reply.text


def test_the_number_of_drafts_has_a_bound_and_an_empty_one_is_used_again():
    few = COUNTY.model_copy(update={"most_drafts": 2})
    conversation = several(2)
    outcome = advance(few, conversation, TextMessage(text="再报一件"), ACTOR, NOW)
    assert len(outcome.conversation.drafts) == 2
    assert any(isinstance(event, Choosing) and event.about == "matters" for event in outcome.events)
    for _ in range(5):
        conversation, _, _ = say(conversation, "再报一件")
    assert len(conversation.drafts) == 3


@settings(max_examples=30)
@given(st.lists(st.text(min_size=1, max_size=4000), min_size=1, max_size=12))
def test_what_one_person_can_make_us_keep_has_a_bound(texts):
    """Whatever is pasted, a draft stays small: an answer keeps at most 500 characters of what was said for it."""
    conversation = several(1)
    for text in ("不同意", *texts):
        conversation, _, _ = say(conversation, text)
    for draft in conversation.drafts:
        for answer in draft.answers.values():
            assert len(answer.source) <= 500
        assert len(draft.model_dump_json()) < 20_000


def test_of_a_long_message_only_its_beginning_is_kept_beside_the_answer():
    conversation, _, _ = say(several(1), "不同意")
    conversation, _, _ = say(conversation, "小冀镇示范路10号")
    conversation, _, _ = say(conversation, "13800000000" + " " * 1500)
    assert len(conversation.drafts[0].answers["phone"].source) == 500


def copied_from(values):
    return {name: Answer(value=value, by="o", at=NOW) for name, value in values.items()}


def blank():
    turn = Turn(COUNTY, Conversation(id="x", account="xinxiang", person="o", county="xinxiang"), ACTOR, NOW)
    open_draft(turn, COUNTY.form)
    return turn.draft


NATURAL = Picks(picks=(Pick(option="自然人"),))
IDENTITY = Code(scheme="identity", number="410721199001010006")
ORGANISATION = Code(scheme="organisation", number="91410721MA000901X3")


def test_what_is_copied_is_the_applicants_and_nothing_else():
    answers = copied_from(
        {"services": Picks(picks=(Pick(option="用水"),)), "applicant_kind": NATURAL, "applicant_name": Words(text="李示例"),
         "phone": Phone(number="13800000000"), "project_name": Words(text="食堂"), "applicant_code": IDENTITY}
    )  # fmt: skip
    draft = carry(COUNTY.form, blank(), answers, source="XX1", by="o", at=NOW)
    assert draft.copied == ("applicant_kind", "applicant_name", "phone") == waiting(draft)
    assert {answer.certainty for answer in draft.answers.values()} == {"derived"}
    assert not any(answer.confirmed for answer in draft.answers.values())
    assert {answer.source for answer in draft.answers.values()} == {"照XX1"}
    assert draft.held["applicant_code"].value == IDENTITY


@pytest.mark.parametrize("county", sorted(shipped()))
def test_what_is_carried_needs_no_consent_it_has_not_got(county):
    """Nothing that needs a consent is ever among the answers copied, nor a photo, nor where the work is."""
    form = shipped()[county].form
    assert form.carried
    places = shipped()[county].places
    assert not {places.services, places.address, places.district} & set(form.carried)
    for name in form.carried:
        field = form.fields[name]
        assert not isinstance(field, AttachmentField)
        if isinstance(field, CodeField) and field.consent:
            assert consent_of(field, {}) in (None, "identity")


def test_a_copy_never_touches_what_is_there_and_a_number_of_another_kind_stays_behind():
    given_ = carry(
        COUNTY.form, blank(), copied_from({"applicant_name": Words(text="王示例")}), source="a", by="o", at=NOW
    )
    again = carry(
        COUNTY.form, given_, copied_from({"applicant_name": Words(text="李示例")}), source="b", by="o", at=NOW
    )
    assert again.answers == given_.answers
    odd = copied_from({"applicant_kind": NATURAL, "applicant_code": ORGANISATION})
    draft = carry(COUNTY.form, blank(), odd, source="a", by="o", at=NOW)
    assert "applicant_code" not in draft.answers
    assert not draft.held


def test_staff_who_apply_speak_in_one_role_at_a_time():
    staff = (StaffRole(staff="s", body="water_company", name="周示例"),)
    conversation = several(1, roles=staff).model_copy(update={"invitations": (TASK,)})
    assert conversation.role == "applicant"
    asked = conversation.draft()
    # A push of the other role leaves the number to the draft.
    pushed = advance(COUNTY, conversation, InvitationMessage(invitation=TASK), ACTOR, NOW).conversation
    answered, _, _ = say(pushed, "1")
    assert answered.drafts[0].agreements["identity"].agreed is True
    # In the other role the same word is the task's, and the draft rests as it was.
    steward, reply, _ = say(pushed, "切换身份")
    assert (steward.role, steward.draft()) == ("steward", None)
    assert any(button.id == "m:r:applicant" for button in reply.buttons)
    numbered, _, _ = say(steward, "1")
    assert contents(numbered) == contents(conversation)
    back, _, _ = say(steward, "切换身份", "m:r:applicant")
    assert back.draft() == asked
    # The tap names the role it leads to: a second one does not switch back.
    assert say(back, "切换身份", "m:r:applicant")[0].role == "applicant"
    made = {answer.role for draft in answered.drafts for answer in draft.answers.values()}
    assert made == {"applicant"}


def test_a_question_pushed_while_he_names_a_time_does_not_take_the_time():
    survey = Act(id="propose_survey", label="约踏勘", form="survey_time", form_version=1)
    times = Act(id="give_times.words", label="自己写", form="meet_times", form_version=1)
    roles = (StaffRole(staff="s", body="water_company", name="周示例"),)
    task = TASK.model_copy(update={"acts": (survey,)})
    asked = TASK.model_copy(update={"id": "t-1", "kind": "staff_times", "acts": (times,)})
    conversation = Conversation(
        id="x", account="xinxiang", person="o", county="xinxiang", roles=roles, speaks_as="steward"
    )
    conversation = advance(COUNTY, conversation, InvitationMessage(invitation=task), ACTOR, NOW).conversation
    conversation, reply, _ = say(conversation, "约踏勘")
    assert "踏勘" in reply.text
    crossed = advance(COUNTY, conversation, InvitationMessage(invitation=asked), ACTOR, NOW).conversation
    _, _, events = say(crossed, "下周三上午九点")
    assert [one.subject for one in events if isinstance(one, Completed)] == [task.id]
    assert not any(isinstance(one, Decided) for one in events)


def test_who_is_no_steward_cannot_become_one():
    conversation, _, _ = say(several(1), "切换身份", "m:r:steward")
    assert (conversation.role, conversation.speaks_as) == ("applicant", "applicant")
    menu = advance(COUNTY, several(1), MenuMessage(key="role"), ACTOR, NOW)
    assert menu.conversation.role == "applicant"


def test_a_photo_nobody_asked_for_is_offered_only_where_a_paper_lacks():
    conversation = several(2)
    outcome = advance(COUNTY, conversation, PhotoMessage(media_id="m"), ACTOR, NOW)
    assert outcome.conversation.photo is None
    assert not any(isinstance(event, Choosing) for event in outcome.events)


def test_cases_without_names_are_listed_by_their_numbers():
    links = tuple(CaseLink(case=f"c{n}", number=f"XX{n}", services=("water",)) for n in range(12))
    conversation = several(1).model_copy(update={"cases": links})
    conversation, reply, _ = say(conversation, "我的办件")
    assert [button.number for button in reply.buttons if button.number] == list(range(1, 8))
    conversation, reply, _ = say(conversation, "更多")
    assert [button.number for button in reply.buttons] == list(range(8, 14))
    assert "XX0 用水报装" in reply.buttons[-1].label
    _, _, events = say(conversation, "13", now=NOW + dt.timedelta(minutes=1))
    assert [event.case for event in events if hasattr(event, "case")] == ["c0"]


def test_a_task_beyond_those_shown_is_reached_by_its_number():
    tasks = tuple(
        TASK.model_copy(update={"id": f"case{n}-1", "number": f"XX{n:04}", "title": f"XX{n:04} 用水报装"})
        for n in range(1, 13)
    )
    steward = Conversation(
        id="x", account="xinxiang", person="o", county="xinxiang", invitations=tasks,
        roles=(StaffRole(staff="s", body="b", name="示例"),),
    )  # fmt: skip
    steward, listed, _ = say(steward, "任务")
    assert "您有12个任务" in listed.text
    assert "例如：12" in listed.text
    assert len(listed.buttons) == 10
    _, shown, _ = say(steward, "12")
    assert "XX0012" in shown.text
