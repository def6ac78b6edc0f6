"""A draft goes from the hotline's conversation into its applicant's: once, with all that was said, and to nobody else (ADR 40)."""

import datetime as dt

from dialogs.advance import advance
from dialogs.dictating import agreed, begin, dictate
from dialogs.giving_over import leaving, taken_over
from model.conversation import Conversation
from model.draft import Draft, Editing
from model.message import Actor, TextMessage
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 27, 2, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=30)
COUNTY = shipped()["jingxian"]
CLERK = Actor(person="clerk", role="staff", staff="clerk")
HIM = Conversation(id="a:p", account="a", person="p", county="jingxian")
CALL = Conversation(id="intake-jingxian:7f", account="intake-jingxian", person="7f", county="jingxian")


def dictated(*words: str) -> Draft:
    talk = agreed(COUNTY, begin(COUNTY, CALL, CLERK, NOW), CLERK, NOW).conversation
    for one in words:
        talk = dictate(COUNTY, talk, one, CLERK, NOW).conversation
    draft = talk.draft()
    assert draft is not None
    return draft


DRAFT = dictated("水", "王示例", "13900000001")


def gone(to: str = HIM.id) -> Draft:
    found = leaving(DRAFT, to, NOW)
    assert found is not None
    return found


def test_it_is_promised_to_one() -> None:
    first = gone()
    assert (first.state, first.goes_to) == ("leaving", HIM.id)
    assert leaving(first, HIM.id, LATER) is first
    assert leaving(first, "a:other", LATER) is None
    for state in ("submitting", "submitted", "cancelled"):
        assert leaving(DRAFT.model_copy(update={"state": state}), HIM.id, NOW) is None


def test_all_of_it_is_there_and_what_comes_next_is_asked() -> None:
    assert isinstance(DRAFT.attention, Editing)  # the clerk was about to ask for the place
    after, events = taken_over(COUNTY, HIM, "7f", gone(), LATER)
    mine = after.draft()
    assert mine is not None
    assert events
    assert (mine.state, mine.goes_to, mine.attention) == ("filling", "", None)
    assert (mine.answers, mine.agreements, mine.trail) == (DRAFT.answers, DRAFT.agreements, DRAFT.trail)
    assert mine.id.startswith(f"{HIM.id}#")
    assert mine.id.endswith(f"-{after.serial}")
    assert mine.channel == "hotline"


def test_once_for_each_intake() -> None:
    after, _ = taken_over(COUNTY, HIM, "7f", gone(), NOW)
    again, _ = taken_over(COUNTY, after, "7f", gone(), LATER)
    assert again.drafts == after.drafts
    other, _ = taken_over(COUNTY, after, "8a", gone(), LATER)
    assert len({one.id for one in other.drafts}) == 2


def test_he_was_not_away_since_and_takes_back_only_his_own_words() -> None:
    after, _ = taken_over(COUNTY, HIM, "7f", gone(), LATER)
    undone = advance(COUNTY, after, TextMessage(text="撤销"), Actor(person="p"), LATER).conversation.draft()
    assert undone is not None
    assert undone.answers == DRAFT.answers


def test_an_empty_form_of_his_own_makes_way() -> None:
    opened = advance(COUNTY, HIM, TextMessage(text="报装"), Actor(person="p"), NOW).conversation
    assert len(opened.drafts) == 1
    after, _ = taken_over(COUNTY, opened, "7f", gone(), NOW)
    assert [one.channel for one in after.drafts] == ["hotline"]


def test_who_spoke_as_a_steward_speaks_as_an_applicant() -> None:
    steward = HIM.model_copy(update={"speaks_as": "steward", "floor": "i1"})
    after, _ = taken_over(COUNTY, steward, "7f", gone(), NOW)
    assert (after.speaks_as, after.floor) in {("applicant", None), ("steward", None)}
    assert after.role == "applicant"
