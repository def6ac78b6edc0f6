"""Whose line it is, told in the middle of what is to be done with it: 装移动的宽带, 新装电信的."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("said", "operator"),
    [
        ("我要装移动宽带 200兆", "移动"),
        ("再拉联通的网 200兆", "联通"),
        ("宽带新装电信的 200兆", "电信"),
    ],
)
def test_the_operator_of_a_new_line(said, operator):
    found = shortly("jingxian", "要办网", said)
    assert (found["net_operator"], found["net_business"], found["net_bandwidth"]) == (operator, "新装", "200兆")


def test_the_operator_of_a_line_that_ends():
    found = shortly("jingxian", "要办网", "宽带销户 就是那条移动的")
    assert (found["net_operator"], found["net_business"]) == ("移动", "销户")
