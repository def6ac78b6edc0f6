"""Texts told over several messages, and lists below the name of a text."""

import pytest

from tests.dialogues.telling import told

SCALE, APPROVALS = "工程项目规模概述(管道长度、管径等)", "申请审批事项内容(可另附页)"


def text(county, section, label, *turns):
    values, _ = told(county, *turns)
    return values.get(section, {}).get(label, "")


@pytest.mark.parametrize(
    ("turns", "parts", "gone"),
    [
        (["规模：给水管260米", "管径PE160"], ["260米", "PE160"], []),
        (["规模：给水管260米", "管子是PE160的", "还有一座泵房"], ["260米", "PE160", "泵房"], []),
        (["规模：给水管260米", "规模再补充一点：管径PE160"], ["260米", "管径PE160"], ["补充"]),
        (["规模：给水管260米，管径PE160", "另外还要改造一座水泵房"], ["260米", "PE160", "水泵房"], []),
        (["规模：给水管260米", "规模写错了，应该是给水管320米PE110"], ["320米", "PE110"], ["260"]),
        (["规模：给水管260米", "规模：给水管320米 PE110"], ["320米", "PE110"], ["260"]),
        (["规模是\n1、给水管260米\n2、管径PE160\n3、泵房一座"], ["260米", "PE160", "泵房"], []),
        (["规模：给水管260米", "楼有6层吗", "隔壁的管子是100米"], ["260米"], ["6层", "100"]),
        (["规模：给水管260米", "还有联系电话13800001234"], ["260米"], ["1380"]),
    ],
)
def test_the_scale_of_a_project(turns, parts, gone):
    said = text("xinxiang", "基本信息", SCALE, "单位报用水 新装", *turns)
    assert all(one in said for one in parts)
    assert not any(one in said for one in gone)


@pytest.mark.parametrize(
    "turns",
    [
        ["申请审批事项：道路开挖", "还有占用绿地"],
        ["申请审批事项：道路开挖", "审批事项再加一条 占用绿地"],
        ["申请审批事项：\n1.道路开挖\n2.占用绿地\n3.临时占道"],
        ["审批事项内容：道路开挖", "另外还有占用绿地也要批"],
    ],
)
def test_what_has_to_be_approved(turns):
    said = text("xinxiang", "基本信息", APPROVALS, "单位报用水 新装", *turns)
    assert "道路开挖" in said
    assert "占用绿地" in said


@pytest.mark.parametrize(
    "turns",
    [
        ["项目概况：住宅楼6栋 756户", "还有沿街商铺30间"],
        ["住宅6栋756户", "另有商铺30间"],
        ["项目概况：\n住宅6栋756户\n商铺30间\n幼儿园一所"],
        ["项目概况：住宅6栋756户\n商铺30间\n联系人张三13800001234"],
        ["项目概况：住宅6栋756户", "概况里再写上商铺30间"],
    ],
)
def test_what_a_project_is(turns):
    said = text("xinxiang", "有线电视", "项目概况", "单位报有线电视", *turns)
    assert "756户" in said
    assert "商铺30间" in said
    assert "张三" not in said


@pytest.mark.parametrize(
    ("turns", "remark"),
    [
        (["备注：水表装院墙外", "备注：下午才有人"], "水表装院墙外，下午才有人"),
        (["备注写 水表装院墙外", "还有 家里有狗 来前打电话 也写上"], "水表装院墙外，家里有狗 来前打电话"),
        (["备注：\n1 水表装院墙外\n2 家里有狗"], "水表装院墙外；家里有狗"),
        (["备注：水表装院墙外", "备注改成 水表装屋里"], "水表装屋里"),
        (["备注：水表装院墙外", "备注再加一句 下午才有人"], "水表装院墙外,下午才有人"),
    ],
)
def test_remarks(turns, remark):
    assert text("jingxian", "用水业务", "备注", "家里报水 新装", *turns) == remark
