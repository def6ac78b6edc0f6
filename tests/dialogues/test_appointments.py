"""The day on which somebody may come, and the days on which nobody may, or something else happens."""

import pytest

from tests.dialogues.telling import filled, told

ALL = "家里报水电气网 都新装"


def day(*turns):
    """The appointment; the messages are written on Monday, 20 October 2025."""
    values, _ = told("jingxian", ALL, *turns)
    basics = values.get("基本信息", {})
    assert "计划时间" not in basics or basics["预约服务"] == "需要预约"
    return basics.get("计划时间")


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("24号来看吧 全天都有人", "2025-10-24"),
        ("明天能来人不 上午我去医院 下午吧", "2025-10-21 下午"),
        ("踏勘约周三下午", "2025-10-22 下午"),
        ("下周四我轮休，一整天都在家", "2025-10-30"),
        ("下周一来 上午下午都行", "2025-10-27"),
        ("上门后天不行 大后天下午在家", "2025-10-23 下午"),
        ("国庆放假不行 11月9号下午我在家 那时候来", "2025-11-09 下午"),
        ("周三我上班 周四下午可以", "2025-10-23 下午"),
        ("24号上午没人 下午来", "2025-10-24 下午"),
        ("24号上午来收盒子行不行", "2025-10-24 上午"),
        ("来看就这个月28号下午", "2025-10-28 下午"),
        ("上门月底前哪天都行 就定28号上午吧", "2025-10-28 上午"),
        ("我们11月3号进场，前一天上午来接电行吗，帮我约上", "2025-11-02 上午"),
        ("大后儿上午", "2025-10-23 上午"),
        ("10/24 下午", "2025-10-24 下午"),
        ("11月初吧 3号上午", "2025-11-03 上午"),
        ("约上门 24号 AM", "2025-10-24 上午"),
        ("10月23日(周四)上午", "2025-10-23 上午"),
        ("星期四，我上半天守在新店", "2025-10-23 上午"),
        ("下个礼拜二早半天去 到了联系她", "2025-10-28 上午"),
        ("11月9号后半天 我在家等", "2025-11-09 下午"),
        ("周三后晌来", "2025-10-22 下午"),
        ("24号上半天没空 后半天来", "2025-10-24 下午"),
        ("周五要上半天班 下半天能来", "2025-10-24 下午"),
        ("明儿来个人好不 早上要跑医院 下半天来", "2025-10-21 下午"),
        ("您29号过来吧从早到晚都有人在", "2025-10-29"),
        ("24号啥时候来都中", "2025-10-24"),
        ("我等了半天你们也不来", None),
        ("窑我换了小一号的", None),
    ],
)
def test_the_day_that_suits(said, when):
    assert day(said) == when


@pytest.mark.parametrize(
    "said",
    [
        "老店线路20号前拆", "月底前用上就行", "施工能不能放晚上", "11月1号开业 之前要通", "房子11月10号到期", "委托书明天给你们",
        "营业执照是2023年5月8号办的", "租到明年12月底", "展会11月3日撤场", "工人26号进场 26号前通上", "不用约", "隔天再来 22号上午有事",
    ],
)  # fmt: skip
def test_another_event_is_no_appointment(said):
    assert day(said) is None


def test_an_appointment_that_is_moved():
    assert day("约10月24日上午", "那天妈妈看病 往后推一天 还是上午") == "2025-10-25 上午"
    assert day("明儿下午两点半来行不", "约个客人撞了 改后天吧 钟点照旧") == "2025-10-22 下午"
    assert day("预约 这礼拜五 全天", "礼拜五进货 挪到下周一上午") == "2025-10-27 上午"


def test_an_appointment_on_the_other_half_of_the_day():
    assert day("约10月24日上午", "改下午") == "2025-10-24 下午"
    assert day("约10月24日上午", "上午没空，下午吧") == "2025-10-24 下午"
    assert day("约10月24日上午", "我下午要出去") == "2025-10-24 上午"
    assert day("约10月24日上午", "24号有事，推到25号吧") == "2025-10-25 上午"


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("约10.24下午", "2025-10-24 下午"),
        ("10.24号上午来", "2025-10-24 上午"),
        ("计划时间：2025/10/24 PM", "2025-10-24 下午"),
        ("避开23号，24号上午可以", "2025-10-24 上午"),
        ("除了周一哪天都行", None),
        ("价钱定在3.5万", None),
    ],
)
def test_days_in_figures(said, when):
    assert day(said) == when


@pytest.mark.parametrize(("said", "day"), [("委托书晚两天给你们", 28), ("合同过后晚两天补", 28), ("晚两天来吧", 30)])
def test_a_paper_handed_in_later_does_not_put_off_the_visit(said, day):
    assert f"2025, 10, {day}" in filled("jingxian", "水", "下周二上午来接", said)["planned_time"]
