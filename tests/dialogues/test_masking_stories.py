"""The stories people told, masked: how many of the names and numbers in them would leave. The figure stands in privacy.md."""

import json
import re
from pathlib import Path

import pytest

from dialogs.masking import masked
from dialogs.understanding.marked import mark
from model.draft import Draft
from tests.dialogues.people import NOW
from tests.shipped import shipped

STORIES = sorted((Path(__file__).parents[1] / "stories").glob("*.jsonl"))
NOTHING = Draft(id="x", form="f", form_version=1, opened_at=NOW, changed_at=NOW)
NUMBER = re.compile(r"[0-9][0-9X]{6,}|[0-9A-Z]{15,20}")
PERSON = re.compile(r"(?:姓名|法定代表人|经办人|联系人|负责人|户主)$")
"""What the stories call the fields with a person's name."""


def told(value, name=""):
    """Every value of a story with the name of its field."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from told(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from told(one, name)
    elif isinstance(value, str):  # figures are nobody's number
        yield name, value


@pytest.fixture(scope="module")
def leaving():
    """Of numbers and of persons' names: those said in some message, and those of them that masking left in it."""
    said, left = {"number": [], "person": []}, {"number": [], "person": []}
    for story in (json.loads(line) for file in STORIES for line in file.read_text("utf-8").splitlines()):
        county = shipped()[story["county"]]
        values = {
            (one, "number" if NUMBER.fullmatch(one) else "person")
            for name, one in told(story["expected"])
            if NUMBER.fullmatch(one) or (PERSON.search(name) and re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", one))
        }
        for turn in story["turns"]:
            marked = mark(turn, county.form, county.places.services, county.towns)
            text = masked(marked, county.form, NOTHING).text
            for one, kind in values:
                if one in marked.text:
                    said[kind].append(one)
                    if one in text:
                        left[kind].append(one)
    return said, left


def test_no_number_leaves(leaving):
    said, left = leaving
    assert len(said["number"]) > 300
    assert left["number"] == []


def test_hardly_a_name_leaves(leaving):
    said, left = leaving
    assert len(said["person"]) > 200
    assert len(left["person"]) <= 0.01 * len(said["person"]), left["person"]
