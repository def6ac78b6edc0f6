"""A whole form at once: everything that is wrong with it is told together, and what is right is the draft of a chat."""

import pytest

from dialogs.as_data.filling import Agreed
from model.draft import Agreement
from model.values import Declared
from tests.api.applications import AGREED, NOW, filled, whole
from tests.shipped import shipped

COUNTIES = shipped()
XINXIANG, JINGXIAN = COUNTIES["xinxiang"], COUNTIES["jingxian"]


def problems(found):
    return [(one.name, one.code) for one in found.problems]


@pytest.mark.parametrize("county", COUNTIES.values(), ids=list(COUNTIES))
def test_a_whole_form_of_every_service(county):
    found = filled(county, whole(county))
    assert found.problems == ()
    assert all(one.by == "b" and one.at == NOW for one in found.draft.answers.values())
    assert found.draft.agreements["notice"] == Agreement(agreed=True, version=1, at=NOW)
    assert any(isinstance(one.value, Declared) for one in found.draft.answers.values()) == any(
        one.kind == "declaration" for one in county.form.fields.values()
    )
    assert found.draft.lacking  # the papers follow (容缺)


@pytest.mark.parametrize("county", COUNTIES.values(), ids=list(COUNTIES))
def test_each_service_alone_asks_for_its_own_part(county):
    """X19: only what was chosen is on the form."""
    for service in county.services:
        answers = whole(county, service.option)
        assert filled(county, answers).problems == ()
        assert len(answers) < len(whole(county))


def test_everything_wrong_is_told_at_once():
    answers = whole(JINGXIAN, "水")
    del answers["address"]
    answers |= {"phone": "1380", "water_demand": "很多", "power_peak": True, "case_number": "7", "colour": "红"}
    assert problems(filled(JINGXIAN, answers, {"notice": Agreed(version=1)})) == [
        ("case_number", "form.not_yours"),
        ("address", "form.missing"),
        ("phone", "phone.short"),
        ("water_demand", "data.number"),
        ("power_peak", "form.hidden"),
        ("colour", "form.unknown"),
        ("declaration", "agreement.missing"),
    ]


def test_nothing_at_all_asks_for_what_everything_hangs_on():
    told = problems(filled(JINGXIAN, {}, {}))
    assert ("services", "form.missing") in told
    assert ("notice", "agreement.missing") in told
    assert not [one for one in told if one[0].startswith("water")]


def test_what_hangs_on_an_unread_answer_is_not_called_superfluous():
    answers = whole(JINGXIAN, "水") | {"services": ["白开水"]}
    assert problems(filled(JINGXIAN, answers)) == [("services", "data.option")]
    del answers["services"]
    assert problems(filled(JINGXIAN, answers)) == [("services", "form.missing")]


def test_none_leaves_open_what_may_be_left_open():
    answers = whole(XINXIANG, "用水") | {"project_code": None, "heat_station": None, "legal_identity": None}
    found = filled(XINXIANG, answers)
    assert found.problems == ()
    assert "legal_identity" in found.draft.lacking
    assert "heat_station" not in found.draft.answers
    assert problems(filled(XINXIANG, answers | {"applicant_name": None})) == [("applicant_name", "form.required")]


def test_a_number_of_a_person_needs_its_consent():
    """R4: without it the number may stay away, and is checked in person."""
    answers = whole(XINXIANG, "用水", applicant_kind="自然人", applicant_code="410721199001010006")
    assert filled(XINXIANG, answers).problems == ()
    bare = {name: one for name, one in AGREED.items() if name != "identity"}
    assert problems(filled(XINXIANG, answers, bare)) == [("applicant_code", "form.consent")]
    del answers["applicant_code"]
    found = filled(XINXIANG, answers, bare)
    assert found.problems == ()
    assert found.draft.agreements["identity"].agreed is False
    assert "applicant_code" in found.draft.lacking


def test_which_scheme_a_number_has_is_told_by_another_answer():
    answers = whole(XINXIANG, "用水")
    person = answers | {"applicant_code": "410721199001010006"}
    assert problems(filled(XINXIANG, person)) == [("applicant_code", "organisation.identity")]


def test_texts_are_agreed_to_in_the_version_that_stands():
    answers = whole(JINGXIAN, "水")
    old = AGREED | {
        "notice": Agreed(version=7),
        "declaration": Agreed(version=1, agreed=False),
        "more": Agreed(version=1),
    }
    assert problems(filled(JINGXIAN, answers, old)) == [
        ("more", "agreement.unknown"),
        ("notice", "agreement.version"),
        ("declaration", "agreement.declined"),
    ]
