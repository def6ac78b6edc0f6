"""The page and the chat have one draft: each goes on where the other stopped, and nothing that one of them was told is lost."""

import datetime as dt

from dialogs.advance import advance
from dialogs.as_data.edits import edits, seen
from dialogs.events import Asked, Filled, Migrated, PageFilled, Submitted
from dialogs.focus import OnField, OnReview, focus
from dialogs.on_page import page_draft
from handlers.wording.outcomes import PageOffered
from handlers.wording.paging import WECHAT, size
from handlers.wording.wording import Wording
from model.conversation import Conversation
from model.draft import Unfinished
from model.message import Actor, MenuMessage, PageMessage, TextMessage
from model.page import AddFile, Agree, Begin, HandIn, RemoveFile, Save
from model.values import Address, Code, Phone, StoredFile, Words
from tests.dialogues.people import NOW, identity_check
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
ACTOR = Actor(person="o", role="applicant")
FRESH = Conversation(id="gh:o", account="gh", person="o", county=COUNTY.id)
NOTICE = Agree(name="notice", version=COUNTY.form.notice.version, agreed=True)
LATER = NOW + dt.timedelta(minutes=5)


def step(conversation, message):
    return advance(COUNTY, conversation, message, ACTOR, LATER)


def talk(*texts, conversation=FRESH):
    for text in texts:
        conversation = step(conversation, TextMessage(text=text)).conversation
    return conversation


def on_page(conversation, deed, name=None):
    draft = "" if isinstance(deed, Begin) else name or conversation.applications[-1].id
    return step(conversation, PageMessage(draft=draft, do=deed)).conversation


def save(conversation, *, of=None, **entered):
    """As a page that shows the draft as it is (`of`: as it was then) and on which this is entered."""
    draft = (of or conversation).applications[-1]
    posted = {}
    for name, value in entered.items():
        field = name.partition("__")[0]
        posted[f"seen.{field}"] = [seen(COUNTY.form.fields[field], draft.answers.get(field))]
        posted[name.replace("__", ".")] = value if isinstance(value, list) else [value]
    return on_page(conversation, Save(edits=edits(COUNTY.form, posted)))


def value(conversation, name):
    return conversation.applications[-1].answers[name].value


OPENED = talk("用水", "个人", "同意", "李示例", "不同意")


def test_begun_on_the_page_and_gone_on_with_in_the_chat():
    begun = on_page(FRESH, Begin())
    (draft,) = begun.applications
    assert (draft.channel, begun.active) == ("web", draft.id)
    assert on_page(begun, Begin()) == begun  # one with nothing in it is used again
    agreed = on_page(begun, NOTICE)
    filled = save(agreed, services=["用水"], applicant_kind="自然人", phone="13800000000")
    assert value(filled, "phone") == Phone(number="13800000000")
    outcome = step(filled, MenuMessage(key="status"))
    assert outcome.events[0] == PageFilled(("services", "applicant_kind", "phone"), unheard=False)
    assert step(outcome.conversation, TextMessage(text="李示例")).conversation.applications[-1].answers[
        "applicant_name"
    ].value == Words(text="李示例")


def test_before_the_notice_nothing_is_taken():
    begun = on_page(FRESH, Begin())
    named = save(begun, services=["用水"], applicant_kind="自然人", applicant_name="李示例")
    assert (
        set(named.applications[-1].answers) == {"services", "applicant_kind", "applicant_name"} - {"applicant_name"}
        or not named.applications[-1].answers
    )


def test_words_for_a_question_that_is_not_asked_any_more_are_not_taken_for_another():
    asked = focus(COUNTY.form, OPENED.draft())
    assert isinstance(asked, OnField)
    assert asked.field.id == "applicant_address"
    filled = save(OPENED, applicant_address="小冀镇示范路10号")
    outcome = step(filled, TextMessage(text="13800000000"))  # whatever it was for
    assert PageFilled(("applicant_address",), unheard=True) in outcome.events
    assert "phone" not in outcome.conversation.draft().answers
    reply, _ = Wording(COUNTY).reply(outcome.conversation, outcome.events)
    assert reply.text.startswith("您在网页上填的1项都记下了：建设单位(自然人)地址。您刚才发的这句")
    # Said once; from here on it is the chat as ever.
    again = step(outcome.conversation, TextMessage(text="13800000000"))
    assert value(again.conversation, "phone") == Phone(number="13800000000")
    assert not any(isinstance(one, PageFilled) for one in again.events)


def test_what_was_filled_in_elsewhere_leaves_the_question_of_the_chat_alone():
    filled = save(OPENED, phone="13800000000")
    outcome = step(filled, TextMessage(text="小冀镇示范路10号"))
    assert PageFilled(("phone",), unheard=False) in outcome.events
    assert value(outcome.conversation, "applicant_address") == Address(text="小冀镇示范路10号")


def test_a_half_said_answer_in_the_chat_waits_until_the_page_gives_it():
    waits = Unfinished(field="clerk", text="王建国", want="phone")
    half = OPENED.with_draft(OPENED.draft().model_copy(update={"attention": waits}))
    assert save(half, phone="13800000000").draft().attention == half.draft().attention
    given = save(half, clerk__name="王建国", clerk__phone="13800000000")
    assert given.draft().attention is None


def test_both_sides_at_once_are_merged_by_field_and_none_overwrites_the_other():
    before = save(OPENED, phone="13800000000", project_address="小冀镇甲村")
    chat = talk("继续", "电话改成13900000000", conversation=before)
    assert value(chat, "phone") == Phone(number="13900000000")
    page = save(chat, of=before, phone="13700000000", project_address="小冀镇乙村")
    assert value(page, "phone") == Phone(number="13900000000")
    assert value(page, "project_address") == Address(text="小冀镇乙村")
    assert value(save(page, phone="13700000000"), "phone") == Phone(number="13700000000")


def test_the_same_post_twice_changes_nothing_more():
    once = save(OPENED, phone="13800000000")
    assert save(once, of=OPENED, phone="13800000000").drafts == once.drafts


def test_wrong_values_leave_what_is_there():
    kept = save(OPENED, phone="13800000000")
    assert save(kept, phone="138").drafts == kept.drafts


def test_a_consent_is_given_and_taken_back_on_the_page():
    version = COUNTY.form.consents["identity"].version
    yes, no = (Agree(name="identity", version=version, agreed=one) for one in (True, False))
    number = "41072119900307000" + identity_check("41072119900307000")
    agreed = on_page(OPENED, yes)
    given = save(agreed, applicant_code=number)
    assert value(given, "applicant_code") == Code(scheme="identity", number=number)
    assert "applicant_code" not in save(OPENED, applicant_code=number).draft().answers
    taken_back = on_page(given, no)
    assert "applicant_code" not in taken_back.draft().answers
    assert on_page(OPENED, Agree(name="identity", version=99, agreed=True)).drafts == OPENED.drafts


def test_declining_the_notice_deletes_the_draft():
    begun = on_page(FRESH, Begin())
    assert on_page(begun, NOTICE.model_copy(update={"agreed": False})).drafts == ()


def test_nobody_elses_draft_and_none_that_was_handed_in():
    assert page_draft(OPENED, "gh:other#1-1") is None
    assert step(OPENED, PageMessage(draft="gh:other#1-1", do=NOTICE)).conversation == OPENED
    name = OPENED.draft().id
    assert page_draft(OPENED, name) is OPENED.draft()
    gone = OPENED.draft().model_copy(update={"state": "submitting"})
    assert page_draft(OPENED.with_draft(gone), name) is None


def file(name, size=10):
    return StoredFile(digest=name * 64, media_type="image/jpeg", size=size)


def test_files_come_and_go():
    asked = save(OPENED, services=["用水", "热力"])
    added = on_page(
        on_page(asked, AddFile(field="heat_site_plan", file=file("a"))), AddFile(field="heat_site_plan", file=file("b"))
    )
    assert [one.digest[0] for one in value(added, "heat_site_plan").files] == ["a", "b"]
    again = on_page(added, AddFile(field="heat_site_plan", file=file("b")))
    assert value(again, "heat_site_plan") == value(added, "heat_site_plan")
    one = on_page(added, RemoveFile(field="heat_site_plan", digest="a" * 64))
    assert [each.digest[0] for each in value(one, "heat_site_plan").files] == ["b"]
    none = on_page(one, RemoveFile(field="heat_site_plan", digest="b" * 64))
    assert "heat_site_plan" not in none.draft().answers
    full = asked
    for name in "0123456789ab":
        full = on_page(full, AddFile(field="heat_site_plan", file=file(name)))
    assert len(value(full, "heat_site_plan").files) == COUNTY.form.fields["heat_site_plan"].most
    assert on_page(OPENED, AddFile(field="phone", file=file("a"))).drafts == OPENED.drafts
    assert on_page(OPENED, AddFile(field="heat_site_plan", file=file("a"))).drafts == OPENED.drafts  # not on the form


COMPLETE = {
    "applicant_address": "小冀镇示范路10号", "phone": "13800000000", "project_address": "小冀镇示范路10号", "external_line": "否",
    "water_kind": ["新装"], "water_nature": "居民生活", "clerk__name": "李示例", "clerk__phone": "13800000000",
}  # fmt: skip


def complete():
    page = save(OPENED, **COMPLETE)
    for _ in range(30):
        on = focus(COUNTY.form, page.draft())
        if isinstance(on, OnReview):
            break
        page = step(step(page, TextMessage(text="继续")).conversation, TextMessage(text="跳过")).conversation
    assert isinstance(focus(COUNTY.form, page.draft()), OnReview), focus(COUNTY.form, page.draft())
    return page


def test_handed_in_on_the_page_as_it_was_reviewed():
    done = complete()
    revision = done.draft().revision
    assert on_page(done, HandIn(revision=revision - 1)).drafts == done.drafts
    outcome = step(done, PageMessage(draft=done.draft().id, do=HandIn(revision=revision)))
    (submitted,) = [one for one in outcome.events if isinstance(one, Submitted)]
    (draft,) = outcome.conversation.drafts
    assert (draft.state, draft.id) == ("submitting", submitted.draft)
    assert draft.answers["seal"].value.version == COUNTY.form.declaration.version
    # And not before everything is there.
    early = step(OPENED, PageMessage(draft=OPENED.draft().id, do=HandIn(revision=OPENED.draft().revision)))
    assert early.conversation.drafts == OPENED.drafts


def test_of_several_drafts_the_chat_keeps_its_own():
    second = talk("报装", "2", "用电", conversation=OPENED)
    assert len(second.applications) == 2
    chat, other = second.draft(), next(one for one in second.applications if one.id != second.active)
    posted = {"seen.phone": [seen(COUNTY.form.fields["phone"], None)], "phone": ["13800000000"]}
    filled = on_page(second, Save(edits=edits(COUNTY.form, posted)), other.id)
    assert filled.active == chat.id
    assert filled.draft() is chat
    assert (filled.floor, filled.offer) == (second.floor, second.offer)
    assert next(one for one in filled.applications if one.id == other.id).answers["phone"].value == Phone(
        number="13800000000"
    )
    assert not any(isinstance(one, PageFilled) for one in step(filled, MenuMessage(key="status")).events)


def test_an_older_form_is_moved_on_first():
    newer = COUNTY.form.model_copy(update={"version": COUNTY.form.version + 1})
    county = COUNTY.made_anew(form=newer, editions=(COUNTY,))
    message = PageMessage(draft=OPENED.draft().id, do=Save(edits=()))
    outcome = advance(county, OPENED, message, ACTOR, LATER)
    assert outcome.conversation.draft().form_version == newer.version
    assert not any(isinstance(one, Migrated | Filled) for one in outcome.events)


def test_the_offer_of_the_page_is_not_worth_a_second_part():
    """Nobody turns a page of the review card for it."""
    offered = PageOffered("form", "https://lianban.example/pages/form/xinxiang?draft=1795395900-1")
    wording = Wording(COUNTY)
    plain, _ = wording.reply(OPENED, [Asked()])
    assert offered.link in wording.reply(OPENED, [offered, Asked()])[0].text
    long = PageOffered("form", "https://lianban.example/" + "x" * (WECHAT.size - size(plain) - 20))
    assert wording.reply(OPENED, [long, Asked()]) == wording.reply(OPENED, [Asked()])
