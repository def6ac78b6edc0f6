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
        ("xinxiang", ("我们小区要集中供暖，水电是开发商弄好的",), "热力"),
        ("xinxiang", ("暖气和燃气两样都要 有线电视先不考虑",), "燃气、热力"),
        ("xinxiang", ("工地临时用电，水从隔壁厂借",), "用电"),
        ("xinxiang", ("楼盘要热力、燃气、通信三家一起报 水电单独走",), "燃气、热力、通信"),
        ("xinxiang", ("先只弄电吧 水等明年再说",), "用电"),
        ("xinxiang", ("水 电 气", "把气换成暖"), "用水、用电、热力"),
        ("xinxiang", ("能不能把燃气也一块报了",), "燃气"),
        ("xinxiang", ("能不能给我说说燃气要啥材料",), None),
        ("xinxiang", ("网太卡了 你们管不管",), None),
        ("jingxian", ("水电增容", "水写一百三就够了"), "水、电"),
        ("jingxian", ("新房子交付了 水电都通了 就差燃气点火",), "气"),
        ("jingxian", ("电房东装好了 户名要过户给我",), "电"),
        ("jingxian", ("店面装修，电要加大，水够了，气不用",), "电"),
        ("jingxian", ("宽带加电视 都用广电的",), "网"),
        ("jingxian", ("业务种型：水-新装；电-增容；气-通气点火",), "水、电、气"),
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
        ("xinxiang", ("水表坏了不走字 换一块 别的不动",), "water_kind", "改表"),
        ("xinxiang", ("养了三百头猪 要接水接电",), "power_category", "农业"),
        ("xinxiang", ("新乡县鑫源机械加工厂 报用电新装",), "power_category", "工业"),
        ("xinxiang", ("盖房子用一段时间电 盖完就拆",), "power_kind", "临时用电"),
        ("jingxian", ("水电都改我名字",), "power_business", "过户"),
        ("jingxian", ("帮我妈把水表户名换成她自己的",), "water_business", "过户"),
        ("jingxian", ("厨房改造 燃气表要往阳台移",), "gas_business", "改管"),
        ("jingxian", ("宽带 移动的", "运营商改电信"), "net_operator", "电信"),
        ("jingxian", ("要电信宽带300兆 移动的太慢",), "net_operator", "电信"),
        ("jingxian", ("电信和移动都可以 哪家便宜装哪家",), "net_operator", None),
        ("jingxian", ("单位名称 泾县桃花潭镇阿芳土菜馆 要接电",), "business_nature", "商用"),
        ("jingxian", ("电新装 商用", "还是按住宅吧 楼上自己住"), "business_nature", "住宅"),
        ("jingxian", ("托育园通气", "电视宽带也装上"), "services", "气、网"),
    ],
)
def test_options(county, turns, name, option):
    found = filled(county, *turns).get(name)
    if name in ("appointment", "heat_yard_network"):
        assert found == (option and str(YesNo(yes=False)))
    else:
        assert found == option


@pytest.mark.parametrize(
    ("county", "turns", "name", "yes"),
    [
        ("jingxian", ("电新装", "不要变压器，谷峰不开通"), "power_peak", False),
        ("xinxiang", ("通信", "对接否"), "network_duct_joined", False),
        ("xinxiang", ("通信", "市政那边的管道接不接还没定"), "network_duct_joined", None),
        ("xinxiang", ("通信", "跟市政对接要办啥手续"), "network_duct_joined", None),
        ("xinxiang", ("用电", "自备电源是啥", "哦 那我们没有"), "own_supply", False),
        ("xinxiang", ("热力", "换热站是 管网否"), "heat_yard_network", False),
    ],
)
def test_yes_and_no_in_passing(county, turns, name, yes):
    found = filled(county, *turns).get(name)
    assert found == (None if yes is None else str(YesNo(yes=yes)))


def test_a_no_is_nobodys_project():
    found = filled("xinxiang", "用电", "新乡县光年影业有限公司", "单位91410721MA00052548", "没有自备电源")
    assert found["own_supply"] and "project_name" not in found


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
