"""A telephone beside what runs on the same line is applied for; alone it says where somebody is reached."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    "told",
    [
        "宽带和座机一起新装 电信",
        "宽带座机都要移 电信",
        "电信的宽带和电话过户给我",
        "宽带 电话一块拆 电信",
        "宽带加电话 移动 新装",
        "网和电话 都新装",
        "网要装 电话也装一部",
        "装宽带 座机俩",
        "家里网要移机 电话一起移",
        "店里装个网和固定电话",
    ],
)
def test_a_telephone_beside_broadband_is_ticked(told):
    assert shortly("jingxian", told)["net_kind"] == "宽带、通讯"


@pytest.mark.parametrize(
    "told",
    [
        "装宽带 移动 电话13500000001", "装宽带 电话打不通就发短信 联通", "宽带新装 电话要打老板的", "装宽带,姓名和电话等下发",
        "宽带新装 电话要改成13500000001", "宽带联通新装 电视跟座机不要", "宽带新装 不要电视和座机",
    ],
)  # fmt: skip
def test_where_somebody_is_reached_is_not(told):
    assert shortly("jingxian", told)["net_kind"] == "宽带"


def test_a_kind_that_is_wanted_keeps_the_service():
    found = shortly("jingxian", "有线电视装2台 安广 网不用")
    assert found["services"] == "网" and found["net_kind"] == "有线电视"
    assert "网" not in shortly("jingxian", "水新装 有线电视不用 网不用")["services"]


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("要网要电视要电话", "宽带、通讯、有线电视"),
        ("网和有线电视过户给我", "宽带、有线电视"),
        ("单位要专线 电话8部", "通讯"),
        ("办网 固话两门", "通讯"),
        ("办网 电视有了 100兆", "宽带"),
        ("只装网 电视座机都不要", "宽带"),
        ("装宽带 顺便看电视", "宽带"),
        ("只要电视 不要宽带 安广 1台", "有线电视"),
        ("装电话一部 不要网", "通讯"),
    ],
)
def test_the_barest_words_tell_the_kinds(said, kinds):
    found = shortly("jingxian", said)
    assert found["services"] == "网"
    assert found["net_kind"] == kinds
