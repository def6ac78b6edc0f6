"""The C library reads what the Python one reads, at the same places; where it does not dare, the Python one does."""

import sys

import pytest

from config import document
from config.document import read_document
from config.loader import COUNTIES, MESSAGES

FILES = sorted([*COUNTIES.rglob("*.yaml"), *MESSAGES.rglob("*.yaml")])
ODD = (
    "a: &x 1\nb: &x 2\n", "&a [*a]", "a: b: c", "\ta: 1", "", "~", "a:\n", "? [a]\n: b", "是: '否'", "a: |\n  一\n  二\n",
    "a: 一\n  二\n", "--- a\n--- b", "a: [1, 2", "a: 1\na: 2", "﻿a: 1", "{}", "'", "a: *b", "%", "a: !x 1",
)  # fmt: skip


def slowly(file, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(document, "cyaml", None)
        return read_document(file)


@pytest.mark.parametrize("file", FILES, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_our_files(file, monkeypatch):
    assert read_document(file) == slowly(file, monkeypatch)


@pytest.mark.parametrize("text", ODD)
def test_odd_files(text, tmp_path, monkeypatch):
    file = tmp_path / "form.yaml"
    file.write_text(text, encoding="utf-8")
    assert read_document(file) == slowly(file, monkeypatch)


@pytest.mark.parametrize("text", ["[" * 100_000, "{" * 100_000, "- " * 100_000 + "x"])
def test_what_is_nested_without_end_is_a_mistake(text, tmp_path):
    """Deep enough for the C library to break down, and us with it."""
    file = tmp_path / "form.yaml"
    file.write_text(text, encoding="utf-8")
    assert [one.line for one in read_document(file).mistakes] == [1]


def test_the_c_library_is_there():
    assert document.cyaml is not None or sys.implementation.name != "cpython"
