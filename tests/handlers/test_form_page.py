"""The view of a form with a draft, and its macros: what is shown, and that whatever is filled in is only ever text."""

import datetime as dt

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.pages.rendering import FOLDER
from dialogs.as_data.edits import edits, results, seen
from dialogs.reading import Refusal
from handlers.web.form.reasons import reason
from handlers.web.form.view import FormPage
from handlers.wording.catalogue import Catalogue
from model.draft import Agreement, Answer, Draft
from model.values import Code, Files, Phone, Picks, StoredFile, Words
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 28, 10, tzinfo=dt.UTC)
XX = shipped()["xinxiang"]
CATALOGUE = Catalogue(XX)
HOSTILE = "\"><script>alert(1)</script>'{{ 7777*7777 }}"


def draft(**answers):
    known = {
        name: one if isinstance(one, Answer) else Answer(value=one, by="o", at=NOW, revision=2)
        for name, one in answers.items()
    }
    agreed = {"notice": Agreement(agreed=True, version=1, at=NOW)}
    return Draft(
        id="d",
        form=XX.form.id,
        form_version=XX.form.version,
        opened_at=NOW,
        changed_at=NOW,
        answers=known,
        agreements=agreed,
    )


def picked(*options):
    return Picks.model_validate({"picks": [{"option": one} for one in options]})


def rendered(page: FormPage) -> str:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.from_string(
        '{% import "form.html" as form with context %}{% for one in sections %}{{ form.wrong(one, "!") }}'
        "{% for field in one.fields %}{{ form.field(field) }}{% endfor %}{% endfor %}"
    )
    return template.render(say=CATALOGUE.say, sections=page.sections())


def field(page: FormPage, name: str):
    return next(one for section in page.sections() for one in section.fields if one.id == name)


def test_only_what_is_visible_is_shown_and_every_kind_can_be_drawn():
    assert {one.id for one in FormPage(CATALOGUE, XX.form, draft()).sections()} == {"choice", "basics", "signature"}
    everything = draft(
        services=picked("用水", "用电", "燃气", "热力", "通信", "有线电视"), gas_class=picked("工、商业用户"),
        heat_planning_permit=Files(files=(StoredFile(digest="a" * 64, media_type="application/pdf", size=9),)),
    )  # fmt: skip
    page = FormPage(CATALOGUE, XX.form, everything)
    text = rendered(page)
    assert {one.input for section in page.sections() for one in section.fields} >= {
        "text", "long_text", "tel", "code", "number", "date", "one_of", "some_of", "yes_no", "contact", "rows", "place", "files",
    }  # fmt: skip
    assert f'value="heat_planning_permit.{"a" * 64}"' in text
    assert "script" not in text
    assert " style=" not in text


def test_numbers_of_people_are_not_put_into_the_page():
    one = draft(applicant_kind=picked("自然人"), applicant_code=Code(scheme="identity", number="11010519491231002X"))
    one = one.model_copy(
        update={"agreements": {**one.agreements, "identity": Agreement(agreed=True, version=1, at=NOW)}}
    )
    page = FormPage(CATALOGUE, XX.form, one)
    assert "11010519491231002X" not in rendered(page)
    assert field(page, "applicant_code").value_hidden
    assert "已填：1" in rendered(page)


def test_where_a_consent_is_missing_it_is_asked_for_instead():
    view = field(FormPage(CATALOGUE, XX.form, draft(applicant_kind=picked("自然人"))), "applicant_code")
    assert view.consent is not None
    assert view.state == "held"
    assert view.need == "in_person"


def test_what_was_wrong_stands_at_its_field_with_what_was_entered():
    one = draft(project_name=Words(text="甲"))
    shown = XX.form.fields
    posted = {"seen.phone": [seen(shown["phone"], None)], "phone": ["138"], "seen.project_name": [seen(shown["project_name"], one.answers["project_name"])],
              "project_name": ["乙"]}  # fmt: skip
    found = results(XX, XX.form, one, edits(XX.form, posted), NOW)
    page = FormPage(CATALOGUE, XX.form, one, posted=posted, results=found)
    view = field(page, "phone")
    assert view.problem == "号码只有3位。手机是11位，座机是区号加7到8位。"
    assert view.entered == {"": "138"}
    assert "phone-problem" in view.described_by
    assert 'id="phone-problem"' in rendered(page)


def test_both_values_are_shown_where_two_wrote():
    one = draft(phone=Phone(number="13800001234"))
    posted = {"seen.phone": ["1.0000000000000000"], "phone": ["13900001234"]}
    found = results(XX, XX.form, one, edits(XX.form, posted), NOW)
    view = field(FormPage(CATALOGUE, XX.form, one, posted=posted, results=found), "phone")
    assert view.both is not None
    assert (view.both.theirs, view.both.mine, view.both.revision) == ("13800001234", "13900001234", "2")
    assert view.seen == "1.0000000000000000"


def test_who_said_it_and_how_sure_it_is():
    guessed = Answer(value=picked("自然人"), source="俺自己家", by="o", at=NOW, certainty="guessed", confirmed=False)
    clerk = Answer(value=Phone(number="13800001234"), by="s1", role="staff", at=NOW)
    text = rendered(FormPage(CATALOGUE, XX.form, draft(applicant_kind=guessed, phone=clerk)))
    assert "按您说的推算的，请核对" in text
    assert "您说的是“俺自己家”" in text
    assert "工作人员代填" in text


def test_text_stays_text_in_every_field():
    answers = {
        name: Answer(value=Words(text=HOSTILE), source=HOSTILE + name, by="o", at=NOW)
        for name, one in XX.form.fields.items()
        if one.kind == "text" and one.filler == "applicant"
    }
    one = draft(services=picked("用水", "用电", "燃气", "热力", "通信", "有线电视"), **answers)
    posted = {name: [HOSTILE] for name in XX.form.fields} | {f"seen.{name}": ["9.x"] for name in XX.form.fields}
    posted |= {
        f"{name}.{part}": [HOSTILE]
        for name in XX.form.fields
        for part in ("unit", "name", "phone", "0.device", "note.0", "count")
    }
    found = results(XX, XX.form, one, edits(XX.form, posted), NOW)
    text = rendered(FormPage(CATALOGUE, XX.form, one, posted=posted, results=found))
    assert "<script" not in text
    assert "60481729" not in text
    assert text.count("&lt;script&gt;") > 20


def test_the_example_fits_the_number_that_is_asked_for():
    person, firm = (draft(applicant_kind=picked(one)) for one in ("自然人", "建设单位"))
    assert field(FormPage(CATALOGUE, XX.form, person), "applicant_code").example == ""
    assert (
        field(FormPage(CATALOGUE, XX.form, firm), "applicant_code").example == XX.form.fields["applicant_code"].example
    )
    assert field(FormPage(CATALOGUE, XX.form, person), "planned_time").example == ""


def test_a_page_asks_nobody_for_a_number():
    said = reason(CATALOGUE, XX.form.fields["applicant_kind"], Refusal("choice.unknown", {}))
    assert "选一个" in said
    assert "编号" not in said
