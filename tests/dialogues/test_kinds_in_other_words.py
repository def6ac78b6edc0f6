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
    ],
)  # fmt: skip
def test_thing_and_verb(county, said, field, kind):
    assert filled(county, said)[field] == kind


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
