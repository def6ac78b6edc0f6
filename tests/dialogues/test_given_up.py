"""One of several that were ticked is given up: the others stay, and what was told of it goes with it."""

import pytest

from tests.dialogues.telling import filled

NEW = "要装宽带 移动 新装 500兆 座机两部 电视1台"
END = "网络销户 电信的 宽带一条 座机一部 全部销掉"
TWO = "网新装 移动300M宽带 外加安广电视1台"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("座机取消 没人用了", "宽带、有线电视"),
        ("固定电话我想想还是免了，年头不同了。", "宽带、有线电视"),
        ("固话那两部对方不装了", "宽带、有线电视"),
        ("把座机划掉", "宽带、有线电视"),
        ("不装座机了", "宽带、有线电视"),
        ("座机和电视都不要了", "宽带"),
        ("电视那台拿掉住客全是手机投屏", "宽带、通讯"),
        ("座机去掉一部", "宽带、通讯、有线电视"),
        ("其中一部座机不装了", "宽带、通讯、有线电视"),
        ("座机不装在楼下，装楼上", "宽带、通讯、有线电视"),
        ("要是座机不装了能便宜吗", "宽带、通讯、有线电视"),
        ("邻居家的座机取消了", "宽带、通讯、有线电视"),
    ],
)
def test_one_of_what_is_to_be_installed_is_given_up(text, kinds):
    found = filled("jingxian", NEW, text)
    assert found["net_kind"] == kinds and "net_more_tv" not in found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("他修改：座机要给看门人用，不销；销的只有宽带。", "宽带"),
        ("座机保留 宽带销掉", "宽带"),
        ("座机也销", "宽带、通讯"),
    ],
)
def test_one_of_what_was_to_be_ended_stays(text, kinds):
    assert filled("jingxian", END, text)["net_kind"] == kinds


def test_who_brings_it_goes_with_it():
    found = filled("jingxian", TWO, "安广电视不装 U盘凑合")
    assert found["net_kind"] == "宽带" and found["net_operator"] == "移动"


def test_a_service_named_and_not_wanted_is_not_added():
    found = filled("jingxian", "洗车店 水要增容，电要改类别 商用", "再来根移动宽带100兆 哦不要了不要了 有流量")
    assert found["services"] == "水、电" and "net_kind" not in found
