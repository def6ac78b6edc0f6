"""Homes, sites and names that begin with a town, in the tales they are told in."""

import pytest

from tests.dialogues.telling import filled

FIRM = "新乡县示例食品有限公司"
PLACE = "翟坡镇创新路12号"


@pytest.mark.parametrize(
    ("turns", "applicant", "project"),
    [
        (["俺叫张大顺 俺搁合河乡后河头村租了个旧仓库弄充电棚 新报个电 家搁翟坡镇北杨庄村二组十二号"], "翟坡镇北杨庄村二组十二号", "合河乡后河头村"),
        ([FIRM, f"车间 合河乡南环路61号院 执照办在我家 {PLACE}"], PLACE, "合河乡南环路61号院"),
        ([FIRM, f"地址 {PLACE} 商场即项目地址"], PLACE, PLACE),
        ([FIRM, f"店在{PLACE} 执照上一样"], PLACE, PLACE),
        ([FIRM, f"厂地址 {PLACE} 改造就在厂里"], PLACE, PLACE),
        ([FIRM, f"厂在{PLACE}", "厂址项目地址都是创新路12号"], PLACE, PLACE),
        ([FIRM, f"单位地址 {PLACE}", "项目 示例宿舍 宿舍门牌是创新路19号"], PLACE, "翟坡镇创新路19号"),
    ],
)  # fmt: skip
def test_where_the_applicant_is_and_where_the_work(turns, applicant, project):
    found = filled("xinxiang", "用电", *turns)
    assert (found["applicant_address"], found["project_address"]) == (applicant, project)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("项目 朗公庙镇第二中学教学楼 工地 朗公庙镇学府路与南环路交叉口西南角", "朗公庙镇第二中学教学楼"),
        ("项目名称 示例家园2号院 地址 小冀镇人民路东延北侧", "示例家园2号院"),
    ],
)
def test_a_project_called_like_a_place(said, name):
    assert filled("xinxiang", "用电", FIRM, said)["project_name"] == name


@pytest.mark.parametrize(
    "said",
    [
        "我在泾川镇谢家巷三号修鞋 住在琴溪镇 那边不搞", "厂子在泾川镇谢家巷三号 屋里住在琴溪镇街上 那头水电好好的不要你们管",
        "店在泾川镇谢家巷13号 不是13是3号", "泾川镇谢家巷三号买了套房",
    ],
)  # fmt: skip
def test_where_the_service_is(said):
    assert filled("jingxian", "用电", said)["address"] in ("泾川镇谢家巷三号", "泾川镇谢家巷3号")


def test_the_number_of_a_flat():
    assert filled("jingxian", "用网", "泾川镇财富路示例园12栋902", "门牌打错了 是12栋903")["address"].endswith(
        "12栋903"
    )
