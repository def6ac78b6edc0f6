"""The operator's guide tells the truth: its examples load, and it leaves out no kind and no setting."""

import re
from pathlib import Path
from shutil import copytree
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from config.calendar import CalendarChange
from config.check import check
from config.facts import Facts
from config.loader import COUNTIES, load_county
from model.county import Body, County, Retention, Service
from model.fields import BaseField, Field
from model.process import Numbering, StepRule

GUIDE = (Path(__file__).parents[2] / "docs" / "adding-a-county.md").read_text("utf-8")
KINDS = re.findall(r"^\| `(\w+)` \| .* \| `(\{.*\})` \|$", GUIDE, re.MULTILINE)
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def loaded(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(("kind", "example"), KINDS)
def test_examples_of_kinds(kind: str, example: str) -> None:
    field: Field = TypeAdapter(Field).validate_python(loaded(example))
    assert field.kind == kind


def test_no_kind_is_left_out() -> None:
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(Field)[0])}
    assert {kind for kind, _ in KINDS} == kinds


def test_no_setting_is_left_out() -> None:
    section = GUIDE[GUIDE.index("### 一个字段") : GUIDE.index("### 全部的字段种类")]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) - {"kind"} == set(BaseField.model_fields)


def test_no_term_of_retention_is_left_out() -> None:
    section = GUIDE[GUIDE.index("### 保存期限") : GUIDE.index("## 五、")]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(Retention.model_fields)
    [block] = re.findall(r"^```yaml\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    shown = Retention.model_validate(loaded(block)["retention"])
    assert shown.model_copy(update={"rule": Retention().rule}) == Retention()


def test_what_a_county_has_stands_in_a_file_of_its_own_or_in_the_guide() -> None:
    """A setting of the model that no file can set would be a promise nobody keeps."""
    elsewhere = {"form", "process", "guide", "calendar", "messages", "sheets", "editions"}
    assert set(Facts.model_fields) == set(County.model_fields) - elsewhere
    assert not [one for one in Facts.model_fields if f"`{one}" not in GUIDE and f"\n{one}:" not in GUIDE]


def test_how_long_a_code_is_good_is_set_in_the_file(tmp_path: Path) -> None:
    directory = copytree(COUNTIES / "jingxian", tmp_path / "jingxian")
    facts = directory / "county.yaml"
    plain = facts.read_text("utf-8")
    assert load_county(directory).handover.days == 3
    facts.write_text(plain + "\nhandover: {days: 7}\n", "utf-8")
    assert load_county(directory).handover.days == 7
    facts.write_text(plain + "\nhandover: {days: 31}\n", "utf-8")
    told, fine = check(directory)
    assert not fine and "handover › days" in told


def test_blocks() -> None:
    """Every block is readable; those of services, steps, numbers and the calendar fit the model."""
    checked = 0
    for block in BLOCKS:
        if "when:" in block and "id:" not in block:
            continue  # the list of conditions shows one key several times
        data = loaded(block)
        if "services" in data:
            assert TypeAdapter(list[Service]).validate_python(data["services"])
            assert TypeAdapter(list[Body]).validate_python(data["bodies"])
            checked += 1
        if "steps" in data:
            assert TypeAdapter(list[StepRule]).validate_python(data["steps"])
            checked += 1
        if "number" in data:
            assert Numbering.model_validate(data["number"])
            checked += 1
        if "holidays" in data:
            assert CalendarChange.model_validate(data).last_year == 2027
            checked += 1
    assert checked == 4
