"""A sample of the mutations, really run: the rule is taken out in a copy of the tree, and a test fails."""

import pytest

from tests.rules.mutants import copied, failures, killers
from tests.rules.table import rules

SAMPLE = ("X20.2", "X41.2", "X45.1", "J29.2", "R7.2")


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("tree"))


@pytest.mark.parametrize("name", SAMPLE)
def test_a_rule_that_is_taken_out_is_missed(name, tree):
    one = next(it for rule in rules() for key, it in rule.keyed() if key == name)
    assert killers(tree, one)


def test_the_copy_is_as_it_was(tree):
    """After a mutation nothing of it is left."""
    one = next(it for rule in rules() for key, it in rule.keyed() if key == SAMPLE[0])
    assert killers(tree, one)
    assert not failures(tree, one.fails)
