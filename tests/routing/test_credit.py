"""信用记录: with grounds, by two people, open to an objection that a third one decides (X60)."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Final

import pytest

from model.county import County
from model.credit import CreditGround, CreditNote, CreditRule
from model.staff import Duty, Staff
from routing.credit import confirmed, noted, objected, removing, upheld
from routing.refusal import No
from tests.routing.county import NOW, steward, submission, xinxiang
from tests.routing.desk import Desk
from tests.routing.test_routing_texts import BANNED, COUNTIES, LIMITS, environment

RULE: Final = CreditRule(grounds=(CreditGround(id="forged", text="材料是假的", source="某办法"),))
HERE: Final = xinxiang().made_anew(credit=RULE)


def who(name: str, duty: Duty = "steward", county: str = "xinxiang") -> Staff:
    return steward("water_body", name=name, county=county, duty=duty)


AUTHOR, LEAD, OTHER, THIRD = who("a"), who("b", "lead"), who("c"), who("d", "supervisor")


def proposed(
    county: County = HERE, *, ground: str = "forged", facts: str = "公章是假的", by: Staff = AUTHOR
) -> CreditNote:
    case = Desk(HERE, submission(HERE, "用水")).case
    return noted("n1", case, ground, facts, by, county, NOW)


def standing() -> CreditNote:
    return confirmed(proposed(), LEAD, (AUTHOR,), HERE, NOW)


def against() -> CreditNote:
    return objected(standing(), "章是真的", OTHER, HERE, NOW)


def code(does: Callable[[], object]) -> str:
    with pytest.raises(No) as no:
        does()
    return no.value.refused.code


def test_it_stands_once_a_second_person_has_confirmed_it() -> None:
    note = standing()
    assert (proposed().state, note.state, note.confirmed_by) == ("proposed", "noted", LEAD.id)


@pytest.mark.parametrize(
    ("does", "expected"),
    [
        (lambda: proposed(xinxiang()), "credit.absent"),
        (lambda: proposed(ground="rude"), "credit.ground"),
        (lambda: proposed(facts="  "), "credit.facts"),
        (lambda: proposed(by=who("x", county="jingxian")), "credit.staff"),
        (lambda: proposed(by=AUTHOR.model_copy(update={"serves": False})), "credit.staff"),
        (lambda: confirmed(proposed(), OTHER, (AUTHOR,), HERE, NOW), "credit.duty"),
        (lambda: confirmed(proposed(by=LEAD), LEAD, (LEAD,), HERE, NOW), "credit.second"),
        (lambda: confirmed(standing(), THIRD, (AUTHOR,), HERE, NOW), "credit.confirmed"),
        (lambda: objected(proposed(), "不对", OTHER, HERE, NOW), "credit.unconfirmed"),
        (lambda: objected(standing(), "", OTHER, HERE, NOW), "credit.objection"),
        (lambda: objected(against(), "不对", OTHER, HERE, NOW), "credit.waits"),
        (lambda: upheld(standing(), "看过了", THIRD, (), HERE, NOW), "credit.unobjected"),
        (lambda: upheld(against(), " ", THIRD, (AUTHOR, LEAD), HERE, NOW), "credit.answer"),
        (lambda: upheld(against(), "看过了", LEAD, (AUTHOR, LEAD), HERE, NOW), "credit.second"),
        (lambda: removing(against(), OTHER, (AUTHOR, LEAD), HERE), "credit.duty"),
        (lambda: removing(standing(), THIRD, (AUTHOR, LEAD), HERE), "credit.unobjected"),
        (lambda: removing(proposed(), OTHER, (AUTHOR,), HERE), "credit.duty"),
    ],
)
def test_refused(does: Callable[[], object], expected: str) -> None:
    assert code(does) == expected


def test_two_ids_of_one_person_are_not_two_people() -> None:
    same = LEAD.model_copy(update={"person": AUTHOR.person})
    assert code(lambda: confirmed(proposed(), same, (AUTHOR,), HERE, NOW)) == "credit.second"


def test_what_nobody_confirmed_its_author_takes_back() -> None:
    removing(proposed(), AUTHOR, (AUTHOR,), HERE)
    removing(proposed(), LEAD, (AUTHOR,), HERE)


def test_an_objection_is_decided_by_a_third_and_may_come_again() -> None:
    note = upheld(against(), "公安鉴定过", THIRD, (AUTHOR, LEAD), HERE, NOW)
    assert (note.state, note.answer, note.decided_by) == ("upheld", "公安鉴定过", THIRD.id)
    again = objected(note, "有新的鉴定", OTHER, HERE, NOW)
    assert (again.state, again.answer, again.decided_by) == ("objected", "", "")
    removing(again, THIRD, (AUTHOR, LEAD), HERE)


@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
@pytest.mark.parametrize("what", ["noted", "upheld", "removed"])
def test_what_the_person_concerned_reads(county: County, what: str) -> None:
    """The way to object stands in it; nobody is named."""
    made, template = environment(), f"applicant.credit_{what}"
    number = county.process.number.template.format(counter=123456, year=2026)
    known = {
        "county": county,
        "help": county.help,
        "case": SimpleNamespace(number=number),
        "note": against().model_copy(update={"answer": "鉴定过"}),
        "ground": RULE.grounds[0],
    }
    said = made.from_string(county.messages[f"notice.{template}"]).render(known)
    assert 2 <= len(said.strip().splitlines()) <= 5
    assert not [word for word in BANNED if word in said]
    assert (county.help.complaints in said) == (what != "removed")
    assert not [word for word in ("公章是假的", "章是真的", AUTHOR.name, LEAD.name) if word in said]
    card = {key: text for key, text in county.messages.items() if key.startswith(f"wechat.{template}.")}
    for key, text in card.items():
        kind = re.sub(r"\d+$", "", key.rpartition(".")[2])
        assert 0 < len(made.from_string(text).render(known)) <= LIMITS[kind]
    assert card
