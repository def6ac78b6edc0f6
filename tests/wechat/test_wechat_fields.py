"""Template fields: what the platform's rules let through, and what is lost first."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.template_fields import Unfit, fit, fit_all


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("thing1", "用水新装", "用水新装"),
        ("thing1", "第一行\n第二行 😀", "第一行 第二行"),
        ("thing1", "关于用水报装（含临时用水与消防用水接入）的踏勘", "关于用水报装的踏勘"),
        ("thing1", "河南省洛阳市山河县东湖镇人民路128号3号楼2单元501室", "东湖镇人民路128号3号楼2单元501室"),
        ("thing1", "洛阳市山河县东湖镇人民路128号阳光小区南门", "山河县东湖镇人民路128号阳光小区南门"),
        ("thing1", "广西壮族自治区桂林市山河县东湖镇人民路128号", "桂林市山河县东湖镇人民路128号"),
        ("thing1", "您的申请已受理，请等待服务管家与您联系并约定时间", "您的申请已受理"),
        ("thing1", "踏勘时间已改为周四上午9:30，请安排人员在现场等候", "踏勘时间已改为周四上午9:30"),
        ("thing1", "您好，服务管家将于近期与您联系并约定上门踏勘的具体时间", "您好，服务管家将于近期与您联系并约定上…"),
        ("thing1", "新建厂区生产线申请报装总容量合计达到12500千瓦", "新建厂区生产线申请报装总容量合计达到…"),
        ("thing1", "新建厂区生产线申请报装的总容量合计达一千二百千瓦", "新建厂区生产线申请报装的总容量合计达…"),
        ("character_string2", "LB-2025-000123", "LB-2025-000123"),
        ("number3", "12", "12"),
        ("number3", "12.5", "12.5"),
        ("letter4", "ABC", "ABC"),
        ("symbol5", "#!", "#!"),
        ("phrase6", "待踏勘", "待踏勘"),
        ("phrase6", "待踏勘（改期）", "待踏勘"),
        ("name7", "欧阳明月", "欧阳明月"),
        ("name7", "王建国（山河县供水公司）", "王建国"),
        ("phone_number8", "138 0013 8000", "13800138000"),
        ("phone_number8", "0379-6666888", "0379-6666888"),
        ("car_number9", "豫C·A1234", "豫CA1234"),
        ("amount10", "1,280.50元", "1280.50元"),
        ("amount10", "¥12", "¥12"),
        ("time11", "2025年6月4日 09:30", "2025年6月4日 09:30"),
        ("time11", "09：30～11:00", "09:30~11:00"),
        ("time11", "2025-06-04", "2025-06-04"),
        ("time11", "2025年6月4日09:30", "2025年6月4日09:30"),
        ("date12", "2025年6月4日", "2025年6月4日"),
        ("const13", "办理中", "办理中"),
        ("keyword1", "随便什么", "随便什么"),
    ],
)
def test_values_that_fit_or_can_be_made_to(key: str, value: str, expected: str) -> None:
    assert fit(key, value) == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing1", ""),
        ("thing1", "😀"),
        ("thing1", "1" * 21),
        ("character_string2", "联办2025"),
        ("character_string2", "A" * 33),
        ("number3", "十二"),
        ("number3", "1" * 33),
        ("letter4", "A1"),
        ("symbol5", "!!!!!!"),
        ("phrase6", "等待现场踏勘"),
        ("phrase6", "ok"),
        ("name7", "山河县东湖镇自来水有限公司"),
        ("name7", "A" * 21),
        ("phone_number8", "不详"),
        ("phone_number8", "1" * 18),
        ("car_number9", "豫CA1234567"),
        ("amount10", "12345678901"),
        ("amount10", "约一百元"),
        ("time11", "25:00"),
        ("time11", "明天上午"),
        ("time11", "2025-02-30"),
        ("time11", "2025-6-310:30"),
        ("time11", "9:00~10:00~11:00"),
        ("date12", "09:30"),
    ],
)
def test_values_that_cannot_be_shortened_without_saying_something_else(key: str, value: str) -> None:
    found = fit(key, value)
    assert isinstance(found, Unfit)
    assert found.field == key
    assert found.reason
    assert not value or value not in found.reason


def test_only_approved_values_of_a_const_field_pass() -> None:
    allowed = {"const1": ("办理中", "已办结")}
    assert fit_all({"const1": "已办结"}, allowed) == {"const1": "已办结"}
    assert isinstance(fit_all({"const1": "快了"}, allowed), Unfit)


def test_keys_lose_their_data() -> None:
    assert fit_all({"thing1.DATA": "甲", "time2": "09:30"}) == {"thing1": "甲", "time2": "09:30"}
    assert fit_all({"thing1": "甲", "time2": "早上"}) == Unfit("time2", "not a date or 24-hour time")


@given(st.text(st.sampled_from("甲乙丙市县省区镇路号（）(),，。；：: 0123456789.一二百千ab"), min_size=1, max_size=60))
def test_a_thing_fits_and_keeps_every_number_whole(value: str) -> None:
    found = fit("thing1", value)
    if isinstance(found, Unfit):
        return
    assert 0 < len(found) <= 20
    numbers = set(re.findall(r"[0-9]+", value))
    assert set(re.findall(r"[0-9]+", found)) <= numbers
