"""What a telephone application left open is filled in by whoever has it; no order comes to its scheme before (X26, X160)."""

import pytest

from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.commands.supplements import Handed, HandIn
from model.commands.survey import AgreeSurvey, GiveOpinion, ProposeSurvey
from model.commands.telephone import ConfirmForm, FillForm
from model.commands.works import GiveScheme
from model.county import County
from model.decision import Refused
from model.draft import Answer
from model.event import Event
from model.events.supplements import SupplementsDeferred
from model.events.telephone import FormConfirmed, FormFilled
from model.message import Actor
from model.on_form import asked
from model.values import Declared, Pick, Picks, Value, Words
from routing.acts import steward_acts
from routing.form_acts import form_invitation
from routing.notices import notices
from routing.open_form import lacking_of
from routing.reports import reports
from tests.routing.county import NOW, everybody, submission
from tests.routing.desk import APPLICANT, WINDOW, Desk, replayed
from tests.shipped import shipped

LATER = NOW.replace(hour=15)
WORDS = {"water_demand": "每天10吨", "organisation_name": "示例公司"}


def county(name: str = "jingxian") -> County:
    return shipped()[name]


def phoned(here: County, *services: str) -> Desk:
    made = submission(here, *services)
    basics = {name: made.answers.get(name, answer(Words(text="甲"))) for name in here.process.telephone.basics}
    left = tuple(one.id for one in asked(here.form, basics) if one.id not in basics)
    changes = {"channel": "telephone", "answers": basics, "missing": left, "form_version": here.form.version}
    desk = Desk(here, made.model_copy(update=changes), everybody(here))
    for place, order in enumerate(desk.case.orders, 1):
        desk.do(desk.steward(place), Take(order=order.id))
        desk.do(desk.steward(place), ReportContact(order=order.id, outline="从门前接"))
    return desk


def answer(value: Value | None) -> Answer:
    return Answer(value=value, by="somebody", at=NOW)


def picked(here: County, field: str, place: int = 0) -> Answer:
    return answer(Picks(picks=(Pick(option=here.form.fields[field].options[place].text),)))


def of(desk: Desk, *names: str) -> dict[str, Answer]:
    fields = desk.county.form.fields
    return {
        name: picked(desk.county, name) if fields[name].kind == "choice" else answer(Words(text=WORDS.get(name, "甲")))
        for name in names
    }


def fill(desk: Desk, *names: str, actor: Actor | None = None, order: str | None = "case-1", **more: object) -> object:
    who = actor or desk.steward()
    named = order if who.role == "steward" else None
    return desk.do(who, FillForm(order=named, answers=of(desk, *names), **more))


def complete(desk: Desk, actor: Actor | None = None, **more: object) -> None:
    """All that is lacking, one after the other, and what turns out to be lacking then."""
    for _ in desk.county.form.fields:
        if lacking := desk.case.telephone.lacking:
            done = fill(desk, lacking[0], actor=actor or WINDOW, **more)
            assert not isinstance(done, Refused), done
    assert not desk.case.telephone.lacking


def last(desk: Desk, kind: type[Event]) -> Event:
    return next(one.event for one in reversed(desk.log) if isinstance(one.event, kind))


def test_an_answer_is_in_the_case_with_who_typed_it_and_what_is_lacking_after_it() -> None:
    desk = phoned(county(), "水")
    assert fill(desk, "business_nature") == ["form_filled"]
    form = desk.case.telephone
    typed = form.answers["business_nature"]
    assert (typed.by, typed.role, typed.confirmed) == (desk.order().steward, "steward", False)
    assert "business_nature" not in form.lacking
    assert "water_demand" in form.lacking
    assert replayed(desk) == desk.case


def test_what_the_answers_show_is_lacking_and_what_they_hide_is_not() -> None:
    desk = phoned(county(), "水")
    here = desk.county
    assert "organisation_name" in desk.case.telephone.lacking
    desk.do(WINDOW, FillForm(answers={"applicant_type": picked(here, "applicant_type", 0)}))
    assert "organisation_name" not in desk.case.telephone.lacking
    refused = fill(desk, "organisation_name")
    assert refused == Refused(code="fill_form.hidden", about={"field": here.form.fields["organisation_name"].called})


def test_a_steward_fills_in_the_common_fields_and_his_own_service() -> None:
    """X19: he neither asks nor sees what another service wants to know."""
    desk = phoned(county(), "水", "电")
    water = next(place for place, one in enumerate(desk.case.orders, 1) if one.service == "water")
    power = next(
        one for one in desk.county.form.fields if one.startswith("power_") and one in desk.case.telephone.lacking
    )
    own = desk.order(water).id
    refused = fill(desk, power, actor=desk.steward(water), order=own)
    assert refused == Refused(code="fill_form.unknown")
    assert fill(desk, "business_nature", "water_business", actor=desk.steward(water), order=own) == ["form_filled"]
    other = desk.steward(3 - water)
    assert fill(desk, "water_demand", actor=other, order=own) == Refused(code="not.yours")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nothing", Words(text="甲"), "unknown"),
        ("document_number", Words(text="甲"), "apart"),
        ("declaration", Words(text="甲"), "unknown"),
        ("address", Words(text="别处"), "given"),
        ("water_business", Picks(picks=(Pick(option="修水管"),)), "option"),
        ("business_nature", None, "required"),
    ],
)
def test_what_is_not_to_be_filled_in_is_refused(name: str, value: Value | None, code: str) -> None:
    desk = phoned(county(), "水")
    refused = desk.do(desk.steward(), FillForm(order="case-1", answers={name: answer(value)}))
    assert isinstance(refused, Refused)
    assert refused.code == f"fill_form.{code}"


def test_nothing_is_filled_in_where_nothing_was_left_open() -> None:
    here = county()
    desk = Desk(here, submission(here, "水"))
    assert fill(desk, "business_nature", actor=WINDOW) == Refused(code="fill_form.absent")
    assert desk.do(WINDOW, ConfirmForm()) == Refused(code="confirm_form.absent")
    assert desk.do(APPLICANT, FillForm(answers={})) == Refused(code="fill_form.absent")
    assert phoned(here, "水").do(APPLICANT, FillForm(answers={})) == Refused(code="fill_form.empty")


def test_what_he_typed_himself_nobody_writes_over() -> None:
    desk = phoned(county(), "水")
    fill(desk, "water_demand", actor=APPLICANT)
    assert desk.case.telephone.unconfirmed == ()
    over = desk.do(desk.steward(), FillForm(order="case-1", answers={"water_demand": answer(Words(text="每天99吨"))}))
    assert isinstance(over, Refused)
    assert over.code == "fill_form.given"


def test_a_slip_of_the_steward_is_mended_until_the_applicant_has_said_yes() -> None:
    desk = phoned(county(), "水")
    complete(desk)
    mended = {"water_demand": answer(Words(text="每天12吨"))}
    assert desk.do(desk.steward(), FillForm(order="case-1", answers=mended)) == ["form_filled"]
    assert desk.do(desk.steward(), ConfirmForm(order="case-1")) == ["form_confirmed"]
    again = {"water_demand": answer(Words(text="每天13吨"))}
    assert isinstance(desk.do(desk.steward(), FillForm(order="case-1", answers=again)), Refused)


def test_the_applicant_hears_it_once_all_is_there_and_says_yes() -> None:
    desk = phoned(county(), "水")
    fill(desk, "business_nature")
    assert last(desk, FormFilled).read_back == ()
    complete(desk)
    told = last(desk, FormFilled)
    assert {"business_nature", "water_demand"} <= set(told.read_back)
    assert "address" not in told.read_back
    shown = next(one for one in reversed(desk.log) if isinstance(one.event, FormFilled))
    assert [one.template for one in notices(desk.case, [shown])] == ["applicant.form_read_back"]
    assert [one.id for one in form_invitation(desk.case, desk.county, "").acts][:2] == ["confirm_form", "mend_form"]
    assert desk.do(APPLICANT, ConfirmForm()) == ["form_confirmed"]
    assert set(last(desk, FormConfirmed).fields) == set(told.read_back)
    assert desk.do(APPLICANT, ConfirmForm()) == Refused(code="confirm_form.nothing")
    assert replayed(desk) == desk.case


def test_while_more_is_asked_he_hears_nothing_yet() -> None:
    desk = phoned(county(), "水")
    complete(desk, desk.steward(), more=True)
    assert last(desk, FormFilled).read_back == ()


def test_what_he_puts_right_stands_and_whoever_had_it_hears_of_it() -> None:
    desk = phoned(county(), "水", "电")
    complete(desk)
    right = {"water_demand": answer(Words(text="每天12吨"))}
    assert "form_filled" in desk.do(APPLICANT, FillForm(answers=right))
    typed = desk.case.telephone.answers["water_demand"]
    assert (typed.value, typed.role, typed.confirmed) == (Words(text="每天12吨"), "applicant", True)
    assert "water_demand" not in last(desk, FormFilled).read_back
    assert desk.case.telephone.unconfirmed
    water = next(one for one in desk.case.orders if one.service == "water")
    heard = notices(desk.case, [desk.log[-1]])
    assert [one.recipient.id for one in heard if one.template == "steward.form_mended"] == [water.steward]


def test_he_says_yes_only_to_what_he_has_heard() -> None:
    desk = phoned(county(), "水")
    complete(desk, desk.steward(), more=True)
    assert desk.do(APPLICANT, ConfirmForm()) == Refused(code="confirm_form.nothing")


def test_who_is_on_the_telephone_hears_it_from_the_steward() -> None:
    desk = phoned(county(), "水")
    fill(desk, "business_nature")
    assert desk.do(desk.steward(), ConfirmForm(order="case-1")) == Refused(code="confirm_form.lacking")
    complete(desk)
    assert "confirm_form" in [one.id for one in steward_acts(desk.case, desk.order(), desk.county)]
    assert desk.do(desk.steward(), ConfirmForm(order="case-1")) == ["form_confirmed"]
    assert "confirm_form" not in [one.id for one in steward_acts(desk.case, desk.order(), desk.county)]


def test_who_only_called_is_not_written_to() -> None:
    desk = phoned(county(), "水")
    away = [one for one in desk.log if one.event.event in ("form_left_open", "form_filled")]
    assert [one.template for one in notices(desk.case, away)] == ["applicant.form_open"]
    called = desk.case.model_copy(update={"person": "telephone:1"})
    assert notices(called, away) == ()


def surveyed(name: str, service: str) -> Desk:
    desk = phoned(county(name), service)
    at = NOW.replace(day=NOW.day + 1, hour=10, minute=0)
    opinion = next(one.text for one in desk.county.process.survey.opinions if one.passes and not one.needs_text)
    assert not isinstance(desk.do(desk.steward(), ProposeSurvey(order="case-1", at=at)), Refused)
    key = next(iter(desk.case.appointments))
    assert not isinstance(desk.do(APPLICANT, AgreeSurvey(appointment=key, sequence=1)), Refused)
    assert not isinstance(desk.do(desk.steward(), GiveOpinion(order="case-1", opinion=opinion)), Refused)
    return desk


@pytest.mark.parametrize(("name", "service"), [("jingxian", "水"), ("xinxiang", "用水")])
def test_no_scheme_before_the_form_is_there(name: str, service: str) -> None:
    desk = surveyed(name, service)
    refused = desk.do(desk.steward(), GiveScheme(order="case-1", scheme="接DN25", days=5))
    assert isinstance(refused, Refused)
    assert refused.code == "form.waits"
    first = desk.case.telephone.lacking[0]
    assert desk.county.form.fields[first].called in refused.about["lacking"]
    acts = {one.id: one for one in steward_acts(desk.case, desk.order(), desk.county)}
    assert not acts["scheme"].shown
    assert acts["scheme"].form is None
    complete(desk)
    unpromised = desk.do(desk.steward(), GiveScheme(order="case-1", scheme="接DN25", days=5))
    assert isinstance(unpromised, Refused)
    assert unpromised == Refused(code="form.undeclared", about={"text": desk.county.form.declaration.text})
    assert not isinstance(desk.do(APPLICANT, ConfirmForm()), Refused)
    assert not isinstance(desk.do(desk.steward(), GiveScheme(order="case-1", scheme="接DN25", days=5)), Refused)


def declared(desk: Desk) -> Answer | None:
    return next((one for one in desk.case.telephone.answers.values() if isinstance(one.value, Declared)), None)


def test_he_declares_what_everybody_declares_who_applies_in_writing() -> None:
    """X60: with who took it, when, and the version of the text."""
    desk = phoned(county(), "水")
    complete(desk)
    assert declared(desk) is None
    assert last(desk, FormFilled).declares
    assert [one.label for one in form_invitation(desk.case, desk.county, "").acts][0] == "都对，我承诺"
    assert desk.do(APPLICANT, ConfirmForm(), LATER) == ["form_confirmed"]
    given = declared(desk)
    assert (given.value, given.by, given.role) == (Declared(version=1), APPLICANT.person, "applicant")
    assert given.at == LATER
    assert replayed(desk) == desk.case
    heard = notices(desk.case, [desk.log[-1]])
    assert [(one.template, one.recipient.id) for one in heard] == [("steward.form_confirmed", desk.order().steward)]


def test_by_word_of_mouth_it_is_known_who_heard_it() -> None:
    desk = phoned(county(), "水")
    complete(desk)
    assert desk.do(WINDOW, ConfirmForm(), LATER) == ["form_confirmed"]
    given = declared(desk)
    assert (given.by, given.role, given.at) == (WINDOW.staff, "staff", LATER)


def test_who_has_typed_all_of_it_himself_declares_as_well() -> None:
    desk = phoned(county(), "水")
    fill(desk, "business_nature", actor=APPLICANT)
    assert not last(desk, FormFilled).declares
    complete(desk, APPLICANT)
    assert desk.case.telephone.unconfirmed == ()
    assert last(desk, FormFilled).declares
    assert desk.do(APPLICANT, ConfirmForm()) == ["form_confirmed"]
    assert declared(desk) is not None
    assert desk.do(APPLICANT, ConfirmForm()) == Refused(code="confirm_form.nothing")


def test_another_service_that_lacks_something_does_not_hold_it_up() -> None:
    desk = phoned(county(), "水", "电")
    for _ in desk.county.form.fields:
        if mine := [one for one in desk.case.telephone.lacking if not one.startswith("power_")]:
            fill(desk, mine[0], actor=WINDOW)
    water, power = desk.case.orders
    assert lacks(desk.case, desk.county, water.id) == ()
    assert lacks(desk.case, desk.county, power.id)


def lacks(case: Case, here: County, order: str) -> tuple[str, ...]:
    return lacking_of(case, case.order(order), here)


def test_papers_are_due_once_the_form_is_complete_and_not_before() -> None:
    desk = phoned(county("xinxiang"), "热力")
    fill(desk, desk.case.telephone.lacking[0], actor=WINDOW)
    assert not any(isinstance(one.event, SupplementsDeferred) for one in desk.log)
    complete(desk)
    due = last(desk, SupplementsDeferred)
    assert due.due is not None
    names = {one.id for one in due.supplements}
    assert "heat_fee_receipt" in names
    assert not [one for one in names if desk.county.form.fields[one].consent]


def test_papers_that_a_later_answer_needs_are_asked_for_in_one_notice() -> None:
    """J39: put right once the form was complete; what is there or waited for already is not asked for again."""
    desk = phoned(county(), "水")
    desk.do(WINDOW, FillForm(answers={"applicant_type": picked(desk.county, "applicant_type", 0)}))
    complete(desk)
    assert not desk.case.supplements
    agent = {"applicant_type": picked(desk.county, "applicant_type", place_of(desk.county, "applicant_type", "经办人"))}
    after = desk.case.telephone.answers | agent
    more = [one.id for one in asked(desk.county.form, after) if one.need == "required" and one.id not in after]
    begun = len(desk.log)
    done = desk.do(WINDOW, FillForm(answers=agent | of(desk, *(one for one in more if typed(desk.county, one)))))
    assert "supplements_deferred" in done
    assert not desk.case.telephone.lacking
    assert [one.id for one in desk.case.supplements] == ["authorisation"]
    told = [one.template for one in notices(desk.case, desk.log[begun:])]
    assert told.count("applicant.papers") == 1
    desk.do(WINDOW, FillForm(answers={"business_nature": picked(desk.county, "business_nature", 1)}))
    assert sum(isinstance(one.event, SupplementsDeferred) for one in desk.log) == 1
    assert replayed(desk) == desk.case


def test_a_paper_that_came_stays_when_the_form_is_open_again_for_a_while() -> None:
    desk = phoned(county("xinxiang"), "热力")
    desk.do(WINDOW, FillForm(answers={"applicant_kind": kind(desk.county, "自然人")}))
    complete(desk)
    given = Handed(supplement="heat_fee_receipt", value=Words(text="票号001"))
    assert desk.do(WINDOW, HandIn(handed=(given,))) == ["supplements_handed_in"]
    desk.do(WINDOW, FillForm(answers={"applicant_kind": kind(desk.county, "建设单位")}))
    assert desk.case.telephone.lacking
    complete(desk)
    receipt = desk.case.supplement("heat_fee_receipt")
    assert receipt is not None
    assert receipt.state == "received"


def kind(here: County, option: str) -> Answer:
    return picked(here, "applicant_kind", place_of(here, "applicant_kind", option))


def place_of(here: County, field: str, option: str) -> int:
    return [one.text for one in here.form.fields[field].options].index(option)


def typed(here: County, name: str) -> bool:
    field = here.form.fields[name]
    return field.consent is None and field.kind not in ("attachment", "declaration")


def test_a_body_s_own_system_hears_what_came_and_that_the_applicant_agreed() -> None:
    """Whoever typed it, for whichever order: the part of the form that each body sees comes with it."""
    desk = phoned(county(), "水", "电")

    def heard() -> set[str]:
        return {f"{one.recipient.id.partition(':')[2]} {one.template}" for one in reports(None, desk.log)}

    before = heard()
    fill(desk, "business_nature")
    bodies = {one.body for one in desk.case.orders}
    filled = {f"{body} case.form_filled" for body in bodies}
    assert heard() - before == filled
    complete(desk)
    assert desk.do(APPLICANT, ConfirmForm(), LATER) == ["form_confirmed"]
    assert heard() - before >= filled | {f"{body} case.form_confirmed" for body in bodies}
