"""What is said of neighbours, relatives, former owners and earlier projects is no value, nor what is set aside."""

import pytest

from tests.dialogues.telling import shortly

POWER = ("用电增容", "第一路")


@pytest.mark.parametrize(
    ("said", "kva"),
    [
        ("现在挂的是50千伏安的变压器 想换成160千伏安的 隔壁老孟家那台是200千伏安", "160千伏安"),
        ("听说古固寨那个厂用的630千伏安 我们申请400千伏安", "400千伏安"),
        ("申请容量315千伏安。上一个标段用的是400千伏安 已经拆了", "315千伏安"),
        ("我哥家用的是100千伏安，我申请160千伏安", "160千伏安"),
        ("申请500千伏安 那是前年的方案 这回申请630千伏安", "630千伏安"),
    ],
)
def test_others_power_is_not_ours(said, kva):
    assert shortly("xinxiang", *POWER, said).get("power_1_new") == kva


@pytest.mark.parametrize(
    "said",
    [
        "户号是00080412 哦不是 那是俺大伯家的 俺家的 00080421",
        "户号 00080412 是隔壁的 我们的00080421",
        "户号00080421，00080412那个是我姐夫家的",
    ],
)
def test_others_numbers_are_not_ours(said):
    assert shortly("xinxiang", "自来水表换一块", "个人", said)["water_account"] == "00080421"


@pytest.mark.parametrize(
    ("said", "spare"),
    [("发电机卖烤肠的自己有个小的 那不算 咱填无", False), ("对门纸箱厂有发电机 我们没有发电机", False)],
)
def test_others_things_are_not_ours(said, spare):
    assert shortly("xinxiang", "用电新装", said)["own_supply"] is spare


@pytest.mark.parametrize("said", ["我哥那个厂要装一路315千伏安", "和隔壁一样是315千伏安", "自己家用315千伏安"])
def test_what_is_like_others_is_ours(said):
    assert "315千伏安" in shortly("xinxiang", "用电新装", said).values()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("变电站拉过来要横跨新中大道 路得挖开", "是"),
        ("高压线进场要从路下穿越", "是"),
        ("要挖村外县道一个口子", "是"),
        ("关于是否需要破挖院外道路，目前我不清楚。", None),
    ],
)
def test_work_outside_the_site(said, answer):
    assert shortly("xinxiang", "用电新装", said).get("external_line") in (answer, answer or "不清楚")
