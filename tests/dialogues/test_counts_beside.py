"""How many there are of a thing, told right before or behind it, and numbers that are no counts."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("said", "phones", "tvs"),
    [
        ("家里2台电视6部电话", "6门", "2台"),
        ("新装 电话三部 电视两台", "3门", "2台"),
        ("四个电视 一个座机", "1门", "4台"),
        ("新装 固话3门电视2台", "3门", "2台"),
        ("六部电话两台电视机,一条宽带200兆", "6门", "2台"),
        ("包间4台电视,前台1部电话", "1门", "4台"),
        ("网线一条 电视要三台 电话要装两部", "2门", "3台"),
        ("8间房都要电视 前台一部电话", "1门", None),
        ("三台电视 电话一门不要", None, "3台"),
        ("固定电话5101634 移机", None, None),
    ],
)
def test_counts_beside_their_thing(said, phones, tvs):
    found = shortly("jingxian", "用网", said)
    assert (found.get("net_phones"), found.get("net_tvs")) == (phones, tvs)


def test_one_fewer_is_no_count():
    assert shortly("jingxian", "用网 有线电视三台", "少装一台电视,共2台")["net_tvs"] == "2台"


@pytest.mark.parametrize(
    "turns",
    [
        ("我叫赵桂香 手机前面是1380000 后面接着是7184",),
        ("电话前七位1380000,后四位7184",),
        ("电话 138开头 0000 7184",),
        ("电话前面三位138,中间0000,最后7184",),
        ("电话1380000", "后四位7184"),
        ("手机是1380000没打完", "7184"),
    ],
)
def test_telephones_in_two_pieces(turns):
    assert shortly("xinxiang", "用水", *turns)["phone"] == "13800007184"


@pytest.mark.parametrize("said", ["1380户 后期7184平", "138元 然后再0000 后面7184户", "13800000012 后面是小王的"])
def test_no_telephone_in_pieces(said):
    assert shortly("xinxiang", "用水", said).get("phone") in (None, "13800000012")
