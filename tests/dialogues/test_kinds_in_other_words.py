"""Kinds of business and services in words of every day: by thing and verb, in brackets, taken back, left to others."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("county", "said", "field", "kind"),
    [
        ("xinxiang", "自来水表想安一块", "water_kind", "新装"),
        ("xinxiang", "水表装在楼道内，希望移至厨房外墙上", "water_kind", "移表"),
        ("xinxiang", "伙房用水混在总表里，要另外分出一块表", "water_kind", "分表"),
        ("xinxiang", "自来水原来那根管子挖断了，水厂的人说按新装办就行", "water_kind", "新装"),
        ("jingxian", "师傅给挪下煤气管", "gas_business", "改管"),
        ("jingxian", "电价一直按居民算 现在要改成商业的", "power_business", "改类"),
        ("jingxian", "水表电表天然气都写的他 要过成我", "gas_business", "过户"),
        ("xinxiang", "跟前院合着一块水表 想单拆出来自己走一块表", "water_kind", "分表"),
        ("xinxiang", "四家伙用一个水表 老吵 要各走各的", "water_kind", "分表"),
        ("xinxiang", "四家伙用一个水表 换块新的", "water_nature", "合表居民"),
        ("xinxiang", "水表是DN25的 不够使 得换成DN50的", "water_kind", "改表"),
        ("xinxiang", "水表现在六分的 换个两寸的", "water_kind", "改表"),
        ("xinxiang", "报水 自家还没水表", "water_kind", "新装"),
        ("xinxiang", "报电 那块地以前一点电都没有", "power_kind", "新装"),
        ("xinxiang", "炉子换成电的了 得给电加大", "power_kind", "增容"),
        ("xinxiang", "灯会要拉几天电 办完就拆", "power_kind", "临时用电"),
        ("jingxian", "修路的 要水要电 干到年底就撤", "water_business", "临时用水"),
        ("jingxian", "修路的 要水要电 干五个月就拆", "power_business", "临时用电"),
        ("jingxian", "理发店走的居民电 查电的讲要改成非居民的类别", "power_business", "改类"),
        ("jingxian", "水挪表 不加量", "water_business", "改装"),
        ("jingxian", "天然气也要 第一次", "gas_business", "通气点火"),
        ("jingxian", "报水和气 水也转吧 转到我名下", "water_business", "过户"),
    ],
)  # fmt: skip
def test_thing_and_verb(county, said, field, kind):
    assert filled(county, said)[field] == kind


@pytest.mark.parametrize(
    ("county", "said", "field", "kind"),
    [
        ("jingxian", "报水 我弟弟那家直接销掉了 我不学他", "water_business", "销户"),
        ("jingxian", "报水 厂里干了五个月了 生意好", "water_business", "临时用水"),
        ("xinxiang", "报电 想给电工打个电话", "power_kind", "增容"),
        ("xinxiang", "水要新装 DN25的", "water_kind", "改表"),
    ],
)
def test_said_of_something_else(county, said, field, kind):
    assert filled(county, said).get(field) != kind


@pytest.mark.parametrize(
    "said",
    [
        "山上能否通网络，已告知向电信咨询，此次不登记",
        "上网的事他提了句 叫他找电信问 咱这边不登",
        "至于网络，我早就另外弄好了，不必管",
        "再来根移动宽带100兆 哦不要了不要了 有流量",
    ],
)
def test_taken_back(said):
    found = filled("jingxian", "自来水新装", said)
    assert found["services"] == "水"
    assert not {"net_kind", "net_operator", "net_bandwidth"} & found.keys()


def test_taken_apart_is_no_exception():
    assert filled("jingxian", "外景台子录完便拆除，所以水电两样都办临时的")["services"] == "水、电"
