"""What is to be done, told by a thing and a verb that stand apart, or by words that every service has."""

import pytest

from tests.dialogues.telling import filled


@pytest.mark.parametrize(
    ("county", "said", "field", "kind"),
    [
        ("xinxiang", "那块水表如今钉在旧屋北墙上，得请师傅给迁到院门旁边", "water_kind", "移表"),
        ("xinxiang", "俺吃水的表还在旧墙上呢，得给俺搬到现在住的院里", "water_kind", "移表"),
        ("xinxiang", "水表安在屋里头 查表的进进出出麻烦 给挪到院墙外边吧", "water_kind", "移表"),
        ("xinxiang", "自来水的主管子正好在路基底下 得往东挪", "water_kind", "移管线"),
        ("xinxiang", "我家水表想换个地方装", "water_kind", "移表"),
        ("xinxiang", "要报水，水表在老院，我们明年搬到新院", "water_kind", None),
        ("xinxiang", "报水，这块表前年给移过五百米", "water_kind", None),
        ("xinxiang", "自来水还没接进来，电线也没拉，两样一块儿办", "power_kind", "新装"),
        ("xinxiang", "自来水和电以前都没通过，全要新装", "power_kind", "新装"),
        ("xinxiang", "新接燃气；自来水表口径不够，要改成大的", "water_kind", "改表"),
        ("jingxian", "水管子从猪圈底下过，想改到院子前头走", "water_business", "改装"),
        ("jingxian", "灶间要改 水管要改 煤气管也要改", "gas_business", "改管"),
        ("jingxian", "水费、电费还有煤气，这三样都想过到我钱示例头上", "power_business", "过户"),
        ("jingxian", "宽带户名是前任厂长，要过到公司头上", "net_business", "过户"),
        ("jingxian", "水、电、气、宽带都还没有，全得新办", "net_business", "新装"),
        ("jingxian", "电费仍旧照商业计，请改成居民类", "power_business", "改类"),
        ("jingxian", "我家竹器作坊一直用居民电，想改成工业用电", "business_nature", "工业"),
    ],
)
def test_kinds(county: str, said: str, field: str, kind: str | None) -> None:
    found = filled(county, said)
    assert (str(found[field]) if field in found else None) == kind


@pytest.mark.parametrize(
    ("county", "turns", "services"),
    [
        ("xinxiang", ("报有线电视", "需要通电视的有民房312户"), "有线电视"),
        ("xinxiang", ("先打听下，全弄好要收多少费用？",), None),
        ("xinxiang", ("火锅店要通天然气跟自来水", "自来水新接一路，前头那家剩下的水表不动它"), "用水、燃气"),
    ],
)
def test_services(county: str, turns: tuple[str, ...], services: str | None) -> None:
    found = filled(county, *turns)
    assert (str(found["services"]) if "services" in found else None) == services
