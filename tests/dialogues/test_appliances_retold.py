"""Appliances told in passing and changed later by a shorter name, by some of them, or by one more."""

import pytest

from tests.dialogues.telling import told

STOVES = "炒灶4台每台3方 蒸箱2台每台2方"


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("炒灶去掉两台", {"炒灶": (2, 3), "蒸箱": (2, 2)}),
        ("炒灶拿掉一个", {"炒灶": (3, 3), "蒸箱": (2, 2)}),
        ("蒸箱取消两台", {"炒灶": (4, 3)}),
        ("更正 炒灶5台 蒸箱单台2.5方", {"炒灶": (5, 3), "蒸箱": (2, 2.5)}),
        ("蒸箱一台是备用 也算", {"炒灶": (4, 3), "蒸箱": (2, 2)}),
        ("炒灶买的是三台 不是四台 每台还是3方", {"炒灶": (3, 3), "蒸箱": (2, 2)}),
        ("再添个煮面炉 5方", {"炒灶": (4, 3), "蒸箱": (2, 2), "煮面炉": (1, 5)}),
        ("炒灶型号变了 一台五方 台数不变", {"炒灶": (4, 5), "蒸箱": (2, 2)}),
        ("炒灶我是不是录成3台 就是4台", {"炒灶": (4, 3), "蒸箱": (2, 2)}),
    ],
)
def test_appliances_changed(said, rows):
    values, _ = told("xinxiang", "饭店用燃气", STOVES, said)
    assert _rows(values) == rows


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("另蒸箱2台 每台3.5方", {"蒸箱": (2, 3.5)}),
        ("烘面炉三个 一个炉一个钟头吃十一方", {"烘面炉": (3, 11)}),
        ("燃烧机两台每台三十五方一小时", {"燃烧机": (2, 35)}),
        ("序号|设备|数量|单台额定m³/h\n1|燃烧机|3|80\n2|烘干炉|2|45", {"燃烧机": (3, 80), "烘干炉": (2, 45)}),
    ],
)
def test_appliances_told(said, rows):
    values, _ = told("xinxiang", "燃气报装 工业设备用", said)
    assert _rows(values) == rows


def test_a_kind_named_is_all_of_it():
    values, _ = told("xinxiang", "给饭馆洗碗筷的厂子 燃气", "用气性质勾工业设备。热水炉1台20方")
    assert values["燃气"]["用气性质"] == ["工业设备"]


def _rows(values):
    return {
        one["设备名称"]: (float(one["台数"]), float(one["单台额定流量"])) for one in values["燃气"]["用气设备、数量"]
    }
