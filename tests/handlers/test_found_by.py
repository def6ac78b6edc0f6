"""By what cases are found: a place however it is written, and nothing of anybody else's."""

import string

from hypothesis import given
from hypothesis import strategies as st

from handlers.found_by import places_in
from tests.shipped import shipped

JINGXIAN, XINXIANG = shipped()["jingxian"], shipped()["xinxiang"]


def test_the_most_exact_comes_first() -> None:
    assert places_in("泾川镇示范路8号3栋201", JINGXIAN) == ("示范路8号3栋201", "示范路8号", "示范路")


def test_town_and_county_may_be_left_out() -> None:
    for written in ("示范路8号", "泾川镇示范路8号", "泾县泾川镇示范路８号", " 泾县 泾川镇 示范路 8号 "):
        assert places_in(written, JINGXIAN)[0] == "示范路8号", written


def test_a_community_and_a_village_are_places() -> None:
    assert places_in("小冀镇阳光小区3号楼2单元", XINXIANG)[0] == "阳光小区3号楼2单元"
    assert places_in("七里营镇刘家村5号", XINXIANG) == ("刘家村5号", "刘家村")


def test_a_town_alone_is_no_place() -> None:
    assert places_in("小冀镇", XINXIANG) == ()
    assert places_in("", XINXIANG) == ()


@given(st.text(max_size=200) | st.text(alphabet=string.digits + "路号村小区栋-#镇示范", max_size=60))
def test_whatever_is_written(text: str) -> None:
    found = places_in(text, XINXIANG)
    assert len(found) <= 12
    assert len(set(found)) == len(found)
    assert [len(one) for one in found] == sorted((len(one) for one in found), reverse=True)
