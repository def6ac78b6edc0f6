"""What may mean several things is offered as a choice; whatever is said then, nothing is stored that was not meant."""

import pytest

from dialogs.advance import advance
from dialogs.focus import OnAmbiguous, OnField, focus
from model.conversation import Conversation
from model.draft import Ambiguous, Answer, Draft, Meaning, Unsettled
from model.message import Actor, TextMessage
from model.values import Amount, Pick, Picks
from tests.dialogues.people import NOW
from tests.shipped import shipped

COUNTY = shipped()["jingxian"]
ACTOR = Actor(person="o", role="applicant")


def amount(unit):
    return Answer(value=Amount(number=30, unit=unit), source="30方", by="o", at=NOW)


def ticked(option):
    return Answer(value=Picks(picks=(Pick(option=option),)), source="过户", by="o", at=NOW)


def asked(*groups):
    """A conversation in which these are to be settled."""
    services = Answer(value=Picks(picks=(Pick(option="水"), Pick(option="电"))), by="o", at=NOW)
    unsettled = tuple(Unsettled(said="那个", meanings=group) for group in groups)
    draft = Draft(
        id="x#1-1", form=COUNTY.form.id, form_version=COUNTY.form.version, opened_at=NOW, changed_at=NOW,
        answers={"services": services}, trail=("services",), attention=Ambiguous(asked=unsettled),
    )  # fmt: skip
    return Conversation(
        id="x", account="gh", person="o", county=COUNTY.id, drafts=(draft,), active=draft.id, greeted=True
    )


KINDS = (
    Meaning(field="water_business", answer=ticked("过户")),
    Meaning(field="power_business", answer=ticked("过户")),
)
LOADS = (
    Meaning(field="water_demand", answer=amount("吨/日")),
    Meaning(field="gas_load", answer=amount("方/小时"), needs=(("services", "气"),)),
)


def said(conversation, text, choice=None):
    return advance(COUNTY, conversation, TextMessage(text=text, choice=choice), ACTOR, NOW).conversation


def answers(conversation):
    return set(conversation.draft().answers) - {"services"}


@pytest.mark.parametrize(
    ("text", "taken"),
    [("1", {"water_business"}), ("第二个", {"power_business"}), ("用电业务·业务种型：过户", {"power_business"}),
     ("水的", {"water_business"}), ("都是", {"water_business", "power_business"}), ("3", {"water_business", "power_business"}),
     ("都不是", set()), ("4", set())],
)  # fmt: skip
def test_a_number_words_or_the_label_choose(text, taken):
    after = said(asked(KINDS), text)
    assert answers(after) == taken
    assert isinstance(focus(COUNTY.form, after.draft()), OnField)


def test_what_the_field_stands_under_is_chosen_with_it():
    after = said(asked(LOADS), "气")
    assert after.draft().answers["services"].value.options == ("水", "电", "气")
    assert "gas_load" in after.draft().answers


def test_other_words_drop_the_choice_and_are_heard():
    after = said(asked(KINDS), "住宅")
    assert answers(after) == {"business_nature", "applicant_type"}  # whose house it is lives there
    assert not isinstance(focus(COUNTY.form, after.draft()), OnAmbiguous)


def test_one_question_at_a_time():
    first = said(asked(KINDS, LOADS), "1")
    assert isinstance(focus(COUNTY.form, first.draft()), OnAmbiguous)
    assert answers(said(first, "都不是")) == {"water_business"}
