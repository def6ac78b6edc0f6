"""What `check` says of a consultation that could not be asked for: the place, what is wrong, what would be valid (X57, J34)."""

from pathlib import Path

import pytest

from tests.config.slips import said_of


@pytest.mark.parametrize(
    ("county", "old", "new", "said"),
    [
        ("jingxian", "convened_by: housing_bureau", "convened_by: housing_burau", "没有叫“housing_burau”的单位"),
        ("xinxiang", "leading: {services: [water,", "leading: {services: [waters,", "没有叫“waters”的事项"),
        (
            "xinxiang",
            "leading: {services: [water, power, gas, heat, network, tv]}",
            "",
            "会商由牵头单位召集，却没有写谁牵头",
        ),
        ("xinxiang", "give_item: consult_item", "give_item: consult_thing", "没有叫“consult_thing”的小表"),
        ("xinxiang", "    give_item: consult_item\n", "", "“give_item”没有小表"),
        ("jingxian", "- {text: 住建局}", "- {text: 住房局}", "参加单位里的“住房局”不是本县单位的简称"),
    ],
)
def test_a_slip_is_found(tmp_path: Path, county: str, old: str, new: str, said: str) -> None:
    assert said in said_of(tmp_path, county, "process.yaml", old, new)
