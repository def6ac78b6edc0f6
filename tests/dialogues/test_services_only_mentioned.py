"""Services that are only spoken of beside the one that is applied for."""

import pytest

from tests.dialogues.test_services_named import chosen


@pytest.mark.parametrize(
    ("said", "services"),
    [
        ("茶厂要接自来水，锅炉烧的是液化气", "水"),
        ("气站的老板介绍我来的，我想装自来水", "水"),
        ("物业已经把电接好了，我只要装自来水", "水"),
        ("网去年电信就装好了，现在要通燃气", "气"),
        ("电开发商负责接，我们就报自来水和燃气", "水 气"),
        ("网的事我儿子去营业厅办，我来报水", "水"),
        ("旁边是供电所，要接水", "水"),
        ("燃气公司的人上个月来过了，我这次来是想移水表", "水"),
        ("我媳妇在自来水公司上班，我想给家里装燃气", "气"),
        ("天然气还没铺到我们村，报个水电", "水 电"),
        ("想把家里电表挪一下，今年气温高空调多", "电"),
        ("燃气公司的人来过了 说要先报", "气"),
        ("请自来水公司来给装个表，电也要", "水 电"),
        ("自来水去年装好了 现在户名要过户，再报个宽带", "水 网"),
        ("要换成燃气热水器，再装个宽带", "气 网"),
    ],
)
def test_jingxian(said, services):
    assert chosen("jingxian", said) == services.split()


@pytest.mark.parametrize(
    ("said", "services"),
    [
        ("养鸡场要接电，水用自己打的机井", "用电"),
        ("店里用液化气，要接自来水", "用水"),
        ("物业管暖气，我就报个水", "用水"),
        ("电视早就不看了，就报宽带", "通信"),
        ("小区热力公司说明年才通，这回先报燃气", "燃气"),
        ("通信基站在我们楼顶，俺想报水", "用水"),
        ("有线电视塔对面的店，要接水", "用水"),
        ("热力公司和天然气都要报", "燃气 热力"),
        ("自来水还没接进来，电线也没拉，两样一块儿办", "用水 用电"),
    ],
)
def test_xinxiang(said, services):
    assert chosen("xinxiang", said) == services.split()
