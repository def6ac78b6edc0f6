"""The page of what shows each rule is whole and current: every id, every test that is named, every mutation, the page."""

import ast
from functools import cache
from pathlib import Path

import pytest

from config.document import read_document
from tests.rules.mutants import Unusable, mutated
from tests.rules.page import page
from tests.rules.table import IDS, ROOT, Mutation, courses, node, results, rules

CHATS = ROOT / "tests" / "transcripts" / "chats"
MUTATIONS = {name: one for rule in rules() for name, one in rule.keyed()}


@cache
def defined(file: str) -> frozenset[str]:
    """The tests of a file."""
    found = ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
    return frozenset(one.name for one in found if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def there(short: str) -> bool:
    """Whether there is such a test, or such a transcript."""
    if short.startswith("chat:"):
        return (CHATS / f"{short.removeprefix('chat:')}.txt").is_file()
    file, _, name = node(short).partition("::")
    return (ROOT / file).is_file() and name in defined(file)


def test_every_id_has_its_line():
    assert [rule.id for rule in rules()] == list(IDS)


def test_every_test_that_is_named_is_there():
    named = {one for rule in rules() for one in rule.shown} | {one for it in MUTATIONS.values() for one in it.fails}
    assert not sorted(one for one in named if not there(one))


def test_what_fails_without_a_rule_shows_it():
    """A test that notices when the rule is gone is one that shows it, or a test of the very same thing elsewhere."""
    for rule in rules():
        assert not rule.without or any(set(one.fails) & set(rule.shown) for one in rule.without), rule.id


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_has_its_place(name, tmp_path):
    one = MUTATIONS[name]
    file = ROOT / one.file
    text = mutated(file.read_text("utf-8"), one)
    assert text != file.read_text("utf-8")
    if file.suffix == ".py":
        ast.parse(text)
    else:
        changed = tmp_path / file.name
        changed.write_text(text, encoding="utf-8")
        assert not read_document(changed).mistakes


def test_a_mutation_without_its_place_is_told():
    one = Mutation(takes="x", file="x", find="two", fails=("x",))
    for text in ("one", "two two"):
        with pytest.raises(Unusable):
            mutated(text, one)
    behind = one.model_copy(update={"after": "one", "put": "2"})
    assert mutated("two one two two", behind) == "two one 2 two"
    with pytest.raises(Unusable):
        mutated("two one", behind)


def test_every_mutation_was_noticed():
    """As it is now, it was run, and a test failed: `python -m tests.rules` runs those that are new."""
    known = results()
    assert set(known) <= set(MUTATIONS)
    stale = [name for name, one in MUTATIONS.items() if known.get(name, {}).get("digest") != one.digest]
    assert not stale
    assert not [name for name in MUTATIONS if not known[name]["killed_by"]]


@pytest.mark.parametrize("course", courses(), ids=lambda one: one.name)
def test_a_course_is_gone_to_its_end_in_both_counties(course):
    """The transcript is of the county, and ends with the exact log."""
    for county in ("xinxiang", "jingxian"):
        text = (CHATS / f"{getattr(course, county)}.txt").read_text("utf-8")
        assert f"\ncounty: {county}\n" in text
        asked, _, log = text.rpartition("\n? ")
        assert asked
        assert log.startswith(("事件\n", "首问\n"))
        assert len(log.splitlines()) > 5


def test_the_page_is_current():
    written = Path(ROOT / "docs" / "coverage.md").read_text("utf-8")
    assert written == page(rules(), courses(), results()), "python -m tests.rules writes it"
