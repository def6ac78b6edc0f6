"""What is decided after a question was explained is its answer, also beside other things."""

import pytest

from tests.dialogues.telling import told
from tests.dialogues.test_undoing import OPENED, talk

ASKED = (*OPENED, "用电新装", "充电桩算不算非线性负荷？")


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("那就按有填吧。用电类别选商业。", True),
        ("那就填无吧", False),
        ("哦那算没有，类别是商业", False),
        ("还是写是吧 第一路300千瓦", True),
        ("明白了，请替我勾“有”。", True),
        ("好，那这一栏给我填“有”，类别是商业", True),
        ("照这么讲我没有。类别是商业", False),
    ],
)
def test_a_verdict(said, yes):
    conversation, _ = talk(*ASKED, said)
    assert conversation.draft().answers["nonlinear_load"].value.yes is yes


@pytest.mark.parametrize("said", ["那就这样吧", "用电类别选商业", "要不要填我再看看", "那开个票要多久"])
def test_no_verdict(said):
    conversation, _ = talk(*ASKED, said)
    assert "nonlinear_load" not in conversation.draft().answers


def test_what_is_told_before_a_question_is_not_what_is_asked():
    _, events = talk(*OPENED, "现在的变压器带不动了，想把电加大，找您这儿对吧？")
    assert "Helped" not in {type(one).__name__ for one in events}


def test_a_service_nobody_asked_for_is_not_taken_for_an_answer():
    before, _ = talk(*ASKED)
    after, events = talk(*ASKED, "气不办 我们用电灶")
    assert after.draft().answers == before.draft().answers
    assert "Rejected" not in {type(one).__name__ for one in events}


@pytest.mark.parametrize(
    "said",
    [
        "烘干机都用变频 要是变频也归非线性 那这格填有", "若UPS在列，非线性就是“有”", "压缩机六台 都是变频的", "风机带变频器",
        "非线性负荷：变频器算的话就写有",
    ],
)  # fmt: skip
def test_what_hangs_on_a_condition_or_follows_from_a_fact_is_read_back(said):
    values, to_confirm = told("xinxiang", "用电新装", said)
    assert values["用电"]["非线性负荷"] == "有"
    assert "用电/非线性负荷" in to_confirm


@pytest.mark.parametrize("said", ["非线性负荷有", "有变频器 非线性填有", "如果方便的话周五来 非线性有"])
def test_what_is_said_outright_is_not(said):
    values, to_confirm = told("xinxiang", "用电新装", said)
    assert values["用电"]["非线性负荷"] == "有"
    assert "用电/非线性负荷" not in to_confirm


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("自备电源“无”，储能要到二期", "自备电源", "无"),
        ("我们没有自己的电源，这一格请填“无”", "自备电源", "无"),
        ("发电机有个卖肠的自个儿带了个小的不是咱的咱这格填无", "自备电源", "无"),
        ("自己发电的设备，没", "自备电源", "无"),
        ("自己不带电源", "自备电源", "无"),
        ("充电桩应该算非线性负荷吧，勾“有”", "非线性负荷", "有"),
        ("调光台用的是可控硅，非线性请选“有”。", "非线性负荷", "有"),
        ("有非线性负荷；自备柴油发电机200kW", "非线性负荷", "有"),
        ("变频、整流这类：无", "非线性负荷", "无"),
        ("风机跟水泵就是平常那种 变频的一个没有", "非线性负荷", "无"),
        ("那个谐波啥的电工说没有", "非线性负荷", "无"),
        ("怪负荷也没有 就是灯", "非线性负荷", "无"),
        ("变频那些啥的没有", "非线性负荷", "无"),
        ("那个啥负荷肯定得写有", "非线性负荷", "有"),
        ("自备电源改第2个", "自备电源", "无"),
        ("发电机试了一下 坏透了 按没有填吧", "自备电源", "无"),
        ("发电机我们没有 三叔家房顶有光伏", "自备电源", "无"),
        ("我们家房顶有光伏", "自备电源", "有"),
        ("有没有非线性负荷，我去问问", "非线性负荷", None),
        ("还有非线性负荷那一栏不懂", "非线性负荷", None),
    ],
)
def test_a_cell_is_said_to_be_filled_or_there_is_one_or_none(said, field, value):
    values, _ = told("xinxiang", "用电新装", said)
    assert values["用电"].get(field) == value


@pytest.mark.parametrize(
    ("said", "transformer", "by_hours"),
    [
        ("要上变压器，峰谷电价不开", "是", "否"),
        ("变压器我们自己带一台箱变谷峰不开", "是", "否"),
        ("变压器你们换 谷峰要开", "是", "是"),
        ("不上变压器 开风谷 半夜才烧", "否", "是"),
        ("开通峰谷是否合算？", None, None),
        ("不上变压器 晚上便宜的那种电价给我开", "否", "是"),
        ("要上变压器 半夜便宜的那个不要", "是", "否"),
        ("上变压器，备供没有，谷峰要开", "是", "是"),
        ("变压器楼里有 我们不装 夜间便宜点的电就不用了", "否", "否"),
        ("变压器不装 峰谷以前没开过 这回要开", "否", "是"),
        ("变压器不装 峰谷原来没开 现在也不开", "否", "否"),
    ],
)
def test_each_yes_or_no_is_that_of_its_own_name(said, transformer, by_hours):
    power = told("jingxian", "电新装 商用", said)[0]["用电业务"]
    assert (power.get("是否安装变压器"), power.get("是否开通谷峰用电")) == (transformer, by_hours)


def test_what_was_explained_is_decided_upon():
    values, _ = told("jingxian", "电新装 12千瓦 变压器不装", "峰谷是啥", "半夜便宜呀 那要开")
    assert values["用电业务"].get("是否开通谷峰用电") == "是"


@pytest.mark.parametrize(
    ("said", "services"),
    [
        ("水不要20吨了 15就够", ["水", "电"]),
        ("电不要三十千瓦了", ["水", "电"]),
        ("电不要了", ["水"]),
        ("电改25千瓦。旧店的电表房东自己去销 这次不登", ["水", "电"]),
    ],
)
def test_so_much_of_a_service_is_not_wanted_or_the_meter_of_another_place(said, services):
    values, _ = told("jingxian", "水电新装 一天20吨 电30千瓦", said)
    assert values["基本信息"]["办理业务"] == services
