"""The short texts: every notice that may go by SMS has words that fit, whatever they name; a county can write its own."""

import datetime as dt
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import pytest

from config.check import check
from config.checks.sms import longest
from config.facts import Facts
from config.loader import COUNTIES
from handlers.by_phone import sms_facts, words
from handlers.wording.wording import Wording
from model.short_message import LONGEST, SIGNATURE, WORDS, ShortMessages, length
from tests.shipped import shipped

SMS = "sms: {a_day: 6}"


def facts_of(county: Any) -> Facts:
    return Facts(**{name: getattr(county, name) for name in Facts.model_fields})


@pytest.mark.parametrize("name", ["xinxiang", "jingxian"])
def test_every_notice_of_the_list_has_words_of_its_own_that_fit(name: str) -> None:
    county = shipped()[name]
    wording, example = Wording(county), longest(facts_of(county))
    facts = {key: one for key, one in example.items() if key not in ("county", "help")}
    other = words(wording, "applicant.nothing", facts)
    for template in county.sms.notices:
        for passes in (True, False):
            said = words(wording, template, facts | {"passes": passes})
            assert f"notice.{template}" in county.messages
            assert said != other and f"sms.{template}" in county.messages, template
            assert length(said) <= WORDS and facts["number"] in said, template
            assert county.help.hotline in said or facts["call"] in said, template
            assert "\n" not in said and "{" not in said and "【" not in said
    assert WORDS + SIGNATURE == LONGEST


def test_what_is_too_long_for_its_own_words_says_where_to_look() -> None:
    county = shipped()["xinxiang"]
    facts = {"number": "N1", "what": "很长" * 60, "when": "", "until": "", "by": "", "passes": True, "call": ""}
    assert words(Wording(county), "applicant.steward", facts).startswith("N1有新消息，请在公众号回复“进度”")
    assert words(Wording(county), "lead.nothing", facts | {"what": "用水"}).startswith("N1用水有事要您办")


def test_the_facts_are_those_the_check_has_examples_of() -> None:
    event = SimpleNamespace(
        at_time=dt.datetime(2026, 11, 30, 1, tzinfo=dt.UTC), orders=("a", "b"), passes=True, until=3
    )
    steward = SimpleNamespace(name="周润", phone="13700000101")
    given = {
        "event": event,
        "steward": steward,
        "body": None,
        "services": ["用水报装", "用电报装"],
        "service": "用水报装",
        "case": SimpleNamespace(number="N1"),
    }
    facts = sms_facts(given)
    assert facts == {
        "number": "N1",
        "what": "用水报装等2项",
        "when": "11月30日（周一）09:00",
        "until": "",
        "by": "",
        "passes": True,
        "call": "周润13700000101",
    }
    assert set(facts) == set(longest(facts_of(shipped()["xinxiang"]))) - {"county", "help"}
    alone = sms_facts(given | {"event": SimpleNamespace(until=dt.date(2026, 11, 30)), "steward": None})
    assert (alone["what"], alone["until"], alone["call"]) == ("用水报装", "11月30日（周一）", "")


def test_how_long_a_text_is() -> None:
    assert (length("字a"), length("🚰")) == (2, 2)


def write(file: Path, line: str) -> None:
    """In the place of the county's own line, else in a new file."""
    file.parent.mkdir(exist_ok=True)
    old = file.read_text("utf-8") if file.exists() else SMS
    assert SMS in old
    file.write_text(old.replace(SMS, line), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("messages/own.yaml", 'sms: {applicant: {closed: "' + "长" * 121 + '"}}', "短信太长：照最长的例子有121个字"),
        ("messages/own.yaml", 'sms: {applicant: {closed: "{{ nummer }}"}}', "number"),
        ("county.yaml", "sms: {notices: [applicant.closd]}", "applicant.closed"),
        ("county.yaml", "sms: {a_day: 0}", "a_day"),
    ],
)
def test_check_says_what_is_wrong(tmp_path: Path, file: str, line: str, says: str) -> None:
    made = Path(copytree(COUNTIES / "jingxian", tmp_path / "jingxian"))
    write(made / file, line)
    report, good = check(made)
    assert not good and says in report


def test_a_county_writes_its_own(tmp_path: Path) -> None:
    made = Path(copytree(COUNTIES / "jingxian", tmp_path / "jingxian"))
    (made / "messages").mkdir(exist_ok=True)
    (made / "messages" / "zz.yaml").write_text('sms: {other: "{{ number }}有消息。"}', encoding="utf-8")
    write(made / "county.yaml", "sms: {notices: [applicant.closed, applicant.cells], a_day: 2}")
    report, good = check(made)
    assert good, report


def test_credit_notes_and_what_may_wait_are_not_on_the_list() -> None:
    assert not {"applicant.credit_noted", "applicant.contacted", "applicant.planned"} & set(ShortMessages().notices)
