"""The number of an account with the waterworks: told in pieces, in groups, put right by its end, or by another one."""

import pytest

from tests.dialogues.telling import filled

MOVED = ("用水", "水要移表")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (("水费单上头印的户号，念给你听：000、141、08、26", "看走眼了，户号末尾那俩数是28"), "0001410828"),
        (("户号：00-2144-903", "他又对了一遍水费单，户号结尾应为7，不是3"), "002144907"),
        (("户号00451209", "末位打错，不是9，是8"), "00451208"),
        (("户号分两截，前截003，后截52968",), "00352968"),
        (("户号分两段念：0051，209346。户名仍是我父亲",), "0051209346"),
        (("水费本上的户号：004831", "没发全，后面还有四位，6025"), "0048316025"),
        (("原户号00427731", "户号更正：最后漏了一位6，补上"), "004277316"),
        (("总表的号 005 640 1279",), "0056401279"),
        (("水卡上的编号是 0045 1209",), "00451209"),
        (("水表的户号为60024458", "60024458是抄的电费单，水费单上是60013358，以这个为户号"), "60013358"),
        (("户号00451209", "不对，00451209那是老房子的，现在住的是00451377"), "00451377"),
        (("户号00451209", "户号00451209没错，电表户号是3310045512"), "00451209"),
        (("户号00451209，3月份要用",), "00451209"),
        (("户号003200715，不对，是003200751",), "003200751"),
        (("户号00320071 念错了 应该是00320017",), "00320017"),
    ],
)
def test_an_account(said, number):
    assert filled("xinxiang", *MOVED, *said)["water_account"] == number


@pytest.mark.parametrize("said", ["户号没带，电话138 0000 1234", "户号忘了 楼号2、3、5"])
def test_no_account(said):
    assert "water_account" not in filled("xinxiang", *MOVED, said)


def test_an_account_before_the_kind_of_business():
    """It is kept on the form, though only some kinds of business ask for it."""
    assert filled("xinxiang", "用水", "水表的户号0064021795")["water_account"] == "0064021795"
