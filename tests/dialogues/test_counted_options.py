"""A service told by how many of it there are is ticked, and its number stands: 要装两部座机."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("said", "phones"),
    [("要装两部座机", "2门"), ("装6门电话", "6门"), ("再装两部电话，宽带300兆", "2门"), ("迁移6部电话过去", "6门")],
)
def test_the_unit_in_the_word_of_the_option_does_not_take_the_number_away(said, phones):
    values = shortly("jingxian", said)
    assert "通讯" in values["net_kind"]
    assert values["net_phones"] == phones


@pytest.mark.parametrize("said", ["隔壁装了6部电话", "装一部电话要多少钱", "我有两部电话，138开头那个打不通"])
def test_what_is_asked_or_said_of_others_is_no_number(said):
    assert "net_phones" not in shortly("jingxian", said)


def test_a_speed_is_no_length():
    assert "network_duct_length" not in shortly("xinxiang", "宽带200M，电话两部，电视三台")
    assert shortly("jingxian", "宽带200M")["net_bandwidth"] == "200兆"
