"""What a person writes for a valid value gives that value back: as the direct answer, and as a line among others."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.focus import focus
from dialogs.kinds import parse
from dialogs.reading import Understood
from dialogs.understanding.understand import understand
from dialogs.visible import visible_fields
from model.draft import Answer, Draft
from model.fields import CodeField
from model.values import Pick, Picks
from tests.dialogues.people import COUNTIES_READ, NOW, context, deciding, fields
from tests.dialogues.spellings import answers

PAIRS = [(county, field) for county, field in fields() if answers(county, field) is not None]


@pytest.mark.parametrize(("county", "field"), [pytest.param(*one, id=f"{one[0].id}-{one[1].id}") for one in PAIRS])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_direct_answer_gives_its_value_back(county, field, data):
    value, said = data.draw(answers(county, field))
    before = deciding(field.by, value.scheme) if isinstance(field, CodeField) and field.by else {}
    reading = parse(said, field, context(county, before))
    assert isinstance(reading, Understood), (said, reading)
    assert reading.value == value, said


def everything_chosen(county):
    """A draft in which every service is chosen, so that most of the form is shown."""
    services = county.form.fields[county.places.services]
    picks = Picks(picks=tuple(Pick(option=option.text) for option in services.options))
    given_before = {services.id: Answer(value=picks, by="o", at=NOW)}
    return Draft(
        id="x#1", form=county.form.id, form_version=county.form.version, opened_at=NOW, changed_at=NOW,
        answers=given_before, trail=(services.id,),
    )  # fmt: skip


def askable(county):
    """Fields that no other answer hides, and whose name is nobody else's, nor another name of somebody else's."""
    names = [name for one in county.form.fields.values() for name in {one.called, *one.words}]
    return [
        one
        for one in visible_fields(county.form, everything_chosen(county).answers)
        if one.filler == "applicant" and one.when is None and one.id != county.places.services
        and not (isinstance(one, CodeField) and one.by) and answers(county, one) is not None and names.count(one.called) == 1
    ]  # fmt: skip


ASKABLE = {county.id: askable(county) for county in COUNTIES_READ.values()}


@pytest.mark.parametrize("county", sorted(COUNTIES_READ))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_labelled_line_among_others_gives_its_value_back(county, data):
    county = COUNTIES_READ[county]
    asked = data.draw(
        st.lists(st.sampled_from(ASKABLE[county.id]), min_size=1, max_size=4, unique_by=lambda one: one.id)
    )
    said = {field.id: data.draw(answers(county, field)) for field in asked}
    between = data.draw(st.sampled_from(("\n", "；", "。")))
    glue = data.draw(st.sampled_from(("：", ":", "： ")))
    text = between.join(f"{field.called}{glue}{said[field.id][1]}" for field in asked)
    draft = everything_chosen(county)
    found = understand(county, county.form, draft, focus(county.form, draft), context(county, draft.answers), text)
    values = {one.field: one.reading.value for one in found.taken if one.understood}
    for field in asked:
        assert values.get(field.id) == said[field.id][0], (text, field.called)
