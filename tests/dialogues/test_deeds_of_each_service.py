"""What is to be done with which service, where the words are also, or only, those of another one."""

import pytest

from tests.dialogues.telling import filled, shortly


@pytest.mark.parametrize(
    ("county", "turns", "name", "said"),
    [
        ("xinxiang", ("水和气", "水是新装一块表 老食堂那块表不动"), "water_kind", "新装"),
        ("xinxiang", ("报电 增容", "还有洗头那个水管子要往里挪 表不动 光动管子"), "water_kind", "移管线"),
        ("xinxiang", ("诊所 跟楼上房东分开 单独弄块水表",), "water_kind", "分表"),
        ("xinxiang", ("东屋租出去了，想给东屋单独分一块水表",), "water_kind", "分表"),
        ("xinxiang", ("接电 新装", "工地用 一年就拆 那勾临时的吧"), "power_kind", "临时用电"),
        ("jingxian", ("我家水表还在老屋门口 水表要移到新屋这边来",), "water_business", "改装"),
        ("jingxian", ("电新装一块表 水表是移到新屋",), "power_business", "新装"),
        ("xinxiang", ("水表挪个地方", "不挪了 房东不让 就原地换块大的"), "water_kind", "改表"),
        ("xinxiang", ("水表换大 顺便挪到门口", "表不换了 只挪"), "water_kind", "移表"),
        ("xinxiang", ("管子要挪一挪 表也挪", "表不挪了 光挪管子"), "water_kind", "移管线"),
        ("xinxiang", ("水表换大", "不换了"), "water_kind", "改表"),
        ("xinxiang", ("老表拆了换智能的 位置也挪一下",), "water_kind", "改表、移表"),
        ("xinxiang", ("把自来水接到新盖的院子里 电也拉过去",), "power_kind", "新装"),
        ("xinxiang", ("开澡堂的 水不够用 电也小了",), "power_kind", "增容"),
        ("xinxiang", ("要水要电 都新装",), "water_kind", "新装"),
        ("jingxian", ("工地上要水要电 用到明年六月",), "water_business", "临时用水"),
        ("jingxian", ("合表电 想分户 自己交电费",), "power_business", "新装"),
        ("jingxian", ("夏天水老不够 现在报个增容",), "power_business", None),
    ],
)
def test_deeds_of_each_service(county, turns, name, said):
    assert filled(county, *turns).get(name) == said


def test_all_that_is_ticked_is_taken_back():
    """What has to be told stays until something else is: nothing is lost, and nothing breaks."""
    assert shortly("xinxiang", "水 移表 改表", "表不挪了 表不换了")["water_kind"] == "改表、移表"
