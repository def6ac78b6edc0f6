"""What people set down line by line, in words of their own: 当家的:就我本人 李示例."""

import pytest

from dialogs.understanding.address_numbers import put_right
from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    "said",
    ["当家的：就我本人 韦守田", "老板：我 韦守田", "老板：韦守田（我）", "经营者：韦守田（就我）"],
)
def test_the_head_applies_himself(said):
    got = filled("jingxian", "装水", f"店名：泾县示例茶楼\n{said}")
    assert (got["applicant_type"], got["applicant_name"]) == ("法人", "韦守田")


def test_the_head_is_another():
    assert "applicant_type" not in filled("jingxian", "装水", "老板：我要问问，韦守田（他）那边")


@pytest.mark.parametrize("said", ["跑事儿的：崔望山 13900001234", "会计崔望山 13900001234 他是经办"])
def test_whoever_runs_the_errands(said):
    assert filled("xinxiang", "新乡县示例食品有限公司装水", said)["clerk"] == "崔望山 13900001234"


def test_whoever_is_no_clerk():
    assert "clerk" not in filled("xinxiang", "新乡县示例食品有限公司装水", "会计崔望山 13900001234 他不是经办")


@pytest.mark.parametrize("label", ["信用编码", "机构编号", "执照上那串码"])
def test_a_firm_applies_after_words_about_a_home(label):
    said = f"字号：小冀镇示例豆腐坊\n{label}：92410721MA00311889\n东家：崔望山\n东家身份证：410721197501160001"
    got = filled("xinxiang", "俺家做豆腐做了三辈了，要装水", said)
    assert (got["applicant_code"], got["legal_identity"]) == ("92410721MA00311889", "410721197501160001")


@pytest.mark.parametrize(
    ("address", "said", "made"),
    [
        ("小冀镇示例路88号", "备供是千瓦 不是千伏安 来看就9月8号上午", None),
        ("小冀镇示例路2号", "更正 一天8吨 踏勘约本月28号下午", None),
        ("小冀镇示例路1号", "更正 7号楼挪下期 都不报7号", None),
        ("小冀镇示例路88号", "门牌不对 是86号", "小冀镇示例路86号"),
    ],
)
def test_days_and_buildings_are_no_house_numbers(address, said, made):
    assert put_right(address, said) == made
