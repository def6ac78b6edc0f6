"""Services that are had otherwise, that another house has, or that are only named in other words, are not applied for."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("county", "said", "expected"),
    [
        ("jingxian", "电要新装四十千瓦，水我们买桶装，气不用，三天完了就拆", "电"),
        ("jingxian", "水要增容到五十吨，网是去年刚拉的不动，气没有烧的是竹屑", "水"),
        ("jingxian", "气要过户到我公司 水是井水不搞 屋里住在泾川镇那个电信宽带也不要你们动", "气"),
        ("jingxian", "水电气名字都是人家的 都要过户到我名下 泾川镇老房子我哥住着水电不动", "水、电、气"),
        ("jingxian", "水那块是消防用的 顶上要做喷淋 洗手间用水走文化站的不动", "水"),
        ("jingxian", "报电和气 电增到一千二百五十千伏安 气头一回通气点火 水一天两百吨够用不报", "电、气"),
        ("jingxian", "要报临时电150个千瓦，水我们自己有水车不报，煤气也不用", "电"),
        ("xinxiang", "隔壁剃头的月月叫俺平摊 婆婆气得不轻 这块水表想分出来自己一个表", "用水"),
        ("xinxiang", "跟俺置气 我想把水表挪到大门外边墙上", "用水"),
        ("xinxiang", "报水和气 员工做饭用电磁炉不算 水要新接一块大表", "用水、燃气"),
        ("xinxiang", "新的这边报水和气 水新接 气是食堂用 双眼大灶一台七方 热水器用电的不算", "用水、燃气"),
        ("xinxiang", "灯一亮井就抽不上水 电想加到一百千伏安 总共八十五千瓦", "用电"),
        ("xinxiang", "只报电 新装 通信后面再说先不报", "用电"),
        ("xinxiang", "水新接 气是热水锅炉两台一台二十五方 厨房矮汤炉一个两方 今年先不报", "用水、燃气"),
    ],
)
def test_only_what_is_applied_for_is_chosen(county, said, expected):
    assert filled(county, said)["services"] == expected


def test_what_ended_long_ago_is_not_to_be_ended():
    told = filled("jingxian", "报电和气 老厂九几年就停了地都卖了 现在电想增到一千二百五十千伏安 气头一回通气点火")
    assert (told["power_business"], told["gas_business"]) == ("增容", "通气点火")


@pytest.mark.parametrize(
    ("county", "said", "field", "expected"),
    [
        ("xinxiang", "水表还是小口径，自来水站说换成大口径的就行", "water_kind", "改表"),
        ("xinxiang", "水也没有也得重新接一个", "water_kind", "新装"),
        ("xinxiang", "獭兔场风机一起开就掉闸 变压器现在八十的 想换成二百", "power_kind", "增容"),
        ("jingxian", "门口搭棚摆酒 家里电带不动 想临时接一下 就几天", "power_business", "临时用电"),
        ("jingxian", "新门面气管子房东已经装到厨房了 就差你们来点火", "gas_business", "通气点火"),
        ("jingxian", "水不动 电 先讲改类 问下来 是户名还挂上一家 要过户", "power_business", "过户"),
        ("xinxiang", "想叫你们把这水管子从屋底下挪到东墙根走表不动还在大门口那儿", "water_kind", "移管线"),
        ("jingxian", "电一直按商业收 店关了三年了 想改回家里的价", "power_business", "改类"),
    ],
)
def test_what_is_to_be_done_is_told_in_passing(county, said, field, expected):
    assert filled(county, said)[field] == expected


def test_a_change_to_gas_names_the_service():
    assert filled("xinxiang", "录入 商场 电加容 空调改烧气 两件")["services"] == "用电、燃气"
