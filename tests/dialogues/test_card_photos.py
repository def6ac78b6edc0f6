"""Photos of cards: nothing is read unasked, nothing read counts unsaid, and nothing that was said is lost by it (ADR 30)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.advance import advance
from dialogs.card_events import CardExpected, CardLeftOut, CardRead, CardSettled, CardTaken, CardUnread
from dialogs.card_photos import MOST
from dialogs.card_values import LONGEST
from dialogs.events import Asked, Choosing, FileRefused, Held
from dialogs.submitting import frozen, submission_of
from handlers.wording.wording import Wording
from model.card import READING
from model.conversation import Conversation
from model.draft import Agreement, Editing, MoreRows
from model.message import CardReadMessage, PhotoMessage, TextMessage
from model.values import Words
from tests.dialogues.people import NOW, identities
from tests.dialogues.test_undoing import ACTOR, COUNTY
from tests.shipped import shipped

FIRM = ("用水", "单位", "同意")
PERSON = ("用水", "个人", "同意")
LICENCE = {
    "name": "新乡县示例食品有限公司",
    "code": "91410721MA000901X3",
    "representative": "李示例",
    "address": "小冀镇示范路10号",
}
NUMBER = "410721199001010006"


class Talk:
    """One conversation, a minute between its messages."""

    def __init__(self, *texts, county=COUNTY):
        self.county, self.at, self.events = county, NOW, ()
        self.conversation = Conversation(id="x", account="gh", person="o", county=county.id)
        for text in texts:
            self.hear(TextMessage(text=text))

    def hear(self, message):
        self.at += dt.timedelta(minutes=1)
        outcome = advance(self.county, self.conversation, message, ACTOR, self.at)
        self.conversation, self.events = outcome.conversation, outcome.events
        return self

    def again(self):
        """The same talk once more, to be gone on with otherwise."""
        made = Talk(county=self.county)
        made.at, made.events, made.conversation = self.at, self.events, self.conversation
        return made

    def say(self, text):
        return self.hear(TextMessage(text=text))

    def tap(self, what):
        """A tap on the newest choice about a photo: what stands before the draft's id."""
        return self.hear(TextMessage(text="1", choice=f"m:{what}:{self.draft.id}"))

    def photo(self, media="m", *, readable=True):
        return self.hear(PhotoMessage(media_id=media, readable=readable))

    def reads(self, number=0, /, refused=None, **parts):
        job = self.conversation.readings[number].id
        return self.hear(CardReadMessage(job=job, parts=parts, refused=refused))

    def agreed(self, card, media="m"):
        self.photo(media)
        return self.tap(f"card:{card}")

    @property
    def draft(self):
        return self.conversation.drafts[-1]

    def has(self, kind):
        return [one for one in self.events if isinstance(one, kind)]

    def value(self, name):
        answer = self.draft.answers.get(name)
        return getattr(answer.value, "text", getattr(answer.value, "number", None)) if answer else None


def test_nothing_is_read_before_its_person_has_agreed():
    talk = Talk(*FIRM).photo()
    assert talk.conversation.readings == ()
    assert talk.has(Choosing)[0].choices == tuple(f"card:{one}:{talk.draft.id}" for one in ("licence", "none"))
    talk.tap("card:licence")
    assert [one.media_id for one in talk.conversation.readings] == ["m"]
    assert talk.draft.agreements[READING].agreed
    talk.reads(**LICENCE).tap("read:all").photo("n")  # agreed once for the application; two cards say who represents it
    assert talk.has(Choosing)[0].about == "card_which"


def test_refusing_loses_nothing_and_is_remembered():
    talk = Talk(*FIRM).photo().tap("card:none")
    assert talk.has(Asked)
    assert not talk.draft.agreements[READING].agreed
    before = talk.conversation
    talk.photo("n")
    assert [one.code for one in talk.has(FileRefused)] == ["file.unexpected"]
    assert talk.conversation == before


@pytest.mark.parametrize(
    "talk",
    [
        Talk(),
        Talk("用水"),
        Talk("用水", "单位"),  # before the notice
        Talk(*FIRM, "取消", "确定"),
    ],
)
def test_where_nothing_can_be_filled_in_no_photo_is_asked_about(talk):
    talk.photo()
    assert [one.code for one in talk.has(FileRefused)] == ["file.unexpected"]
    assert talk.conversation.readings == ()


def test_with_reading_off_all_is_as_before():
    talk = Talk(*FIRM).photo(readable=False)
    assert [one.code for one in talk.has(FileRefused)] == ["file.unexpected"]
    silent = COUNTY.made_anew(cards=type(COUNTY.cards)())
    assert [one.code for one in Talk(*FIRM, county=silent).photo().has(FileRefused)] == ["file.unexpected"]


def test_where_the_notice_says_it_nobody_is_asked_again():
    county = COUNTY.made_anew(cards=COUNTY.cards.model_copy(update={"in_notice": True}))
    talk = Talk(*FIRM, county=county).photo()
    assert talk.has(CardExpected)
    assert len(talk.conversation.readings) == 1


def test_what_is_read_counts_when_its_person_says_so():
    talk = Talk(*FIRM).agreed("licence").reads(**LICENCE)
    assert "applicant_name" not in talk.draft.answers
    assert talk.has(CardRead)[0].fresh == (
        "applicant_name", "applicant_code", "applicant_address", "legal_representative"
    )  # fmt: skip
    assert not talk.has(Asked)  # the question on the screen still stands
    talk.say("都对")
    assert [talk.value(name) for name in ("applicant_name", "applicant_code", "legal_representative")] == [
        "新乡县示例食品有限公司", "91410721MA000901X3", "李示例"
    ]  # fmt: skip
    kept = talk.draft.answers["applicant_name"]
    assert (kept.certainty, kept.confirmed, kept.source) == ("guessed", True, "营业执照照片")
    assert talk.draft.read == {}
    assert talk.has(Asked)


@pytest.mark.parametrize(
    "parts",
    [
        {"code": "91410721MA000901X4"},  # its check digit is wrong
        {"code": "410721199001010006"},  # a person's number
        {"code": ""},
        {"name": "   "},
        {"name": "示" * (LONGEST + 1)},
        {"owner": "李示例"},
        {},
    ],
)
def test_what_does_not_stand_up_to_the_checks_is_not_offered(parts):
    talk = Talk(*FIRM).agreed("licence").reads(**parts)
    assert [one.code for one in talk.has(CardUnread)] == ["card.nothing"]
    assert talk.draft.read == {}


def test_a_value_that_differs_is_asked_about_and_never_replaced_unasked():
    talk = Talk(*FIRM, "新乡县另一示例有限公司").agreed("licence").reads(**LICENCE)
    assert talk.has(CardRead)[0].differing == ("applicant_name",)
    assert talk.value("applicant_name") == "新乡县另一示例有限公司"
    kept = Talk(*FIRM, "新乡县另一示例有限公司").agreed("licence").reads(**LICENCE).tap("read:mine")
    assert kept.value("applicant_name") == "新乡县另一示例有限公司"
    assert kept.value("legal_representative") == "李示例"
    assert talk.tap("read:all").value("applicant_name") == "新乡县示例食品有限公司"


def test_what_is_the_same_is_not_asked():
    talk = Talk(*FIRM, "新乡县示例食品有限公司").agreed("licence").reads(name="新乡县示例食品有限公司")
    assert [one.code for one in talk.has(CardUnread)] == ["card.same"]
    talk.agreed("licence", "n").reads(name="新乡县示例食品有限公司", code="91410721MA000901X4")
    assert [one.code for one in talk.has(CardUnread)] == ["card.nothing"], "its code was misread"


def test_what_was_said_since_then_stays():
    """Answered after it was read, by words: a tap on what is older changes nothing of it."""
    talk = Talk(*FIRM).agreed("licence").reads(**LICENCE).say("新乡县另一示例有限公司")
    talk.tap("read:all")
    assert talk.value("applicant_name") == "新乡县另一示例有限公司"
    assert talk.value("legal_representative") == "李示例"
    talk.tap("read:all")
    assert talk.has(CardSettled)


def test_a_field_answered_while_it_was_read_is_asked_about():
    talk = Talk(*FIRM).agreed("licence").say("新乡县另一示例有限公司").reads(**LICENCE)
    assert talk.has(CardRead)[0].differing == ("applicant_name",)


def test_one_that_is_wrong_is_left_to_its_person():
    talk = Talk(*FIRM).agreed("licence").reads(**LICENCE).tap("read:edit")
    talk.tap("read:not:applicant_name")
    assert talk.has(CardLeftOut) == [CardLeftOut(talk.draft.id, "applicant_name")]
    assert talk.has(CardRead)[0].fresh == ("applicant_code", "applicant_address", "legal_representative")
    talk.tap("read:all")
    assert talk.value("applicant_name") is None
    assert talk.value("applicant_code") == "91410721MA000901X3"
    assert talk.has(CardTaken)[0].fields == ("applicant_code", "applicant_address", "legal_representative")


def test_a_number_waits_for_its_own_consent():
    talk = Talk(*PERSON).agreed("identity").reads(name="李示例", number=NUMBER).tap("read:all")
    assert "applicant_code" not in talk.draft.answers
    assert talk.draft.held["applicant_code"].value.number == NUMBER
    assert [one.consent for one in talk.has(Held)] == ["identity"]
    assert talk.say("同意").value("applicant_code") == NUMBER
    refused = Talk(*PERSON, "李示例").agreed("identity").reads(number=NUMBER).say("不同意")
    assert refused.draft.read == {}
    assert NUMBER not in refused.conversation.model_dump_json()
    assert refused.photo("n").reads(name="李示例", number=NUMBER).has(CardUnread)  # nor is it taken from another photo
    assert NUMBER not in refused.conversation.model_dump_json()


def test_only_what_is_on_the_form_now_is_filled_in():
    talk = Talk(*FIRM).agreed("licence").reads(**LICENCE).say("申请人类别改成个人").tap("read:all")
    assert talk.value("legal_representative") is None


def test_several_photos_at_once():
    talk = Talk(*FIRM).photo("a").photo("b").photo("b").tap("card:licence")
    assert [one.media_id for one in talk.conversation.readings] == ["a", "b"]
    talk.reads(0, name="新乡县示例食品有限公司").reads(0, code="91410721MA000901X3")
    assert talk.has(CardRead)[0].fresh == ("applicant_name", "applicant_code")
    talk.tap("read:all")
    assert talk.value("applicant_code") == "91410721MA000901X3"


def test_one_application_does_not_use_up_everybodys_day():
    talk = Talk(*FIRM).agreed("licence", "0")
    for number in range(1, MOST):
        talk.agreed("licence", str(number))
    assert len(talk.conversation.readings) == MOST
    talk.photo("more")
    assert [one.code for one in talk.has(FileRefused)] == ["file.cards"]


def test_a_job_that_is_done_is_done_once():
    talk = Talk(*FIRM).agreed("licence")
    message = CardReadMessage(job=talk.conversation.readings[0].id, parts=LICENCE)
    talk.hear(message).tap("read:none")
    after = talk.conversation
    assert talk.hear(message).conversation == after
    assert talk.events == ()


@pytest.mark.parametrize("ends", [("取消", "确定"), ("重来", "确定")])
def test_what_comes_late_for_a_draft_that_was_given_up_is_not_said(ends):
    talk = Talk(*FIRM).agreed("licence")
    message = CardReadMessage(job=talk.conversation.readings[0].id, parts=LICENCE)
    for words in ends:
        talk.say(words)
    talk.hear(message)
    assert "示例食品" not in talk.conversation.model_dump_json()
    assert not talk.has(CardRead)


def test_nor_for_one_that_was_handed_in():
    talk = Talk(*FIRM).agreed("licence")
    draft = talk.draft.model_copy(update={"state": "submitting"})
    talk.conversation = talk.conversation.with_draft(draft)
    talk.reads(**LICENCE)
    assert talk.events == ()
    assert talk.draft.read == {}
    assert talk.conversation.readings == ()


def test_it_joins_its_own_draft_whatever_is_filled_in_meanwhile():
    talk = Talk(*FIRM).agreed("licence")
    first = talk.draft.id
    for words in ("再报一件", "用电", "个人", "同意"):
        talk.say(words)
    talk.say("从头填") if talk.conversation.floor else None
    active = talk.conversation.active
    assert active != first
    talk.reads(**LICENCE)
    assert talk.conversation.active == active
    talk.hear(TextMessage(text="1", choice=f"m:read:all:{first}"))
    drafts = {one.id: one for one in talk.conversation.drafts}
    assert drafts[first].answers["legal_representative"].value == Words(text="李示例")
    assert "applicant_name" not in drafts[active].answers
    assert talk.conversation.active == active
    assert talk.has(Asked)


def test_what_its_person_is_busy_with_goes_on():
    talk = Talk(*FIRM).agreed("licence")
    busy = MoreRows(field="power_devices")
    draft = talk.draft.model_copy(update={"attention": busy})
    talk.conversation = talk.conversation.with_draft(draft)
    talk.reads(**LICENCE)
    assert talk.draft.attention == busy
    talk.tap("read:all")
    assert talk.draft.attention == busy
    assert talk.value("legal_representative") == "李示例"


def test_a_word_for_the_question_on_the_screen_is_not_taken_by_what_was_pushed():
    """They may have crossed: 不用 answers whether somebody is to come, and leaves the photo alone."""
    talk = Talk("水", "住宅", "同意", "泾川镇示范路6号3栋201", county=shipped()["jingxian"]).agreed("identity")
    draft = talk.draft.model_copy(update={"attention": Editing(field="appointment")})
    talk.conversation = talk.conversation.with_draft(draft)
    talk.reads(name="李示例").say("不用")
    assert talk.draft.answers["appointment"].value.yes is False
    assert talk.tap("read:all").value("applicant_name") == "李示例"


def test_nothing_read_is_handed_in_unsaid():
    talk = Talk(*FIRM).agreed("licence").reads(**LICENCE)
    made = submission_of(COUNTY, talk.conversation, frozen(COUNTY, talk.draft))
    assert "示例食品" not in made.model_dump_json()
    assert made.agreements[READING] == Agreement(agreed=True, version=1, at=talk.draft.agreements[READING].at)


@pytest.mark.parametrize("typed", [(), ("新乡县另一示例有限公司",)])
def test_whoever_types_what_stands_on_a_choice_is_understood(typed):
    """Every label of every choice about a photo, and what its number does."""
    wording = Wording(COUNTY)
    asked = Talk(*FIRM, *typed).photo()
    read = Talk(*FIRM, *typed).agreed("licence").reads(**LICENCE)
    one = Talk(*FIRM, "新乡县另一示例有限公司").agreed("licence").reads(name=LICENCE["name"])
    for talk in (asked, read, one):
        reply, _ = wording.reply(talk.conversation, talk.events)
        assert len(reply.buttons) > 1
        for button in reply.buttons:
            done = [talk.again().say(said) for said in (button.label, str(button.number))]
            tapped = talk.again().hear(TextMessage(text=button.say, choice=button.id))
            assert [each.conversation for each in done] == [tapped.conversation] * 2, button.label


def test_taking_it_back():
    talk = Talk(*FIRM).agreed("licence").reads(**LICENCE).tap("read:all").say("撤销")
    assert "applicant_name" not in talk.draft.answers


@given(number=identities(), name=st.text(max_size=40), rest=st.dictionaries(st.text(max_size=9), st.text(max_size=300)))
def test_whatever_is_read_nothing_breaks_and_no_answer_is_touched(number, name, rest):
    talk = Talk(*PERSON, "李示例").agreed("identity")
    before = talk.draft.answers
    talk.hear(CardReadMessage(job=talk.conversation.readings[0].id, parts={**rest, "name": name, "number": number}))
    assert talk.draft.answers == before
    talk.tap("read:mine")
    assert {one: talk.draft.answers[one] for one in before} == before
