"""Choices in the words of people who do not know the form: by deed, by fact, by number, by exchange; and what chooses nothing."""

import pytest

from dialogs.sounding import as_meant
from model.values import YesNo
from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("county", "turns", "services"),
    [
        ("xinxiang", ("六样全报",), "用水、用电、燃气、热力、通信、有线电视"),
        ("xinxiang", ("除了电视都要",), "用水、用电、燃气、热力、通信"),
        ("xinxiang", ("前三样",), "用水、用电、燃气"),
        ("xinxiang", ("我要报3号和5号",), "燃气、通信"),
        ("jingxian", ("四样都办",), "水、电、气、网"),
        ("jingxian", ("选第二个",), "电"),
        ("xinxiang", ("隔壁老王家装了天然气 我家就报个水",), "用水"),
        ("xinxiang", ("电我们有了 就报水和气",), "用水、燃气"),
        ("jingxian", ("水电新装", "邻居家宽带是移动的"), "水、电"),
        ("jingxian", ("水电新装", "气嘛 邻居都通了 我家也通上"), "水、电、气"),
        ("xinxiang", ("报水", "不是水 是电"), "用电"),
        ("xinxiang", ("报水", "说错了 报的是电"), "用电"),
        ("xinxiang", ("报水报电", "水改成燃气"), "用电、燃气"),
        ("xinxiang", ("报水报电", "气也弄上吧"), "用水、用电、燃气"),
        ("xinxiang", ("报水报电气", "气让房东自己报 我们不管"), "用水、用电"),
        ("jingxian", ("宽带断网了 找谁修",), None),
        ("jingxian", ("想问下天然气怎么报 我家也想装",), "气"),
        ("xinxiang", ("报水报电", "暖气能报不"), "用水、用电"),
    ],
)
def test_services(county, turns, services):
    assert filled(county, *turns).get("services") == services


@pytest.mark.parametrize(
    ("county", "turns", "name", "option"),
    [
        ("xinxiang", ("水表想换个粗点的",), "water_kind", "改表"),
        ("xinxiang", ("几户人家共用一块水表老吵架 想一家装一块",), "water_kind", "分表"),
        ("xinxiang", ("自来水管道碍着盖房 要迁走",), "water_kind", "移管线"),
        ("xinxiang", ("电增荣 从200到400",), "power_kind", "增容"),
        ("xinxiang", ("工地临时用电 三个月",), "power_kind", "临时用电"),
        ("xinxiang", ("报水 新装", "性质选最后一个"), "water_nature", "特种行业"),
        ("xinxiang", ("报电 新装", "我们是小学"), "power_category", "非工业"),
        ("xinxiang", ("报水 新装", "不用挖路 管子就在门口"), "external_line", "否"),
        ("xinxiang", ("报水 新装", "得挖马路"), "external_line", "是"),
        ("xinxiang", ("报水 新装", "要破路吗我也不知道"), "external_line", None),
        ("xinxiang", ("小区报暖气", "庭院管网正挖沟"), "heat_yard_network", "否"),
        ("xinxiang", ("气 小区的 毛坯", "6号楼是幼儿园"), "gas_class", "居民客户"),
        ("jingxian", ("水电过户", "水不过户了 改销户"), "water_business", "销户"),
        ("jingxian", ("电表是公公的名字 人走了 改成我的",), "power_business", "过户"),
        ("jingxian", ("办水 新装", "我们是学校"), "business_nature", "其他"),
        ("jingxian", ("办水 新装", "学校对面那个院子"), "business_nature", None),
        ("jingxian", ("办水 新装", "不用上门"), "appointment", "不需要"),
        ("jingxian", ("这边租约到期 水电网统统退掉",), "appointment", None),
        ("jingxian", ("托育园通气", "电视宽带也装上"), "services", "气、网"),
    ],
)
def test_options(county, turns, name, option):
    found = filled(county, *turns).get(name)
    if name in ("appointment", "heat_yard_network"):
        assert found == (option and str(YesNo(yes=False)))
    else:
        assert found == option


def test_what_is_written_beside_another_option_is_what_was_said():
    found = filled("jingxian", "水新装", "性质一栏 请勾“其他”，注明宗教活动场所")
    assert found["business_nature"] == "其他"


def test_a_question_about_a_yes_or_no_is_answered_next():
    found = filled("jingxian", "电新装 10千瓦", "谷峰划算不", "夜里用得多 那开吧")
    assert found["power_peak"] and "appointment" not in found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("电增荣", "电增容"), ("非线形负荷", "非线性负荷"), ("天然气", "天然气"), ("接然气", "接燃气"),
        ("取消户名", "取消户名"), ("帮我消户", "帮我销户"), ("用户明天来", "用户明天来"),
    ],
)  # fmt: skip
def test_words_of_the_same_sound(written, meant):
    assert as_meant(written) == meant
    assert len(as_meant(written)) == len(written)
