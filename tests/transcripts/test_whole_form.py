"""The two long transcripts ask everything there is to ask, in form order, and nothing that staff or the program fill in."""

import re
from pathlib import Path

import pytest

from tests.transcripts.format import read
from tests.transcripts.play import called

CHATS = Path(__file__).parent / "chats"


def asked(county):
    """The fields asked, in the order of the transcript, each where it was asked first; by the names the transcript gives them."""
    names = {called(county.form, field): field for field in county.form.fields}
    found = []
    for step in read(CHATS / f"whole_{county.id}.txt").steps:
        for line in step.got:
            # 单独同意 stands before its field; rows and halves are asked several times.
            match = re.match(r"= 焦点: (.+?)(，(?:新行|第\d+行|还有吗|还差).*)?$", line)
            if match and match[1] in names and names[match[1]] not in found:
                found.append(names[match[1]])
    return found


def names_in(condition):
    """Every field a condition looks at."""
    if condition is None:
        return set()
    parts = [condition.field] if hasattr(condition, "field") else []
    inner = [
        *getattr(condition, "all", ()),
        *getattr(condition, "any", ()),
        *([condition.not_] if hasattr(condition, "not_") else []),
    ]
    return {*parts, *(name for part in inner for name in names_in(part))}


@pytest.mark.parametrize("name", ["xinxiang", "jingxian"])
def test_every_field_an_applicant_fills_is_asked_and_no_other(name, counties):
    county = counties[name]
    mine = [one for one in county.form.fields.values() if one.filler == "applicant" and one.kind != "declaration"]
    assert set(asked(county)) == {one.id for one in mine if not one.volunteered}


@pytest.mark.parametrize("name", ["xinxiang", "jingxian"])
def test_the_questions_come_in_form_order(name, counties):
    """A field opened by a later answer comes right after that answer, all others where they stand on the form."""
    form = counties[name].form
    place = {field: number for number, field in enumerate(form.fields)}
    order = asked(counties[name])
    for before, field in zip(order, order[1:], strict=False):
        opened_by = names_in(form.fields[field].when) | names_in(form.fields[field].ask_when)
        if place[field] < place[before]:
            assert any(place[other] > place[field] for other in opened_by), (before, field)
    straight = [
        field
        for field in order
        if not any(
            place[other] > place[field]
            for other in names_in(form.fields[field].when) | names_in(form.fields[field].ask_when)
        )
    ]
    # 附页 hangs on 审批事项, which is itself opened by a later answer.
    straight = [field for field in straight if field != "approvals_pages"]
    assert straight == sorted(straight, key=place.get)


@pytest.mark.parametrize("name", ["xinxiang", "jingxian"])
def test_it_ends_connected_and_closed(name):
    last = read(CHATS / f"whole_{name}.txt").steps[-1]
    assert last.said == "? 事件"
    assert "case_closed" in last.got[-1]
