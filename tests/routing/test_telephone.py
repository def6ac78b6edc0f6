"""电话报装: the basics are enough to begin with; whoever is called hears what is thought of building (X24–X26, R32)."""

import datetime as dt

import pytest

from model.calendar import CHINA, Length
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.county import County
from model.decision import Refused
from model.event import Recorded
from model.events.contact import ApplicantContacted
from model.events.supplements import SupplementsDeferred
from model.submission import Submission
from routing.accept import accept
from routing.acts import act_of
from routing.notices import notices
from routing.telephone_acts import on_telephone
from tests.routing.county import NOW, everybody, submission
from tests.routing.desk import Desk, replayed
from tests.shipped import shipped

MISSING = ("business_nature", "authorisation", "organisation_code", "document_number", "water_demand", "water_remark")


def county() -> County:
    return shipped()["jingxian"]


def phoned(here: County, *, without: str = "") -> Submission:
    made = submission(here, "水")
    word = next(iter(made.answers.values()))
    names = [one for one in here.process.telephone.basics if one != without]
    answers = {name: made.answers.get(name, word) for name in names}
    return made.model_copy(
        update={
            "channel": "telephone",
            "answers": answers,
            "missing": MISSING,
            "form_version": here.form.version,
        }
    )


def test_the_basics_are_enough_and_the_rest_is_kept_in_mind() -> None:
    desk = Desk(county(), phoned(county()))
    assert [order.service for order in desk.case.orders] == ["water"]
    assert desk.case.telephone is not None
    assert desk.case.telephone.lacking == ("business_nature", "organisation_code", "water_demand")
    assert not any(isinstance(one.event, SupplementsDeferred) for one in desk.log)
    assert replayed(desk) == desk.case


@pytest.mark.parametrize("basic", ["services", "address", "applicant_name", "phone"])
def test_without_a_basic_it_is_not_accepted_and_said_which(basic: str) -> None:
    here = county()
    done = accept(phoned(here, without=basic), here, "case", "1", everybody(here), NOW)
    assert done == Refused(code="telephone.basics", about={"lacking": here.form.fields[basic].called})


def test_a_county_without_a_telephone_says_so() -> None:
    here = county()
    mute = here.made_anew(process=here.process.model_copy(update={"telephone": None}))
    assert accept(phoned(here), mute, "case", "1", everybody(here), NOW) == Refused(code="telephone.absent")


def test_the_other_channels_are_as_ever() -> None:
    here = county()
    made = phoned(here).model_copy(update={"channel": "api", "missing": ()})
    desk = Desk(here, made)
    assert desk.case.telephone is None
    assert "contact" not in desk.case.limits


def test_its_contact_has_a_limit_of_its_own_for_every_unit() -> None:
    """X25: within one working day, though the county gives the contact no limit otherwise."""
    desk = Desk(county(), phoned(county()))
    assert desk.case.limits["contact"] == Length(days=1)
    due = desk.order().due("contact")
    assert due is not None
    assert due.at == dt.datetime(2026, 11, 24, 17, 30, tzinfo=CHINA)


def taken() -> Desk:
    desk = Desk(county(), phoned(county()))
    desk.do(desk.steward(), Take(order="case-1"))
    return desk


@pytest.mark.parametrize(("outline", "code"), [("", "outline"), ("  ", "outline"), ("长" * 301, "long")])
def test_whoever_reports_the_contact_says_what_is_to_be_built(outline: str, code: str) -> None:
    desk = taken()
    refused = desk.do(desk.steward(), ReportContact(order="case-1", outline=outline))
    assert isinstance(refused, Refused)
    assert refused.code == f"contact.{code}"


def test_the_applicant_reads_the_outline_once_and_is_asked_in_the_same_message() -> None:
    desk = taken()
    before = len(desk.log)
    assert desk.do(desk.steward(), ReportContact(order="case-1", outline="接DN25")) == ["applicant_contacted"]
    event = desk.log[before].event
    assert isinstance(event, ApplicantContacted)
    assert event.outline == "接DN25"
    recorded: list[Recorded] = desk.log[before:]
    (told,) = notices(desk.case, recorded)
    assert (told.template, told.recipient.kind) == ("applicant.outline", "applicant")
    assert told.not_after == event.ask_until


def test_an_outline_is_asked_for_only_where_it_was_applied_for_by_telephone() -> None:
    here = county()
    desk = Desk(here, phoned(here).model_copy(update={"channel": "api", "missing": ()}))
    desk.do(desk.steward(), Take(order="case-1"))
    assert desk.do(desk.steward(), ReportContact(order="case-1")) == ["applicant_contacted"]
    plain = act_of("contact", here)
    assert on_telephone(desk.case, plain, here).form is None
    assert on_telephone(taken().case, plain, here).form == "outline"
