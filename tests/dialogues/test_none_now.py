"""What there is none of, or none any more."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    "said",
    [
        "第二路不要 发电机冇",
        "自备的有台120的 前年烧了没再买 就是没有",
        "对面搞金针菇的有两台发电机，我家没有。",
        "自备电源：原来有台柴油机去年处理掉了 现在没有",
    ],
)
def test_no_supply_of_ones_own(said):
    values = shortly("xinxiang", "用电 新装", said)
    assert values["own_supply"] is False
    assert "own_supply_capacity" not in values


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("电信宽带要跟着搬过去 固话早几年就停掉了新店也不装", "宽带"),
        ("电信宽带退掉 店里固话早没了", "宽带"),
        ("电视要装一台 安广 宽带他不要又不上网", "有线电视"),
    ],
)
def test_what_is_not_there_is_not_ticked(said, kind):
    assert shortly("jingxian", said)["net_kind"] == kind
