"""A new supply is told in many ways: that there was none, that a line is drawn, that an account of one's own is opened."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    "said",
    [
        "想扯个电 地里刚打了机井",
        "仓库要装电",
        "报电 供电要两条线，从前一条也没有过，统统新架",
        "办用电 以前这儿没电 给我单开一个户头",
        "用电 自己另立新户",
        "厂子刚建成 电还从没接过",
        "用电 一路630千伏安 原来零",
    ],
)
def test_power(said):
    assert filled("xinxiang", said)["power_kind"] == "新装"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("水：首次接", "新装"),
        ("水要新安", "新装"),
        ("用水 现表DN40不够用，要换成DN100", "改表"),
        ("用水 水表四十的口径换一百的", "改表"),
        ("用水 眼下吃一个总表 以后各走各的表", "分表"),
    ],
)
def test_water(said, kind):
    assert filled("xinxiang", said)["water_kind"] == kind


def test_a_second_line_beside_an_enlargement_is_none():
    answers = filled("xinxiang", "用电增容", "一路原800千伏安到1250 二路原来没有")
    assert answers["power_kind"] == "增容"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("电：用电类别由居民调整为商业", "改类"),
        ("电 居民电想改成工业用电", "改类"),
    ],
)
def test_other_category(said, kind):
    assert filled("jingxian", said)["power_business"] == kind


@pytest.mark.parametrize(
    "said",
    ["手续让我出面办", "受托经办", "老板没空 我来跑", "经办人是我", "园里派我来办"],
)
def test_acts_for_another(said):
    assert filled("jingxian", "电新装 商用", said)["applicant_type"] == "经办人"


def test_the_name_on_a_licence_is_no_document_shown():
    answers = filled("jingxian", "电新装", "营业执照 泾县老汪塘甲鱼养殖场 92341823MA0008199W")
    assert answers.get("document_kind") != "营业执照"


def test_the_operator_kept_after_all():
    answers = filled("jingxian", "要新装电信宽带", "要不改联通 听说省钱 唉不改了 就电信")
    assert answers["net_operator"] == "电信"


def test_the_operator_changed():
    answers = filled("jingxian", "要新装电信宽带", "改口 不用电信 用移动")
    assert answers["net_operator"] == "移动"


def test_a_shop_is_no_household():
    answers = filled("xinxiang", "我新开了一家饭馆，需要申请天然气")
    assert "gas_households" not in answers
    assert answers["gas_class"] == "工、商业用户"


def test_what_is_there_already_is_not_applied_for():
    answers = filled("xinxiang", "要气 直燃机用 食堂去年已经通了")
    assert answers["gas_use"] == "直燃机"
