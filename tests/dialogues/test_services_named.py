"""Which services a message names, and which it only speaks of."""

import pytest

from tests.dialogues.telling import told

FOUR = "水 气 暖 网"


def chosen(county, *turns):
    """The services after these messages."""
    said = told(county, *turns)[0].get("选择事项", [])
    return [said] if isinstance(said, str) else [one["选项"] if isinstance(one, dict) else one for one in said]


@pytest.mark.parametrize(
    ("turns", "services"),
    [
        (["要办的：水、天然气、热力、通信、有线这五样。用电我们另外走过手续，这回别算上。"], "用水 燃气 热力 通信 有线电视"),
        (["水电气三样，暖气已经走过手续这回不算"], "用水 用电 燃气"),
        (["自来水还没接进来，电线也没拉，两样一块儿给办了吧"], "用水 用电"),
        (["要两个电表，一个水管"], "用电"),
        (["水费一年两千多，电费更贵，想办用电增容"], "用电"),
        (["事项：供暖入网；伙房用气"], "燃气 热力"),
        (["我们小区想通暖气，集中供的那种"], "热力"),
        (["水电暖气都要"], "用水 用电 热力"),
        (["自来水 电线还没拉 两样都办", "牌子上的全名：新乡县七里营镇示例村卫生室"], "用水 用电"),
        (["打算拉天然气进来", "装气太亏，天然气撤掉。改成自来水和电两项"], "用水 用电"),
        ([FOUR, "改：4号楼用作幼儿园，天然气、热力的楼号里都去掉它，户数照旧"], "用水 燃气 热力 通信"),
        ([FOUR, "燃气的设备里去掉蒸箱"], "用水 燃气 热力 通信"),
        ([FOUR, "热力去掉"], "用水 燃气 通信"),
        (["水 气", "性质改成居民用水"], "用水 燃气"),
    ],
)  # fmt: skip
def test_xinxiang(turns, services):
    assert chosen("xinxiang", *turns) == services.split()


@pytest.mark.parametrize(
    ("turns", "services"),
    [
        (["家里水费、电费还有煤气，登的户主一直是我老头示例根。这三样都想过到我名下"], "水 电 气"),
        (["网费贵，水和电两样过户"], "水 电"),
        (["水和气", "气换成电"], "水 电"),
        (["水和气", "气改报电"], "水 电"),
        (["水", "电表在门口"], "水"),
    ],
)
def test_jingxian(turns, services):
    assert chosen("jingxian", *turns) == services.split()
