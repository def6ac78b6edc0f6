"""Whoever comes from Hongkong or Taiwan writes traditional characters: they are read as simplified ones and kept as written."""

import pytest

from dialogs.folding import fold
from tests.dialogues.telling import shortly


def test_traditional_characters_are_read():
    found = shortly("jingxian", "想申請水電 電新裝 50千瓦 不裝變壓器", "網要電信 寬帶300兆 新裝")
    assert found["services"] == "水、电、网" and found["power_business"] == "新装"
    assert found["net_operator"] == "电信" and found["net_kind"] == "宽带"


def test_a_name_is_kept_as_it_was_written():
    assert shortly("jingxian", "報水 水新裝", "申請人姓名：鄭國棟")["applicant_name"] == "鄭國棟"


@pytest.mark.parametrize(
    ("written", "read"), [("請問幾噸", "请问几吨"), ("鑽孔 機櫃", "钻孔 机柜"), ("乾坤湾 著名", "乾坤湾 著名")]
)
def test_only_what_is_never_simplified_is_changed(written, read):
    assert fold(written) == read and len(fold(written)) == len(written)
