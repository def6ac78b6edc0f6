"""The ducts, rooms and boxes of a network, told in people's own words instead of those of the form."""

import pytest

from tests.dialogues.telling import shortly

NETWORK = "小区要报通信"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("弱电小屋12个 每个5平", {"network_rooms": "12个", "network_room_area": "60平米"}),
        ("放交换机的小屋一共9间 每间8平", {"network_rooms": "9个", "network_room_area": "72平米"}),
        ("每栋西头留了一间放网络设备的小屋,六间,每间十平", {"network_rooms": "6个", "network_room_area": "60平米"}),
        ("按房间算户 三百一十间", {"network_households": "310户"}),
        ("管子八根并排,110的", {"network_duct_holes": "8孔"}),
        ("管子4孔 粗细一百", {"network_duct_holes": "4孔", "network_duct_bore": "100毫米"}),
        ("6孔 每孔110", {"network_duct_holes": "6孔", "network_duct_bore": "110毫米"}),
        ("跟街上的市政总管接得通", {"network_duct_joined": True}),
        ("门口市政的通信井说好接进去", {"network_duct_joined": True}),
        ("外面市政那条还没修到", {"network_duct_joined": False}),
        ("管子从东门进来 三百二十米", {"network_duct_length": "320米"}),
        ("分纤箱 GPX-144 两台 芯数一共288", {"network_cabinet_capacity": "288芯"}),
    ],
)
def test_network_in_other_words(said, found):
    answers = shortly("xinxiang", NETWORK, said)
    assert {name: answers.get(name) for name in found} == found


def test_what_each_building_has_is_not_all_there_is():
    assert "network_rooms" not in shortly("xinxiang", NETWORK, "弱电小间 每座楼3个")


def test_a_figure_that_stays_takes_no_number_behind_it():
    found = shortly("xinxiang", NETWORK, "光交 GPX-96 两台 共192芯", "芯数不变,管道改成4孔 310米")
    assert found["network_cabinet_capacity"] == "192芯"
