"""What there is and what is wished for instead, with a story between."""

import pytest

from tests.dialogues.telling import shortly


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("变压器还是前年上的那台125的，一棚白灵菇全捂烂了，供电所小赵来看，说换250的才中", "125千伏安", "250千伏安"),
        (
            "用着一台200的变压器够够的，去年底又买了台六色机，一开灯都跟着闪，电工说得换315的",
            "200千伏安",
            "315千伏安",
        ),
        (
            "用电 最早是村里那个八十千伏安嘞 后来俺自己换了个一百嘞 就是现在使嘞这个 想换成二百五嘞",
            "100千伏安",
            "250千伏安",
        ),
        ("早先上的二十千伏安 零几年换成五十一直用到这会儿 想换成一百二的", "50千伏安", "120千伏安"),
    ],
)
def test_the_last_in_use_gives_way_to_what_is_wished(said, old, new):
    values = shortly("xinxiang", said)
    assert (values["power_kind"], values["power_1_old"], values["power_1_new"]) == ("增容", old, new)


def test_not_of_a_neighbour():
    assert "power_1_old" not in shortly("xinxiang", "用电 隔壁用着200的变压器 我们想换个315的")


def test_what_is_paid_says_nothing_against_the_supply():
    assert shortly("xinxiang", "用电 电费一直走的工业不改")["services"] == "用电"


def test_a_load_that_grows_behind_its_unit():
    values = shortly("xinxiang", "用电 增容 原有715 申请1200", "千瓦 眼下560 加完980 就一路")
    assert (values["power_1_load"], values["power_1_new"]) == ("980千瓦", "1200千伏安")
