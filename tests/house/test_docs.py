"""The drawn dialogues are those of the counties' data."""

import re
from pathlib import Path

import pytest

from bot.diagram import diagram
from bot.lifecycle import page
from tests.shipped import shipped

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^## (\w+)\n\n```mermaid\n(.*?)```\n", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("county", ["xinxiang", "jingxian"])
def test_the_diagram_in_the_docs_is_current(county):
    drawn = dict(BLOCK.findall((ROOT / "docs" / "dialogues.md").read_text("utf-8")))
    assert drawn[county] == diagram(shipped()[county])


def test_every_asked_field_is_drawn():
    for county in shipped().values():
        boxes = diagram(county)
        asked = [
            one.id for one in county.form.fields.values() if one.filler == "applicant" and one.kind != "declaration"
        ]
        assert all(re.search(rf"^    {name}\[", boxes, re.MULTILINE) for name in asked)


def test_the_life_of_an_order_is_drawn_from_the_table():
    """The page is what the core's table and the counties' steps say today (X160, J91): `make docs` draws it."""
    assert (ROOT / "docs" / "lifecycle.md").read_text("utf-8") == page(shipped())
