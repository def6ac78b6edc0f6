"""更正 after handing in: whom it concerns, what each of them says to it, and what he hears (issue: real outcomes)."""

import pytest

from model.commands.ending import Withdraw
from model.commands.intake import Amend, AnswerAmendment, Take
from model.decision import Refused
from model.message import Actor
from routing.notices import notices
from tests.routing.county import everybody, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.shipped import shipped

COUNTY = shipped()["xinxiang"]
POWER, WATER = 2, 1


def desk() -> Desk:
    """用水 and 用电, each with its steward."""
    made = submission(COUNTY, "用水", "用电").model_copy(update={"form_version": COUNTY.form.version})
    one = Desk(COUNTY, made, everybody(COUNTY))
    for place in (WATER, POWER):
        one.do(one.steward(place), Take(order=one.order(place).id))
    return one


def told(one: Desk, since: int) -> set[str]:
    return {f"{each.recipient.id} {each.template}" for each in notices(one.case, one.log[since:])}


def code(done: object) -> str:
    assert isinstance(done, Refused), done
    return done.code


def answer(
    one: Desk, place: int, *, agrees: bool = True, words: str = "", number: int = 1, by: Actor | None = None
) -> object:
    do = AnswerAmendment(order=one.order(place).id, amendment=number, agrees=agrees, words=words)
    return one.do(by or one.steward(place), do)


def test_a_capacity_is_for_the_power_company_alone() -> None:
    one = desk()
    before = len(one.log)
    assert one.do(APPLICANT, Amend(wish="申请容量改成50千伏安", field="power_1_new")) == ["amendment_wished"]
    assert one.case.amendments[0].orders == (one.order(POWER).id,)
    assert told(one, before) == {f"{one.order(POWER).steward} steward.amendment"}
    assert code(answer(one, WATER)) == "answer_amendment.unknown"
    assert code(answer(one, POWER, agrees=False, words=" ")) == "answer_amendment.empty"
    assert code(answer(one, POWER, by=one.steward(WATER))) == "not.yours"
    before = len(one.log)
    assert answer(one, POWER, agrees=False, words="方案已经定了") == ["amendment_answered"]
    assert told(one, before) == {"applicant applicant.amendment_answered"}
    assert code(answer(one, POWER)) == "answer_amendment.already"
    assert replayed(one) == one.case


@pytest.mark.parametrize("field", ["", "applicant_address", "nothing_of_the_form"])
def test_what_is_for_nobody_alone_is_for_all_that_are_not_done(field: str) -> None:
    """Each answers for itself; who has given up a service is not asked about it."""
    one = desk()
    one.do(APPLICANT, Withdraw(orders=(one.order(WATER).id,)))
    one.do(APPLICANT, Amend(wish="门牌是12号", field=field))
    assert one.case.amendments[0].orders == (one.order(POWER).id,)
    assert answer(one, POWER, by=WINDOW) == ["amendment_answered"]
    assert code(answer(one, POWER, number=2)) == "answer_amendment.unknown"
    assert code(answer(one, POWER, number=0)) == "answer_amendment.unknown"


def test_two_are_answered_one_after_the_other() -> None:
    one = desk()
    for wish in ("楼栋是5栋", "门牌是12号"):
        one.do(APPLICANT, Amend(wish=wish))
    assert answer(one, WATER, number=2, agrees=False, words="不在红线内") == ["amendment_answered"]
    assert one.case.amendments[0].waits_for(one.order(WATER).id)
    assert not one.case.amendments[1].waits_for(one.order(WATER).id)
    assert one.case.amendments[1].waits_for(one.order(POWER).id)
