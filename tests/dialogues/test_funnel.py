"""Where drafts stand, counted over conversations that were really held."""

import datetime as dt

from dialogs.funnel import Tally, place_of
from model.conversation import Conversation
from model.draft import Answer, Draft
from model.values import Pick, Picks
from tests.routing.county import NOW
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
DAY = dt.timedelta(days=1)


def draft(name: str, *, opened: dt.datetime = NOW, touched: dt.datetime = NOW, **changed: object) -> Draft:
    """An application that has said which services it is for."""
    first = COUNTY.form.fields[COUNTY.places.services]
    said = Answer(value=Picks(picks=(Pick(option=first.options[0].text),)), by="p", at=NOW)  # type: ignore[union-attr]
    known: dict[str, object] = {
        "id": name,
        "form": COUNTY.form.id,
        "form_version": COUNTY.form.version,
        "opened_at": opened,
        "changed_at": touched,
        "answers": {first.id: said},
    }
    return Draft.model_validate(known | changed)


def talk(*drafts: Draft) -> Conversation:
    return Conversation(id="a:p", account="a", person="p", county=COUNTY.id, drafts=drafts)


def test_each_stands_where_the_next_question_is() -> None:
    tally = Tally(COUNTY, NOW)
    here = draft("one")
    place = place_of(COUNTY, here)
    assert place in COUNTY.form.fields or place == "notice"
    tally.count(talk(here, draft("two", touched=NOW - DAY), draft("old", opened=NOW - 31 * DAY, touched=NOW - 2 * DAY)))
    tally.count(talk(here))  # met again on the way through the store
    found = tally.found()
    assert [(one.place, one.drafts, one.rest) for one in found.stops] == [(place, 3, 2)]
    assert (found.begun, found.reviewed) == (2, 0)


def test_what_is_no_application_under_way_is_not_counted() -> None:
    tally = Tally(COUNTY, NOW)
    tally.count(
        talk(
            draft("empty", answers={}),
            draft("done", state="submitted"),
            draft("gone", state="cancelled"),
            draft("small", form="survey_opinion"),
            draft("old form", form_version=COUNTY.form.version + 1),
        )
    )
    found = tally.found()
    assert found.stops == ()
    assert found.begun == 1  # of another version it is known only that it was begun
