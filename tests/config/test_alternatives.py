"""Words written short stand for all of theirs, and reading them once more changes nothing."""

import pytest
from pydantic_core import PydanticCustomError

from model.alternatives import alternatives
from model.county import County
from model.edition import digest
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("(单位|公司)(名称|全称)", ("单位名称", "单位全称", "公司名称", "公司全称")),
        ("(现场|)负责人", ("现场负责人", "负责人")),
        ("(甲|乙(丙|)丁)", ("甲", "乙丙丁", "乙丁")),
        ("申请容量(千伏安)", ("申请容量(千伏安)",)),
    ],
)
def test_all_that_is_meant(written: str, meant: tuple[str, ...]) -> None:
    assert set(alternatives([written])) == set(meant)
    assert alternatives(meant) == meant


def test_a_word_that_stands_for_far_too_many_is_refused_before_it_is_spelt_out() -> None:
    tenfold = f"({'|'.join('甲乙丙丁戊己庚辛壬癸')})"
    assert len(alternatives([tenfold * 4])) == 10_000
    with pytest.raises(PydanticCustomError, match="100000000"):
        alternatives([tenfold * 8])


@pytest.mark.parametrize("name", ["xinxiang", "jingxian"])
@pytest.mark.parametrize("kind", ["form", "process"])
def test_a_county_that_was_kept_is_read_back_the_same(name: str, kind: str) -> None:
    """Another process that finds it kept must not take it for a changed one."""
    county = shipped()[name]
    again = County.model_validate_json(
        county.model_dump_json(exclude={"editions"}, exclude_defaults=True, by_alias=True)
    )
    assert digest(again, kind) == digest(county, kind)  # type: ignore[arg-type]
