"""Operators and kinds of service that are named and not applied for: what was before, what others have, what was refused."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("turns", "operator"),
    [
        (["网原来用的移动 这次改办电信的 300兆 新装"], "电信"),
        (["移动的信号不好 想装电信宽带 500兆"], "电信"),
        (["我手机是移动的 宽带走电信"], "电信"),
        (["移动的人来看过 说没端口 那就电信宽带吧"], "电信"),
        (["电信来人说这里没覆盖 只好装移动 宽带"], "移动"),
        (["小区只有电信进了 移动没进来 装宽带"], "电信"),
        (["装宽带 别给我装移动 电信的"], "电信"),
        (["移动和电信哪个便宜", "那就电信 宽带"], "电信"),
        (["电信的光纤在村口 移动的也有 我选电信 宽带"], "电信"),
        (["电信宽带新装300兆 儿子说移动好 不听他的"], "电信"),
        (["宽带要电信的 移动那个下月停"], "电信"),
        (["家里电信的光猫坏了几回 这回拉移动的 宽带200兆"], "移动"),
        (["宽带想办广电的 不想跟电信打交道"], "安广"),
        (["移动给的价高 电信便宜点 就办它家 宽带"], "电信"),
        (["楼里预留的是移动光纤 可我们单位指定电信 宽带"], "电信"),
        (["要宽带 运营商不挑 电信也行"], "电信"),
        (["固话电信 宽带联通"], "电信、联通"),
        (["移动的宽带 安广的电视 都要新装"], "移动、安广"),
        (["家里老人要看有线 安广 再装个移动宽带"], "移动、安广"),
        (["宽带迁移 原来办的移动的 搬到新房去"], "移动"),
        (["网选移动 跟我手机一家 便宜"], "移动"),
    ],
)
def test_the_operator_wished_among_those_named(turns, operator):
    assert shortly("jingxian", *turns)["net_operator"] == operator


@pytest.mark.parametrize(
    ("said", "operator"),
    [
        ("电表想移动个位置 还要装电信宽带", "电信"),
        ("工地上放了几间可移动的板房 要通电 通网 电信", "电信"),
        ("办电 我是移动餐车 要个临时电", None),
        ("工地板房要通电 通网 移动", "移动"),
    ],
)
def test_what_is_moved_is_no_operator(said, operator):
    assert shortly("jingxian", said).get("net_operator") == operator


def test_one_kind_refused_is_not_the_service():
    found = shortly("jingxian", "有线电视不用 宽带电信")
    assert (found["services"], found["net_kind"]) == ("网", "宽带")
    assert "services" not in shortly("jingxian", "宽带不用")


def test_refusing_an_operator_refuses_no_service():
    found = shortly("jingxian", "宽带不要移动 要联通的")
    assert (found["services"], found["net_operator"]) == ("网", "联通")


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("宽带电信500兆 电视不看", "宽带"),
        ("宽带电信 电视也要", "宽带、有线电视"),
        ("办公室装部电话 再拉条宽带 移动", "宽带、通讯"),
        ("宽带哪家都行 电信吧", "宽带"),
        ("老人要看电视 有线的 新装 宽带不用", "有线电视"),
        ("传真机要一条线 宽带也要 电信", "宽带、通讯"),
    ],
)
def test_the_kinds_of_service_wished(said, kinds):
    assert shortly("jingxian", said)["net_kind"] == kinds


def test_what_ends_with_the_other_operator():
    assert "net_business" not in shortly("jingxian", "以前移动那条到期了不续了 换电信 500M")
    assert shortly("jingxian", "移动宽带到期了不续了 销户")["net_business"] == "销户"
