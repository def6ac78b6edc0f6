"""A value stands in a text if the text says it, however it is written; what only follows from it does not count."""

import pytest

from bench.said import stands
from config.loader import load_counties

FIELDS = load_counties()["xinxiang"].form.fields


@pytest.mark.parametrize(
    ("field", "known", "text"),
    [
        ("applicant_name", "新乡县示例食品有限公司", "单位：新乡县 示例食品有限公司，报水"),
        ("phone", "0373-5080217", "座机 五零八零 二一七"),
        ("phone", "13800000000", "138.0000.0000 打这个"),
        ("applicant_code", "91410721MA000901X3", "9141 0721 ma00 0901x3"),
        ("heat_total_area", 185000, "总规划 18.5万平"),
        ("network_duct_length", 1500, "管道1.5公里"),
        ("heat_phases", 2, "分2期"),
        ("services", ["用水", "燃气"], "自来水和天然气都要"),
        ("heat_buildings", ["1", "2", "3", "5"], "1-3号楼还有5号楼"),
        ("gas_small_flats", {"是否": "是", "户数": 40}, "小户型四十户"),
        ("power_1_old", 0, "两路原来都没有"),
        ("clerk", {"姓名": "张示例", "电话": "13800000002"}, "经办人张示例 138 0000 0002"),
        ("gas_devices", [{"设备名称": "炒灶", "台数": 4}], "四台炒灶"),
    ],
)
def test_it_stands_there(field, known, text):
    assert stands(FIELDS[field], known, text)


@pytest.mark.parametrize(
    ("field", "known", "text"),
    [
        ("phone", "13800000000", "13800000001"),
        ("heat_total_area", 185000, "建筑面积18.5平"),
        ("network_buildings", 1, "一块报了吧"),
        ("heat_buildings", ["1", "2"], "电话15200000436，1栋"),
        ("own_supply", "无", "自备电源是啥意思"),
        ("water_kind", "分表", "用水"),
        ("legal_representative", "李示例", "老板姓李"),
    ],
)
def test_it_does_not(field, known, text):
    assert not stands(FIELDS[field], known, text)
