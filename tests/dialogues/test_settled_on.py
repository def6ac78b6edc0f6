"""One operator in place of another, and lines that move."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize("said", ["那就电信吧", "前台小妹说电信信号好 那就电信吧 其余不动", "还是电信吧 移动信号不好"])
def test_the_one_settled_on_takes_the_place_of_the_one_before(said):
    assert shortly("jingxian", "移动 五百兆 新装宽带", said)["net_operator"] == "电信"


def test_one_more_is_one_more():
    assert shortly("jingxian", "网 新装 移动宽带", "安广也要吧")["net_operator"] == "移动、安广"


@pytest.mark.parametrize("said", ["电信的宽带要移机", "那边的宽带要移过来 是电信的"])
def test_what_moves_is_ticked(said):
    values = shortly("jingxian", said)
    assert (values["net_kind"], values["net_business"]) == ("宽带", "迁移")
